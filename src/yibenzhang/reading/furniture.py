"""What stands around an article: patterns of site furniture, labels and signatures, each with the reason it exists."""

import re

# Above the article.
CRUMB = re.compile(
    r"^(?:[您你]?(?:现在|当前|目前|所在)?(?:所?在)?的?位置|当前(?:位置|栏目|页面)|.{0,6}(?:当前位置|所在位置))\s*[:：]|^首页\s*(?:[>＞»/→\-|]|$)|[>＞»]{1,2}\s*(?:正文|内容|详情)\s*$|^[^。，>＞»]{2,20}(?:\s*[>＞»]\s*[^。，>＞»]{1,16}){2,}$"
)
# 发布时间 and the other labels of the line under a title. 时间 and 日期 alone need a date behind them.
LABEL = re.compile(
    r"(?:发布|发文|成文|更新|印发|录入|添加|创建|刊发|上传)(?:时间|日期)|(?:信息|文章|稿件|内容|新闻|资料)?来源|稿源|作者|撰稿人?|供稿单位|发布(?:人|单位|机构|部门|者)|信息提供|"
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数)?|人气|字体(?:大小)?|字号|视力保护色?|(?:责任)?编辑|责编|审核|审稿|校对|签发|时间|日期|来源于|索引号|文号|分享到?|打印|保护视力色"
)
INFO = re.compile(
    rf"(?:{LABEL.pattern})\s*[:：]|^(?:19|20)\d\d[-年./]\d{{1,2}}[-月./]\d{{1,2}}日?(?:\s+\d{{1,2}}:\d\d(?::\d\d)?)?(?:\s|$|来源)"
)
# The catalogue card above a document on government portals: 索引号, 发文字号, 名称.
CARD = re.compile(
    r"(?:^|\t)(?:索\s*引\s*号|信息索引|名\s*称|标\s*题|题\s*名|文\s*号|发文字号|公文种类|主题(?:分类|词)|公开(?:方式|范围|形式)|有\s*效\s*性|体裁分类|组配分类|"
    r"发布机构|发文机关|生成日期|成文日期|发文日期|发布日期|内容概述|关键词|信息(?:分类|类别|索取号|公开)|文件编号|公开时限|规范性文件有效性|责任部门|登记号|服务对象)\s*[:：\t]"
)
SIZE_BAR = re.compile(
    r"[【\[(（]?\s*(?:字体|字号)?\s*[:：]?\s*[【\[(（]?\s*大\s+中\s+小\s*[】\])）]?|^(?:打印|收藏|关闭|大|中|小|分享|评论)$"
)
SITE_NAME = re.compile(
    r"(?:门户网站?|官方网站|政务网|人民政府网|新闻网|网站|官网|客户端|公众号|信息网|[^\s]{2,12}网)$|无障碍|适老|长者模式|繁體|English|登录|注册|[|｜].*[|｜]|^(?:今天是|欢迎)"
)

# Below the article. STRONG marks end it for good, WEAK ones are single lines to be left out.
STRONG_TAIL = re.compile(
    r"^[\[【(（]?\s*(?:上一[篇条页]|下一[篇条页]|上篇|下篇|相关(?:阅读|链接|文章|新闻|信息|推荐|稿件|报道|附件)|延伸阅读|推荐阅读|热点(?:排行|推荐|新闻)|猜你喜欢|"
    r"主办(?:单位)?\s*[:：]|承办(?:单位)?\s*[:：]|版权所有|关于我们|网站(?:声明|地图|导航|标识码)|联系我们|友情链接|技术支持|备案|打印本页|关闭窗口|返回(?:顶部|列表|首页)|"
    r"扫一扫|扫码|扫描二维码|微信扫|长按(?:识别)?|关注我们|分享到|分享[:：]|一键分享|Copyright|©|【?打印】?|【?关闭】?|【?字体|您是第|本站|网友评论|评论区|点赞|举报|纠错|(?:附件|附)\s*[:：]?$)"
    r"|^(?:(?:微信|朋友圈|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|人人网|豆瓣|贴吧|复制链接|更多|T|\|)[\s、|]*)+$",
    re.IGNORECASE,
)
SITE_TAIL = re.compile(
    r"ICP备|公网安备|版权所有|网站标识码|浏览器.{0,8}(?:浏览|分辨率)|All Rights Reserved", re.IGNORECASE
)
EDITOR_LINE = re.compile(
    r"^[\[【(（〔［]?\s*(?:本期|本文|网络|执行|值班|本版)?(?:责任编辑|责编|编辑|编审|审核|审签|审校|校对|校核|初审|复审|终审|监制|统筹|排版|制作|美编|撰稿|撰文|文字|文图|文/图|图/文|图文|文|图|摄影|作者|通讯员|特约记者|记者|来源|稿源|供稿|供图|投稿|签发|值班主任|值班编委|信息员)\s*[:：/丨|]"
)
CREDIT = re.compile(
    r"^[\[【(（〔［]\s*(?:[^()（）。；]{0,30}(?:供稿|供图|提供)|(?:本报|本刊|本网)?(?:通讯员|特约记者|实习记者|记者|见习记者|作者|撰稿|文|图|摄影|图文|责任编辑|责编|编辑|来源|审核)[\s/:：][^()（）。]{1,60})\s*[\]】)）〕］]$"
)
# 某某网记者 甲 乙 潍坊报道: the by-line of a paper.
_BY_LINE = re.compile(r"^[^,，。；;：:]{0,14}(?:记者|通讯员|特约撰稿人)\s[^,，。；;：:]{2,40}$")
PAPER = re.compile(
    r"^[^\s,，。：:]{1,12}(?:日报|晚报|早报|晨报|周报|时报|商报|都市报|新闻网?|在线|融媒体?中心|电视台|广播台|客户端|发布|日报社|报社|杂志社?|网)$"
)
_BARE_EDITOR = re.compile(r"^[\[【(（]?(?:责任编辑|责编)\s+[一-鿿\s、]{2,16}[\]】)）]?$")
ORGAN = re.compile(
    r"(?:委员会|党委|党组|党支部|党总支|支部|工委|纪委|机关党委|领导小组|办公室|局|厅|委|院|处|部|科|中心|公司|集团|学校|大学|馆|站|队|社|政府|组|协会|联合会|工会|团委|村委会|居委会|街道|报|网)$"
)
DATE_LINE = re.compile(
    r"^[（(]?\s*(?:(?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?|[二一][〇零○一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*[)）]?$"
)

