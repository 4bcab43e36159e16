"""What a figure counts (统计对象): the noun behind it (38个党建品牌) or the wording before it (理论学习185次)."""

import re

# Verbs of doing that open a clause; what they act on is what is counted.
VERBS = (
    "举办了|举办|召开|开展了|开展|组织了|组织|举行|完成|实施|推进|推动|新建|建成|建立|新增|新设|设立|成立|新创建|创建|打造|培育|培养|"
    "选派|选送|选任|新选任|发展|发布|推出|确定|深入|兴办|领办|解决|化解|调解|办结|受理|查处|立案查处|立案|制定|修订完善|修订|出台|印发|下发|"
    "签订|签署|撰写|提交|发表|发放|拨付|划拨|投入|争取|采购|收缴|补缴|清退|慰问|走访慰问|走访|服务|惠及|培训|轮训|覆盖|联系|带动|"
    "资助|帮助|指导|评定|评选|表彰|荣获|获得|取得|获评|获|改造|硬化|新修|安装|打通|转运|应对|抢测|检查|发现并督促整改|发现并整改|发现|整改|约谈|"
    "通报|移送|查出|提出|听取|收集|累计|接待|协调|引导|引进|招录|吸纳|编印|刊发|报送|创排|更新|开设|注册|派出|派驻|组建|配备|配齐|调整|"
    "现有|共有|拥有|设有|下设|辖|有|讲授|讲|建|办|为|共|达|对"
)
_LEAD = re.compile(
    r"^(?:(?:其中|同时|并且?|还|也|又|已|先后|共计?|累计|合计|总计|全年|今年|本年|当年|目前|现|每[年月周季]度?|分别|各|新|均|仅|再|以及|及|和|与|至|到|"
    rf"截至目前|一是|二是|三是|四是|五是|共同|成功|积极|持续|深入开展|带头|常态化|通过|{VERBS})\s*)+"
)
_TRAIL = re.compile(
    r"(?:(?:达到了?|高达|达|为|至|到|有|是|共计?|合计|总计|累计|约为?|近|超过?|突破|分别为?|分别有|各|数为|数|提高到?|提升到?|降低到?|降至|增长到?|增加到?|"
    r"举办|召开|开展|组织|不少于|至少|以上|保持在|稳定在|在)\s*)+$"
)
_CLAUSE = re.compile(r"[,，。;；、:：!！?？()（）\t]")
_PREDICATE = re.compile(
    r"(?:荣获|获得|获评|获|被|受到|受|参加|参与|递交|集中|现场|常年|昼夜|到|赴|在|按期|按|全部|均|已|都|进行|开展|实施|进党校|完成|建立|接受|签订|"
    r"作|不|发现|导入|颁发|当选|入选|驻村|结对|通过|认领|报到|,|，|。|;|；|、|:|：|\(|\)|（|）|！|!|\?|？|\t)"
)
# Wording that states a change and needs the subject of the figure before it: 同比增长12.4%, 比上年净增412名.
CHANGE = re.compile(
    r"^(?:[比较][^,，。;；]{0,10})?(?:同比|环比)?(?:净增长?|增长了?|增加了?|增幅|提升了?|提高了?|下降了?|降低了?|减少了?|上升了?|高出?|低|多|少|改善)(?:率|为|达|约|近|超过?)*$"
    r"|^(?:同比|环比)[^,，。;；]{0,8}$|^[比较](?:上年|去年|上期|上月|年初)[^,，。;；]{0,8}$|^三?年?(?:增长|提高)$"
)
SHARE = re.compile(
    r"^(?:约|均)?占(?:比)?(?P<whole>[^,，。;；]{0,16}?)(?:的|比)?(?:比例)?(?:为|达|近|约|超过?)*$"
)


def measure_of(folded: str, line: str, start: int, end: int, floor: int) -> str:
    """What the figure at ``start:end`` counts, in the characters of ``line``.

    ``floor`` is where the previous figure of the clause ends: wording before it belongs to that one.
    """
    after = _after(folded, end)
    before_start = max([floor, *(match.end() for match in _CLAUSE.finditer(folded, floor, start))])
    before = line[before_start:start]
    phrase = _LEAD.sub("", _TRAIL.sub("", before.strip())).strip(' “”"的了')
    if after and (not phrase or not _ends_in_noun(before)):
        return after
    if phrase:
        return phrase
    return after or _verb_phrase(folded, end)


def _after(folded: str, end: int) -> str:
    rest = folded[end : end + 30]
    match = _PREDICATE.search(rest)
    noun = rest[: match.start()] if match else rest
    noun = noun.removeprefix("的")
    return noun.strip(' “”"的') if len(noun) <= 24 else ""


def _verb_phrase(folded: str, end: int) -> str:
    rest = folded[end : end + 24]
    match = _CLAUSE.search(rest)
    return rest[: match.start()] if match else rest


def _ends_in_noun(before: str) -> bool:
    """False when only verbs and adverbs stand before the number: 打造38个党建品牌 counts what follows."""
    bare = before.strip(' “”"')
    return bool(bare) and not re.search(
        rf"(?:{VERBS}|与|和|将|把|从|由|其中|带动|全系统|全局|全市|全区|全县|全省|全馆|{_N_OF})$", bare
    )


_N_OF = r"全[院校所站村厂处校]|全体|派|选|等|的|了|向|给|请"


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
