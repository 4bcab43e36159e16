"""Which postings a figure reads: one condition in portable SQL, shared by value, trace, trend and breakdown.

That both readings use the same text is what makes a value equal the aggregate of its trace.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yibenzhang.catalogue.schema import Indicator, Part
from yibenzhang.kernel.periods import Period, month_of
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units

Param = int | str | date
KEY_COLUMN = {"event": "p.voucher_id", "person": "p.person_id", "matter": "p.matter_id"}


@dataclass(frozen=True)
class Question:
    """What is asked of an indicator: for whom, when, in which programme, at which position of the ledger.

    `scope` is `own` (the unit with the Party bodies it holds), `self` (without them) or `subtree`; `position` 0 means everything posted so far. `units` asks for several units at once, for
    readings that are grouped by them; it replaces `unit` and always means their subtrees.
    """

    unit: Unit
    period: Period
    programme: str = ""
    scope: str = "subtree"
    position: int = 0
    units: tuple[int, ...] = ()
    without: int = 0  # number of an entry to leave out, as if it were reversed


@dataclass(frozen=True)
class Selection:
    """SQL condition on `ledger_posting p` with its parameters."""

    where: str
    params: tuple[Param, ...]

    def and_(self, condition: str, *params: Param) -> "Selection":
        """The same selection narrowed further."""
        return Selection(f"{self.where} AND {condition}", (*self.params, *params))


def scope_condition(question: Question) -> tuple[str, tuple[Param, ...]]:
    """Postings of the unit itself, or of everything whose frozen line passes through it (or through one of the units)."""
    if question.units:
        below = f"SELECT lineage_id FROM organisation_lineagemember WHERE ancestor_id IN ({_marks(question.units)})"
        return f"p.lineage_id IN ({below})", question.units
    if question.scope != "subtree":
        keys = own_units(question.unit) if question.scope == "own" else [question.unit.pk]
        return f"p.unit_id IN ({_marks(keys)})", tuple(keys)
    below = "SELECT lineage_id FROM organisation_lineagemember WHERE ancestor_id = %s"
    return f"p.lineage_id IN ({below})", (question.unit.pk,)


def select(
    accounts: Sequence[str],
    question: Question,
    *,
    all_history: bool = False,
    since: date | None = None,
    programme: str = "",
    reversals: bool = False,
) -> Selection:
    """Live postings of these accounts: posted by the position asked for and not reversed by then.

    `all_history` takes everything up to the end of the period (stocks and streaks). `since` drops earlier events.
    `reversals` asks for the red lines instead.
    """
    period = question.period
    where = [f"p.account IN ({_marks(accounts)})"]
    params: list[Param] = list(accounts)
    start = period.start if not all_history else None
    if since is not None:
        start = max(since, start) if start else since
    where.append("p.month <= %s")
    params.append(period.last_month)
    if start is not None:
        where.append("p.month >= %s")
        params.append(month_of(start))
        if start.day != 1:
            where.append("p.event_date >= %s")
            params.append(start)
    if period.stop.day != 1:
        where.append("p.event_date < %s")
        params.append(period.stop)
    scope, scope_params = scope_condition(question)
    where.append(scope)
    params += scope_params
    where.append("p.sign = %s")
    params.append(-1 if reversals else 1)
    # Written so that no planner reads all entries: few are reversals, and they stand together in the index of `reverses`.
    reversed_by_then = "SELECT reverses FROM ledger_entry WHERE reverses > 0"
    if question.position:
        where.append("p.entry_id <= %s")
        params.append(question.position)
        where.append(f"p.entry_id NOT IN ({reversed_by_then} AND +number <= %s)")
        params.append(question.position)
    else:
        where.append(f"p.entry_id NOT IN ({reversed_by_then})")
    if question.without:
        where.append("p.entry_id <> %s")
        params.append(question.without)
    if programme:
        where.append(
            "p.voucher_id IN (SELECT voucher_id FROM vouchers_voucherprogramme WHERE programme = %s)"
        )
        params.append(programme)
    return Selection(" AND ".join(where), tuple(params))


def for_indicator(indicator: Indicator, question: Question) -> Selection:
    """The postings an indicator that is not a ratio counts. A stock counts keys standing at the end of the period."""
    recorded = ever_recorded(indicator, question)
    if indicator.timing == "flow":
        return recorded
    column = KEY_COLUMN[indicator.key or "matter"]
    # Closing a matter need not repeat the programme under which it was opened: closings are netted without that filter.
    history = select(indicator.accounts, question, all_history=True)
    standing = f"SELECT {column} FROM ledger_posting p WHERE {history.where} GROUP BY {column} HAVING SUM(p.quantity) > 0"
    return recorded.and_(f"{column} IN ({standing})", *history.params)


def ever_recorded(indicator: Indicator, question: Question) -> Selection:
    """All live postings that bear on the indicator, closed matters included: none at all means 未记."""
    lasting = indicator.timing == "stock" or indicator.aggregation == "streak"
    return select(indicator.accounts, question, all_history=lasting, programme=question.programme)


def for_part(part: Part, question: Question, *, programme: str) -> Selection:
    """The selection of one side of a ratio, with its own filter."""
    return select(part.accounts, question, since=part.since, programme=programme)


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))
