"""How a figure stands in the stored text of a report: `{{indicator|programme=…|as=at_least}}`.

The text is plain and can be read in fifty years without this program. A declared number (人工核定) is written
`{{=11张|reason=…|source=…}}`. Two things stand between paragraphs: a chart (图), `{{chart:indicator|by=month}}`, and a
photograph (照片), `{{picture:SHA-256 of the evidence|caption=…}}`. What cannot be read stays as it is and is reported, so
nothing typed is ever lost.
"""

import re
from dataclasses import dataclass, fields, replace

from yibenzhang.kernel.errors import BookError

DISPLAYS = {
    "exact": "原数",
    "at_least": "余（100余）",
    "nearly": "近（近200）",
    "chinese": "汉字（九届）",
    "each_month": "每月至少",
}
WAYS = ("month", "unit", "year")
CHART, PICTURE = "chart:", "picture:"
LONGEST_CAPTION = 80
# A token stands on one line and holds no other; braces left over are found too, so that none passes silently. Every sign
# is looked at once: a pattern that searched on for the closing braces would take square times on a paste full of `{{`.
_TOKEN = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}|\{{2,}|\}{2,}")
_CODE = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class TokenError(BookError):
    """A figure that cannot be written down as asked."""


@dataclass(frozen=True)
class FigureToken:
    """A figure in the text. Empty fields mean those of the report; `measure` "-" hides the counting word.

    `as_of` pins the figure to a position of the ledger: the text keeps that value and says so.
    """

    indicator: str
    programme: str = ""
    unit: str = ""
    period: str = ""
    scope: str = ""
    display: str = "exact"
    measure: str = ""
    as_of: int = 0

    @property
    def key(self) -> str:
        """What is asked, whatever it looks like: equal keys have equal values."""
        monthly = "each_month" if self.display == "each_month" else ""
        return "|".join(
            [self.indicator, self.programme, self.unit, self.period, self.scope, str(self.as_of), monthly]
        )

    def __str__(self) -> str:
        return _braced(self.indicator, replace(self, display="" if self.display == "exact" else self.display))


@dataclass(frozen=True)
class DeclaredToken:
    """A number a person vouches for (人工核定), with the reason and where it comes from."""

    text: str
    reason: str
    source: str

    def __str__(self) -> str:
        return f"{{{{={self.text}|reason={self.reason}|source={self.source}}}}}"

    def checked(self) -> "DeclaredToken":
        """Itself, when it can be stored; raises TokenError naming what is missing."""
        for value, name, field in (
            (self.text, "数字", "text"), (self.reason, "理由", "reason"), (self.source, "出处", "source"),
        ):  # fmt: skip
            if not value.strip():
                raise TokenError(f"人工核定须写明{name}。", field=field)
            if re.search(r"[|{}\n]", value):
                raise TokenError(f"{name}里不能有竖线、花括号和换行，请改用其他写法。", field=field)
        return self


@dataclass(frozen=True)
class ChartToken:
    """A chart of an indicator `by` month, unit or year; empty fields as in a figure. An empty `title` is made up."""

    indicator: str
    by: str = "month"
    programme: str = ""
    unit: str = ""
    period: str = ""
    scope: str = ""
    title: str = ""
    as_of: int = 0

    def __str__(self) -> str:
        return _braced(CHART + self.indicator, self)

    @property
    def figure(self) -> FigureToken:
        """The figure whose parts the chart shows."""
        return FigureToken(
            self.indicator, programme=self.programme, unit=self.unit, period=self.period, scope=self.scope,
            as_of=self.as_of,
        )  # fmt: skip

    def named(self, title: str) -> "ChartToken":
        """The same chart under another title; raises TokenError when it cannot be stored."""
        return replace(self, title=_caption(title))


@dataclass(frozen=True)
class PictureToken:
    """A photograph from the evidence of a voucher, named by the digest of its bytes, with the words under it."""

    sha256: str
    caption: str = ""

    def __str__(self) -> str:
        return _braced(PICTURE + self.sha256, self)

    def named(self, caption: str) -> "PictureToken":
        """The same photograph with other words; raises TokenError when they cannot be stored."""
        return replace(self, caption=_caption(caption))


