"""Meteorology 2024: brands, honours and their nine terms, urgent tasks, partners and agreements, reform."""

from collections.abc import Iterator
from datetime import date, timedelta

from yibenzhang.demo.days import later
from yibenzhang.demo.plans.spans import days
from yibenzhang.demo.plans.wording import pick
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units.meteorology import AGENCY, CITIES, GENERAL_BRANCH, GROUP

JOINT = ("three_post_joint_creation",)
PLENUM = ("plenum_study",)
AUGUST = date(2024, 8, 30)
AUTUMN = date(2024, 11, 15)
# Every branch has a brand, and these cities so many; a second one of 应急与减灾处 was withdrawn.
CITY_BRANDS = dict(
    zip([f"meteo_city{number}" for number in range(1, 9)], [3, 2, 2, 2, 2, 2, 2, 1], strict=True)
)
BRAND_WORDS = [
    "风云先锋",
    "守望天空",
    "气象哨兵",
    "云端初心",
    "晴雨同心",
    "江畔观云",
    "数据尖兵",
    "护航丰收",
    "暖心气象",
    "预警先锋",
]
# The terms in which the bureau was named advanced unit; the 6th went elsewhere, so the line begins with the 7th.
ADVANCED_TERMS = {5: 2013, **{term: 2008 + term for term in range(7, 16)}}
NATIONAL = "meteo_observatory_b1/4"
MEMBERS_HONOURED = [
    ("全省优秀共产党员", date(2024, 6, 28), ["meteo_observatory_b1/4", "meteo_b3/5", "meteo_b10/6", "meteo_b13/4", "meteo_b2/7"]),
    ("全省优秀党务工作者", date(2024, 6, 28), ["meteo_b7/1", "meteo_b18/2", "meteo_observatory_b2/1"]),
    ("全省防汛救灾先进个人", date(2024, 8, 23), ["meteo_b2/3", "meteo_observatory_b1/6", "meteo_observatory_b3/5", "meteo_b11/8", "meteo_b14/5",
                                       "meteo_b3/5"]),
    ("全国气象系统先进工作者", date(2024, 3, 22), ["meteo_b4/6", "meteo_b12/9", "meteo_b13/10", "meteo_b17/7", "meteo_city1/2", "meteo_city3/4"]),
    ("省五一劳动奖章", date(2024, 4, 29), ["meteo_b16/3", "meteo_b10/11", "meteo_city5/1"]),
    ("省级三八红旗手", date(2024, 3, 7), ["meteo_b5/4", "meteo_b12/12"]),
]  # fmt: skip
BRANCHES_HONOURED = [
    ("全省先进基层党组织", ["meteo_observatory_b1", "meteo_b2", "meteo_b13", "meteo_b10"]), ("全省示范党支部", ["meteo_b3", "meteo_b11", "meteo_b9"]),
    ("全省青年文明号党支部", ["meteo_b12", "meteo_observatory_b2", "meteo_b4"]), ("全国气象部门先进党支部", ["meteo_b14", "meteo_b18", "meteo_b15", "meteo_b1"]),
]  # fmt: skip
SNOW = [("春节前低温雨雪冰冻", date(2024, 1, 31), 6), ("春节后低温雨雪冰冻", date(2024, 2, 20), 5)]
RAIN = [("第一轮", date(2024, 6, 17), 3), ("第二轮", date(2024, 6, 21), 2), ("第三轮", date(2024, 6, 26), 3), ("第四轮", date(2024, 7, 1), 2),
        ("第五轮", date(2024, 7, 5), 2), ("第六轮", date(2024, 7, 10), 3), ("第七轮", date(2024, 7, 15), 3)]  # fmt: skip
DEPARTMENTS = [
    "应急管理厅",
    "水利厅",
    "农业农村厅",
    "自然资源厅",
    "交通运输厅",
    "生态环境厅",
    "文化和旅游厅",
    "住房城乡建设厅",
    "林业局",
    "能源局",
]
REFORMS = ["监测设施统筹规划和共建共享", "新型业务技术体制", "科技创新体制机制", "暴雨研究中心运行机制"]


def plan(roster: Roster) -> list[Record]:
    """Brands, honours, urgent tasks, partners and reform."""
    return [
        *_brands(roster),
        *_honours(),
        *_emergencies(roster),
        *_partners(),
        *_reform(),
        *_selections(roster),
        *_branch_election(),
    ]


def _branch_election() -> Iterator[Record]:
    """换届 half way: asked for and agreed to, the election is still to come before the term ends on 27 December."""
    branch = "meteo_b15"
    yield Record(branch, "term_election_request", "气象灾害防御中心支部换届", date(2024, 11, 1), opens="branch-election",
                 values={"addressed_to": AGENCY, "planned_on": "2024-12-12"})  # fmt: skip
    yield Record(branch, "term_election_reply", "同意气象灾害防御中心支部换届的批复", date(2024, 11, 11),
                 matters={"matter": "branch-election"}, values={"document_number": "澜气机党〔2024〕21号"})  # fmt: skip


