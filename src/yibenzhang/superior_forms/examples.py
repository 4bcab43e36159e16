"""Learning from a filled form of an earlier year: which indicator had exactly the number that stands in a cell.

Equality alone proves little (many figures are 1 or 2), so it is weighed by how few figures share the number, and ranked
together with what the labels say.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.batches import figures
from yibenzhang.indicators.figures import is_adopted
from yibenzhang.indicators.matching.measures import likeness
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, parse_period, year_before
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import packs_of, units_below
from yibenzhang.superior_forms.answers import in_cell
from yibenzhang.superior_forms.fields import FIGURE, Field
from yibenzhang.superior_forms.gate import FormFile
from yibenzhang.superior_forms.labels import names_below, unit_and_pattern
from yibenzhang.superior_forms.models import Decision, FormSeries, SuperiorForm
from yibenzhang.superior_forms.proposals import MOST, Proposal, Proposer
from yibenzhang.superior_forms.reading import read_form
from yibenzhang.superior_forms.services import accept_sure, create_form, open_form
from yibenzhang.superior_forms.wording import CHANGE, RATE, period_by, period_in

TELLING = 0.3  # weight a number must carry by itself when the labels say nothing
_OUTRIGHT = 0.45


@dataclass(frozen=True)
class Learnt:
    """What an example brought: cells with a number, and how many of them the ledger explains."""

    period: Period
    numbers: int
    explained: int


@dataclass(frozen=True)
class _Known:
    indicator: Indicator
    programme: str
    value: Fraction


@transaction.atomic
def bring_in(
    *, unit: Unit, period: Period, file: FormFile, example: FormFile | None, actor: User, superior: str = "",
    series: FormSeries | None = None,
) -> SuperiorForm:  # fmt: skip
    """Take in a form together with last year's; what the example explains is decided at once. Neither, or both."""
    form = create_form(unit=unit, period=period, file=file, actor=actor, superior=superior, series=series)
    if example is not None:
        learn_from_example(form, example, actor=actor)
        accept_sure(form, actor=actor)
    return form


@transaction.atomic
def learn_from_example(form: SuperiorForm, file: FormFile, *, actor: User, period: str = "") -> Learnt:
    """Rank proposals anew by a filled form of the same layout; open cells only.

    `period` is what the example is about: by default what its title says, else the year before. Raises BookError when
    the file has nothing in common with the form.
    """
    held = open_form(form)
    layout = read_form(file.kind, file.data)
    code = period or period_in(layout.title) or year_before(held.span).code
    about = parse_period(code)
    layout = read_form(file.kind, file.data, year=about.start.year)
    cells = {cell.key: cell for cell in held.cells.select_for_update()}
    filled = [each for each in layout.fields if each.kind == FIGURE and each.old is not None]
    shared = [each for each in filled if each.key in cells]
    if not shared:
        raise BookError("这份样表里没有一格能和本表对上。请上传同一张表去年填好的那份。", field="example")
    proposer = Proposer(held.unit, layout.title, about.start.year, names_below(held.unit))
    ledger = _Ledger(held.unit, about)
    explained = 0
    for field in shared:
        cell = cells[field.key]
        target = unit_and_pattern(field, proposer.names, about.start.year)[0]
        found = ranked(field, proposer.by_labels(field, target), ledger, target, about)
        explained += bool(found) and found[0].is_sure
        if cell.kind == Decision.Kind.OPEN:
            cell.proposals = [each.as_data() for each in found]
            cell.save(update_fields=["proposals"])
    learnt = Learnt(about, len(shared), explained)
    record(actor=actor, verb="form.example", subject=f"{held.pk} {held}", note=f"{explained}/{len(shared)}")
    return learnt


def ranked(
    field: Field, told: list[Proposal], ledger: "_Ledger", target: str, about: Period
) -> list[Proposal]:
    """Proposals by labels and by the number together, best first."""
    if field.old is None or field.rule in {CHANGE, RATE}:
        return told
    said = f"去年填 {float(field.old):g}"
    equal = ledger.with_value(field, target)
    weight = 0.5 / (1 + math.log(len(equal))) if equal else 0.0
    if abs(field.old) < 3:
        weight *= 0.5
    by_name = {(each.indicator, each.programme): each for each in told}
    found = []
    for known in equal:
        key = (known.indicator.code, known.programme)
        base = by_name.pop(key, Proposal(known.indicator.code, known.programme, field.rule, target))
        reasons = (f"{said}，与台账里{about.label}的数相同", *base.reasons)
        found.append(replace(base, score=base.score + weight, reasons=reasons))
    rest = [
        replace(each, is_sure=False, reasons=(*each.reasons, f"但{said}，台账里{about.label}的数对不上"))
        for each in by_name.values()
    ]
    found.sort(key=lambda each: -each.score)
    if found:
        lead = found[0].score - (found[1].score if len(found) > 1 else 0.0)
        sure = (found[0].score >= TELLING + weight or weight >= _OUTRIGHT) and (
            lead > 0.05 or len(found) == 1
        )
        found[0] = replace(found[0], is_sure=sure)
    return [*found, *rest][:MOST]


class _Ledger:
    """All figures of the example's period, found by value."""

    def __init__(self, unit: Unit, period: Period) -> None:
        self.unit, self.period = unit, period
        catalogue, packs = current_catalogue(), packs_of(unit)
        self.indicators = [
            each for each in catalogue.indicators.values() if is_adopted(each, packs, catalogue)
        ]
        adopted = set(packs)
        self.programmes = [
            code for code in catalogue.programmes if catalogue.home[("programmes", code)] in adopted
        ]
        self._known: dict[tuple[str, str], list[_Known]] = {}

    def with_value(self, field: Field, target: str) -> list[_Known]:
        """Figures that would have been written as the number that stands in the cell."""
        return [
            each
            for each in self._all(target, field.rule)
            if in_cell(each.value, field, each.indicator, field.rule) == field.old
            and _fits(field.measure, each.indicator)
        ]

    def _all(self, target: str, rule: str) -> list[_Known]:
        key = (target, rule)
        if key not in self._known:
            unit = units_below([self.unit.pk]).get(code=target) if target else self.unit
            # A subordinate's cells are asked without programmes: there may be hundreds of them.
            programmes = [""] if target else ["", *self.programmes]
            self._known[key] = [
                each
                for programme in programmes
                for each in self._figures(unit, rule, programme, bool(target))
            ]
        return self._known[key]

    def _figures(self, unit: Unit, rule: str, programme: str, is_below: bool) -> list[_Known]:
        by_scope: dict[str, list[Indicator]] = defaultdict(list)
        for each in self.indicators:
            by_scope["subtree" if is_below else each.scope].append(each)
        period = period_by(rule, self.period)
        return [
            _Known(answer.indicator, programme, answer.value)
            for scope, some in by_scope.items()
            for answer in figures(some, Question(unit, period, programme, scope))
            if answer.value is not None
        ]


def _fits(stated: str, indicator: Indicator) -> bool:
    """False when the cell states a counting word of another sort: 名 is not 次."""
    shown = indicator.display_measure or indicator.measure
    return not stated or bool(likeness(stated, indicator.measure) or likeness(stated, shown))
