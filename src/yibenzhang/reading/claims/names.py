"""Names that contain numbers and state no quantity, as patterns on folded text; each with the reason it exists.

A number in a short quotation is a name whatever it says (“三张清单”, “12328”, “光荣在党50年”), and so is the same
wording where the text repeats it without quotation marks. The tables here hold what is usually written unquoted.
"""

import re
from itertools import chain

_N = "[一二两三四五六七八九十]"
_CN = "[零〇一二两三四五六七八九十百千]"

NAME_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"https?://\S+|www\.[\w./?=&-]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "addresses"),
    (r"[〔\[(（【](?:19|20)\d\d[〕\])）】]\s*第?\d+号", "numbers of documents: 〔2024〕12号"),
    (
        r"(?:电话|热线|传真|手机|邮编|邮政编码|账号|帐号|卡号|编号|证号|代码|标识码|备案|号码|微信号?|QQ群?)(?:号码?)?"
        r"[::：为是]?\s*[\d][\d\-—, 、/转]{4,}\d",
        "numbers behind a label that says what they are",
    ),
    (r"(?<!\d)(?:0\d{2,3}[-—]\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)", "telephone numbers"),
    (
        r"(?<!\d)(?:12\d{3}|9[56]\d{3,4}|1[12]\d)(?=[”\"]?(?:热线|平台|服务|电话|政务|市民|举报|投诉|便民|工单|报警|急救))",
        "hotlines: 12345热线",
    ),
    (
        r"(?<![A-Za-z])[A-Za-z][A-Za-z\-/]{0,9}\d+(?:[.\-·]\d+)*(?![\d%])|(?<![\d.,])\d{1,4}(?:[ADGKX](?![A-Za-z]))|[+Kk]\d+\+\d+",
        "codes: G60, S306, PM2.5, A4, 5G, 4A景区",
    ),
    (
        r"(?<![\d.,])\d+(?:\s*[+＋×xX*]\s*(?:\d+|[A-Za-z]))+(?:\s*[+＋]\s*[NnXx])?",
        "formulas: 5+2, 1+3+N, 7×24",
    ),
    (r"(?<![\d.,])\d+\s*[::∶比]\s*\d+(?![\d:])", "ratios and scores: 1:1"),
    (
        r"(?<![\d.])\d{1,2}·\d{1,2}(?!\d)|[一二三五七九十]+·[一二三五七九十]+",
        "dates turned into names: 7·9, 一二·九",
    ),
    (r"(?<![\d.,])\d+(?:号|#|弄|路公交)(?![召角])", "house numbers, typhoons, buildings: 18号"),
    (
        rf"第\s*(?:\d+|{_CN}+)(?:[至到、—\-]+\s*第?(?:\d+|{_CN}+)(?![\d.]))*(?:[个名批次期届条号项轮位组支届章节款部集代步季场天年版站类])?",
        "ordinals: 第一书记, 第5号, 第三巡察组",
    ),
    (
        rf"(?:前|后|top|TOP|Top)(?:\d+|{_CN}+)(?:名|位|强|列)|[百十千](?:强|佳|优)|(?:\d+)强(?!化)",
        "ranks: 前三名, 百强",
    ),
    (
        rf"(?:{_N}|\d)(?:等奖|等功|星级|级|年级|把手|线(?![^,，。;；]{{0,3}}条)|流|甲(?:医院)?|产业?)",
        "grades: 一等奖, 五星级, 三级, 一线, 一流",
    ),
    (
        r"[一二三四五六七八九十]+(?:届[一二三四五六七]中全会|中全会|大(?:报告|精神|以来|代表|召开|党章|部署|的))",
        "Party congresses",
    ),
    (
        r"(?<=党的)(?:[一二]?十)?[一二三四五六七八九十]大|(?:[一二]十[一二三四五六七八九]?|十[八九])(?:大(?!型)|届(?=[一二三四五六七]中全会|中央|”))",
        "党的二十大, 十九大, 二十届",
    ),
    (r"“?十[一二三四五六七]五”?(?=规划|时期|期间|以来|开局|收官|末|”)", "five-year plans"),
    (
        rf"(?:\d+|{_CN}+)周年|(?:\d+|{_CN}+)(?:周岁|岁)",
        "anniversaries; ages bound a group, they count nothing",
    ),
    (rf"(?<=[\d至到—\-~、]){_CN}*\d*(?:周岁|岁)", "the end of an age bracket"),
    (
        r"(?:五一|五四|七一|八一|六一|三八|九一八|七七)(?=[^月日、\d个名项次]|$)|十一(?=国庆|黄金周|假期|长假|小长假|期间|前后)",
        "feasts named by their date",
    ),
    (rf"[一二]是|{_N}(?:是|要|则|曰)(?=[^\d]|$)", "counting off: 一是, 二要"),
    (
        rf"(?:{_N}|\d+)期(?:工程|项目|建设)|(?:{_N})(?:中心小学|中学|小学|中(?=[,，。、]|学|校|党)|分公司|公司|大队|支队|中队|车间|分局|院区)",
        "institutions and phases",
    ),
    (rf"{_N}(?:党支部|支部|党小组)(?=[党书委的])", "三支部书记: which branch, not how many"),
    (
        r"(?:\d+|[一二两三四五六七八九十]+)(?:分钟|小时)(?=[^,，。;；]{0,4}(?:圈|服务|值班|值守|在线|自助|营业|直播间|微课|热线|客服|响应机制|政务))",
        "15分钟服务圈, 24小时服务",
    ),
    (r"(?:三|五|十|\d+)年(?:行动|规划|计划|期|制|攻坚)", "三年行动: the plan's name"),
    (
        r"在党\d+年|(?<=[党工教军团]龄)[为达]?\d+年|(?:\d+|[一二三四五六七八九十]+)年(?:以上)?(?=党龄|工龄|教龄|军龄|团龄)",
        "光荣在党50年: whom, not how many",
    ),
    (
        rf"(?<!第)(?:\d+|{_CN}+)(?:届|年)(?=(?:中央|市委|省委|区委|县委|理事会|委员会|常委会))",
        "terms of bodies: 十二届省委",
    ),
    (
        r"三门峡|三亚|三明市?|三峡|三江|三沙|三台县|三河|三元区|五台(?=山|县)|五指山|五家渠|五莲|六安|六盘水|六合|四川|四平市|九江|九寨|"
        r"九龙|八达岭|八宝|十堰|百色|千岛湖|万州|万宁|两江新区|两广|双流|一汽|三星堆|七台河|三门县",
        "places",
    ),
    (
        r"(?<![\d一二两三四五六七八九十百千万几数第])(?:三会一课|三个代表|三严三实|三重一大|三个务必|三个表率|三个区分开来|三大攻坚战|三农|三公(?=经费|消费|开支|支出|费用)|三支一扶|三下乡|三违|"
        r"四个意识|四个自信|四个全面|四个最严|四风|四史|四议两公开|四下基层|四大班子|四梁八柱|四套班子|四季度?|四面八方|四强|四好|四新|"
        r"两个维护|两个确立|两个结合|两个一百年|两个覆盖|两个毫不动摇|两学一做|两优一先|两代表一委员|两弹一星|两新|两会|两委|两岸|"
        r"两级|两手|两头|两地|两不愁三保障|两山|两节(?=期间|前|来临|走访|慰问)|两院|两高|两型|两侧|两边|两端|两翼|两用|两难|两者|两张皮|两面人|两口子|两方面|"
        r"五位一体|五个文明|五星(?!期)|五老|五保|五险|五育|五湖四海|五谷|五洲|六稳|六保|六尺巷|七个有之|八项规定|八方|八小时(?=外|以外|之外|内外)|九三学社|九州|"
        r"十佳|十大|十强|十分(?![钟,，。、；;])|十足|十字(?=路口|绣|架|街)|十全十美|双十|一带一路|一国两制|一岗双责|一网通办|一把手|一站式|一体化|一门式|一件事|"
        r"一条龙|一盘棋|一本账|一张网|一张图|一次性|一揽子|一系列|一大批|一部分|一段时间|一段时期|一家人|一席之地|一年一度|一分为二|"
        r"一门心思|一件件|一项项|一场硬仗|一场场|一张张|一面面|百年|百姓|百花|百业|百货|百科|百日|千家千方百计|千军万马|"
        r"千头万绪|千里|千秋|千古|万众|万物|万里|万家灯火|万象|万全|万事|万无一失|亿万|成千上万|千千万万|百炼|百战|百折|百尺)",
        "set phrases",
    ),
    (
        r"(?:统|单|同|逐|唯|下|上|某|每|这|那|专|合|之|如|归|不|划|新)一(?:[个名次项步轮届代批场条些])?|"
        r"一(?:些|定|般|直|样|体|致|律|切|同|道|带|流|线|心|并|旦|再|时|向|面|边|方面|方|批批?|起(?![、,，])|步步?|手|经|改|举|贯|生|代|共|半|路|员|环|角|隅|把|味|度|连|番|股|腔|旁|侧|点|种|类|致性|窗|网|站|键|码|卡)",
        "words that begin or end in 一",
    ),
    (
        r"一(?P<twice>[一-鿿])(?P=twice)|一[个次场批件条项年步天代][又接]一|一(?!等)(?:(?![零一二三四五六七八九十百千万亿点])[一-鿿]){1,3}一(?![等次])(?:(?![零一二三四五六七八九十百千万亿])[一-鿿]){1,3}",
        "一条条, 一次又一次, 一村一品",
    ),
    (
        r"零(?:售|距离|容忍|星|散|碎|食|工|部件|基础|门槛|接触|跑腿|钱|时差|碳|起步|突破|下\d)",
        "零 that is no zero of the account",
    ),
)
NAME = re.compile("|".join(f"(?:{pattern})" for pattern, _ in NAME_PATTERNS))
# One pattern for each kind: quotations stand inside quotations.
QUOTED = tuple(
    re.compile(f"{opening}([^{opening}{closing}]{{1,80}}){closing}")
    for opening, closing in ("“”", "‘’", "「」", "『』", '""', "《》")
)
HAS_NUMBER = re.compile(r"[\d零〇一二两三四五六七八九十百千万]")
_SENTENCE = re.compile(r"[,，。；;！!？?](?!\d)")
_LONGEST_NAME = 25


