"""What was reported last year, for the 上年 column of this year's form where the ledger does not reach back."""

import re

from yibenzhang.kernel.periods import year_before
from yibenzhang.superior_forms.models import EditionCell, FormCell
from yibenzhang.superior_forms.wording import PREVIOUS

_LAST_YEAR = re.compile(r"(?:上|去)年(?:同期|度|数)?")


def reported_before(cell: FormCell) -> EditionCell | None:
    """The cell of last year's issued form that had the same labels under 本年; None when it was empty or there is none."""
    if cell.rule != PREVIOUS:
        return None
    key = _LAST_YEAR.sub("本年", cell.key)
    last = cell.form.series.forms.filter(period=year_before(cell.form.span).code, unit=cell.form.unit)
    numbers = FormCell.objects.filter(form__in=last, key=key).values_list("form_id", "number")
    for form, number in numbers:
        rows = EditionCell.objects.filter(edition__form_id=form, number=number).exclude(shown="")
        row = rows.select_related("edition__form").order_by("-edition__number").first()
        if row is not None:
            return row
    return None
