"""Which numbers with a unit state a figure, and which are only ways of speaking (一个, 两个方面, 百名)."""

import re

from yibenzhang.reading.claims.numerals import DIGITS
from yibenzhang.reading.claims.quantity import Quantity
from yibenzhang.reading.claims.units import DURATIONS

# Verbs after which 一场, 一个 … counts something done; 打造一支, 形成一套, 作为一个 and the like are manner of speech.
ONE_AFTER = re.compile(
    r"(?:举办|召开|开展|组织|新建|建成|新增|新设|设立|成立|发展|荣获|获得|获评|获|夺得|取得|培育|选派|引进|招录|制定|出台|印发|发表|完成|查处|立案|"
    r"化解|解决|签订|签署|聘请|表彰|提拔|帮助|救助|捐赠|购置|编印|推出|创作|拍摄|修建|帮扶|资助|录取|修订|承办|受理|认领|结对|领办)(?:了|过|各)?$"
)
ONE_WORDS = re.compile(r"(?:再|又|这|那|上|下|头|每|有|是|如|另|某|同|任何|唯|作为|成为|像|仅|只|第|进)$")
# With these 一 makes an adverb or an indefinite noun (一批, 一套, 一面), not a count.
_INDEFINITE = (
    "批 种 类 段 套 大 面 道 把 步 起 方 层 回 度 对 根 片 口 头 任 届 轮 组 笔 部 副 队 首 站 张 块 集 分 条"
)
NEVER_ONE = frozenset(_INDEFINITE.split())
HONOURED = re.compile(r"^[^,，。;；]{0,24}(?:获|被评|被命名|被授予|入选|当选|立功|受到|评为)")
CLAUSE_END = re.compile(r"[,，。;；、:：!！)）]|$")

# Counts of the text's own structure say nothing about work done.
STRUCTURE = re.compile(
    r"(?:方面|维度|层面|环节|主体|角度|关系|关键|阶段|步骤|抓手|着力点|切入点|聚焦|注重|突出|坚持|维护|确立)"
)
MOTTO_BEFORE = re.compile(
    r"(?:做到|坚持|突出|聚焦|实现|落实|紧扣|围绕|推动|强化|抓好|把握|处理好|增强|践行)了?$"
)  # 做到三个“讲清楚”
BARE_POWER = re.compile(r"[百千万亿]+")
# 三年 alone is a stretch of time; it counts only where the text says that it lasted or was kept up.
YEARS_COUNT = re.compile(
    r"(?:连续|蝉联|为期|历时|历经|长达|时长|期限|工期|任期|聘期|用时|服务期|提前|延长|累计|满|用|耗时|缩短|压缩|超过|不少于|至少)[^,，。;；]{0,4}$"
)
# A listing before 两大…: “甲”“乙”两大平台 counts what was just named.
LISTED_BEFORE = re.compile(r"[”\"』」》）)]$|等$")


def states_figure(folded: str, quantity: Quantity, *, exact: bool, cadence: bool) -> bool:
    """True when the quantity states a figure. ``exact``: no qualifier stands beside it; ``cadence``: it follows 每…."""
    if quantity.unit is None:
        return False
    if quantity.unit in ("年", "个年度") and not _counts_years(folded, quantity):
        return False
    if quantity.unit == "大":
        return bool(LISTED_BEFORE.search(folded[: quantity.start]))
    if not quantity.chinese or cadence:
        return True
    written = folded[quantity.start : quantity.number_end]
    before, after = folded[: quantity.start], folded[quantity.end :]
    if written == "一":
        return _one_counts(before, after, quantity)
    if after.startswith("“") and MOTTO_BEFORE.search(before):
        return False
    if BARE_POWER.fullmatch(written) and exact:
        return False
    if STRUCTURE.match(after) or (quantity.is_small_chinese and STRUCTURE.match(after[1:])):
        return False
    return not (len(written) == 1 and written in DIGITS and before.endswith(("第", "每", "几")))


def _counts_years(folded: str, quantity: Quantity) -> bool:
    if YEARS_COUNT.search(folded[: quantity.start]):
        return True
    return (
        not quantity.chinese
        and quantity.value < 100
        and not re.match(r"[^,，。;；]{0,8}[”\"]", folded[quantity.end :])
    )


def _one_counts(before: str, after: str, quantity: Quantity) -> bool:
    if quantity.unit in DURATIONS:
        return bool(YEARS_COUNT.search(before))
    if quantity.unit in NEVER_ONE or ONE_WORDS.search(before):
        return False
    if ONE_AFTER.search(before):
        return True
    at_clause_start = not before or before[-1] in ",，。;；、:：和及” \t"
    if at_clause_start:
        return bool(HONOURED.match(after))
    return bool(CLAUSE_END.match(after)) and not before.endswith(("的", "了", "在", "于"))