def find_names(folded: str) -> list[tuple[int, int]]:
    """Spans of names that contain numbers: quoted ones, their repetitions without quotation marks, known ones."""
    spans = []
    repeated = set()
    for match in chain.from_iterable(quoted.finditer(folded) for quoted in QUOTED):
        content = match[1]
        if not HAS_NUMBER.search(content) or not (match[0][0] == "《" or _is_name(content)):
            continue
        spans.append(match.span(1))
        if 3 <= len(content) <= 12:
            repeated.add(content)
    if repeated:
        literal = "|".join(re.escape(content) for content in sorted(repeated, key=len, reverse=True))
        spans += [match.span() for match in re.finditer(literal, folded)]
    spans += [match.span() for match in NAME.finditer(folded) if not _inside_number(folded, match)]
    return sorted(set(spans))


def _inside_number(folded: str, match: re.Match[str]) -> bool:
    """七十一人次 holds no 十一, and 百分之一点一 neither 之一 nor 一点."""
    if match[0][0] in _NUMERALS and folded[: match.start()][-1:] in _NUMERALS:
        return True
    return bool(_PERCENT_BEFORE.search(folded[max(0, match.start() - 12) : match.start() + 1]))


_NUMERALS = tuple("零〇一二两三四五六七八九十百千万亿")
_PERCENT_BEFORE = re.compile(r"百分之[零〇一二三四五六七八九十百点]*$")


def _is_name(content: str) -> bool:
    if len(content) > _LONGEST_NAME:
        return False
    is_slogan = not re.search(r"\d|[。！？!?；;]", content)  # 实施两项创新，做好三项工作
    return is_slogan or not _SENTENCE.search(content)
