"""The text as people edit it: every number stands in 〔 〕, `〔3·185次〕`, so that words can be moved and figures survive.

A new figure is written by name, in Chinese or pinyin: `〔中心组学习〕`, `〔系列访谈·学回信〕`, `〔媒体报道·余〕`. Brackets with nothing
but digits, as in 〔2023〕5号, are left alone. Charts and photographs have brackets of their own (`block_wording`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.charts import WAYS
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.text import matches
from yibenzhang.reports.block_wording import (
    PHOTOGRAPH,
    bracket_of,
    named_chart,
    named_photograph,
    retold,
    ways_in,
)
from yibenzhang.reports.blocks import Block
from yibenzhang.reports.composition import Composition
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.marks import Mark
from yibenzhang.reports.models import ReceivedFigure
from yibenzhang.reports.receiving.quoting import SIGN, quoted
from yibenzhang.reports.tokens import BlockToken, BrokenToken, DeclaredToken, FigureToken, PictureToken, split

_BRACKET = re.compile(r"〔([^〔〕\n]*)〕")
_EXISTING = re.compile(r"(\d{1,5})·.*", re.DOTALL)
_WAYS = {"余": "at_least", "近": "nearly", "汉字": "chinese", "每月": "each_month"}
MOST_NAMED = 5
LONGEST_NAME = 200


class WordingError(BookError):
    """Brackets whose figure could not be found; the text is kept by whoever sent it."""


@dataclass(frozen=True)
class Dictionary:
    """What a name in brackets may mean: indicators and programmes of the unit's packs, its photographs, what it received."""

    catalogue: Catalogue
    packs: tuple[str, ...]
    evaluator: Evaluator
    received: tuple[ReceivedFigure, ...] = ()

    def indicators(self) -> Iterable[Indicator]:
        """Indicators of these packs."""
        return (
            each
            for each in self.catalogue.indicators.values()
            if self.catalogue.home[("indicators", each.code)] in self.packs
        )

    def found(self, fragment: str) -> list[Indicator]:
        """Indicators a typed fragment means: the one so named, else all whose name or pinyin holds it."""
        exact = [each for each in self.indicators() if fragment in (each.name, each.code, *each.aliases)]
        if len(exact) == 1:
            return exact
        return [
            each
            for each in self.indicators()
            if any(matches(fragment, n) for n in (each.name, *each.aliases))
        ]

    def programme(self, fragment: str) -> str | None:
        """Code of the programme so named, None when there is none."""
        for code, programme in self.catalogue.programmes.items():
            if fragment in (code, programme.name, *programme.aliases):
                return code
        return None


def for_editing(text: Composition) -> str:
    """The text with numbered brackets in place of figures, declared numbers and blocks; typed numbers stay as they are."""
    count = 0
    lines = []
    for paragraph in text.paragraphs:
        line = ""
        for part in paragraph.parts:
            if isinstance(part, Mark) and not isinstance(part.token, BrokenToken | None):
                count += 1
                line += f"〔{count}·{part.shown}〕"
            elif isinstance(part, Block):
                count += 1
                line += bracket_of(part, count)
            else:
                line += part if isinstance(part, str) else part.shown
        lines.append(line)
    return "\n".join(lines)


def for_comparing(text: Composition, catalogue: Catalogue) -> str:
    """The text with figures by name, so that parts of it can be copied into another text."""
    return "\n".join(
        "".join(part if isinstance(part, str) else _by_name(part, catalogue) for part in paragraph.parts)
        for paragraph in text.paragraphs
    )


def _by_name(mark: Mark | Block, catalogue: Catalogue) -> str:
    if isinstance(mark, Block):
        return _block_by_name(mark, catalogue)
    token = mark.token
    if not isinstance(token, FigureToken) or token.indicator not in catalogue.indicators:
        return mark.shown
    parts = [catalogue.indicators[token.indicator].name]
    if token.programme in catalogue.programmes:
        parts.append(catalogue.programmes[token.programme].name)
    parts += [word for word, display in _WAYS.items() if display == token.display]
    return f"〔{'·'.join(parts)}〕"


