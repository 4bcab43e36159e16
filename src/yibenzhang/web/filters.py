"""What a reading page is asked: unit, period, programme, scope, as-of. Parsed once, limited to the reader's units."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from yibenzhang.access.scope import Actor, get_in_scope, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, month_period, parse_period
from yibenzhang.ledger.queries import position, position_on
from yibenzhang.organisation.models import Book, Unit
from yibenzhang.organisation.outline import outline
from yibenzhang.organisation.queries import book_of, today_for
from yibenzhang.web.requests import actor_of

SCOPES = {"subtree": "本级和下级", "own": "只看本级"}


@dataclass(frozen=True)
class Reading:
    """The unit, period, programme, scope and position a page shows. `position` 0 is everything posted so far."""

    actor: Actor
    unit: Unit
    book: Book | None
    today: date
    period: Period
    programme: str = ""
    scope: str = "subtree"
    position: int = 0
    as_of: str = ""

    def question(self) -> Question:
        """The same as a question to an indicator."""
        return Question(self.unit, self.period, self.programme, self.scope, self.position)

    @property
    def programme_name(self) -> str:
        """Name of the programme chosen, empty for all."""
        return current_catalogue().programme(self.programme).name if self.programme else ""


def read(request: HttpRequest) -> Reading:
    """What the query string asks for; what it leaves out is the reader's book and its current year.

    Raises BookError with a message that says what to write instead, DoesNotExist for a unit out of scope.
    """
    actor = actor_of(request)
    asked = request.GET
    unit = unit_asked(actor, asked.get("unit", ""))
    book = book_of(unit)
    today = today_for(unit)
    period = parse_period(asked["period"]) if asked.get("period") else parse_period(f"{today.year:04d}")
    programme = asked.get("programme", "")
    if programme:
        current_catalogue().programme(programme)
    scope = asked.get("scope") or "subtree"
    if scope not in SCOPES:
        raise BookError("统计范围只有“本级和下级”与“只看本级”两种，请重新选。", field="scope")
    as_of = asked.get("as_of", "").strip()
    return Reading(actor, unit, book, today, period, programme, scope, _position(as_of, book), as_of)


def unit_asked(actor: Actor, code: str) -> Unit:
    """The unit of this code within scope; without one, the unit that keeps the reader's book, or the reader's own."""
    if code:
        return get_in_scope(Unit.objects.all(), actor, by="self", code=code)
    home = actor.home_unit()
    if home is None:
        raise Unit.DoesNotExist
    book = book_of(home)
    if book is None or book.unit_id == home.pk:
        return home
    return units_for(actor).filter(pk=book.unit_id).first() or home


def _position(as_of: str, book: Book | None) -> int:
    """A ledger position from what was written: a day or a number; 0 for now."""
    if not as_of:
        return 0
    if as_of.isdecimal() and len(as_of) < 16:
        return min(int(as_of), position())
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        text = f"看不懂账面时点“{as_of[:40]}”。请写日期（2024-06-30）或入账序号（1286）。"
        raise BookError(text, field="as_of") from None
    found = position_on(day, book)
    if not found:
        raise BookError(f"{day}时账上还没有一笔，请写更晚的日期。", field="as_of")
    return found


def bar(reading: Reading, *, scope: bool = False) -> dict[str, Any]:
    """Choices of the filter bar: units in scope as an outline, the usual periods, programmes."""
    return {
        "units": unit_choices(reading.actor, reading.today),
        "periods": period_choices(reading.period, reading.today),
        "programmes": [(entry.code, entry.name) for entry in current_catalogue().programmes.values()],
        "scopes": list(SCOPES.items()) if scope else [],
    }


def unit_choices(actor: Actor, day: date, *roles: str) -> list[tuple[str, str]]:
    """(code, name indented by depth) of the units in scope (under these roles) on the day, superiors first."""
    fields = ("id", "code", "name", "short_name", "position")
    roots = outline(units_for(actor, *roles).only(*fields), day)
    return [(node.unit.code, f"{'　' * node.depth}{node.unit}") for root in roots for node in root.walk()]


def period_choices(period: Period, today: date) -> list[tuple[str, str]]:
    """The year under way, its halves, quarters and months so far, and the year before; the one shown is always there."""
    year = today.year
    codes = [f"{year}", f"{year}H1", f"{year}H2", *(f"{year}Q{quarter}" for quarter in range(1, 5))]
    begun = [code for code in codes if parse_period(code).start <= today]
    months = [month_period(year * 100 + month).code for month in range(today.month, 0, -1)]
    choices = [(code, parse_period(code).label) for code in [*begun, *months, f"{year - 1}"]]
    if period.code not in dict(choices):
        choices.insert(0, (period.code, period.label))
    return choices
