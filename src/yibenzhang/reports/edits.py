"""Changes to one number of a report: tie it to an indicator, declare it, keep an old value, let it go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.matching.matcher import Candidate, Matcher
from yibenzhang.indicators.matching.mentions import mention_at
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.models import Entry
from yibenzhang.organisation.queries import packs_of
from yibenzhang.reading.claims.extract import extract
from yibenzhang.reports.composition import Composition, Part
from yibenzhang.reports.evaluation import Answer
from yibenzhang.reports.marks import CHANGED, Mark
from yibenzhang.reports.models import Report
from yibenzhang.reports.queries import composed, evaluator_of
from yibenzhang.reports.services import accept_changes, save_report
from yibenzhang.reports.tokens import DeclaredToken, FigureToken

QUALIFIERS = {"at_least": "at_least", "more_than": "at_least", "nearly": "nearly"}


def accept(report: Report, number: int, *, revision: int, actor: User) -> Report:
    """Take over the present value (换成新值)."""
    mark = _mark(composed(report), number)
    _check_revision(report, revision)
    return accept_changes(
        report, actor=actor, keys=[mark.token.key] if isinstance(mark.token, FigureToken) else []
    )


def keep(report: Report, number: int, *, revision: int, actor: User) -> Report:
    """Keep the value seen and say up to which day it counts (保留并注明截至日)."""

    def kept(mark: Mark) -> str:
        if mark.state != CHANGED or not isinstance(mark.token, FigureToken):
            raise BookError("这个数字没有变，不用注明截至日。")
        position = int(report.seen[mark.token.key].partition("@")[2] or 0)
        entry = Entry.objects.filter(number__lte=position).order_by("-number").first()
        if entry is None:
            raise BookError("找不到当时的账面，请换成新值。")
        day = entry.posted_on
        return f"{replace(mark.token, as_of=entry.number)}（截至{day.month}月{day.day}日）"

    return _rewrite(report, number, kept, revision=revision, actor=actor)


def declare(report: Report, number: int, *, reason: str, source: str, revision: int, actor: User) -> Report:
    """Vouch for a number (人工核定); raises TokenError without a reason and a source."""

    def declared(mark: Mark) -> str:
        return str(DeclaredToken(mark.shown, reason.strip(), source.strip()).checked())

    return _rewrite(report, number, declared, revision=revision, actor=actor)


def link(
    report: Report, number: int, *, indicator: str, programme: str = "", revision: int, actor: User
) -> Report:
    """Tie a number to an indicator; it is written as it was typed (余, 近, 汉字) with the ledger's value."""
    current_catalogue().indicator(indicator)
    if programme:
        current_catalogue().programme(programme)

    def linked(mark: Mark) -> str:
        if isinstance(mark.token, FigureToken):
            return str(replace(mark.token, indicator=indicator, programme=programme, as_of=0))
        return str(FigureToken(indicator, programme=programme, display=_display(mark.shown)))

    return _rewrite(report, number, linked, revision=revision, actor=actor)


def unlink(report: Report, number: int, *, revision: int, actor: User) -> Report:
    """Leave the number as plain words (取消关联); it is then found as one without a figure."""
    return _rewrite(report, number, lambda mark: mark.shown, revision=revision, actor=actor)


def proposals(
    report: Report,
    text: Composition,
    mark: Mark,
    *,
    aliases: Mapping[str, Sequence[str]] | None = None,
    most: int = 5,
) -> list[tuple[Candidate, Answer]]:
    """Indicators a typed number may mean, best first, each with its present answer.

    `aliases` are the agency's own wordings (indicator code → names) beside those of the catalogue.
    """
    start = text.text.split("\n")[: mark.paragraph]
    offset = sum(len(line) + 1 for line in start) + _offset(text, mark)
    whole = text.text
    claims, _ = extract([mark.shown], [""])
    unit = claims[0].unit if claims else ""
    mention = mention_at(
        whole, offset, offset + len(mark.shown), value=float(claims[0].value) if claims else 0.0, unit=unit
    )
    matcher = Matcher(current_catalogue(), packs_of(report.unit), aliases)
    evaluator = evaluator_of(report)
    programmes = matcher.stated_programmes(mention.paragraph)
    found = []
    for candidate in matcher.candidates(mention, most=most):
        code = candidate.indicator.code
        planned = (each.code for each in programmes if any(line.indicator == code for line in each.plan))
        token = FigureToken(code, programme=next(planned, ""), display=_display(mark.shown))
        found.append((candidate, evaluator.answer(token)))
    return found


def _offset(text: Composition, mark: Mark) -> int:
    offset = 0
    for part in text.paragraphs[mark.paragraph].parts:
        if isinstance(part, Mark) and part.number == mark.number:
            return offset
        offset += len(part if isinstance(part, str) else part.shown)
    return offset


def _display(typed: str) -> str:
    claims, _ = extract([typed], [""])
    if claims and claims[0].approx in QUALIFIERS:
        return QUALIFIERS[claims[0].approx or ""]
    return "exact" if any(char.isdigit() and char.isascii() for char in typed) else "chinese"


def _mark(text: Composition, number: int) -> Mark:
    for mark in text.marks:
        if mark.number == number:
            return mark
    raise BookError("这个数字已不在文中，请刷新查看。")


def _check_revision(report: Report, revision: int) -> None:
    if report.revision != revision:
        raise BookError("这份报告刚被改过，请刷新后再办。")


def _rewrite(
    report: Report, number: int, change: Callable[[Mark], str], *, revision: int, actor: User
) -> Report:
    _check_revision(report, revision)
    text = composed(report)
    target = _mark(text, number)
    lines = [
        "".join(change(part) if _is(part, target) else written(part) for part in paragraph.parts)  # type: ignore[arg-type]
        for paragraph in text.paragraphs
    ]
    return save_report(report, text="\n".join(lines), revision=revision, actor=actor)


def _is(part: Part, target: Mark) -> bool:
    return isinstance(part, Mark) and part.number == target.number


def written(part: Part) -> str:
    """A part of a paragraph as stored."""
    if isinstance(part, str):
        return part
    return str(part.token) if part.token is not None else part.shown