def _block_by_name(block: Block, catalogue: Catalogue) -> str:
    token = block.token
    if isinstance(token, PictureToken):
        return f"〔{PHOTOGRAPH}·{block.photograph.voucher}〕" if block.photograph else ""
    if token.indicator not in catalogue.indicators:
        return ""
    programme = catalogue.programmes.get(token.programme)
    parts = [
        "图",
        catalogue.indicators[token.indicator].name,
        *([programme.name] if programme else []),
        WAYS[token.by],
    ]
    return f"〔{'·'.join(parts)}〕"


def stored(edited: str, base: str, dictionary: Dictionary) -> str:
    """The stored text of an edited one; numbers in brackets mean the figures of `base`, the stored text it was made from.

    Raises WordingError naming every bracket that is not understood, with what it might have meant.
    """
    tokens = [piece for piece in split(base) if not isinstance(piece, str | BrokenToken)]
    problems: list[str] = []
    named = cache(lambda inside: _named(inside, dictionary))

    def replacement(match: re.Match[str]) -> str:
        inside = match[1].strip()
        if existing := _EXISTING.fullmatch(inside):
            number = int(existing[1])
            if 0 < number <= len(tokens):
                token = tokens[number - 1]
                if isinstance(token, BlockToken):
                    token = retold(token, inside, dictionary.evaluator)
                return str(token)
            problems.append(f"〔{inside[:30]}〕原文里没有第 {number} 个数字")
        elif not inside or inside.isdigit():
            return match[0]
        else:
            found = named(inside) if len(inside) <= LONGEST_NAME else f"〔{inside[:30]}…〕太长，不是指标名"
            if not isinstance(found, str):
                return str(found)
            problems.append(found)
        return match[0]

    text = _BRACKET.sub(replacement, edited)
    if problems:
        more = f"；另有 {len(problems) - MOST_NAMED} 处" if len(problems) > MOST_NAMED else ""
        told = "；".join(problems[:MOST_NAMED])
        raise WordingError(f"{told}{more}。改好后再保存，已写的内容都在。", field="text")
    return text


def _named(inside: str, dictionary: Dictionary) -> FigureToken | DeclaredToken | BlockToken | str:
    """The figure, chart or photograph a name means, or what is wrong with it in words."""
    if inside.startswith(SIGN) and "·" in inside:
        return quoted(inside, dictionary.received, dictionary.evaluator.period.code)
    first, *rest = (part.strip() for part in inside.split("·"))
    if first == PHOTOGRAPH and rest:
        found = named_photograph(rest, dictionary.evaluator)
        return f"〔{inside}〕{found}" if isinstance(found, str) else found
    if first != "图" or not rest:
        return _figure(inside, [first, *rest], dictionary)
    ways, words = ways_in(rest)
    figure = _figure(inside, words, dictionary)
    if isinstance(figure, str):
        return figure
    chart = named_chart(ways, figure)
    return f"〔{inside}〕{chart}" if isinstance(chart, str) else chart


def _figure(inside: str, words: list[str], dictionary: Dictionary) -> FigureToken | str:
    name, *rest = words or [""]
    programme, display = "", "exact"
    for part in rest:
        if part in _WAYS:
            display = _WAYS[part]
        elif (code := dictionary.programme(part)) is not None:
            programme = code
        else:
            return f"〔{inside}〕里的“{part}”不是专题，也不是余、近、汉字、每月"
    found = dictionary.found(name) if name else []
    if not found:
        return f"〔{inside}〕没有这个指标"
    if len(found) > 1:
        names = "、".join(each.name for each in found[:MOST_NAMED])
        return f"〔{inside}〕可能是{names}，请写全"
    return FigureToken(found[0].code, programme=programme, display=display)
