"""Tables of vouchers and matters."""

from yibenzhang.vouchers.models.matters import Matter, MatterLink, VoucherMatter
from yibenzhang.vouchers.models.vouchers import (
    Attachment,
    CatalogueVersion,
    TrailEntry,
    Voucher,
    VoucherPerson,
    VoucherProgramme,
    VoucherUnit,
)

__all__ = [
    "Attachment",
    "CatalogueVersion",
    "Matter",
    "MatterLink",
    "TrailEntry",
    "Voucher",
    "VoucherMatter",
    "VoucherPerson",
    "VoucherProgramme",
    "VoucherUnit",
]
