"""The facts block of a published page as we accept it from outside: every field typed, bounded and free of hidden signs."""

import unicodedata
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.reports.page import FORMAT

MOST_FIGURES = 2_000
_HIDDEN = {"Cc", "Cf", "Cs"}


class UnreadablePageError(BookError):
    """What was brought is no published page we can take figures from; nothing was kept."""


def _visible(text: str) -> str:
    """No control, direction or zero-width signs: what is shown must be what is there."""
    if any(unicodedata.category(char) in _HIDDEN for char in text):
        raise ValueError("有不可见字符")
    return text


def _period(code: str) -> str:
    try:
        return parse_period(code).code
    except BookError as error:
        raise ValueError(error.message) from error


def _words(most: int, least: int = 0) -> Any:
    return Annotated[str, StringConstraints(min_length=least, max_length=most), AfterValidator(_visible)]


Words = _words(2_000)
Name = _words(80, 1)
Title = _words(120, 1)
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,60}$")]
PeriodCode = Annotated[str, StringConstraints(max_length=24), AfterValidator(_period)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Whole = Annotated[int, Field(ge=0, le=10**15)]
Ratio = Annotated[str, StringConstraints(pattern=r"^-?\d{1,18}/[1-9]\d{0,17}$")]
Amount = Annotated[int, Field(ge=-(10**18), le=10**18)]


class Fact(BaseModel):
    """One figure: what was asked of whose ledger, and what it came to."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    id: Annotated[str, StringConstraints(pattern=r"^f[1-9]\d{0,4}$")]
    indicator: Annotated[
        str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$", max_length=80)
    ]
    name: Name  # type: ignore[valid-type]
    definition: Words = ""  # type: ignore[valid-type]
    unit: Code
    unit_name: _words(120) = ""  # type: ignore[valid-type]
    period: PeriodCode
    programme: Code | None = None
    programme_name: _words(80) = ""  # type: ignore[valid-type]
    scope: Literal["own", "self", "subtree"]
    least_month: bool = False
    value: Amount | Ratio
    measure: _words(20)  # type: ignore[valid-type]
    shown: Name  # type: ignore[valid-type]
    as_of: Whole
    vouchers: Whole

    @property
    def number(self) -> int:
        """Its number in the text: 12 for f12."""
        return int(self.id[1:])

    @property
    def amount(self) -> Fraction:
        """The value, exactly."""
        return Fraction(self.value)


class Facts(BaseModel):
    """The whole block. `content` is what the digest covers, as the publisher's ledger froze it."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    format: Literal["yibenzhang-report-1"]
    title: Title  # type: ignore[valid-type]
    unit: Code
    unit_name: _words(120, 1)  # type: ignore[valid-type]
    period: PeriodCode
    published_on: date
    version: Annotated[int, Field(ge=0, le=9999)]
    as_of: Whole
    digest: Digest
    content: dict[str, Any]
    figures: Annotated[list[Fact], Field(max_length=MOST_FIGURES)]


def facts_from(text: str) -> Facts:
    """The facts of a JSON text; raises UnreadablePageError saying which field is wrong."""
    try:
        return Facts.model_validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise UnreadablePageError(_told(fault["loc"], fault["type"], fault["msg"]), field="file") from error
    except (ValueError, RecursionError) as error:
        raise UnreadablePageError(
            "网页里的数据块读不出来，可能没有下载完整。请重新下载。", field="file"
        ) from error


def _told(place: tuple[int | str, ...], kind: str, message: str) -> str:
    if kind == "json_invalid":
        return "网页里的数据块不完整，可能没有下载全。请重新下载后再收。"
    if place == ("digest",):
        return "这是草稿，没有定稿的摘要值，不能当作发布的数字收下。请等发布单位定稿。"
    if place == ("format",):
        return f"数据块的格式不是 {FORMAT}，请用本系统“导出 › 发布网页”得到的文件。"
    if place == ("content",):
        return "这张网页是早期版本导出的，没有可核对的内容。请发布单位重新导出一次。"
    if not place:
        return "网页里的数据块不是一份报告的数字，没有收下。"
    where = f"第 {int(place[1]) + 1} 个数字的 {place[2]}" if len(place) > 2 else str(place[0])
    why = message.removeprefix("Value error, ") if kind == "value_error" else "缺少、过长或类型不对"
    return f"网页里的数据块不合规定（{where}：{why}），没有收下。"