# Captions: figure labels, and words that only stand under pictures.
CAPTION = re.compile(
    r"^[▲△▼▽↑↓]|^(?:图|图片|照片|组图|配图)\s*(?:[\d一二三四五六七八九十]{1,2}\s*(?:[:：.、]|\s|(?=\S))|[:：])|^图为|[(（](?:资料图片?|资料照片|图片来源[^()（）]*|摄影[:：][^()（）]*|[^()（）]{1,12}摄|[^()（）]{1,12}供图)[)）]$|(?:\s|^)\S{2,4}\s?摄$|合影留念?$|合影$"
)

# Printed pages: - 1 -, — 2 —, 第3页 共9页, 3/9.
PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—–－·•~]+\s*\d{1,4}\s*[-—–－·•~]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,3}\s*/\s*\d{1,3}|Page\s*\d+(?:\s*of\s*\d+)?)\s*$",
    re.IGNORECASE,
)
# What a browser prints above and below: 2024/12/25 18:30, https://… 1/3.
PRINT_MARK = re.compile(
    r"^(?:\d{1,2}/\d{1,2}/\d{2,4}|\d{4}/\d{1,2}/\d{1,2})[, ]+\d{1,2}:\d\d.{0,60}$|^(?:https?|file):\S+(?:\s+\d+\s*/\s*\d+)?$"
)
# Ornaments of magazine-like pages: 01, PART 2, END.
ORNAMENT = re.compile(
    r"^(?:(?:PART|NO|No|Part)?\s*\.?\s*\d{1,2}|END|[-—·•\s*★☆◆◇■□▼▽●○>]+(?:END)?[-—·•\s*★☆◆◇■□●○<]*)$",
    re.IGNORECASE,
)
BARE_PAGE_NUMBER = re.compile(r"^\s*\d{1,3}\s*$")


# Endings by which the title of an official document is known even where nothing sets it apart.
DOCUMENT_TITLE = re.compile(
    r"(?:总结|报告|通报|通知|综述|纪实|方案|要点|计划|意见|讲话|发言|简报|材料|汇报|亮点|情况|决定|公告|公示|述职|清单|办法|规定|细则|建议|说明|函)(?:[(（][^()（）]{1,12}[)）])?$"
)


def is_tail(text: str) -> bool:
    """True for a line that only stands below an article."""
    if SITE_TAIL.search(text):
        return True
    is_paragraph = len(text) > 60 and "。" in text  # 举报办结率达到…。 is text, 举报 alone is a button
    return not is_paragraph and bool(STRONG_TAIL.search(text))


def is_credit(text: str) -> bool:
    """True for 责任编辑, 通讯员, 供稿 and their like."""
    if len(text) > 80 or re.search(r"[。？?！!]$", text):
        return False  # 记者：… opens a question of an interview
    return bool(
        EDITOR_LINE.match(text) or CREDIT.match(text) or _BARE_EDITOR.match(text) or _BY_LINE.match(text)
    )
