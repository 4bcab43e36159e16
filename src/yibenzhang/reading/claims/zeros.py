"""True zeros (零违纪, 差评数为零, 未发生一起) and bare figures that need no unit (得分为98.5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yibenzhang.reading.claims.quantity import Masks, Quantity
from yibenzhang.reading.claims.units import unit_at

# What an account can truly have none of; 零距离, 零容忍 and the like are manners of work and stay names.
_NONE_OF = (
    "伤亡|死亡|溺亡|受伤|感染|疫情|违纪违法|违规违纪|违纪|违法|违规|腐败|投诉举报|投诉|举报|上访|信访|非访|差评|失误|差错|事故|安全事故|责任事故|火灾|"
    "火情|案件|发案|复发|返贫|新增|增长|失分|扣分|缺席|缺勤|迟到|延误|逾期|积压|滞留|欠薪|欠账|纠纷|超支|瞒报|漏报|漏管|遗漏|退回|缺陷|故障|污染|泄漏|"
    "上交|隐患|瑕疵|失联|脱管|争议|退件|退货|报告|病例|空白|发生|排放|失信|拖欠|负债|赤字|库存"
)
_ZERO_NOUN = re.compile(rf"零(?P<noun>{_NONE_OF})")
_KEPT = re.compile(r"(?:实现|保持|做到|达到)了?[“\"]$")  # 实现“零投诉” is stated, quotation marks or not
_IS_ZERO = re.compile(r"(?<=[为是于至])(?:零|〇)(?=[,，。;；、)）!！]|$)")
_NOT_ONE = re.compile(
    r"(?:未|没有?|无|杜绝)再?(?:发生|出现|接到|收到|产生|存在)?过?(?:任何)?(?P<one>一(?P<unit>起|例|件|人|次|名|宗|处|户|笔))(?!外)"
)
_BARE_BEFORE = re.compile(
    r"(?:[率度分数量值额比]|指数|得分|评分|增速|均分|系数|平均|总分)(?:为|达到?|是|至|约|近|超过?|[提升高降]+[到至])*$"
)
_BARE_AFTER = re.compile(r"[,，。;；、)）]|$")


@dataclass(frozen=True, slots=True)
class Zero:
    """A stated zero: where it stands, its unit if it names one, and what there is none of."""

    start: int
    end: int
    unit: str
    measure: str


def find_zeros(folded: str, masks: Masks) -> Iterator[Zero]:
    """Zeros of a line of folded text. 零 with a measure word (零起) is left to the ordinary reading of numbers."""
    for match in _ZERO_NOUN.finditer(folded):
        claimed = _KEPT.search(folded[: match.start()]) or masks.end_of(*match.span()) is None
        if claimed and unit_at(folded, match.start() + 1, chinese=True) is None:
            yield Zero(*match.span(), "", match["noun"])
    for match in _IS_ZERO.finditer(folded):
        subject = re.split(r"[,，。;；、:：]", folded[: match.start() - 1])[-1]
        yield Zero(*match.span(), "", subject.removesuffix("数"))
    for match in _NOT_ONE.finditer(folded):
        noun = re.match(r"[^,，。;；、]{0,16}", folded[match.end() :])
        yield Zero(*match.span("one"), match["unit"], noun[0] if noun else "")


def is_bare_figure(folded: str, quantity: Quantity) -> bool:
    """True for a number without unit that a word of measurement introduces: 指数为98.5, 新增病例数为0."""
    if quantity.chinese:
        return False
    if quantity.scale[-1:] in ("万", "亿"):
        return True
    before, after = folded[: quantity.start], folded[quantity.end :]
    return bool(_BARE_BEFORE.search(before[-12:]) and _BARE_AFTER.match(after))
