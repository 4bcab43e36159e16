"""Which figures a text asks for that the ledger already computes (台账已有): nobody is to report them again (AF-06)."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.matching.matcher import Matcher
from yibenzhang.indicators.matching.measures import likeness
from yibenzhang.indicators.matching.mentions import Mention
from yibenzhang.indicators.matching.vocabulary import pieces

_SENTENCE = re.compile(r"[^。！!？?；;\n]+")
_ASKS = re.compile(r"报送|上报|呈报|填报|填写|填表|统计|汇总|报告|报表|提供|报(?=[至到给回])|上交")
_SPARES = re.compile(
    r"无需|无须|不用|不必|不再|不要求|不需|不得|不许|免报|免于|自动取数|直接取数|系统(?:自动)?(?:取|算|汇总|生成)|取自台账|台账已有"
)
_COUNT = r"(?:次数|场次数?|人次数?|人数|期数|篇数|条数|件数|个数|份数|项数|户数|届数|学时数?|天数|金额|总额|总数|数量|多少|几[次场期个名])"
_BRACKET = r"[（(](?:单位：?)?(?P<bracket>次|场|场次|期|篇|条|件|个|份|项|名|人|人次|支|家|轮|届|天|亩|元|万元|学时)[）)]"
_AFTER = re.compile(rf"[^，,、；;\t]{{0,6}}?(?P<count>{_COUNT})|{_BRACKET}")
_ABOUT = re.compile(r"[^，,、；;\t]{0,8}?(?:情况|统计|数据|台账|汇总|报表|明细)")
_COUNTED = re.compile(rf"(?P<phrase>[^，,、；;：:\t（(）)]{{2,20}}?)(?:(?P<count>{_COUNT})|{_BRACKET})")
_MEASURES = {
    "次数": "次", "场次": "场", "场次数": "场", "人次": "人次", "人次数": "人次", "人数": "人", "期数": "期", "篇数": "篇", "条数": "条",
    "件数": "件", "个数": "个", "份数": "份", "项数": "项", "届数": "届", "学时": "学时", "学时数": "学时", "天数": "天", "金额": "元", "总额": "元",
}  # fmt: skip
_SHORT = 3
MOST_LOOKED = 500  # phrases compared with every name; names said in full are always found
_TOLD, _ALIKE = 0.9, 0.7
_MATCHERS: dict[tuple[str, tuple[str, ...]], Matcher] = {}


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    indicator: Indicator


def known_figures(
    text: str, catalogue: Catalogue | None = None, *, packs: Collection[str] | None = None
) -> list[Indicator]:
    """The indicators among the things a text asks to be reported, in the order it asks for them.

    Only a sentence that asks (报送…情况, …次数) or a form's cell with a counting word counts, and only an exact name or alias
    or a match that leaves no doubt; a call to do something (召开组织生活会) asks for no figure. `packs` limits it to what an
    agency has adopted.
    """
    catalogue = catalogue or current_catalogue()
    adopted = tuple(sorted(packs)) if packs is not None else tuple(sorted(catalogue.packs))
    matcher = _matcher(catalogue, adopted)
    found: dict[str, Indicator] = {}
    looked: set[tuple[str, str]] = set()
    for sentence in _SENTENCE.findall(text):
        if _SPARES.search(sentence):
            continue
        for entry in _asked(sentence, matcher, looked):
            found.setdefault(entry.code, entry)
    return list(found.values())


def _matcher(catalogue: Catalogue, packs: tuple[str, ...]) -> Matcher:
    """The matcher of these packs, kept while the catalogue stays the same: weighing every name takes longest."""
    key = (catalogue.version, packs)
    if key not in _MATCHERS:
        _MATCHERS[key] = Matcher(catalogue, list(packs))
    return _MATCHERS[key]


def _asked(sentence: str, matcher: Matcher, looked: set[tuple[str, str]]) -> list[Indicator]:
    """The indicators of one sentence; `looked` are the counted phrases compared with all names so far."""
    named = _longest(list(_named(sentence, matcher)))
    taken = [(found.start, found.end) for found in named]
    for match in _COUNTED.finditer(sentence):
        phrase = (match["phrase"], _measure(match))
        if phrase in looked or len(looked) >= MOST_LOOKED:
            continue
        looked.add(phrase)
        if any(start < match.end("phrase") and match.start("phrase") < end for start, end in taken):
            continue
        indicator = _alike(*phrase, matcher)
        if indicator:
            named.append(_Found(match.start(), match.end(), indicator))
    return [found.indicator for found in sorted(named, key=lambda found: found.start)]


def _named(sentence: str, matcher: Matcher) -> Iterator[_Found]:
    """Names said in full whose number the sentence asks for."""
    asks = bool(_ASKS.search(sentence))
    for indicator, name, _ in matcher.vocabulary.names:
        start = sentence.find(name)
        if start < 0:
            continue
        after = sentence[start + len(name) :]
        counted = _AFTER.match(after)
        if counted:
            measure = _measure(counted)
            fits = not measure or likeness(measure, indicator.measure) or _shown_alike(measure, indicator)
        else:
            fits = asks and len(name) > _SHORT and bool(_ABOUT.match(after) or _is_count_itself(name))
        if fits:
            yield _Found(start, start + len(name), indicator)


def _is_count_itself(name: str) -> bool:
    return name.endswith(("人次", "人数", "次数", "条数", "天数", "学时", "资金"))


def _shown_alike(measure: str, indicator: Indicator) -> float:
    return likeness(measure, indicator.display_measure) if indicator.display_measure else 0.0


def _longest(found: list[_Found]) -> list[_Found]:
    """Of overlapping names the longest: 三会一课参加人次 is not 三会一课."""
    kept: list[_Found] = []
    for entry in sorted(found, key=lambda entry: entry.start - entry.end):
        if all(entry.end <= other.start or entry.start >= other.end for other in kept):
            kept.append(entry)
    return kept


def _measure(match: re.Match[str]) -> str:
    """The measure a counting word means; empty when any would do."""
    return match["bracket"] or _MEASURES.get(match["count"] or "", "")


def _alike(phrase: str, measure: str, matcher: Matcher) -> Indicator | None:
    """The indicator a counted phrase means beyond doubt, or None."""
    mention = Mention(0, measure, phrase, phrase, phrase, phrase)
    best = next(iter(matcher.candidates(mention, most=1)), None)
    if best is None or best.told < _TOLD:
        return None
    said, bag = pieces(phrase), pieces(best.name)
    return best.indicator if said and len(said & bag) / len(said) >= _ALIKE else None
