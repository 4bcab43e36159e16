"""What a figure counts (统计对象): the noun behind it (38个党建品牌) or the wording before it (理论学习185次)."""

import re

# Verbs of doing that open a clause; what they act on is what is counted.
VERBS = (
    "举办了|举办|召开|开展了|开展|组织了|组织|举行|完成|实施|推进|推动|新建|建成|建立|新增|新设|设立|成立|新创建|创建|打造|培育|培养|"
    "选派|选送|新选任|选任|发展|发布|推出|确定|深入|兴办|领办|解决|化解|调解|办结|受理|立案查处|查处|制定|修订完善|修订|出台|印发|下发|"
    "签订|签署|撰写|提交|发表|发放|拨付|划拨|投入|争取|采购|收缴|补缴|清退|走访慰问|慰问|走访|服务|惠及|培训|轮训|联系|带动|"
    "资助|帮助|指导|评定|评选|表彰|荣获|获得|取得|获评|获|改造|硬化|安装|打通|转运|应对|抢测|检查|发现并督促整改|发现并整改|发现|约谈|"
    "通报|移送|查出|提出|听取|收集|接待|协调|引导|引进|招录|吸纳|编印|刊发|报送|创排|更新|开设|派出|派驻|组建|配备|配齐|调整|"
    "现有|共有|拥有|设有|下设|讲授"
)
# 慰问金, 覆盖率 and 培训班 are nouns of their own: a verb is stripped only in front of a noun.
_VERB = rf"(?:{VERBS})(?![率金费书数量度额班期会员单类])"
_LEAD = re.compile(
    r"^(?:(?:其中|同时|并且?|还|也|又|已|先后|共计?|累计|合计|总计|全年|全年共|今年|本年|当年|目前|现(?=有)|每[年月周季]度?|分别|各|均(?!衡)|仅|再|以及|及(?!格|时)|和(?!谐)|与|有(?!关|效|限)|辖|对|为|"
    rf"截至目前|[一二三四五]是|共同|成功|积极|持续|带头|常态化|通过|全部|做|{_VERB})\s*)+"
)
_TRAIL = re.compile(
    r"(?:(?:达到了?|高达|达|为|至|到|有|是|共计?|合计|总计|累计|约为?|近|超过?|突破|分别为?|分别有|各|数为|提高到?|提升到?|降低到?|降至|增长到?|增加到?|增长|下降|压缩|"
    r"举办|召开|开展|不少于|至少|以上|为期|历时|提前|保持在|稳定在|在|[由从](?:\d{4}年)?的?|(?:19|20)\d\d年的?)\s*)+$"
)
# 全局现有党支部, 局队两级举办读书班: who has or does it is not what is counted.
_SUBJECT = re.compile(
    r"^[^“《(（]*?(?:现有|共有|下设|拥有|设有)|^(?:全|局|我|本|该)[一-鿿]{0,5}?(?:举办|兴办|领办)"
)
_CLAUSE = re.compile(r"[,，。;；、:：!！?？()（）\t]")
_PREDICATE = re.compile(
    r"荣获|获得|获评|获|被|受到|受|参加|参与|递交|现场|常年|昼夜|到(?![届期会岗位])|赴|在(?!职|岗|册|校|读|建)|按期|按|全部|均|已|都|进行|开展|实施|完成|建立|接受|签订|"
    r"中(?=评|选|有|已|被|获|排|表彰)|与(?!会)|户均|人均|设立|设置|成立|列入|纳入|带头|持续|的?要求|增加|提高|提升|增长|压缩|下降|减少|降|\d|支持|助力|发现|导入|颁发|当选|入选|驻村|结对|通过|认领|报到|推动|深入|[,，。;；、:：!！?？()（）\t]"
)
# Wording that states a change and needs the subject of the figure before it: 同比增长12.4%, 比上年净增412名.
CHANGE = re.compile(
    r"^(?:[比较][^,，。;；]{0,10})?(?:同比|环比)?(?:净增长?|增长了?|增加了?|增幅|提升了?|提高了?|下降了?|降低了?|减少了?|上升了?|高出?|低|多|少|改善)(?:率|为|达|约|近|超过?)*$"
    r"|^(?:同比|环比)[^,，。;；]{0,8}$|^[比较](?:上年|去年|上期|上月|年初)[^,，。;；]{0,8}$|^三?年?(?:增长|提高)$"
)
SHARE = re.compile(
    r"^(?:约|均)?占(?:比)?(?P<whole>[^,，。;；]{0,16}?)(?:的|比)?(?:比例)?(?:为|达|近|约|超过?)*$"
)


def measure_of(folded: str, line: str, start: int, end: int, floor: int, *, share: bool) -> str:
    """What the figure at ``start:end`` counts, in the characters of ``line``.

    ``floor`` is where the previous figure of the line ends: wording before it belongs to that one. ``share`` says that
    the figure is a percentage, whose name stands before it (办结率99.4%); of others the noun behind wins.
    """
    opaque = _opaque(folded)
    clause = max([floor, *(match.end() for match in _CLAUSE.finditer(opaque, floor, start))])
    before = line[clause:start].strip()
    named = _LEAD.sub("", _SUBJECT.sub("", _TRAIL.sub("", before))).strip(" 的了")
    after = _after(opaque, line, end)
    if share and named:
        return named
    return after or named or _verb_phrase(opaque, line, end)


def verb_of(folded: str, start: int, floor: int) -> str:
    """The verb of doing that opens the clause before a figure (兴办, 领办, 开展); empty without one."""
    clause = re.split(r"[,，。;；、:：!！?？()（）\t]", _opaque(folded)[floor:start])[-1]
    match = re.search(rf"(?:{VERBS})", clause)
    return match[0] if match else ""


def _opaque(folded: str) -> str:
    """Quotations and brackets blotted out, so that the punctuation in them ends no clause: 县(市、区)114个."""
    return _ENCLOSED.sub(lambda match: "_" * len(match[0]), folded)


_ENCLOSED = re.compile(r"“[^“”]*”|《[^《》]*》|[(（][^()（）\d]*[)）]")


def _after(opaque: str, line: str, end: int) -> str:
    if opaque[end : end + 1] == "的":
        end += 1
    match = _PREDICATE.search(opaque, end)
    if match and match.start() == end and match[0] in ("开展", "进行", "实施"):  # 每月1次开展主题党日
        end = match.end()
        match = _PREDICATE.search(opaque, end)
    stop = match.start() if match else len(line)
    return line[end:stop].strip(" 的") if stop - end <= 24 else ""


def _verb_phrase(opaque: str, line: str, end: int) -> str:
    match = _CLAUSE.search(opaque, end)
    phrase = line[end : match.start() if match else len(line)][:24]
    return _LEAD.sub("", phrase) if phrase.startswith(("开展", "召开", "组织", "举办")) else phrase


def listed_measures(before: str, count: int) -> list[str] | None:
    """The items of 批评教育、提醒谈话、诫勉分别为 when there are as many as figures; None otherwise."""
    head, found, _ = before.rpartition("分别")
    if not found:
        return None
    clause = re.split(r"[,，。;；:：]", head.rstrip(",， "))[-1]
    items = re.split(r"、|和|及|与", clause)
    if len(items) < count:
        return None
    items = items[-count:]
    items[0] = _LEAD.sub("", items[0])
    items[-1] = re.sub(r"(?:举办|召开|开展|组织|建成|获|数)$", "", items[-1])
    return items
