"""Look at a text before it asks anything of units (审一审): what is barred, what the ledger knows, what is better cut."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from yibenzhang.catalogue.barred import Barred, barred_in, refusal
from yibenzhang.catalogue.barred_rules import MEASURES, RELIEF
from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.known import known_figures
from yibenzhang.kernel.errors import BookError

REPEATED = f"{MEASURES}“五个不得”第一项（不得随意或重复要求基层填表报数交材料）"
LONG, VERY_LONG = 4000, 5000
_HINTS = (
    (
        re.compile(r"(?:报送|上报|报告|反馈)[^。；]{0,20}贯彻落实(?:情况|举措|方案)|贯彻落实情况[^。；]{0,16}(?:报送|上报|报至|报我|反馈)"),
        f"{RELIEF}一、切实精简文件：一般不要求报送贯彻落实情况，请考虑删去。",
    ),
    (
        re.compile(r"制定(?:配套|贯彻|实施)(?:文件|细则|方案|办法)|出台配套"),
        f"{RELIEF}一、切实精简文件：一般不要求制定配套文件，请考虑删去。",
    ),
    (
        re.compile(r"(?:主要负责(?:同志|人)|一把手)[^。；，]{0,8}(?:参会|参加|到会|出席)"),
        f"{RELIEF}二、严格精简会议：一般不要求下级主要负责人参会，由分管的人参加即可。",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Screening:
    """What was found: `barred` must go, `known` is taken from the ledger, `hints` are advice only."""

    barred: list[Barred]
    known: list[Indicator]
    hints: list[str]

    @property
    def is_clean(self) -> bool:
        """True when nothing stands in the way of asking."""
        return not self.barred and not self.known


class BarredAskError(BookError):
    """A text that asks for what the relief rules bar; `found` names each with article and way out."""

    def __init__(self, found: list[Barred], *, field: str = "") -> None:
        super().__init__("\n".join(refusal(entry) for entry in found), field=field)
        self.found = found


class KnownAskError(BookError):
    """A text that asks for figures the ledger has, without saying why; `known` are the figures to use."""

    def __init__(self, known: list[Indicator], *, field: str = "") -> None:
        names = "、".join(entry.name for entry in known)
        super().__init__(
            f"{names}：台账已有，直接取数，不用再报。请删去，或写明为什么还要报（依据：{REPEATED}）。",
            field=field,
        )
        self.known = known


def screen(
    text: str,
    *,
    packs: Collection[str] | None = None,
    catalogue: Catalogue | None = None,
    assessed: bool = False,
) -> Screening:
    """Look at a text (AF-01 to AF-14). `packs` are those the asking agency has adopted; with `assessed` the text is itself
    a measure."""  # fmt: skip
    hints = [advice for wording, advice in _HINTS if wording.search(text)]
    length = len(re.sub(r"\s", "", text))
    if length > LONG:
        limit = f"综合性文件一般不超过 {VERY_LONG} 字，专项的不超过 {LONG} 字"
        hints.append(f"全文 {length} 字。{RELIEF}一、切实精简文件：{limit}。")
    found = known_figures(text, catalogue, packs=packs)
    return Screening(barred_in(text, assessed=assessed), found, hints)


def require_askable(
    text: str, *, why: str = "", packs: Collection[str] | None = None, field: str = ""
) -> Screening:
    """Refuse a text before it is kept: BarredAskError always, KnownAskError when `why` says nothing.

    Returns the screening, so that what is known can be shown beside the reason.
    """
    found = screen(text, packs=packs)
    if found.barred:
        raise BarredAskError(found.barred, field=field)
    if found.known and len(why.strip()) < 4:
        raise KnownAskError(found.known, field=field)
    return found
