"""From a voucher to its lines: a pure function of the voucher and the catalogue it was written under."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.schema import Kind, PostingRule

PRESENT = "present"


@dataclass(frozen=True)
class VoucherFacts:
    """All that posting looks at, free of the database.

    `people` and `matters` map field codes to person keys (those present) and matter keys; `units` are (unit, lineage)
    pairs, the host first.
    """

    kind: str
    event_date: date
    units: list[tuple[int, int]]
    values: dict[str, object] = field(default_factory=dict)
    people: dict[str, list[int]] = field(default_factory=dict)
    matters: dict[str, list[int]] = field(default_factory=dict)
    programmes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One line to post. `quantity` is in the account's smallest unit."""

    account: str
    unit: int
    lineage: int
    quantity: int
    person: int | None = None
    matter: int | None = None
    term: int | None = None


def post(facts: VoucherFacts, catalogue: Catalogue) -> list[Line]:
    """The lines of a voucher, in the order of its kind's rules.

    Raises UnknownCodeError when the catalogue lacks the kind. A rule whose quantity was left empty posts nothing: empty
    is not zero.
    """
    kind = catalogue.kind(facts.kind)
    return [line for rule in kind.posts for line in _lines(rule, kind, facts, catalogue)]


def _lines(rule: PostingRule, kind: Kind, facts: VoucherFacts, catalogue: Catalogue) -> Iterator[Line]:
    account = _account(rule, kind, facts, catalogue)
    quantity = _quantity(rule, facts)
    if account is None or quantity is None or not _applies(rule, facts):
        return
    if rule.closes:
        quantity = -quantity
    term = facts.values.get(rule.term) if rule.term else None
    number = term if isinstance(term, int) else None
    host = facts.units[0]
    if rule.per == "event":
        everywhere = rule.units == "all" or (rule.units is None and rule.quantity == 1)
        for unit, lineage in facts.units if everywhere else [host]:
            yield Line(account, unit, lineage, quantity, term=number)
    elif rule.per == "person":
        for person in facts.people.get(rule.of or "", []):
            yield Line(account, *host, quantity, person=person, term=number)
    else:
        for matter in facts.matters.get(rule.of or "", []):
            yield Line(account, *host, quantity, matter=matter, term=number)


def _account(rule: PostingRule, kind: Kind, facts: VoucherFacts, catalogue: Catalogue) -> str | None:
    if not rule.account.startswith("{"):
        return rule.account
    spec = kind.field(rule.account[1:-1])
    chosen = facts.values.get(spec.code) if spec else None
    if spec is None or chosen is None:
        return None
    return next((option.account for option in catalogue.options(spec) if option.code == chosen), None)


def _quantity(rule: PostingRule, facts: VoucherFacts) -> int | None:
    if isinstance(rule.quantity, int):
        return rule.quantity
    if rule.quantity.startswith("count:"):
        code = rule.quantity.removeprefix("count:")
        chosen = facts.values.get(code)
        if isinstance(chosen, list):
            return len(chosen)
        return len(facts.people[code]) if code in facts.people else None
    given = facts.values.get(rule.quantity)
    return given if isinstance(given, int) and not isinstance(given, bool) else None


def _applies(rule: PostingRule, facts: VoucherFacts) -> bool:
    for code, wanted in rule.when.items():
        if code == "programme":
            given: set[object] = set(facts.programmes)
            if wanted == ["*"] and given:
                continue
        else:
            answer = facts.values.get(code)
            given = set(answer) if isinstance(answer, list) else {answer}
        if not given & set(wanted):
            return False
    return True
