"""Lines of a clean text in, claims out."""

import re
from collections.abc import Iterator, Sequence

from yibenzhang.reading.claims import acceptance, zeros
from yibenzhang.reading.claims.dates import find_dates
from yibenzhang.reading.claims.draft import Draft
from yibenzhang.reading.claims.kinds import nature
from yibenzhang.reading.claims.measures import CHANGE, SHARE, listed_measures, measure_of
from yibenzhang.reading.claims.names import find_names
from yibenzhang.reading.claims.qualifiers import qualifier_after, qualifier_before
from yibenzhang.reading.claims.quantities import find_quantities
from yibenzhang.reading.claims.quantity import Masks, Quantity
from yibenzhang.reading.claims.tables import Table
from yibenzhang.reading.claims.units import PERCENT_UNITS
from yibenzhang.reading.model import Claim, NonClaim
from yibenzhang.reading.script import fold

_SENTENCE_END = re.compile(r"[。！？!?;；]")
# No number is written with so many signs; patterns for numbers would try every end of such a run, square times.
_NO_NUMBER = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿]{41,}")
_LONGEST_LIST = 40
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?”]*")


def extract(lines: Sequence[str], sections: Sequence[str]) -> tuple[tuple[Claim, ...], tuple[NonClaim, ...]]:
    """Claims and non-claims of a clean text given as its lines, each with the section it stands in."""
    claims: list[Claim] = []
    others: list[NonClaim] = []
    offset = 0
    table = Table()
    for line, section in zip(lines, sections, strict=True):
        folded = _NO_NUMBER.sub(lambda run: "□" * len(run[0]), fold(line))
        dates, names = find_dates(folded), find_names(folded)
        others += [NonClaim(line[a:b], "date", offset + a, offset + b) for a, b in dates]
        others += [NonClaim(line[a:b], "name", offset + a, offset + b) for a, b in names]
        drafts = list(_drafts(line, folded, Masks(dates + names)))
        if table.takes(line):
            drafts = table.complete(line, folded, drafts)
        for draft in drafts:
            claims.append(_placed(draft, f"c{len(claims) + 1:03d}", line, offset, section))
        offset += len(line) + 1
    return tuple(claims), tuple(_outermost(others))


def _outermost(spans: list[NonClaim]) -> Iterator[NonClaim]:
    end = -1
    for span in sorted(spans, key=lambda found: (found.start, -found.end)):
        if span.end > end:
            yield span
            end = span.end


def _placed(draft: Draft, identifier: str, line: str, offset: int, section: str) -> Claim:
    start, end = draft.start, draft.end
    return Claim(
        id=identifier,
        text=line[start:end],
        value=draft.value,
        value_max=draft.high,
        unit=draft.unit,
        approx=draft.approx,
        kind=draft.kind,
        measure=draft.measure,
        section=section,
        start=offset + start,
        end=offset + end,
        sentence=_sentence_around(line, start, end),
        period=draft.period,
    )


def _sentence_around(line: str, start: int, end: int) -> str:
    first = max((match.end() for match in re.finditer(r"[。！？!?]", line[:start])), default=0)
    closing = re.search(r"[。！？!?]", line[end:])
    last = end + closing.end() if closing else len(line)
    return line[first:last].strip()


def _drafts(line: str, folded: str, masks: Masks) -> Iterator[Draft]:
    zero_drafts = [
        Draft(z.start, z.end, 0, z.unit, measure=z.measure) for z in zeros.find_zeros(folded, masks)
    ]
    taken = Masks([(draft.start, draft.end) for draft in zero_drafts])
    figures = [q for q in find_quantities(folded, masks) if taken.end_of(q.start, q.end) is None]
    drafts = sorted([*zero_drafts, *_figures(line, folded, figures)], key=lambda draft: draft.start)
    yield from drafts


def _figures(line: str, folded: str, quantities: list[Quantity]) -> Iterator[Draft]:
    floor = 0
    previous = ""
    for index, quantity in enumerate(quantities):
        draft = _figure(folded, quantity)
        if draft is None:
            continue
        listed = _position_in_list(folded, quantities, index)
        items = listed and listed_measures(folded[: quantities[index - listed[0]].start], listed[1])
        if listed and items:
            draft.measure = items[listed[0]]
        else:
            share = draft.unit in PERCENT_UNITS
            found = measure_of(folded, line, draft.start, draft.end, floor, share=share)
            draft.measure = _with_subject(found, previous)
        floor, previous = draft.end, draft.measure
        yield draft


def _figure(folded: str, quantity: Quantity) -> Draft | None:
    start, before = qualifier_before(folded, quantity.start)
    end, after = qualifier_after(folded, quantity.end)
    approx = before or after or ("at_least" if quantity.more else None)
    found = nature(folded, quantity, start, at_least=before == "at_least")
    exact = approx is None
    if quantity.unit is None and not zeros.is_bare_figure(folded, quantity):
        return None
    if quantity.unit is not None and not acceptance.states_figure(
        folded, quantity, exact=exact, cadence=found.kind == "cadence"
    ):
        return None
    return Draft(
        found.start,
        end,
        quantity.value,
        quantity.unit or "",
        quantity.high,
        approx,
        found.kind,
        period=found.period,
    )


def _position_in_list(folded: str, quantities: list[Quantity], index: int) -> tuple[int, int] | None:
    """Place and length of the run of figures 分别为7、15和9名 a quantity stands in; None outside such a run."""

    def adjoins(left: int) -> bool:
        gap = folded[quantities[left].end : quantities[left + 1].start]
        return len(gap) <= 2 and all(char in "、,，和及与" for char in gap)

    first = last = index
    while first > max(0, index - _LONGEST_LIST) and adjoins(first - 1):
        first -= 1
    while last + 1 < min(len(quantities), index + _LONGEST_LIST) and adjoins(last):
        last += 1
    if first == last or "分别" not in folded[max(0, quantities[first].start - 12) : quantities[first].start]:
        return None
    return index - first, last - first + 1


def _with_subject(measure: str, previous: str) -> str:
    """同比增长 or 占比 alone name no subject, 全年共372次 names nothing at all; the figure before them does."""
    if not measure or set(measure) <= set("增加减少提高升到降压缩至"):
        return previous
    if previous and (CHANGE.match(measure) or SHARE.match(measure) or measure in ("增长", "提高")):
        return f"{previous}{measure}"
    return measure
