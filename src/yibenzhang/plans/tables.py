"""A table brought in from elsewhere, as rows of a plan: by its headings when it has them, by position otherwise."""

from collections.abc import Iterable

from yibenzhang.kernel.errors import BookError
from yibenzhang.plans.columns import COLUMNS, Column
from yibenzhang.plans.rows import Row

OTHER_NAMES = {
    "任务": ("工作任务", "重点任务", "内容", "工作内容"), "牵头单位": ("责任单位", "牵头部门"), "配合单位": ("配合部门", "协办单位"),
    "完成时限": ("时限", "完成时间", "月份", "时间"), "月份": ("时间", "完成时限", "举办时间", "学习时间"), "学习专题": ("专题内容", "主题", "学习内容"),
    "重点发言人": ("发言人", "重点发言"), "学习材料": ("材料", "学习书目"), "班名": ("班次", "培训班", "班次名称", "培训班名称"),
    "对象": ("培训对象",), "计划人数": ("人数",), "承办单位": ("承办", "主办单位", "举办单位"),
}  # fmt: skip
IGNORED = {"序号", "状态", "凭证", "办结日期", "说明"}


def rows_in(lines: Iterable[tuple[int, list[str]]], sort: str) -> list[tuple[int, Row]]:
    """Rows with the numbers their lines had, so that a fault can be found again.

    The first written line is taken for headings when two of its cells, or the only one, name columns. Raises BookError for
    a heading nobody knows, and for more cells than columns.
    """
    written = [
        (number, [cell.strip() for cell in cells]) for number, cells in lines if any(map(str.strip, cells))
    ]
    if not written:
        return []
    columns = COLUMNS[sort]
    known = _headings(columns)
    first = [cell for cell in written[0][1] if cell]
    named = sum(cell in known or cell in IGNORED for cell in first)
    order: list[Column | None] = list(columns)
    if named >= min(2, len(first)):
        order = [_column(cell, known) for cell in written[0][1]]
        written = written[1:]
    return [(number, _row(number, cells, order)) for number, cells in written]


def _headings(columns: list[Column]) -> dict[str, Column]:
    known: dict[str, Column] = {}
    for column in columns:
        for name in (column.heading, *OTHER_NAMES.get(column.heading, ())):
            known.setdefault(name, column)
    return known


def _column(heading: str, known: dict[str, Column]) -> Column | None:
    if not heading or heading in IGNORED:
        return None
    if heading not in known:
        names = "、".join(dict.fromkeys(column.heading for column in known.values()))
        raise BookError(f"不认识列“{heading[:20]}”。可用的列：{names}。请改表头或删去这一列。", field="rows")
    return known[heading]


def _row(number: int, cells: list[str], order: list[Column | None]) -> Row:
    extra = [cell for cell in cells[len(order) :] if cell]
    if extra:
        raise BookError(f"第 {number} 行有 {len(cells)} 格，多于 {len(order)} 列，请核对分列。", field="rows")
    return {column.code: cell for column, cell in zip(order, cells, strict=False) if column is not None}
