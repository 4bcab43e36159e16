"""What is known of a form that comes every year: which series it belongs to, and how its cells were filled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from yibenzhang.access.models import User
from yibenzhang.organisation.models import Unit
from yibenzhang.superior_forms.fields import Field
from yibenzhang.superior_forms.models import Decision, FormCell, FormMapping, FormSeries
from yibenzhang.superior_forms.wording import timeless, without_brackets

_KEPT = ["kind", "indicator", "programme", "rule", "target", "pattern", "decided_by", "decided_at"]
ENOUGH, NEARLY_ALL = 0.5, 0.8  # of a new form's cells that a series must know
ALIKE = 60  # of 100: titles of the same form


@dataclass
class Memory:
    """The mappings of a series, by key and by pattern."""

    by_key: dict[str, FormMapping] = field(default_factory=dict)
    by_pattern: dict[str, FormMapping] = field(default_factory=dict)

    def unused(self, keys: set[str]) -> list[FormMapping]:
        """Mappings to indicators whose cell the new form does not have under the same labels."""
        figures = (each for each in self.by_key.values() if each.kind == Decision.Kind.FIGURE)
        return [each for each in figures if each.key not in keys]


def memory_of(series: FormSeries) -> Memory:
    """Everything remembered of a series."""
    found = Memory()
    for mapping in series.mappings.order_by("decided_at"):
        found.by_key[mapping.key] = mapping
        if mapping.pattern and mapping.kind == Decision.Kind.FIGURE:
            found.by_pattern[mapping.pattern] = mapping
    return found


def series_like(unit: Unit, title: str, fields: list[Field], year: int) -> FormSeries | None:
    """The unit's series that knows most of these cells; of a form with another title it must know nearly all."""
    keys = {each.key for each in fields}
    best, most = None, 0.0
    for series in FormSeries.objects.filter(unit=unit).order_by("-id"):
        known = set(series.mappings.values_list("key", flat=True))
        share = len(keys & known) / max(1, min(len(keys), len(known)))
        needed = ENOUGH if fuzz.ratio(_name(title, year), _name(series.title, year)) >= ALIKE else NEARLY_ALL
        if share >= needed and share > most:
            best, most = series, share
    return best


def _name(title: str, year: int) -> str:
    """A title without its year and without what stands in brackets."""
    return re.sub(r"\d+|年度?|本年|上年", "", without_brackets(timeless(title, year)))


def remember(cells: Sequence[FormCell], *, actor: User) -> None:
    """Keep for next year how cells of one form are filled; of a hand-entered value only that there was one."""
    if not cells:
        return
    series = cells[0].form.series
    open_keys = [cell.key for cell in cells if cell.kind == Decision.Kind.OPEN]
    if open_keys:
        series.mappings.filter(key__in=open_keys).delete()
    rows = [
        FormMapping(
            series=series, key=cell.key, pattern=cell.pattern, kind=cell.kind, indicator=cell.indicator,
            programme=cell.programme, rule=cell.rule, target=cell.target, decided_by=actor,
        )
        for cell in cells
        if cell.kind != Decision.Kind.OPEN
    ]  # fmt: skip
    FormMapping.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["series", "key"], update_fields=_KEPT, batch_size=200
    )
