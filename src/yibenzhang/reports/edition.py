"""A report ready to leave the house: its words with the source of every number, for document, page and package."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.report_structure import ReportStructure
from yibenzhang.indicators.trace import composition as made_of
from yibenzhang.kernel.periods import Period
from yibenzhang.ledger.queries import position
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.reports.composition import Composition, compose
from yibenzhang.reports.digest import whole_content
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.frozen import frozen
from yibenzhang.reports.marks import Mark
from yibenzhang.reports.models import IssuedReport, Report
from yibenzhang.reports.queries import catalogue_as_of, evaluator_of
from yibenzhang.reports.structures import skeleton
from yibenzhang.reports.tokens import DeclaredToken, FigureToken


@dataclass(frozen=True)
class Source:
    """Where a number comes from (数据来源). `vouchers` is how many records stand behind it."""

    mark: Mark
    name: str
    definition: str
    unit: str
    period: str
    programme: str
    position: int
    vouchers: int

    @property
    def sentence(self) -> str:
        """The source in words, for a comment beside the number."""
        token = self.mark.token
        if isinstance(token, DeclaredToken):
            return f"人工核定。理由：{token.reason}。出处：{token.source}。"
        if not self.name:
            return self.mark.message
        programme = f"　专题：{self.programme}" if self.programme else ""
        state = "" if not self.mark.is_open else f"　{self.mark.word}：{self.mark.message}"
        return (
            f"指标：{self.name}。口径：{self.definition}。单位：{self.unit}。期间：{self.period}{programme}。"
            f"截至入账第{self.position}笔，依据凭证{self.vouchers}笔。{state}"
        ).replace("。。", "。")


@dataclass(frozen=True)
class Edition:
    """Title, words and credits. `number` is 0, `digest` and `content` (what it covers) are empty for a draft."""

    title: str
    unit: Unit
    period: Period
    text: Composition
    sources: tuple[Source, ...]
    position: int
    day: date
    source: str = ""
    editor: str = ""
    contributor: str = ""
    number: int = 0
    digest: str = ""
    content: dict[str, Any] = field(default_factory=dict)

    def facts(self) -> list[dict[str, Any]]:
        """The figures as facts for programs: what is asked, the value and the position it was read at."""
        return [_fact(source) for source in self.sources if source.name]


def of_issued(issued: IssuedReport) -> Edition:
    """An issued version, from its frozen rows alone."""
    report, catalogue = issued.report, catalogue_as_of(issued)
    evaluator = Evaluator(report.unit, report.span, issued.day, issued.position, catalogue)
    rows = list(issued.figures.order_by("number"))
    text = frozen(issued, rows, evaluator)
    counts = {row.number: row.vouchers for row in rows}
    sources = tuple(
        _source(mark, report.unit, counts[mark.number], catalogue, issued.position) for mark in text.marks
    )
    return Edition(
        issued.title, report.unit, report.span, text, sources, issued.position, issued.day, issued.source,
        issued.editor, issued.contributor, issued.number, issued.digest, whole_content(issued),
    )  # fmt: skip


def of_draft(
    report: Report, *, evaluator: Evaluator | None = None, vouchers: Mapping[str, int] | None = None
) -> Edition:
    """A draft as it stands; a long build brings an evaluator with the answers, and how many vouchers each key rests on."""
    text = compose(report.text, evaluator or evaluator_of(report), report.seen)
    return _live(
        report.title, report.unit, report.span, text, report.source, report.editor, report.contributor,
        at=evaluator.position if evaluator else 0, vouchers=vouchers or {},
    )  # fmt: skip


def of_structure(structure: ReportStructure, unit: Unit, period: Period) -> Edition:
    """A structure's own words with the present figures, when nobody has begun a report."""
    start = skeleton(structure, unit, period)
    report = Report(unit=unit, period=period.code, structure=structure.code)
    text = compose(start.text, evaluator_of(report), {})
    return _live(start.title, unit, period, text, unit.name, "", unit.name)


def _live(
    title: str, unit: Unit, period: Period, text: Composition, source: str, editor: str, contributor: str, *,
    at: int = 0, vouchers: Mapping[str, int] = MappingProxyType({}),
) -> Edition:  # fmt: skip
    catalogue, now = current_catalogue(), at or position()
    sources = tuple(_source(mark, unit, _vouchers(mark, vouchers), catalogue, now) for mark in text.marks)
    return Edition(title, unit, period, text, sources, now, today_for(unit), source, editor, contributor)


def _vouchers(mark: Mark, known: Mapping[str, int]) -> int:
    answer = mark.answer
    if isinstance(mark.token, FigureToken) and mark.token.key in known:
        return known[mark.token.key]
    if answer is None or answer.indicator is None or answer.question is None:
        return 0
    return made_of(answer.indicator, answer.question).vouchers


def _source(mark: Mark, unit: Unit, vouchers: int, catalogue: Catalogue, position: int) -> Source:
    answer = mark.answer
    if answer is None or answer.indicator is None or answer.question is None:
        return Source(mark, "", "", str(unit), "", "", position, 0)
    question = answer.question
    programme = catalogue.programmes.get(question.programme)
    return Source(
        mark, answer.indicator.name, answer.indicator.definition.rstrip("。"), question.unit.name,
        question.period.label, programme.name if programme else "", question.position or position, vouchers,
    )  # fmt: skip


def _fact(source: Source) -> dict[str, Any]:
    mark, answer = source.mark, source.mark.answer
    question = answer.question if answer else None
    indicator = answer.indicator if answer else None
    if question is None or indicator is None:
        raise ValueError("a fact needs an indicator")
    return {
        "id": mark.anchor,
        "indicator": indicator.code,
        "name": indicator.name,
        "definition": indicator.definition,
        "unit": question.unit.code,
        "unit_name": question.unit.name,
        "period": question.period.code,
        "programme": question.programme or None,
        "programme_name": source.programme,
        "scope": question.scope,
        "least_month": isinstance(mark.token, FigureToken) and mark.token.display == "each_month",
        "value": _plain(mark.value),
        "measure": indicator.measure,
        "shown": mark.shown,
        "as_of": source.position,
        "vouchers": source.vouchers,
    }


def _plain(value: Fraction | None) -> int | str | None:
    """A whole number as such, a fraction exactly as `2/3`."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else str(value)
