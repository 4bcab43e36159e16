"""Many figures at once: indicators that read one account each share a query; words need no query of their own."""

from collections.abc import Iterable
from fractions import Fraction

from django.db import connection

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.figures import (
    NONE,
    NOT_APPLICABLE,
    VALUE,
    Figure,
    figure,
    is_adopted,
    units_recording,
)
from yibenzhang.indicators.selection import KEY_COLUMN, Question, select
from yibenzhang.indicators.trace import composition
from yibenzhang.organisation.queries import packs_of


def figures(indicators: Iterable[Indicator], question: Question) -> list[Figure]:
    """The figures of these indicators for one unit, period, programme and position, in the order given."""
    wanted = list(indicators)
    values = {**_sums(wanted, question), **_counts(wanted, question)}
    able = _able(wanted, question)
    answers = []
    for each in wanted:
        if not (_is_sum(each) or _is_count(each)):
            answers.append(figure(each, question, is_able=each.code in able))
        elif each.code in values:
            answers.append(Figure(each, question, VALUE, Fraction(values[each.code])))
        else:
            answers.append(Figure(each, question, NONE if each.code in able else NOT_APPLICABLE, None))
    return answers


def _is_sum(indicator: Indicator) -> bool:
    return indicator.timing == "flow" and indicator.aggregation == "sum"


def _is_count(indicator: Indicator) -> bool:
    return indicator.timing == "flow" and indicator.aggregation == "distinct" and len(indicator.accounts) == 1


def _sums(indicators: list[Indicator], question: Question) -> dict[str, int]:
    """Sums are additive, so those over several accounts are put together from the accounts."""
    summed = [each for each in indicators if _is_sum(each)]
    found = _by_account("SUM(p.quantity)", [code for each in summed for code in each.accounts], question)
    return {
        each.code: sum(found.get(code, 0) for code in each.accounts)
        for each in summed
        if any(code in found for code in each.accounts)
    }


def _counts(indicators: list[Indicator], question: Question) -> dict[str, int]:
    """Distinct keys of one account; a query for each type of key."""
    values: dict[str, int] = {}
    for key, column in KEY_COLUMN.items():
        counted = [each for each in indicators if _is_count(each) and (each.key or "event") == key]
        what = f"COUNT(DISTINCT CASE WHEN p.quantity > 0 THEN {column} END)"
        found = _by_account(what, [each.accounts[0] for each in counted], question)
        values |= {each.code: found[each.accounts[0]] for each in counted if each.accounts[0] in found}
    return values


def vouchers_behind(indicators: Iterable[Indicator], question: Question) -> dict[str, int]:
    """On how many vouchers each of these indicators rests; those that read one account each share a query."""
    wanted = list(indicators)
    simple = [each for each in wanted if len(each.accounts) == 1 and (_is_sum(each) or _is_count(each))]
    found: dict[str, int] = {}
    for is_count, what in ((False, "p.voucher_id"), (True, "CASE WHEN p.quantity > 0 THEN p.voucher_id END")):
        some = [each for each in simple if _is_count(each) == is_count]
        counts = _by_account(f"COUNT(DISTINCT {what})", [each.accounts[0] for each in some], question)
        found |= {each.code: counts.get(each.accounts[0], 0) for each in some}
    return found | {
        each.code: composition(each, question).vouchers for each in wanted if each.code not in found
    }


def _by_account(what: str, accounts: list[str], question: Question) -> dict[str, int]:
    if not accounts:
        return {}
    selection = select(list(dict.fromkeys(accounts)), question, programme=question.programme)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.account, {what} FROM ledger_posting p WHERE {selection.where} GROUP BY p.account",
            list(selection.params),
        )
        return {account: int(value) for account, value in cursor.fetchall()}


def _able(indicators: list[Indicator], question: Question) -> set[str]:
    """Which of the indicators somebody in scope could have recorded in the period."""
    catalogue, packs = current_catalogue(), packs_of(question.unit)
    types = set(units_recording(question).order_by().values_list("unit_type", flat=True).distinct())
    return {
        each.code
        for each in indicators
        if types & catalogue.recorders(each) and is_adopted(each, packs, catalogue)
    }
