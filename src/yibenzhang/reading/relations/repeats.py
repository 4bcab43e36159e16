"""The same thing stated twice with different values: 全系统52个党支部 … 全系统54个党支部."""

import re
from collections.abc import Iterator, Sequence

from yibenzhang.reading.claims.measures import verb_of
from yibenzhang.reading.model import Claim, Inconsistency
from yibenzhang.reading.relations.context import amount, is_exact, same_unit, written
from yibenzhang.reading.script import fold

# A standing number of a whole: what the whole is may be said in many ways, but there is only one such number.
_STOCK = re.compile(
    r"(?P<scope>全(?:系统|局|市|县|区|省|院|校|馆|厅|委|州|镇|乡|街道|所|站|集团|公司|行业|系统内)|现有|共有|下设|所属|下辖|辖|本支部|本单位|我局|我市)(?:现有|共有|下设|拥有|有|共|的)*(?P<noun>[^,，。;；、:：\d]{0,8})$"
)
_PART = re.compile(
    r"其中|新[成建增]|净增|[比较](?:上年|去年)|已|未|完成|占|指导|整顿|调整|获|评|表彰|选派|培训|联系|结对|走访|对|与|在|将|力争|计划|第|每|各"
)
_TIME = re.compile(
    r"(?:19|20)\d\d年|[上下]半年|[前第]?[一二三四]季度|\d{1,2}月|上年|去年|今年|本年|同期|年初|年底|截至|近|累计"
)
_LIKE_ACTS = (
    frozenset(("开展", "举办", "召开", "组织", "举行", "完成", "")),
    frozenset(("新建", "建成", "建立", "设立", "成立", "")),
)
_OTHERS = re.compile(
    r"各|局机关|支部|党组|中心组|党委|领导|书记|工会|团委|妇|青年|老|其中|全[省市县区局系]|基层|市级|省级|区级|县级"
)


def find_repeats(claims: Sequence[Claim], clean_text: str) -> Iterator[Inconsistency]:
    """Pairs of claims that state one number differently."""
    folded = fold(clean_text)
    yield from _stocks(claims, folded)
    yield from _works(claims, folded)


def _clause(claim: Claim, folded: str, floor: int) -> str:
    return re.split(r"[,，。;；、:：\n]", folded[floor : claim.start])[-1]


def _stocks(claims: Sequence[Claim], folded: str) -> Iterator[Inconsistency]:
    seen: dict[tuple[str, str], Claim] = {}
    floor = 0
    for claim in claims:
        before = _clause(claim, folded, floor)
        floor = claim.end
        match = _STOCK.search(before)
        if not match or not is_exact(claim) or claim.kind != "achievement" or _PART.search(match["noun"]):
            continue
        noun = match["noun"] or next(
            (n for n, unit in seen if unit == claim.unit and claim.measure.startswith(n)), claim.measure
        )
        noun = noun.removeprefix("基层").removeprefix("中共")
        if len(noun) < 2 or _TIME.search(before):
            continue
        earlier = seen.setdefault((noun, claim.unit), claim)
        if amount(earlier) != amount(claim) and _same_whole(earlier, claim, folded):
            yield _finding(earlier, claim, f"{match['scope']}{noun}")


def _same_whole(one: Claim, other: Claim, folded: str) -> bool:
    """Two scopes agree unless both are named and differ (全市 and 全局 are two wholes)."""
    scopes = []
    for claim in (one, other):
        match = re.search(
            r"全(?:系统|局|市|县|区|省|院|校|馆|厅|委|州|镇|乡|街道|所|站|集团|公司)",
            folded[max(0, claim.start - 12) : claim.start],
        )
        scopes.append(match[0] if match else "")
    return scopes[0] == scopes[1] and (scopes[0] != "" or one.section == other.section)


def _works(claims: Sequence[Claim], folded: str) -> Iterator[Inconsistency]:
    """Work done, stated twice in the same words: 开展志愿服务68场 … 开展志愿服务86场."""
    seen: dict[str, tuple[Claim, str, str]] = {}
    floor = 0
    for claim in claims:
        before = _clause(claim, folded, floor)
        verb = verb_of(folded, claim.start, floor)
        floor = claim.end
        acted_on = re.split(r"开展|举办|召开|举行|完成|实施", claim.measure.strip("“”"))[-1] or claim.measure
        noun = re.sub(r"(?:活动|工作)$", "", acted_on)
        if re.search(r"(?:合计|总计|共计|共)$", before):
            continue  # a total of what was just listed
        if (
            claim.kind != "achievement"
            or not is_exact(claim)
            or not 4 <= len(noun) <= 16
            or "\t" in claim.sentence
        ):
            continue
        if _PART.search(before.replace("组织", "")) and not verb:
            continue
        earlier = seen.setdefault(noun, (claim, verb, before))
        if (
            earlier[0].sentence == claim.sentence
            or not same_unit(earlier[0], claim)
            or amount(earlier[0]) == amount(claim)
        ):
            continue
        if _alike(earlier[1], verb) and _scope(earlier[2], noun) == _scope(before, noun):
            yield _finding(earlier[0], claim, noun)


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _LIKE_ACTS)


def _scope(before: str, noun: str) -> tuple[str, ...]:
    outside = before.replace(noun, "")
    return tuple(
        sorted({*_TIME.findall(outside), *_OTHERS.findall(outside), *re.findall(r"其中|新|已", outside)})
    )


def _finding(one: Claim, other: Claim, what: str) -> Inconsistency:
    why = f"“{what}”前文写{one.text}，后文写{other.text}，两处相差{written(abs(one.value - other.value))}{other.unit}"
    return Inconsistency((one.id, other.id), "dup", why)
