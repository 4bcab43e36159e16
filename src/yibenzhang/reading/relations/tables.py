"""Tables: a row or column called 合计 must add up."""

import re
from collections.abc import Iterator, Sequence

from yibenzhang.reading.model import Claim, Inconsistency
from yibenzhang.reading.relations.context import is_exact, written

_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|共\s*计|小\s*计|总数|全局合计|汇总)$")


def find_table_sums(claims: Sequence[Claim], clean_text: str) -> Iterator[Inconsistency]:
    """Columns that do not add up to the row 合计."""
    offset = 0
    rows: list[tuple[str, dict[int, Claim]]] = []
    for line in [*clean_text.split("\n"), ""]:
        if "\t" in line:
            rows.append((line.split("\t")[0].strip(), _cells(line, offset, claims)))
        else:
            yield from _columns(rows)
            rows = []
        offset += len(line) + 1


def _cells(line: str, offset: int, claims: Sequence[Claim]) -> dict[int, Claim]:
    cells: dict[int, Claim] = {}
    start = offset
    for column, cell in enumerate(line.split("\t")):
        inside = [c for c in claims if start <= c.start and c.end <= start + len(cell)]
        if len(inside) == 1:
            cells[column] = inside[0]
        start += len(cell) + 1
    return cells


def _columns(rows: list[tuple[str, dict[int, Claim]]]) -> Iterator[Inconsistency]:
    totals = [index for index, (label, _) in enumerate(rows) if _TOTAL.match(label)]
    if len(totals) != 1:
        return
    last = totals[0]
    parts = rows[:last] if last else rows[1:]
    for column, total in rows[last][1].items():
        members = [cells[column] for _, cells in parts if column in cells and is_exact(cells[column])]
        added = sum(float(claim.value) for claim in members)
        if len(members) < 2 or not is_exact(total) or len(members) < sum(bool(cells) for _, cells in parts):
            continue
        if abs(added - total.value) > 1e-6 * max(1.0, added):
            terms = "+".join(written(claim.value) for claim in members)
            why = f"表中一列{terms}={written(added)}{total.unit}，合计写{written(total.value)}{total.unit}"
            yield Inconsistency((*(claim.id for claim in members), total.id), "sum", why)
