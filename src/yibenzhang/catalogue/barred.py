"""Find in a Chinese text what the relief rules bar from being asked of units or measured (减负禁项)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yibenzhang.catalogue.barred_rules import EMERGENCY, RULES, Rule

_SENTENCE = re.compile(r"[^。！!？?；;\n]+")
_CLAUSE = re.compile(r"[，,：:]")
# 不得少于 demands; so do 不得迟于 and the like.
_FORBIDS = re.compile(
    r"(?:不得|不许|不准|不能|不可)(?!少于|低于|少|缺|迟|晚|超过|不|无故|漏|代)|严禁|禁止|杜绝|取消|停止|叫停|废止|清理|整治|纠治|"
    r"防止|防治|避免|反对|不再|不以|不把|不将|不看|不比|不搞|不设|不要求|不统计|不采集|不收集|不记录|不计|不含|不列|不作|不需|"
    r"不必|不用|不强制|不组织|不安排|无需|无须|毋须|减少|拒绝|非必要"
)
_RELEASES = re.compile(
    r"^(?:均|一律|都|也|原则上|可以?|其?数量|的数量)?(?:不得(?!少于|低于)|不作|不列|不纳入|不计入|不进|不计|不再|不需|不必|不用|不要求|不统计|"
    r"不强制|取消|选填|自愿|非必填|可不|不是必)"
)
_RELEASED_LATER = re.compile(
    r"(?:不得(?!少于|低于)|不许|不能)[^，。；]{0,4}(?:作为|列为|列入|纳入|用于|设|计入|进入)|不作|不列|不纳入|不计入|不进考|不再|不要求|不强制|不作为|"
    r"一律取消|予以取消|非必填|选填|自愿"
)
_TURNS = re.compile(r"但是?|而是|而要|改为|改以|转而|同时(?:须|应|要)|而应|并(?:须|要|按|以)")
_BEGINS_ANEW = re.compile(r"\s*(?:须|必须|应当?|要|请|以(?!及))")
_PENAL = re.compile(r"(?:未|没有|漏|缺|无故不|逾期不|不按时|不)(?:按时|按要求|及时)?$")


@dataclass(frozen=True)
class Barred:
    """One barred thing found: the words in the text, document with its part or item, and what to do instead."""

    word: str
    article: str
    instead: str


def barred_in(text: str, *, assessed: bool = False) -> list[Barred]:
    """What a text asks for or measures against the relief rules, in the order it occurs, each wording once.

    A prohibition (不得打卡, 不以点赞数论成绩, 取消积分排名) is no hit, nor is an archived fact (简报20期); a demand stays one
    though it says 不得 (照片不得少于3张). With `assessed` the text is itself a measure (a duty, a scheme's item), so that
    what may only be archived (媒体刊发篇数) is barred without further words. The source of every rule is `barred_rules`.
    """
    found: dict[tuple[str, str], Barred] = {}
    for sentence in _SENTENCE.findall(text):
        for match, rule in sorted(_hits(sentence, assessed), key=lambda hit: hit[0].start()):
            word = match.group().strip()
            found.setdefault((rule.instead, word), Barred(word, rule.article, rule.instead))
    return list(found.values())


def refusal(found: Barred) -> str:
    """One finding as a sentence for a user: what, by which document, what to do instead."""
    return f"“{found.word}”不能要：{found.article}。{found.instead}"


def _hits(sentence: str, assessed: bool) -> Iterator[tuple[re.Match[str], Rule]]:
    for rule in RULES:
        if rule.only_beside and not assessed and not rule.only_beside.search(sentence):
            continue
        if rule.but_emergency and EMERGENCY.search(sentence):
            continue
        for match in rule.wording.finditer(sentence):
            if not _is_forbidden(sentence, match):
                yield match, rule


def _is_forbidden(sentence: str, match: re.Match[str]) -> bool:
    """True when the sentence forbids what was found instead of asking for it."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    if _PENAL.search(before) and re.search(r"通报|扣分|批评|约谈|问责|视为|处理", after):
        return False
    own = _CLAUSE.split(before)[-1]
    if _forbids(own):
        return True
    if _is_released(_CLAUSE.split(after)):
        return True
    # 不得以点赞数、转发量，以及在线时长作为依据: a prohibition carries over clauses that do not turn.
    clauses = _CLAUSE.split(before)
    carried = False
    for clause in clauses:
        if (_TURNS.search(clause) or _BEGINS_ANEW.match(clause)) and not _FORBIDS.search(clause):
            carried = False
        carried = carried or _forbids(clause)
    starts = re.match(r"\s*(?:以及|及|和|或者?|、|也不|亦不|还)", clauses[-1] or match.group())
    return carried and bool(starts)


def _is_released(clauses: list[str]) -> bool:
    """True when what follows in the sentence takes the demand back: 在线时长不作考核; 领导批示只作存档，不作考核."""
    if _RELEASED_LATER.search(clauses[0]):
        return True
    for clause in clauses[1:]:
        if _RELEASES.match(clause.strip()):
            return True
        if _TURNS.search(clause) or _BEGINS_ANEW.match(clause):
            return False
    return False


def _forbids(clause: str) -> bool:
    """True when the last word that steers a clause is a prohibition."""
    steering = list(_FORBIDS.finditer(clause))
    return bool(steering) and not _TURNS.search(clause[steering[-1].end() :])