def _brands(roster: Roster) -> Iterator[Record]:
    codes = [code for code in roster.of_type("branch", "meteo_") if code != "meteo_b19"]
    owners = [*codes, GENERAL_BRANCH, *(city for city, count in CITY_BRANDS.items() for _ in range(count))]
    springs = days("brands", len(owners), date(2024, 1, 10), date(2024, 6, 14))
    for number, (owner, day) in enumerate(zip(owners, springs, strict=True)):
        yield from _brand(
            owner,
            f"{roster.units[owner].short}“{pick(BRAND_WORDS, number)}”品牌{number + 1}",
            f"brand-{number}",
            day,
        )
        if number % 5 == 0:
            yield Record(
                owner,
                "brand_showcase",
                "党建品牌开放日",
                later(day, 60, AUTUMN),
                matters={"brand": f"brand-{number}"},
            )
    yield from _brand("meteo_b2", "应急处“夜航灯”品牌", "brand-gone", date(2024, 1, 15))
    yield Record(
        "meteo_b2",
        "brand_withdrawal",
        "两个品牌合并，撤销“夜航灯”",
        date(2024, 7, 12),
        matters={"brand": "brand-gone"},
        values={"reason": "合并"},
    )
    for number in range(3):  # applied for, not yet accepted
        yield Record(
            f"meteo_city{number + 4}",
            "brand_application",
            f"{CITIES[number + 3]}局“新耕”品牌",
            date(2024, 10, 10 + number * 6),
            opens=f"new-{number}",
        )
    yield Record("meteo_city7", "media_coverage", "党建品牌被中央媒体报道", date(2024, 5, 16), matters={"brand": "brand-35"},
                 values={"outlet": "国家电视台", "outlet_level": "national"})  # fmt: skip


def _brand(owner: str, title: str, name: str, day: date) -> Iterator[Record]:
    yield Record(
        owner, "brand_application", title, day, opens=name, values={"idea": "把支部建在预报服务一线"}
    )
    yield Record(owner, "brand_acceptance", f"{title}通过验收", later(day, 25, AUGUST), matters={"brand": name},
                 values={"criteria": ["political_function", "leadership", "members", "effect"], "opinion": "符合“四强”标准"})  # fmt: skip


def _honours() -> Iterator[Record]:
    for term, year in ADVANCED_TERMS.items():
        yield Record(GROUP, "honour_series", f"获评省直机关第{term}届党建先进单位", date(year, 12, 20),
                     values={"series": "advanced_unit", "term_number": term, "granting_body": "省直机关工委"})  # fmt: skip
    yield Record(AGENCY, "honour_member", "全国优秀共产党员", date(2024, 7, 1), values={"level": "national", "granting_body": "党中央"},
                 people={"members": [NATIONAL]})  # fmt: skip
    for title, day, people in MEMBERS_HONOURED:
        yield Record(
            AGENCY,
            "honour_member",
            title,
            day,
            values={"level": "provincial", "granting_body": "省级机关"},
            people={"members": people},
        )
    for number, (title, branches) in enumerate(BRANCHES_HONOURED):
        for branch in branches:
            yield Record(
                branch,
                "honour_branch",
                title,
                date(2024, 6, 24 + number),
                values={"level": "provincial", "granting_body": "省级机关"},
            )
    for branch in ["meteo_b6", "meteo_b8"]:
        yield Record(
            branch,
            "honour_branch",
            "局先进党支部",
            date(2024, 6, 26),
            values={"level": "bureau", "granting_body": "局党组"},
        )
    yield Record(AGENCY, "honour_member", "局优秀共产党员", date(2024, 6, 26), values={"level": "bureau", "granting_body": "局党组"},
                 people={"members": [f"meteo_b{number}/3" for number in range(1, 11)]})  # fmt: skip


def _emergencies(roster: Roster) -> Iterator[Record]:
    """One record an event, held by the Party group with the cities that met it; no casualties is a figure of its own."""
    for number, (title, day, length) in enumerate(
        [*SNOW, *((f"梅雨期{name}连续暴雨", day, length) for name, day, length in RAIN)]
    ):
        cities = tuple(f"meteo_city{(number + step) % 8 + 1}" for step in range(4))
        fighters = [f"meteo_observatory_b1/{place}" for place in range(3, 10)] + [
            f"{city}/{place}" for city in cities for place in range(3)
        ]
        yield Record(GROUP, "emergency_response", f"应对{title}", day, end=day + timedelta(days=length),
                     values={"event_type": "snow_ice" if number < len(SNOW) else "rainstorm", "casualties": 0, "commandos": 2 + number % 3,
                             "outcome": "提前发布预警，党员突击队驻守一线，无人员伤亡。"},
                     people={"participants": fighters}, participants=cities)  # fmt: skip
    yield Record(
        "meteo_city2",
        "emergency_response",
        "支援山洪处置",
        date(2024, 7, 20),
        values={"event_type": "flood", "commandos": 1},
    )


