"""Parts that must add up: 其中, 合计, 18个问题中…, and lists in brackets behind a total."""

import re
from collections.abc import Iterator, Sequence

from yibenzhang.reading.model import Claim, Inconsistency
from yibenzhang.reading.relations.context import Sentence, amount, is_exact, same_unit, written

_OF_WHICH = re.compile(
    r"其中|[(（](?!人均|户均|占)[^()（）]{0,6}$|包括|包含|分别为|分别是|[:：]|中[,，]?(?:已|有|尚)?[^,，。;；]{0,8}$"
)
_TOTAL_BEHIND = re.compile(r"(?:合计|总计|共计|总共|累计|共)(?:为|达|达到)?[^,，。;；\d]{0,6}$")
_OUTCOME = re.compile(r"^[,，、]?(?:获|荣获|被|入选|受|当选|立|评为|在全|参加)")
_CHANGE = re.compile(
    r"(?:[比较](?:上年|去年|上期|年初)|同比|环比|净增|新增|增加|减少|多|少|增长|下降|提高|人均|户均|日均|占)[^,，。;；\d]{0,4}$"
)
# What a group can be divided by. Parts of two divisions overlap, so they need not add up.
_DIVISIONS: tuple[tuple[str, str], ...] = (
    ("age", r"岁"),
    ("education", r"学历|大专|本科|研究生|博士|硕士|大学|高中|中专"),
    ("sex", r"(?:^|[^子])[男女](?!儿)"),
    ("ethnic", r"少数民族|汉族"),
    ("job", r"在职|退休|离休|在岗|在编"),
)
# Words that say by themselves that two parts make the whole.
_COMPLEMENTS = (
    ("在职", "退休"), ("专职", "兼职"), ("男", "女"), ("线上", "线下"), ("已完成", "未完成"), ("完成", "推进"), ("完成", "坚持"), ("已解决", "未解决"),
    ("正式", "预备"), ("机关", "事业"), ("先进", "达标"), ("集体", "个人"), ("省外", "省内"), ("市级", "县级"), ("中央", "地方"), ("已", "尚"), ("已", "正在"), ("新建", "改造"), ("新建", "改建"), ("新建", "续建"),
)  # fmt: skip
_NEARLY = 0.15  # an open list of parts that misses its total by less than this was meant to be complete


def find_sums(parts: Sequence[Sentence]) -> Iterator[Inconsistency]:
    """Totals that their parts do not add up to."""
    for sentence in parts:
        yield from _of_which(sentence)
        yield from _total_behind(sentence)


def _of_which(sentence: Sentence) -> Iterator[Inconsistency]:
    claims = sentence.claims
    for index, total in enumerate(claims[:-2]):
        if not is_exact(total):
            continue
        first = _first_part(sentence, index)
        if first is None:
            continue
        members = _members(sentence, total, first)
        if len(members) >= 2 and (reason := _mismatch(sentence, total, members)):
            yield Inconsistency((total.id, *(claims[i].id for i in members)), "sum", reason)


def _first_part(sentence: Sentence, index: int) -> int | None:
    """Index of the claim that opens the list of parts of a total; None when none is announced."""
    total = sentence.claims[index]
    for later in range(index + 1, len(sentence.claims)):
        between = sentence.text[total.end - sentence.start : sentence.claims[later].start - sentence.start]
        announced = _OF_WHICH.search(between)
        if announced:
            own = sentence.text[total.end - sentence.start :]
            return (
                later
                if same_unit(total, sentence.claims[later])
                and not re.match(r"[^其(（]*[。;；]", own[: announced.start()])
                else None
            )
        if (
            same_unit(total, sentence.claims[later])
            and is_exact(sentence.claims[later])
            and not _CHANGE.search(sentence.before(later))
        ):
            return None  # a nearer total of the same unit stands between
    return None


def _members(sentence: Sentence, total: Claim, first: int) -> list[int]:
    members = []
    for index in range(first, len(sentence.claims)):
        before = sentence.before(index)
        if (
            index > first
            and re.search(r"[;；]|其中|[)）](?![^,，]*[(（])", before)
            and "其中" not in sentence.before(first)[-4:]
        ):
            break
        if index > first and re.search(r"[;；]", before):
            break
        claim = sentence.claims[index]
        if not same_unit(total, claim) or not is_exact(claim) or _CHANGE.search(before):
            continue
        if _TOTAL_BEHIND.search(before):
            break
        members.append(index)
    return members


def _mismatch(sentence: Sentence, total: Claim, members: list[int]) -> str | None:
    claims = [sentence.claims[index] for index in members]
    wordings = [sentence.before(index) for index in members]
    whole, added = amount(total), sum(amount(claim) for claim in claims)
    if abs(added - whole) < 1e-6 * max(1.0, whole):
        return None
    if any(
        abs(sum(amount(c) for c in claims[:n]) - whole) < 1e-6 * max(1.0, whole)
        for n in range(2, len(claims))
    ):
        return None  # the list was complete before it went on to something else
    if (
        any(_OUTCOME.match(sentence.after(index)) for index in members)
        or len({_division(w) for w in wordings}) > 1
    ):
        return None
    if not _complementary(wordings) and not abs(added - whole) <= _NEARLY * whole:
        return None
    return _reason(claims, added, total)


def _division(wording: str) -> str:
    return next((name for name, words in _DIVISIONS if re.search(words, wording)), "")


def _complementary(wordings: list[str]) -> bool:
    if len(wordings) != 2:
        return False
    one, other = wordings
    return any((a in one and b in other) or (b in one and a in other) for a, b in _COMPLEMENTS)


def _total_behind(sentence: Sentence) -> Iterator[Inconsistency]:
    """采购74.3万元，自购12.9万元，合计87.2万元: some run of figures before a stated total must give it."""
    for index, total in enumerate(sentence.claims):
        if index < 2 or not is_exact(total):
            continue
        said = _TOTAL_BEHIND.search(sentence.before(index))
        if not said or (said[0].startswith(("共", "累计")) and not said[0].startswith("共计")):
            continue
        run: list[Claim] = []
        for earlier in reversed(sentence.claims[:index]):
            if is_exact(earlier) and same_unit(earlier, total):
                run.insert(0, earlier)
        sums = [sum(amount(claim) for claim in run[start:]) for start in range(len(run) - 1)]
        if sums and all(abs(added - amount(total)) > 1e-6 * max(1.0, added) for added in sums):
            yield Inconsistency((*(claim.id for claim in run), total.id), "sum", _reason(run, sums[0], total))


def _reason(claims: Sequence[Claim], added: float, total: Claim) -> str:
    shown = added / (amount(total) / total.value) if total.value else added
    terms = "+".join(written(claim.value) for claim in claims)
    difference = written(abs(shown - total.value))
    return f"{terms}={written(shown)}{total.unit}，文中总数为{written(total.value)}{total.unit}，相差{difference}{total.unit}"
