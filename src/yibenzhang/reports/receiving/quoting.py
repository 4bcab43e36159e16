"""Quoting a received figure in a report: `〔据省地质局·中心组理论学习〕` becomes a declared number with its source filled in."""

import re
from collections.abc import Sequence

from yibenzhang.kernel.text import matches
from yibenzhang.reports.models import ReceivedFigure
from yibenzhang.reports.tokens import DeclaredToken

SIGN = "据"


def name_of(row: ReceivedFigure) -> str:
    """How the figure is written in brackets."""
    programme = f"·{row.programme_name}" if row.programme_name else ""
    return f"{SIGN}{row.unit_name}·{row.name}{programme}"


def quotation(row: ReceivedFigure) -> DeclaredToken:
    """The number as published, vouched for by whoever published it."""
    reason = f"数字由{row.unit_name}负责，取自其发布的报告，不再要求另报"
    return DeclaredToken(*(re.sub(r"[|{}\n]", "，", part) for part in (row.shown, reason, row.page.citation)))


def quoted(inside: str, received: Sequence[ReceivedFigure], period: str) -> DeclaredToken | str:
    """The figure that `据单位·指标[·专题]` names among those received, or what is wrong with it in words.

    Figures of the report's own period come first, then those of the page received last.
    """
    source, _, rest = inside.removeprefix(SIGN).partition("·")
    name, _, programme = rest.partition("·")
    found = [
        row
        for row in received
        if source.strip() in row.unit_name
        and row.name == name.strip()
        and programme.strip() in {row.programme_name, row.programme}
    ]
    found = [row for row in found if row.period == period] or found
    if not found:
        return f"〔{inside}〕没有收到过这个数字，请先在“收到的发布页”里收下"
    units = {row.unit_code: row.unit_name for row in found}
    if len(units) > 1:
        return f"〔{inside}〕可能是{'、'.join(sorted(units.values())[:5])}，请写全单位"
    periods = sorted({row.period for row in found})
    if len(periods) > 1:
        return f"〔{inside}〕收到过 {'、'.join(periods)} 几个期间的，都不是本报告的期间，请改用人工核定"
    return quotation(found[0])


def matching(fragment: str, received: Sequence[ReceivedFigure]) -> list[ReceivedFigure]:
    """Figures whose indicator's name or unit holds the fragment, in Chinese or pinyin."""
    return [row for row in received if any(matches(fragment, text) for text in (row.name, row.unit_name))]