def _partners() -> Iterator[Record]:
    for number, (name, day) in enumerate(
        zip(DEPARTMENTS, days("partners", len(DEPARTMENTS), date(2024, 1, 8), date(2024, 7, 31)), strict=True)
    ):
        yield Record(
            GROUP,
            "partner",
            f"省{name}",
            day,
            values={"partner_type": "provincial_department"},
            opens=f"partner-{number}",
        )
        yield Record(AGENCY, "partner_cooperation", f"与省{name}会商信息共享", later(day, 20, AUGUST), matters={"partner": f"partner-{number}"},
                     values={"result": "建立联合会商机制"})  # fmt: skip
    yield Record(
        GROUP,
        "partner",
        "省供销社",
        date(2024, 1, 18),
        values={"partner_type": "provincial_department"},
        opens="partner-ended",
    )
    yield Record(GROUP, "partner_ended", "与省供销社的合作结束", date(2024, 5, 21), matters={"partner": "partner-ended"},
                 values={"partner_type": "provincial_department"})  # fmt: skip
    for title, kind, day in [("国家气象主管部门", "ministry", date(2024, 1, 9)), ("流域水利机构", "river_basin", date(2024, 3, 12)),
                             ("江峡能源集团", "enterprise", date(2024, 4, 16)), ("流域海事局", "other", date(2024, 4, 23))]:  # fmt: skip
        yield Record(GROUP, "partner", title, day, values={"partner_type": kind}, opens=f"partner-{kind}")
    yield Record(GROUP, "cooperation_agreement", "新一轮部省合作协议", date(2024, 1, 11), opens="agreement-ministry",
                 values={"partner_type": "ministry_province", "valid_to": "2029-01-10", "actions": "共同成立暴雨研究中心；预警响应示范"},
                 matters={"partner": "partner-ministry"})  # fmt: skip
    yield Record(GROUP, "cooperation_agreement", "流域气象水利合作协议", date(2024, 3, 20), opens="agreement-basin",
                 values={"partner_type": "river_basin"}, matters={"partner": "partner-river_basin"})  # fmt: skip
    yield Record(
        GROUP,
        "joint_body",
        "全国暴雨研究中心",
        date(2024, 1, 11),
        opens="body",
        values={"founders": "国家气象主管部门、省政府"},
    )
    yield Record(
        GROUP, "demonstration_project", "精准预警响应机制示范建设", date(2024, 2, 27), opens="demonstration"
    )
    yield Record(
        GROUP,
        "agreement_action",
        "部省合作联席会议",
        date(2024, 7, 25),
        matters={"agreement": "agreement-ministry"},
    )


def _reform() -> Iterator[Record]:
    for number, title in enumerate(REFORMS):
        day = date(2024, 8, 20 + number)
        yield Record(
            GROUP,
            "reform_item",
            title,
            day,
            opens=f"reform-{number}",
            programmes=PLENUM,
            values={"due_date": "2025-12-31"},
        )
        yield Record(GROUP, "reform_progress", f"{title}：完成方案", date(2024, 10, 14 + number), matters={"item": f"reform-{number}"},
                     values={"milestone": "方案印发"}, programmes=PLENUM)  # fmt: skip
    for number, day in enumerate(days("business", 6, date(2024, 2, 1), date(2024, 10, 31))):
        title = pick(
            ["汛期预报服务", "人工增雨作业", "春运保障", "重大活动保障", "秋粮气象服务", "观测设备升级"],
            number,
        )
        yield Record(AGENCY, "business_item", title, day, opens=f"item-{number}")
        yield Record(AGENCY, "integration_action", f"{title}：党员责任区", later(day, 10, AUTUMN), matters={"item": f"item-{number}"},
                     values={"party_result": "设党员责任区", "business_result": "任务按期完成"})  # fmt: skip


def _selections(roster: Roster) -> Iterator[Record]:
    for number, (title, day) in enumerate([("身边榜样", date(2024, 4, 10)), ("十佳青年", date(2024, 4, 24))]):
        name = f"selection-{number}"
        yield Record(
            AGENCY,
            "selection_round",
            f"“{title}”评选",
            day,
            opens=name,
            values={"tracks": ["individual"]},
            programmes=JOINT,
        )
        yield Record(
            AGENCY,
            "selection_notice",
            f"“{title}”公示",
            later(day, 8, AUGUST),
            matters={"round": name},
            programmes=JOINT,
        )
        yield Record(AGENCY, "selection_result", f"“{title}”评选结果", later(day, 14, AUGUST), matters={"round": name}, programmes=JOINT,
                     people={"winners": [f"meteo_b{place}/{4 + number}" for place in range(1, 8) if place != 8]})  # fmt: skip
    for number, code in enumerate(roster.of_type("branch", "meteo_")[:12]):
        yield Record(code, "demonstration_post", f"{roster.units[code].short}党员示范岗", days("posts", 12, date(2024, 2, 1), date(2024, 6, 30))[number],
                     opens=f"post-{number}", people={"holders": [f"{code}/2"]}, programmes=JOINT)  # fmt: skip
