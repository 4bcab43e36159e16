"""Counting words: which of them may stand for one another.

人次 is not 人, 期 is not 次 (glossary, Traps). Words inside one group count the same sort of thing.
"""

_SAME_SORT = (
    frozenset({"名", "人", "位"}),
    frozenset({"个", "项", "家", "件", "处", "大", "支", "座", "对", "类"}),
    frozenset({"篇", "条", "则"}),
    frozenset({"次", "轮", "回"}),
    frozenset({"场", "场次"}),
    frozenset({"期", "班次"}),
    frozenset({"元", "万元", "亿元"}),
    frozenset({"%", "比率", "个百分点"}),
)
MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}


def likeness(stated: str, measure: str) -> float:
    """How well the stated counting word fits a measure: 1 the same, 0.8 of one sort, 0.5 none stated, 0 another sort."""
    if stated == measure:
        return 1.0
    if not stated:
        return 0.5
    return 0.8 if any(stated in sort and measure in sort for sort in _SAME_SORT) else 0.0
