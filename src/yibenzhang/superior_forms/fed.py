"""Whose vouchers the cells of issued forms came from: what was filled without asking anybody (减负账)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Max

from yibenzhang.indicators.trace import selections, units_in
from yibenzhang.kernel.periods import Period, month_of
from yibenzhang.organisation.models import LineageMember, Unit
from yibenzhang.superior_forms.answers import FILLED
from yibenzhang.superior_forms.filler import Filler
from yibenzhang.superior_forms.models import EditionCell, FormEdition


@dataclass(frozen=True)
class FedForm:
    """A form that a superior of the unit of this key filled with `figures` figures from its vouchers."""

    unit: int
    title: str
    ref: int
    month: int
    figures: int
    source: str = "form"


def fed_by_forms(units: Iterable[Unit], period: Period) -> list[FedForm]:
    """Cells of forms that superiors issued in the period, by unit whose vouchers they rest on; the last edition counts."""
    keys = {unit.pk for unit in units}
    superiors = LineageMember.objects.filter(lineage__unit__in=keys).values("ancestor_id")
    issued = FormEdition.objects.filter(day__gte=period.start, day__lt=period.stop)
    issued = issued.filter(form__unit__in=superiors)
    newest = issued.order_by().values("form").annotate(newest=Max("pk")).values("newest")
    found = []
    for edition in FormEdition.objects.filter(pk__in=newest).select_related("form").order_by("pk"):
        sources = sources_of(edition.pk, edition.issued_at)
        counts = Counter(unit for units_of in sources for unit in units_of & keys)
        counts.pop(edition.form.unit_id, None)
        month, title = month_of(edition.day), edition.form.title
        found += [FedForm(unit, title, edition.form_id, month, counts[unit]) for unit in sorted(counts)]
    return found


@lru_cache(maxsize=512)
def sources_of(edition: int, issued_at: datetime) -> tuple[frozenset[int], ...]:
    """For each filled cell of an edition the units whose vouchers it rests on. Frozen with it, so worked out once.

    `issued_at` tells editions of the same key in different books apart.
    """
    issued = FormEdition.objects.select_related("form__unit").get(pk=edition)
    filler = Filler(issued.form, issued.position, issued.day)
    cells = issued.cells.filter(kind=EditionCell.Kind.FIGURE, state=FILLED)
    return tuple(found for cell in cells if (found := _units_of(cell, filler)))


def _units_of(cell: EditionCell, filler: Filler) -> frozenset[int]:
    indicator = filler.catalogue.indicators.get(cell.indicator)
    question = filler.question_of(cell, indicator) if indicator else None
    if indicator is None or question is None:
        return frozenset()
    parts = selections(indicator, question)
    return units_in(parts[0][0]) if parts else frozenset()
