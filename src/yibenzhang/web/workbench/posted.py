"""What was posted: counts by kind and month that several readings share."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from yibenzhang.access.scope import Actor, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import Period, month_of, month_period
from yibenzhang.organisation.models import Term, Unit
from yibenzhang.vouchers.models import Voucher

SOON = timedelta(days=90)
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Months:
    """The month under way and the one before."""

    now: Period
    before: Period


@dataclass(frozen=True)
class KindCount:
    """How many vouchers of a kind happened this month and last."""

    code: str
    name: str
    now: int
    before: int


@dataclass(frozen=True)
class KindCoverage:
    """Of the branches, how many have a posted voucher of a kind this month (26 个支部中 24 个已入账)."""

    code: str
    name: str
    recorded: int
    expected: int

    @property
    def share(self) -> float:
        """Width of the bar in a drawing 100 wide."""
        return round(self.recorded / self.expected * 100, 1) if self.expected else 0


def months_at(today: date) -> Months:
    """This month and the last."""
    now = month_period(month_of(today))
    return Months(now, month_period(month_of(now.start - timedelta(days=1))))


def weekday(day: date) -> str:
    """星期五."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def posted_in(actor: Actor, period: Period) -> QuerySet[Voucher]:
    """Posted vouchers in scope whose event lies in the period."""
    rows = restrict(Voucher.objects.filter(state=Voucher.State.POSTED), actor)
    return rows.filter(event_date__gte=period.start, event_date__lt=period.stop)


def by_kind(rows: QuerySet[Voucher], months: Months) -> list[KindCount]:
    """Counts of each kind in the two months, in the order of the catalogue."""
    now, before = (_counts(rows, month) for month in (months.now, months.before))
    return [
        KindCount(code, kind.name, now.get(code, 0), before.get(code, 0))
        for code, kind in current_catalogue().kinds.items()
        if code in now or code in before
    ]


def _counts(rows: QuerySet[Voucher], month: Period) -> dict[str, int]:
    rows = rows.filter(event_date__gte=month.start, event_date__lt=month.stop)
    return dict(rows.order_by().values_list("kind").annotate(n=Count("id")))


def branch_coverage(actor: Actor, units: QuerySet[Unit], month: Period) -> list[KindCoverage]:
    """Kinds that branches recorded this month, with how many of them have, in the order of the catalogue."""
    branches = units.filter(unit_type="branch", founded_on__lt=month.stop).exclude(
        abolished_on__lte=month.start
    )
    expected = branches.count()
    rows = posted_in(actor, month).filter(unit__in=branches.values("pk")).order_by().values_list("kind")
    counts = dict(rows.annotate(n=Count("unit_id", distinct=True)))
    return [
        KindCoverage(code, kind.name, counts[code], expected)
        for code, kind in current_catalogue().kinds.items()
        if code in counts
    ]


def terms_due(actor: Actor, today: date) -> list[tuple[Term, int]]:
    """Terms in scope that end within 90 days or have ended, with the days left; only the newest of each unit."""
    rows = restrict(Term.objects.select_related("unit"), actor, by="unit")
    rows = rows.filter(elected_on__lte=today, unit__abolished_on=None).order_by("unit_id", "-number")
    newest: dict[int, Term] = {}
    for term in rows:
        newest.setdefault(term.unit_id, term)
    due = [(term, (term.ends_on - today).days) for term in newest.values() if term.ends_on <= today + SOON]
    return sorted(due, key=lambda pair: pair[0].ends_on)