@dataclass(frozen=True)
class BrokenToken:
    """Something between double braces that is no figure; kept as typed."""

    raw: str
    message: str

    def __str__(self) -> str:
        return self.raw


Token = FigureToken | DeclaredToken | BrokenToken
BlockToken = ChartToken | PictureToken
Piece = str | Token | BlockToken


def split(text: str) -> list[Piece]:
    """The pieces of a text in order; their `str` joined is the text again."""
    pieces: list[Piece] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        pieces.append(_parsed(match[0], match[1]))
        end = match.end()
    if end < len(text):
        pieces.append(text[end:])
    return pieces


def _parsed(raw: str, body: str | None) -> Token | BlockToken:
    if body is None:
        return BrokenToken(raw, "花括号没有配对。请删去；要放数字，写〔指标名〕。")
    first, *rest = body.split("|")
    options = dict(part.partition("=")[::2] for part in rest)
    if first.startswith("="):
        return DeclaredToken(first[1:], options.get("reason", ""), options.get("source", ""))
    kind: type[FigureToken | ChartToken | PictureToken] = FigureToken
    if first.startswith(PICTURE):
        kind = PictureToken
    elif first.startswith(CHART):
        kind = ChartToken
    name = first.removeprefix(PICTURE if kind is PictureToken else CHART)
    unknown = set(options) - {_written(field.name) for field in fields(kind)[1:]}
    if unknown:
        return BrokenToken(raw, f"没有“{sorted(unknown)[0][:30]}”这一项。")
    if kind is PictureToken:
        if not _DIGEST.fullmatch(name):
            return BrokenToken(raw, "照片要用佐证材料的摘要值指明，请从“看材料”里放。")
        return PictureToken(name, options.get("caption", ""))
    problem = _problem(name, options)
    if problem:
        return BrokenToken(raw, problem)
    as_of = int(options.get("as_of") or "0")
    asked = (options.get("programme", ""), options.get("unit", ""), options.get("period", ""))
    scope = options.get("scope", "")
    if kind is ChartToken:
        return ChartToken(name, options.get("by") or "month", *asked, scope, options.get("title", ""), as_of)
    return FigureToken(
        name, *asked, scope, options.get("as") or "exact", options.get("measure", ""), as_of
    )  # fmt: skip


def _problem(code: str, options: dict[str, str]) -> str:
    """Why a figure or a chart cannot be read; empty when it can."""
    display, by = options.get("as") or "exact", options.get("by") or "month"
    as_of = options.get("as_of") or "0"
    if not _CODE.fullmatch(code):
        return f"“{code[:30]}”不是指标代码。"
    if display not in DISPLAYS:
        return f"没有“{display[:30]}”这种写法。"
    if by not in WAYS:
        return "图只能按 month（月）、unit（单位）或 year（年）画。"
    if options.get("scope", "") not in {"", "own", "subtree"}:
        return "范围只能是 own（本级）或 subtree（连同下级）。"
    if not as_of.isdecimal() or len(as_of) > 15:
        return "账面位置应是入账序号。"
    return ""


def _braced(first: str, token: FigureToken | ChartToken | PictureToken) -> str:
    options = [(_written(field.name), getattr(token, field.name)) for field in fields(token)[1:]]
    return "{{" + "|".join([first, *(f"{name}={value}" for name, value in options if value)]) + "}}"


def _written(name: str) -> str:
    return "as" if name == "display" else name


def _caption(words: str) -> str:
    words = words.strip()
    if re.search(r"[|{}\n]", words):
        raise TokenError("图题和照片说明里不能有竖线、花括号和换行，请改用其他写法。", field="text")
    if len(words) > LONGEST_CAPTION:
        raise TokenError(f"图题和照片说明最多 {LONGEST_CAPTION} 字，请写短些。", field="text")
    return words
