"""Percentages that must fit their counts: 占比, 完成率, 增幅."""

import re
from collections.abc import Iterator, Sequence

from yibenzhang.reading.model import Claim, Inconsistency
from yibenzhang.reading.relations.context import Sentence, amount, is_exact, same_unit, written

_SHARE = re.compile(
    r"占(?:比|到)?(?P<whole>[^,，。;；]{0,16}?)(?:的|比|比例|比重)?(?:为|达|达到|近|约|超过?)*$"
)
# 女党员8124名，占33%: nothing but the noun of the part stands between; 54万名书记中，大专占17% has another part.
_OF_THE_PART = re.compile(r"[^,，。;；中]{0,12}[,，]?\s*(?:约|均|人数|总数|分别)?占")
_RATE = re.compile(
    r"(?P<name>[^,，。;；、\d]{2,8})率(?:为|达|达到|高达|提高到|提升到|分别为|均为|均达|约|近|超过?)*$"
)
_GROWTH = re.compile(
    r"(?:同比|环比|[比较](?:上年|去年|上期|年初))?(?:增长|增幅|增加|提高|下降|减少|降低|降幅)(?:率|幅度)?(?:了|为|达|达到|约|近|超过?)*$"
)
_CHANGE = re.compile(r"(?:净增|增加|新增|多|减少|少)(?:了|约|近)?$")
_DOWN = re.compile(r"减少|下降|降低|降幅|少(?:了|约|近)?$")
_FROM_TO = re.compile(r"(?:增长|增加|提高|提升|上升|下降|减少|降低|降)(?:到|至)(?:[^,，。;；\d]|\d{4}年)*$")


def find_shares(parts: Sequence[Sentence]) -> Iterator[Inconsistency]:
    """Percentages that contradict the counts they are made of."""
    counts: list[Claim] = []  # all exact counts so far
    governing: dict[int, Claim] = {}  # the whole that shares of a paragraph were found to refer to
    for sentence in parts:
        for index, claim in enumerate(sentence.claims):
            if claim.unit != "%":
                if is_exact(claim):
                    counts.append(claim)
                continue
            if claim.value_max is not None:
                continue
            before = sentence.before(index)
            if share := _SHARE.search(before):
                yield from _share(sentence, index, share["whole"], counts, governing)
            elif rate := _RATE.search(before):
                yield from _rate(sentence, index, rate["name"])
            elif _GROWTH.search(before):
                yield from _growth(sentence, index)


def _fits(percent: Claim, part: float, whole: float) -> bool:
    """True when part/whole gives the percentage to the digits written, rounded or cut off."""
    if not whole:
        return False
    true = 100 * part / whole
    decimals = len(percent.text.rpartition(".")[2].rstrip("%％以上左右余多")) if "." in percent.text else 0
    unit = 10.0**-decimals
    stated = float(percent.value)
    if percent.approx in ("at_least", "more_than"):
        return stated - unit <= true < stated + max(10, unit)
    if percent.approx:
        return abs(true - stated) <= 5
    return stated - 0.51 * unit <= true < stated + 1.0 * unit


def _share(
    sentence: Sentence, index: int, whole_name: str, counts: list[Claim], governing: dict[int, Claim]
) -> Iterator[Inconsistency]:
    percent = sentence.claims[index]
    part = sentence.claims[index - 1] if index else None
    if part is None or not is_exact(part) or not _OF_THE_PART.match(sentence.before(index)):
        return
    wholes = [c for c in counts if c.id != part.id and same_unit(c, part) and amount(c) >= amount(part)]
    fitting = [c for c in wholes if _fits(percent, amount(part), amount(c))]
    if fitting:
        governing[sentence.paragraph] = fitting[-1]
        return
    whole = (
        _named_whole(whole_name, wholes)
        or governing.get(sentence.paragraph)
        or _announced_whole(sentence, part, wholes)
    )
    if whole:
        yield _finding(percent, part, whole, "占比")


def _named_whole(name: str, wholes: list[Claim]) -> Claim | None:
    noun = re.sub(r"总?数?量?$", "", name).removeprefix("全部").removeprefix("全体")
    if len(noun) < 2:
        return None
    return next((c for c in reversed(wholes) if noun in c.measure), None)


def _announced_whole(sentence: Sentence, part: Claim, wholes: list[Claim]) -> Claim | None:
    """The total before 其中, in this sentence or, when the sentence opens with 其中, the first count before it."""
    inside = [c for c in wholes if c.start >= sentence.start and c.start < part.start]
    if inside and "其中" in sentence.text[inside[0].end - sentence.start : part.start - sentence.start]:
        return inside[0]
    if sentence.text.startswith("其中"):
        near = [c for c in wholes if c.start < sentence.start and sentence.start - c.end < 80]
        return max(near, key=amount) if near else None
    return None


def _rate(sentence: Sentence, index: int, name: str) -> Iterator[Inconsistency]:
    """办结率 must be 已办结 over 受理: the part repeats the word that names the rate, the whole stands before it."""
    percent = sentence.claims[index]
    begin = sentence.text.rfind("；", 0, percent.start - sentence.start)
    begin = max(begin, sentence.text.rfind(";", 0, percent.start - sentence.start)) + sentence.start
    near = [c for c in sentence.claims[:index] if is_exact(c) and c.start > begin]
    stem = name[-2:]
    pairs = [(p, w) for p in near for w in near if w is not p and same_unit(p, w) and amount(w) >= amount(p)]
    if any(_fits(percent, amount(p), amount(w)) for p, w in pairs):
        return
    for part, whole in reversed(pairs):
        position = sentence.claims.index(part)
        wording = sentence.before(position)[-10:] + re.split(r"[,，。;；、]", sentence.after(position))[0]
        if whole.start < part.start and stem in wording and _adjacent(sentence, whole, part):
            yield _finding(percent, part, whole, f"{name}率")
            return


def _adjacent(sentence: Sentence, whole: Claim, part: Claim) -> bool:
    between = sentence.claims[sentence.claims.index(whole) + 1 : sentence.claims.index(part)]
    return not any(same_unit(c, part) and amount(c) >= amount(part) for c in between)


def _growth(sentence: Sentence, index: int) -> Iterator[Inconsistency]:
    """党员24618名，净增412名，增幅1.7%; 由86人增加到231人，增长168.6%."""
    if index < 2:
        return
    percent, second, first = sentence.claims[index], sentence.claims[index - 1], sentence.claims[index - 2]
    if not (is_exact(first) and is_exact(second) and same_unit(first, second)):
        return
    if re.search(r"[。;；]", sentence.text[first.end - sentence.start : percent.start - sentence.start]):
        return
    between = sentence.before(index - 1)
    if _FROM_TO.search(between):
        base, change = amount(first), abs(amount(second) - amount(first))
    elif _CHANGE.search(between):
        change = amount(second)
        base = amount(first) + (change if _DOWN.search(between) else -change)
    else:
        return
    if base > 0 and not _fits(percent, change, base):
        why = f"按{written(first.value)}{first.unit}与{written(second.value)}{second.unit}计算为{100 * change / base:.1f}%，文中写{percent.text}"
        yield Inconsistency((percent.id, second.id, first.id), "percent", why)


def _finding(percent: Claim, part: Claim, whole: Claim, name: str) -> Inconsistency:
    true = 100 * amount(part) / amount(whole)
    why = f"{name}：{written(part.value)}/{written(whole.value)}={true:.1f}%，文中写{percent.text}"
    return Inconsistency((percent.id, part.id, whole.id), "percent", why)
