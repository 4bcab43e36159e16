"""The desk: outline with states on the left, the page in the middle, the trace of the selected number on the right."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from yibenzhang.access.scope import Actor, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.aliases import accepted_aliases
from yibenzhang.indicators.trace import composition as made_of
from yibenzhang.indicators.trace import page_of_postings, selections
from yibenzhang.ledger.models import Posting
from yibenzhang.ledger.queries import position
from yibenzhang.organisation.queries import today_for
from yibenzhang.reports import edition
from yibenzhang.reports.blocks import Shown, shown
from yibenzhang.reports.blocks_used import blocks_reversed
from yibenzhang.reports.changes import entries_since, reversed_since
from yibenzhang.reports.composition import Composed, Composition
from yibenzhang.reports.docx.document import title_breaks
from yibenzhang.reports.edits import proposals
from yibenzhang.reports.marks import CHANGED, DECLARED, MATCHED, UNMATCHED, WORDS, Mark
from yibenzhang.reports.models import Report
from yibenzhang.reports.permissions import may_issue, may_see_names, may_write
from yibenzhang.reports.queries import composed, newest_version
from yibenzhang.reports.services import needs_second_person
from yibenzhang.reports.structures import section_for
from yibenzhang.web.ledger.lines import lines_of, with_names
from yibenzhang.web.reports.access import readable
from yibenzhang.web.requests import actor_of, needs

LOOKS = {MATCHED: "ok", CHANGED: "chg", UNMATCHED: "non", DECLARED: "man"}
KINDS = {MATCHED: "ok", CHANGED: "chg", UNMATCHED: "bad", DECLARED: "hand"}
STATES = {"draft": "todo", "review": "wait", "issued": "ok"}
MOST_LINES = 6


@dataclass(frozen=True)
class Chapter:
    """A heading of the outline with the worst state among its numbers; `paragraph` is its place in the text."""

    paragraph: int
    title: str
    kind: str
    count: int
    is_sub: bool = False


@needs()
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as its reader sees it: a draft alive, an issued one frozen."""
    report = readable(request, pk)
    return render(request, "reports/desk.html", desk_context(request, report))


def desk_context(request: HttpRequest, report: Report) -> dict[str, Any]:
    """Context of `reports/desk.html`."""
    actor = actor_of(request)
    issued = None if report.is_open else newest_version(report)
    text = edition.of_issued(issued).text if issued else composed(report)
    selected = _selected(text, request.GET.get("f", ""))
    structure = current_catalogue().report_structures.get(report.structure)
    return {
        **frame(report, text, actor),
        "issued": issued,
        "moved": entries_since(issued) if issued else 0,
        "touched": reversed_since([issued]).get(issued.pk, []) if issued else [],
        "touched_blocks": blocks_reversed(issued) if issued else [],
        "page_position": issued.position if issued else position(),
        "page_day": issued.day if issued else today_for(report.unit),
        "paragraphs": [(each, _parts(each.parts), _rows(each, report)) for each in text.paragraphs],
        "title_pieces": _pieces(issued.title if issued else report.title),
        "mark": selected,
        "trace": _trace(selected, actor) if selected else {},
        "proposals": proposals(report, text, selected, aliases=accepted_aliases(report.unit))
        if selected and not selected.token and report.is_open
        else [],
        "structure": structure,
        "hint": _hint(text, selected, structure),
    }


def _pieces(title: str) -> list[str]:
    """The title cut where a line may end."""
    ends = [0, *title_breaks(title), len(title)]
    return [title[start:end] for start, end in pairwise(ends)]


def frame(report: Report, text: Composition, actor: Actor) -> dict[str, Any]:
    """What the bar and the outline show, also while editing."""
    structure = current_catalogue().report_structures.get(report.structure)
    return {
        "report": report,
        "state_kind": STATES[report.state],
        "chapters": chapters(text),
        "legend": [(WORDS[state], LOOKS[state], text.counts[state]) for state in WORDS],
        "open_marks": [(mark, KINDS[mark.state]) for mark in text.open_marks] if report.is_open else [],
        "broken_blocks": text.broken_blocks if report.is_open else [],
        "length": text.length,
        "advice": structure.characters if structure else None,
        "may_write": may_write(actor, report.unit),
        "may_issue": may_issue(actor, report.unit),
        "changed": text.counts[CHANGED],
        "sees_names": may_see_names(actor, report.unit),
        "needs_other": needs_second_person(report, actor.user),
    }


def chapters(text: Composition) -> list[Chapter]:
    """Headings of the first level, each with how many numbers are in its worst state."""
    found: list[tuple[int, str, list[Mark]]] = [(0, "开头", [])]
    for paragraph in text.paragraphs:
        if paragraph.level == 1:
            found.append((paragraph.number, paragraph.text, []))
        found[-1][2].extend(paragraph.marks)
    return [
        Chapter(number, title, *_worst(marks))
        for number, title, marks in found
        if marks or number or title != "开头"
    ]


def _worst(marks: list[Mark]) -> tuple[str, int]:
    for state in (UNMATCHED, CHANGED):
        count = sum(mark.state == state for mark in marks)
        if count:
            return KINDS[state], count
    return KINDS[MATCHED], len(marks)


def _rows(paragraph: Composed, report: Report) -> list[list[Shown]]:
    """Charts and photographs of a paragraph; a photograph is fetched by its number in the text."""
    return shown(
        paragraph.blocks, lambda block: reverse("reports:photograph", args=[report.pk, block.number])
    )


def _parts(parts: tuple[Any, ...]) -> list[tuple[Any, str]]:
    return [(part, LOOKS[part.state] if isinstance(part, Mark) else "") for part in parts]


def _selected(text: Composition, asked: str) -> Mark | None:
    marks = text.marks
    if asked.isdecimal():
        return next((mark for mark in marks if str(mark.number) == asked), None)
    return next(iter(text.open_marks or marks), None)


def _hint(text: Composition, mark: Mark | None, structure: Any) -> str:
    """What belongs into the section of the selected number."""
    if mark is None or structure is None:
        return ""
    heading = ""
    for paragraph in text.paragraphs[: mark.paragraph + 1]:
        heading = paragraph.text if paragraph.level == 1 else heading
    section = section_for(structure, heading)
    return section.hint if section else ""


def _trace(mark: Mark, actor: Actor) -> dict[str, Any]:
    """Definition, period, scope and the newest postings behind a number, those the reader may see."""
    answer = mark.answer
    base = {"kind": KINDS[mark.state]}
    if answer is None or answer.indicator is None or answer.question is None:
        return base
    question, indicator = answer.question, answer.indicator
    keys = [
        key
        for selection, _, _ in selections(indicator, question)[:1]
        for key in page_of_postings(selection, start=0, size=MOST_LINES)
    ]
    rows = restrict(with_names(Posting.objects.filter(pk__in=keys)), actor).order_by("-event_date", "-pk")
    programme = current_catalogue().programmes.get(question.programme)
    return {
        **base,
        "indicator": indicator,
        "question": question,
        "programme": programme,
        "composition": made_of(indicator, question),
        "lines": lines_of(rows),
        "scope": "连同下级" if question.scope == "subtree" else "只算本级",
    }
