"""How a figure stands in the stored text of a report: `{{indicator|programme=…|as=at_least}}`.

The text is plain and can be read in fifty years without this program. A declared number (人工核定) is written
`{{=11张|reason=…|source=…}}`. What cannot be read stays as it is and is reported, so nothing typed is ever lost.
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
_TOKEN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_CODE = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")


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
        options = [f"{_written(name)}={value}" for name, value in self._options() if value]
        return "{{" + "|".join([self.indicator, *options]) + "}}"

    def _options(self) -> list[tuple[str, object]]:
        shown = replace(self, display="" if self.display == "exact" else self.display)
        return [(field.name, getattr(shown, field.name)) for field in fields(shown)[1:]]


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
class BrokenToken:
    """Something between double braces that is no figure; kept as typed."""

    raw: str
    message: str

    def __str__(self) -> str:
        return self.raw


Token = FigureToken | DeclaredToken | BrokenToken
Piece = str | Token


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


def _parsed(raw: str, body: str) -> Token:
    first, *rest = body.split("|")
    options = dict(part.partition("=")[::2] for part in rest)
    if first.startswith("="):
        return DeclaredToken(first[1:], options.get("reason", ""), options.get("source", ""))
    if not _CODE.fullmatch(first):
        return BrokenToken(raw, f"“{first[:30]}”不是指标代码。")
    unknown = set(options) - {_written(field.name) for field in fields(FigureToken)[1:]}
    if unknown:
        return BrokenToken(raw, f"没有“{sorted(unknown)[0][:30]}”这一项。")
    display = options.get("as") or "exact"
    if display not in DISPLAYS:
        return BrokenToken(raw, f"没有“{display[:30]}”这种写法。")
    if options.get("scope", "") not in {"", "own", "subtree"}:
        return BrokenToken(raw, "范围只能是 own（本级）或 subtree（连同下级）。")
    as_of = options.get("as_of") or "0"
    if not as_of.isdecimal() or len(as_of) > 15:
        return BrokenToken(raw, "账面位置应是入账序号。")
    return FigureToken(
        first, options.get("programme", ""), options.get("unit", ""), options.get("period", ""),
        options.get("scope", ""), display, options.get("measure", ""), int(as_of),
    )  # fmt: skip


def _written(name: str) -> str:
    return "as" if name == "display" else name
