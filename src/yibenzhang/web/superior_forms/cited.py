"""Issued forms that rest on a voucher, for the pages of that voucher."""

from yibenzhang.access.scope import Actor
from yibenzhang.superior_forms.changes import cells_using
from yibenzhang.superior_forms.models import EditionCell
from yibenzhang.superior_forms.permissions import forms_for
from yibenzhang.vouchers.models import Voucher


def sent_in(actor: Actor, voucher: Voucher) -> list[tuple[EditionCell, bool]]:
    """Cells of issued forms that used this voucher, each with whether the form may be opened."""
    rows = cells_using(voucher)
    keys = {row.edition.form_id for row in rows}
    visible = set(forms_for(actor).filter(pk__in=keys).values_list("pk", flat=True))
    return [(row, row.edition.form_id in visible) for row in rows]
