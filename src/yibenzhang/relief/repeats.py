"""What was asked twice (重复要求, should be none): figures the ledger knows, and one event recorded twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from yibenzhang.indicators.known import known_figures
from yibenzhang.kernel.periods import Period, month_of
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import books_of, packs_of
from yibenzhang.relief.asks import SOURCES, Ask
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.scrutiny.texts import SHORTEST, text_of

ALIKE = 90
FIGURE, RECORD = "figure", "record"


@dataclass(frozen=True)
class Repeat:
    """Something asked or recorded a second time. `code` is the indicator, or the later voucher's key for a record.

    `where` names the source; `why` is the reason its sender gave.
    """

    unit: int
    kind: str
    name: str
    code: str
    month: int
    where: str
    why: str = ""


def repeats_of(units: Sequence[Unit], period: Period, asks: Iterable[Ask]) -> list[Repeat]:
    """Everything asked or recorded twice of these units in the period."""
    return [*_known_again(units, asks), *_recorded_twice([unit.pk for unit in units], period)]


def _known_again(units: Sequence[Unit], asks: Iterable[Ask]) -> Iterator[Repeat]:
    """Figures that a text asks for although the ledger computes them; equal texts are looked at once."""
    by_key = {unit.pk: unit for unit in units}
    books = books_of(by_key)
    packs = {key: tuple(book.packs if book else packs_of(by_key[key])) for key, book in books.items()}
    looked: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = {}
    for ask in asks:
        if not ask.text:
            continue
        key = ask.text, packs[ask.unit]
        if key not in looked:
            looked[key] = [(entry.name, entry.code) for entry in known_figures(ask.text, packs=key[1])]
        for name, code in looked[key]:
            where = f"{SOURCES[ask.source]}“{ask.name}”"
            yield Repeat(ask.unit, FIGURE, name, code, ask.month, where, ask.why)


def _recorded_twice(keys: list[int], period: Period) -> Iterator[Repeat]:
    """Posted vouchers of one unit, kind and day that say the same of the same people and matters."""
    rows = Voucher.objects.filter(state=Voucher.State.POSTED, unit_id__in=keys)
    rows = rows.filter(event_date__gte=period.start, event_date__lt=period.stop)
    together: dict[tuple[int, str, object], list[int]] = defaultdict(list)
    fields = rows.order_by("pk").values_list("pk", "unit_id", "kind", "event_date")
    for key, unit, kind, day in fields:
        together[unit, kind, day].append(key)
    suspects = [key for group in together.values() if len(group) > 1 for key in group]
    vouchers = Voucher.objects.prefetch_related("people", "matters").in_bulk(suspects)
    for group in together.values():
        for first, second in combinations((vouchers[key] for key in group if key in vouchers), 2):
            if _same(first, second):
                month = month_of(second.event_date)
                where = f"凭证 {first.number} 和 {second.number}"
                yield Repeat(second.unit_id, RECORD, second.title, str(second.pk), month, where)


def _same(one: Voucher, other: Voucher) -> bool:
    """The same title, text, people and matters; a short text says too little to tell two events apart, a long one must agree."""
    if fuzz.ratio(one.title, other.title) < ALIKE or _about(one) != _about(other):
        return False
    texts = text_of(one), text_of(other)
    if max(map(len, texts)) < SHORTEST:
        return bool(one.values == other.values)
    return fuzz.ratio(*texts) >= ALIKE


def _about(voucher: Voucher) -> tuple[set[tuple[int, str]], set[int]]:
    """Who took part and how, and which matters it belongs to."""
    people = {(row.person_id, row.attendance) for row in voucher.people.all()}
    return people, {row.matter_id for row in voucher.matters.all()}
