"""What a requirement may refer to, and which of its parts go together."""

from collections.abc import Iterator

from yibenzhang.catalogue.kind_checks import Found, Known
from yibenzhang.catalogue.requirement import Measure, Requirement
from yibenzhang.catalogue.source import Path_

BARRED = "不得列为规定动作：《整治形式主义为基层减负若干规定》不许把媒体刊发、领导批示等列为考核内容，答题分数、点赞、在线时长同样不行。"
CALENDAR = {"month", "quarter", "half", "year"}
CADENCES = {
    "indicator": CALENDAR,
    "agenda": CALENDAR | {"occasion"},
    "programme": {"occasion"},
    "persons": CALENDAR,
    "follow": {"event"},
    "prior": {"occasion"},
    "quorum": {"occasion"},
    "ceiling": CALENDAR,
    "structure": {"always"},
    "fact": {"term"},
}


def requirement_problems(entry: Requirement, at: Path_, known: Known) -> Iterator[Found]:
    """What is wrong in one requirement: place inside the file and the remedy in words."""
    for number, code in enumerate(entry.binds.unit_types):
        if code not in known.codes["unit_types"]:
            yield (*at, "binds", "unit_types", number), f"没有单位类型 {code}，请先在 unit_types 声明或改正。"
    for path, attributes in [
        (("binds",), entry.binds),
        *(((("exempts", n)), group) for n, group in enumerate(entry.exempts)),
    ]:
        for code in attributes.held_by:
            if code not in known.codes["unit_types"]:
                yield (*at, *path, "held_by"), f"没有单位类型 {code}，请先在 unit_types 声明或改正。"
        for code in attributes.natures:
            if code not in known.codes["natures"]:
                yield (*at, *path, "natures"), f"没有单位性质 {code}，请先在 natures 声明或改正。"
    for number, group in enumerate(entry.exempts):
        if group.is_empty:
            yield (*at, "exempts", number), "免除须写明条件（natures、held_by 等），否则等于不设这条规定。"
    if entry.valid_to and entry.valid_to <= entry.valid_from:
        yield (*at, "valid_to"), "失效日期须晚于生效日期，请改正。"
    if (entry.due_from or entry.due_by) and entry.cadence != "year":
        yield (*at, "due_from" if entry.due_from else "due_by"), "due_from、due_by 只用于 cadence: year。"
    if entry.due_from and entry.due_by and entry.due_by < entry.due_from:
        yield (*at, "due_by"), "due_by 早于 due_from，请改正。"
    if entry.measure is None:
        if not entry.needs_facts:
            yield (*at, "measure"), "须写 measure；所需事实还没有记录的，改写 needs_facts 说明缺什么。"
        return
    yield from _measure(entry, entry.measure, (*at, "measure"), known)


def _measure(entry: Requirement, measure: Measure, at: Path_, known: Known) -> Iterator[Found]:
    way = measure.way
    if not way:
        yield at, f"measure 须恰好写一种：{'、'.join(CADENCES)}。"
        return
    if entry.cadence not in CADENCES[way]:
        fitting = "、".join(sorted(CADENCES[way]))
        yield (*at[:-1], "cadence"), f"{way} 的频次只能是 {fitting}，现为 {entry.cadence}。"
    if way not in {"indicator", "agenda"} and entry.at_least != 1:
        yield (*at[:-1], "at_least"), f"{way} 不用 at_least，请删去。"
    if measure.indicator and measure.indicator not in known.codes["indicators"]:
        yield (*at, "indicator"), f"没有指标 {measure.indicator}，请先声明或改正。"
    if measure.indicator and known.barred & set(known.read_by.get(measure.indicator, [])):
        yield (*at, "indicator"), f"{measure.indicator} {BARRED}"
    for path, code in _accounts(measure):
        if code in known.barred:
            yield (*at, *path), f"{code} {BARRED}"
        if code not in known.measures:
            yield (*at, *path), f"没有科目 {code}，请先在 accounts 声明。"
    if measure.agenda:
        yield from _known(measure.agenda.kinds, known.codes["kinds"], (*at, "agenda", "kinds"), "凭证种类")
        options = known.options.get("agenda_items", set())
        yield from _known(measure.agenda.items, options, (*at, "agenda", "items"), "议题类别")
    if measure.programme:
        wanted = [measure.programme.programme]
        yield from _known(wanted, known.codes["programmes"], (*at, "programme", "programme"), "专题")
    if measure.quorum:
        yield from _known([measure.quorum.kind], known.codes["kinds"], (*at, "quorum", "kind"), "凭证种类")
    if measure.follow and (measure.follow.days is None) == (measure.follow.months is None):
        yield (*at, "follow"), "days 和 months 恰好写一个。"
    if measure.structure:
        yield from _known(
            measure.structure.types, known.codes["unit_types"], (*at, "structure", "types"), "单位类型"
        )
        if measure.structure.at_least is None and measure.structure.at_most is None:
            yield (*at, "structure"), "须写 at_least 或 at_most。"


def _accounts(measure: Measure) -> Iterator[tuple[Path_, str]]:
    if measure.programme:
        yield from ((("programme", "accounts"), code) for code in measure.programme.accounts)
    if measure.persons:
        yield from ((("persons", "accounts"), code) for code in measure.persons.accounts)
    if measure.follow:
        if measure.follow.after != "new_secretary":
            yield ("follow", "after"), measure.follow.after
        yield from ((("follow", "by"), code) for code in measure.follow.by)
    if measure.prior:
        yield ("prior", "each"), measure.prior.each
        yield from ((("prior", "needs"), code) for code in measure.prior.needs)
    if measure.ceiling:
        yield ("ceiling", "account"), measure.ceiling.account


def _known(codes: list[str], declared: set[str], at: Path_, noun: str) -> Iterator[Found]:
    for code in codes:
        if code not in declared:
            yield at, f"没有{noun} {code}，请先声明或改正。"
