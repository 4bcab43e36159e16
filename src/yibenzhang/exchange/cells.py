"""From a cell to a plain value; what does not fit is a fault with its remedy."""

import re
from datetime import date

from yibenzhang.kernel.errors import BookError

Cell = str | int | float | bool | date | None
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_WHOLE = re.compile(r"[+-]?\d{1,3}(,\d{3})+|[+-]?\d+")
EXACT = 10**15  # beyond this a spreadsheet has already lost digits


class CellError(BookError):
    """A cell that cannot be read."""


def text_of(cell: Cell) -> str:
    """Text as typed, without spaces around it. Raises CellError for a number so long that its digits are lost."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, (int, float)):
        if abs(cell) >= EXACT:
            raise CellError("数字太长，表格软件已丢掉末几位。请把这一列设为“文本”格式后重新填写。")
        return str(int(cell)) if cell == int(cell) else str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.strip()


def day_of(cell: Cell) -> date | None:
    """A day, from a date cell or from text such as 2024-08-01, 2024/8/1 and 2024年8月1日."""
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise CellError(f"“{text}”不是日期，请写成 2024-08-01。")


def whole_number_of(cell: Cell) -> int | None:
    """A whole number; Excel hands integers over as floats."""
    if isinstance(cell, (bool, date)):
        raise CellError("应是整数，请只写数字。")
    if isinstance(cell, (int, float)):
        if cell != int(cell):
            raise CellError(f"{cell} 不是整数。金额请以元为单位，不写小数。")
        if abs(cell) >= EXACT:
            raise CellError("数字太大，请核对。")
        return int(cell)
    text = text_of(cell)
    if not text:
        return None
    if not _WHOLE.fullmatch(text) or len(text) > 20:
        raise CellError(f"“{text[:20]}”不是整数，请只写数字，不带单位。")
    return int(text.replace(",", ""))


def items_of(cell: Cell) -> list[str]:
    """The items of a cell that holds several: one a line, or parted by a semicolon."""
    return [item for part in re.split(r"[；;\n]", text_of(cell)) if (item := part.strip())]


def chosen(text: str, options: dict[str, str]) -> str:
    """The code of an option given by name or by code. Raises CellError listing some that are allowed."""
    if text in options:
        return options[text]
    if text in options.values():
        return text
    some = "、".join(list(options)[:8])
    raise CellError(f"没有“{text[:20]}”这个选项，请从列表中选：{some}{' 等' if len(options) > 8 else ''}。")
