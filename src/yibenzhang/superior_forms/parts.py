"""Which row of a form is part of which: 其中 and indentation."""

import re

from yibenzhang.superior_forms.grid import Cell, Place

_PART = re.compile(r"^[\s（(]*其中")


def wholes(labels: list[Cell]) -> dict[Place, Cell]:
    """Which label each part belongs to, for the labels of one column from the top.

    A row that begins with 其中, or is indented, is part of the nearest row above it that is neither; rows set in deeper
    after 其中 continue it.
    """
    found: dict[Place, Cell] = {}
    plain: list[Cell] = []
    last: tuple[int, Cell] | None = None
    for cell in labels:
        if _PART.match(cell.text):
            whole = next((each for each in reversed(plain) if each.indent <= cell.indent), None)
            if whole is not None:
                found[cell.place], last = whole, (cell.indent, whole)
        elif last is not None and cell.indent > last[0]:
            found[cell.place] = last[1]
        else:
            whole = next((each for each in reversed(plain) if each.indent < cell.indent), None)
            if whole is not None:
                found[cell.place] = whole
            last = None
            plain.append(cell)
    return found
