"""Everything the profile of a unit shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Guidance, Membership, Post, Term, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import superiors_on
from yibenzhang.vouchers.models import Voucher


@dataclass(frozen=True)
class TermBar:
    """The term under way: how much of it has passed, in per cent of the drawing, and how long is left."""

    term: Term
    passed: float
    days_left: int

    @property
    def kind(self) -> str:
        """How it is marked: due soon within 90 days, overdue after the end."""
        return "bad" if self.days_left < 0 else "late" if self.days_left <= 90 else "ok"

    @property
    def words(self) -> str:
        """What is left, in words."""
        if self.days_left < 0:
            return f"已超期 {-self.days_left} 天"
        return f"剩 {self.days_left} 天届满"


@dataclass(frozen=True)
class Strip:
    """A kind of record: how many vouchers were posted in each month."""

    code: str
    name: str
    months: list[tuple[str, int]]
    total: int


def profile(actor: Actor, unit: Unit, day: date) -> dict[str, Any]:
    """Context of `organisation/unit.html`."""
    catalogue = current_catalogue()
    seen = set(units_for(actor).values_list("pk", flat=True))
    posts = Post.objects.filter(unit=unit).select_related("person")
    current = [post for post in posts if post.holds_on(day)]
    order = [title for title, _ in Post.TITLES]
    states = Membership.objects.filter(on_day(day), unit=unit).order_by().values("state")
    counted = {row["state"]: row["n"] for row in states.annotate(n=Count("person_id", distinct=True))}
    return {
        "unit": unit,
        "day": day,
        "type": catalogue.unit_types[unit.unit_type],
        "nature": catalogue.natures.get(unit.nature),
        "line": [(each, each.pk in seen) for each in superiors_on(unit, day)[:-1]],
        "events": unit.events.select_related("other"),
        "guided_by": _guidance(Q(subordinate=unit), day),
        "guides": _guidance(Q(superior=unit), day)[:200],
        "seen": seen,
        "posts": sorted(current, key=lambda post: (order.index(post.title), post.pk)),
        "former_posts": sorted(
            (post for post in posts if not post.holds_on(day)), key=lambda post: post.valid_from, reverse=True
        )[:20],
        "terms": list(unit.terms.all()),
        "term": _term_bar(unit, day),
        "members": [(name, counted[state]) for state, name in Membership.STATES if state in counted],
        "months": range(1, 13),
        "strip": _strip(actor, unit, day.year),
        "may_change": restrict(
            Unit.objects.filter(pk=unit.pk), actor, Role.ADMINISTRATOR, by="self"
        ).exists(),
    }


def _guidance(which: Q, day: date) -> QuerySet[Guidance]:
    rows = Guidance.objects.filter(which, on_day(day)).select_related("superior", "subordinate")
    return rows.order_by("subordinate__position", "id")


def _term_bar(unit: Unit, day: date) -> TermBar | None:
    term = Term.objects.filter(unit=unit, elected_on__lte=day).order_by("-number").first()
    if term is None:
        return None
    whole = max((term.ends_on - term.elected_on).days, 1)
    passed = min(max((day - term.elected_on).days / whole * 100, 0), 100)
    return TermBar(term, round(passed, 1), (term.ends_on - day).days)


def _strip(actor: Actor, unit: Unit, year: int) -> list[Strip]:
    """Kinds that the unit posted in the year, by month, in the order of the catalogue."""
    posted = restrict(Voucher.objects.filter(unit=unit, state=Voucher.State.POSTED), actor)
    rows = (
        posted.filter(event_date__gte=date(year, 1, 1), event_date__lt=date(year + 1, 1, 1))
        .order_by()
        .annotate(in_month=ExtractMonth("event_date"))
        .values("kind", "in_month")
        .annotate(n=Count("id"))
    )
    counts: dict[str, dict[int, int]] = {}
    for row in rows:
        counts.setdefault(row["kind"], {})[row["in_month"]] = row["n"]
    kinds = current_catalogue().kinds
    return [
        Strip(
            code,
            kinds[code].name if code in kinds else code,
            [(f"{year}-{month:02d}", counts[code].get(month, 0)) for month in range(1, 13)],
            sum(counts[code].values()),
        )
        for code in [
            *[code for code in kinds if code in counts],
            *[code for code in counts if code not in kinds],
        ]
    ]
