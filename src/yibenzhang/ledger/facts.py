"""A stored voucher as the plain facts that posting and the digest look at."""

from functools import cache

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import catalogue_of, current_catalogue
from yibenzhang.ledger.rules import VoucherFacts
from yibenzhang.vouchers.models import CatalogueVersion, Voucher, VoucherPerson

COUNTED = VoucherPerson.Attendance.PRESENT


def facts_of(voucher: Voucher) -> VoucherFacts:
    """What posting needs of a voucher. People who were absent, excused or observers are not counted."""
    people: dict[str, list[int]] = {}
    for row in sorted(voucher.people.all(), key=lambda row: row.pk):
        people.setdefault(row.field, [])
        if row.attendance == COUNTED:
            people[row.field].append(row.person_id)
    matters: dict[str, list[int]] = {}
    for link in sorted(voucher.matters.all(), key=lambda link: link.pk):
        matters.setdefault(link.field, []).append(link.matter_id)
    others = sorted(voucher.participants.all(), key=lambda row: row.pk)
    return VoucherFacts(
        kind=voucher.kind,
        event_date=voucher.event_date,
        units=[(voucher.unit_id, voucher.lineage_id), *((row.unit_id, row.lineage_id) for row in others)],
        values=voucher.values,
        people=people,
        matters=matters,
        programmes=sorted(row.programme for row in voucher.programmes.all()),
    )


def catalogue_for(voucher: Voucher) -> Catalogue:
    """The catalogue the voucher was written under."""
    current = current_catalogue()
    if voucher.catalogue_version_id == current.version:
        return current
    return _kept_catalogue(voucher.catalogue_version_id)


@cache
def _kept_catalogue(version: str) -> Catalogue:
    return catalogue_of(CatalogueVersion.objects.get(pk=version).texts)
