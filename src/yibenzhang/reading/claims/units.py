"""Measure words (量词) and units of measurement, as data.

Each line holds words of one behaviour; behind a slash stand the characters that must not follow, because together they
make another word (11部 counts, 11部门 would be departments; 8条 counts, 8条例 would be regulations).
"""

import re

# 人次 and its kin count acts, never people; being longer than 人 or 家 they win.
TIMES = "人次 人天 人日 家次 户次 场次 件次 台次 车次 批次 班次 项次 架次 艘次 例次 只次 频次 课次 点次 部次 集次 届次 节次 册次 条次 期次 篇次 剂次 例次 剂"

MEASURE_WORDS = """
个 辆 艘 幢 栋 盏 棵 粒 颗 枚 桩 顿 杯 桶 袋 箱 瓶 盒 趟 遍 垄 畦 垛 帧 尊 册 篇 堂 项 课时 学时 学分 套 张 倍 盆 排 孔 宗 封 剂
名 / 额列
人 / 民均员大口
位 / 置于次
次 / 数
场 / 所馆
条 / 例款
件
份 / 额
户 / 均籍
家 / 庭
支 / 持付撑委流柱
座 / 谈位
期 / 间望待货限末
轮 / 椅胎船岗
批 / 准评复
类 / 似
种 / 植养
门 / 诊票槛口户店
课 / 题程堂后本件
节 / 约能点水假气俭庆日
部 / 门委队分长级署属件落位
架 / 构
台 / 风账阶湾
本 / 级科月年身着质领土部
块 / 状
片 / 面
处 / 级长理于置罚分境室
间 / 接隔
口 / 号径岸头
头 / 部雁
只 / 有要是能
株 / 洲
根 / 据本源
幅 / 度员射
对 / 接照标象于口点比外策
副 / 书局主处省市县会部科组校职总
组 / 织长建成合员
队 / 伍员长列
届 / 时满中
站 / 点位在
层 / 次级面
起 / 来到步点码草伏
例 / 会如外行子
所 / 有以在属谓
首 / 次先位届府要席长创家批任
段 / 时落
版 / 本面块权
集 / 中体团合资聚约成
字 / 样体号典
笔 / 记者试录
任 / 务何职命
包 / 括含保抓村联干扶
车 / 辆间站道
回 / 应复访头顾
步 / 骤伐行入
环 / 节境保球
大 / 会家型量多于队众局约致概
票 / 据决
席 / 位
面 / 积向对临貌试板授环
卷 / 烟
道 / 路德理教
把 / 握关手
眼 / 科光镜
捆 / 绑
方 / 面案式向法针便位
单 / 位独元项列一纯
"""

# Nouns that count without a measure word: 联系12省, 覆盖46乡镇, 31支部.
COUNTED_NOUNS = """
党支部 支部 党小组 党组织 党委 单位 部门 企业 社区 街道 乡镇 班组 行政村 教学班
国 / 家内外务土
省 / 级部直厅委局
市 / 级场民直委局
县 / 级直委域局
区 / 级域划直委局
镇 / 级政
乡 / 级村镇
村 / 级民庄委落党干里部
校 / 级园长区
院 / 级长士校
馆 / 长藏
"""

DURATION_UNITS = """
工作日 个工作日 个自然日 自然日 个小时 小时 个月 个季度 个学期 学期 个星期 星期 分钟 秒钟 个昼夜 昼夜 秒
天 / 气然津地下文
周 / 年边期到围末岁密
年 / 底初轻级龄会货均报中代末终限薪检审鉴度
"""

MEASUREMENTS = """
平方公里 平方千米 平方米 立方米 公里 千米 厘米 毫米 海里 公顷 公亩 公斤 千克 千瓦时 千瓦 兆瓦 千伏 毫升 摄氏度 万千瓦
米/秒 公里/小时 m² ㎡ m³ km² km cm mm kg kWh kW MW kV GB TB MB 平方 度电
米 / 饭粒
亩 / 均
克 / 服难
吨 / 位
升 / 级学旗
度 / 假过
斤 瓦
"""

MONEY = """
元人民币 美元 港元 欧元
元 / 旦宵素首
"""
SCORES = """
积分
分 / 析别类管工布批层子期局公行会部支为成享散队流级钟之明头
"""
PERCENT = "个百分点 百分点 % ‰"

# After Arabic figures only; behind a Chinese numeral these make ordinary words (一方, 三国, 四环, 一把, 二度).
_AFTER_FIGURES = """
课 站 层 包 步 环 票 席 卷 把 眼 捆 方 单 根 平方 度 斤 瓦 克 升
m² m³ ㎡ km km² cm mm kg kWh kW MW kV GB TB MB
"""
ARABIC_ONLY = frozenset(_AFTER_FIGURES.split())


def _table(lines: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in lines.strip().splitlines():
        words, _, guard = line.partition(" / ")
        *free, last = words.split()
        table |= dict.fromkeys(free, "")
        table[last] = guard.strip()
    return table


_COUNTED = _table(COUNTED_NOUNS)
_DURATIONS = _table(DURATION_UNITS)
_MONEY = _table(MONEY)
_PERCENT = _table(PERCENT)
_GUARDS = _table(TIMES) | _table(MEASURE_WORDS) | _COUNTED | _DURATIONS | _table(MEASUREMENTS) | _MONEY
_GUARDS |= _table(SCORES) | _PERCENT | dict.fromkeys(("人/次", "人(次)", "人（次）"), "")

DURATIONS = frozenset(_DURATIONS)
MONEY_UNITS = frozenset(_MONEY)
PERCENT_UNITS = frozenset(_PERCENT)
CANONICAL = {
    "百分点": "个百分点",
    "人/次": "人次",
    "人(次)": "人次",
    "人（次）": "人次",
    "元人民币": "元",
    "㎡": "平方米",
    "m²": "平方米",
}
CANONICAL |= {"km": "公里", "km²": "平方公里"}


# Units that may follow a Chinese numeral.
COUNTING_UNITS = tuple(
    unit
    for unit in _GUARDS
    if unit not in ARABIC_ONLY
    and unit not in _COUNTED
    and not unit.isascii()
    and not re.search(r"[A-Za-z]", unit)
)


def _pattern(unit: str) -> str:
    guard = f"(?![{_GUARDS[unit]}])" if _GUARDS[unit] else ""
    latin = r"(?![A-Za-z])" if unit[-1].isascii() and unit[-1].isalpha() else ""
    return re.escape(unit) + guard + latin


UNIT = re.compile("|".join(_pattern(unit) for unit in sorted(_GUARDS, key=len, reverse=True)))


def unit_at(text: str, position: int, *, chinese: bool) -> str | None:
    """The unit written at a position of folded text, the longest there is; None when there is none.

    ``chinese`` says that the number before it is a Chinese numeral, behind which fewer words are units.
    """
    match = UNIT.match(text, position)
    if match is None or (chinese and (match[0] in ARABIC_ONLY or match[0] in _COUNTED)):
        return None
    return match[0]
