"""What the page of a checked article shows: the marked text, the figures by verdict, one of them in full."""

from dataclasses import dataclass
from typing import Any

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.checking.changes import Touched
from yibenzhang.checking.marking import KINDS, counts, paragraphs
from yibenzhang.checking.models import Check, CheckedArticle, Ruling
from yibenzhang.checking.results import Line, lines_of, reading_of
from yibenzhang.checking.services import newest_rulings
from yibenzhang.checking.verdicts import AGREES, APPROXIMATE
from yibenzhang.indicators.figures import is_adopted
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import composition, page_of_postings, selections
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Posting
from yibenzhang.organisation.queries import packs_of
from yibenzhang.reading.model import Reading

EDITORS = (Role.PREPARER, Role.APPROVER, Role.ADMINISTRATOR)
TODO, ALL = "todo", "all"
SHOWN_RECORDS = 8


@dataclass(frozen=True)
class Item:
    """A figure in the list: its line, its ruling, the reversal that touched it."""

    line: Line
    ruling: Ruling | None
    touched: Touched | None

    @property
    def kind(self) -> str:
        """Kind of status: colour and sign."""
        return KINDS[self.line.verdict]

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do: it agrees, or a person has confirmed it or put it aside."""
        if self.touched:
            return False
        ruled = self.ruling is not None and self.ruling.act != Ruling.Act.REMATCH
        return ruled or self.line.verdict in {AGREES, APPROXIMATE}


@dataclass(frozen=True)
class Chip:
    """One filter above the list."""

    code: str
    word: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Records:
    """The records behind a figure: some postings, how many vouchers in all, how many reversed."""

    postings: list[Posting]
    vouchers: int
    reversed: int


def panel(
    article: CheckedArticle, check: Check, actor: Actor, *, asked: dict[str, str], touched: list[Touched]
) -> dict[str, Any]:
    """Context of the page. `asked` may name the claim selected (`c`) and the verdict shown (`v`)."""
    reading = reading_of(article.reading)
    lines = lines_of(reading, check.results)
    items = _items(article, lines, touched)
    by_claim = {item.line.claim.id: item for item in items}
    selected = by_claim.get(asked.get("c", ""))
    shown, verdict = _filtered(items, asked.get("v", ""))
    open_items = [item for item in items if not item.is_settled]
    return {
        "article": article,
        "check": check,
        "paragraphs": paragraphs(reading, lines),
        "items": items,
        "by_claim": by_claim,
        "total": len(items),
        "differing": sum(item.line.verdict == "differs" for item in items),
        "chips": _chips(lines, len(open_items), verdict),
        "verdict": verdict,
        "shown": shown if selected is None or selected in shown else [selected, *shown],
        "selected": selected,
        "inconsistencies": _inconsistencies(reading, by_claim),
        "touched": [item for item in items if item.touched],
        "unrecorded": sum(item.line.verdict == "no_record" and item.ruling is None for item in items),
        **(_selected(article, check, actor, selected) if selected else {}),
    }


def _items(article: CheckedArticle, lines: list[Line], touched: list[Touched]) -> list[Item]:
    rulings = newest_rulings(article)
    moved = {each.line.claim.id: each for each in touched}
    return [Item(line, rulings.get(line.claim.id), moved.get(line.claim.id)) for line in lines]


def _filtered(items: list[Item], verdict: str) -> tuple[list[Item], str]:
    """The items to show and the filter in force; without one, what is left to do, or all when nothing is."""
    open_items = [item for item in items if not item.is_settled]
    if verdict == TODO or (not verdict and open_items):
        return open_items, TODO
    if verdict in KINDS:
        return [item for item in items if item.line.verdict == verdict], verdict
    return items, ALL


def _chips(lines: list[Line], todo: int, verdict: str) -> list[Chip]:
    found = [Chip(TODO, "要处理", todo, verdict == TODO)]
    found += [Chip(code, word, number, verdict == code) for code, word, _, number in counts(lines)]
    return [*found, Chip(ALL, "全部", len(lines), verdict == ALL)]


def _inconsistencies(reading: Reading, by_claim: dict[str, Item]) -> list[dict[str, Any]]:
    """Contradictions inside the text with the figures they are about."""
    return [
        {"why": found.why, "items": [by_claim[claim] for claim in found.claims if claim in by_claim]}
        for found in reading.inconsistencies
    ]


def _selected(article: CheckedArticle, check: Check, actor: Actor, item: Item) -> dict[str, Any]:
    packs = packs_of(article.unit)
    catalogue = current_catalogue()
    rivals = item.line.rivals
    others = [each for each in catalogue.indicators.values() if is_adopted(each, packs, catalogue)]
    return {
        "records": records_behind(article, check, actor, item.line),
        "choices": _grouped(rivals, others),
        "programmes": [
            (code, programme.name)
            for code, programme in catalogue.programmes.items()
            if catalogue.home[("programmes", code)] in packs
        ],
        "may_rule": may_rule(article, actor),
        "history": [
            each
            for each in article.rulings.select_related("made_by__person").order_by("-id")
            if each.claim == item.line.claim.id
        ],
    }


def _grouped(rivals: list[Indicator], others: list[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """Indicators to choose from: rivals first, then all by group."""
    groups: dict[str, list[Indicator]] = {}
    for each in others:
        groups.setdefault(each.group, []).append(each)
    return [*([("相近的指标", rivals)] if rivals else []), *groups.items()]


def records_behind(
    article: CheckedArticle, check: Check, actor: Actor, line: Line, *, size: int = SHOWN_RECORDS
) -> Records | None:
    """The newest postings behind a figure at the check's position, within the reader's scope."""
    indicator = line.indicator
    if indicator is None:
        return None
    question = question_of(article, check, line)
    keys: list[int] = []
    for selection, _, _ in selections(indicator, question)[:1]:
        keys = page_of_postings(selection, start=0, size=size)
    rows = restrict(Posting.objects.filter(pk__in=keys).select_related("voucher__unit"), actor)
    made = composition(indicator, question)
    return Records(list(rows.order_by("-event_date", "-id")), made.vouchers, made.reversed)


def question_of(article: CheckedArticle, check: Check, line: Line) -> Question:
    """The question whose answer the line's ledger value is."""
    result = line.result
    period = parse_period(result["period"]) if result["period"] else article.period
    scope = result["scope"] or "subtree"
    return Question(article.unit, period, result["programme"] or "", scope, check.position)


def may_rule(article: CheckedArticle, actor: Actor) -> bool:
    """True when the actor may decide on this article's figures: who brought it, or who works for its unit."""
    return (
        article.brought_by_id == actor.user.pk
        or restrict(CheckedArticle.objects.filter(pk=article.pk), actor, *EDITORS, by="unit").exists()
    )
