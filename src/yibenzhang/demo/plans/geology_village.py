"""Geology 2023: the village team, its money in three kinds, youth league and women's work, culture prizes."""

from collections.abc import Iterator
from datetime import date

from yibenzhang.demo.days import later
from yibenzhang.demo.plans.spans import TODAY_2023, days
from yibenzhang.demo.record import Record
from yibenzhang.demo.units.geology import AGENCY, COMMITTEE, VILLAGE_TEAM, WOMEN, YOUTH_LEAGUE

# Village projects with the bureau's own money that went into each, in yuan; some cost the bureau nothing.
PROJECTS = [
    ("组级公路硬化", 180_000), ("村部门前路硬化", 65_000), ("上湾水渠整修", 92_000), ("下湾堰塘清淤", 58_000), ("饮水管网改造", 120_000),
    ("垃圾分类亭", 36_000), ("村口绿化", 28_000), ("太阳能路灯", 84_000), ("文化广场", 95_000), ("老年活动室", 42_000), ("儿童活动室", 30_000),
    ("茶叶初制车间", 110_000), ("防滑护栏", 25_000), ("卫生室设备", 15_000), ("农技书屋", 0), ("应急广播", 0),
]  # fmt: skip
SECURED = [("省级共同缔造试点资金", 1_000_000), ("县级配套资金", 500_000)]
PURCHASES = [(AGENCY, "春茶", 188_000), ("geo_t1_committee", "土鸡蛋", 96_000), ("geo_survey_committee", "菜籽油", 124_000),
             ("geo_college_committee", "香菇木耳", 152_000), (VILLAGE_TEAM, "富硒大米", 180_000)]  # fmt: skip
TEA_GARDENS = [("上湾富硒茶园", 150), ("下湾富硒茶园", 120)]
CULTURE = [
    ("gold", "《岩石上的歌》"), ("gold", "《钻塔下的春天》"), ("bronze", "《山河无恙》"), ("bronze", "《测量员日记》"), ("excellence", "《驻村第一年》"),
    ("excellence", "《石头记》"), ("excellence", "《井架》"), ("excellence", "《同心缔造》"),
]  # fmt: skip


def plan() -> list[Record]:
    """Village assistance and mass work."""
    return [*_team(), *_money(), *_mass()]


def _team() -> Iterator[Record]:
    yield Record(VILLAGE_TEAM, "village_team", "第三批驻村工作队", date(2023, 1, 5), opens="team-3",
                 values={"village": "苇坪村", "until": "2023-08-31"}, people={"members": ["geo_t1_b2/6", "geo_t1_b2/7", "geo_agency_b1/5"]})  # fmt: skip
    yield Record(VILLAGE_TEAM, "village_rotation", "第三批工作队轮换交接", date(2023, 8, 30), matters={"team": "team-3"},
                 values={"handed_over": "项目台账、资金账、结对名单"})  # fmt: skip
    yield Record(VILLAGE_TEAM, "village_team", "第四批驻村工作队", date(2023, 8, 31), opens="team-4",
                 values={"village": "苇坪村", "until": "2025-08-31"}, people={"members": ["geo_t2_b2/6", "geo_survey_b1/6", "geo_agency_b2/5"]})  # fmt: skip
    for number, day in enumerate(days("village", 14, date(2023, 2, 1), TODAY_2023), start=1):
        yield Record(VILLAGE_TEAM, "village_activity", f"“人人都是驻村工作队员”活动（第{number}次）", day,
                     people={"participants": [f"geo_agency_b{number % 6 + 1}/{place}" for place in range(3, 8)]})  # fmt: skip


def _money() -> Iterator[Record]:
    for number, ((title, invested), day) in enumerate(
        zip(PROJECTS, days("projects", len(PROJECTS), date(2023, 2, 6), date(2023, 11, 20)), strict=True)
    ):
        name = f"village-{number}"
        yield Record(
            VILLAGE_TEAM,
            "village_project",
            title,
            day,
            opens=name,
            matters={"team": "team-3"} if day < date(2023, 8, 30) else {},
        )
        if invested:
            yield Record(VILLAGE_TEAM, "funds_invested", f"{title}：拨付资金", later(day, 4, TODAY_2023), values={"amount": invested},
                         matters={"project": name})  # fmt: skip
        if number % 4:
            yield Record(
                VILLAGE_TEAM,
                "village_project_completion",
                f"{title}完工",
                later(day, 50, TODAY_2023),
                matters={"project": name},
            )
    for (title, amount), day in zip(
        SECURED, days("secured", len(SECURED), date(2023, 3, 1), date(2023, 9, 30)), strict=True
    ):
        yield Record(
            VILLAGE_TEAM,
            "funds_secured",
            title,
            day,
            values={"amount": amount, "source": title.removesuffix("资金")},
        )
    for (unit, goods, amount), day in zip(
        PURCHASES, days("purchases", len(PURCHASES), date(2023, 1, 10), date(2023, 12, 10)), strict=True
    ):
        yield Record(
            unit, "consumption_aid", f"采购苇坪村{goods}", day, values={"amount": amount, "goods": goods}
        )
    for (title, area), day in zip(TEA_GARDENS, [date(2023, 5, 11), date(2023, 9, 14)], strict=True):
        yield Record(VILLAGE_TEAM, "tea_garden", f"圈定{title}", day, values={"area": area})
    for title, day in [
        ("苇坪村获评省级乡村振兴示范村", date(2023, 10, 24)),
        ("苇坪村命名为省级生态村", date(2023, 11, 16)),
    ]:
        yield Record(VILLAGE_TEAM, "honour_village", title, day)


def _league_election() -> Iterator[Record]:
    """换届 from the request to the filing, in the order it has to go."""
    opened = {"matter": "league-election"}
    yield Record(YOUTH_LEAGUE, "term_election_request", "局团委换届", date(2023, 4, 11), opens="league-election",
                 values={"document_number": "澜地团〔2023〕4号", "addressed_to": AGENCY, "planned_on": "2023-05-25"})  # fmt: skip
    yield Record(YOUTH_LEAGUE, "term_election_reply", "同意局团委召开换届选举大会的批复", date(2023, 4, 27), matters=opened,
                 values={"document_number": "澜地机党〔2023〕11号"})  # fmt: skip
    yield Record(
        YOUTH_LEAGUE,
        "term_election",
        "局团委换届选举",
        date(2023, 5, 25),
        values={"form": "term", "term_end": "2028-05-25"},
        matters=opened,
    )
    yield Record(YOUTH_LEAGUE, "term_election_report", "局团委选举结果报备", date(2023, 6, 5), matters=opened,
                 values={"document_number": "澜地团〔2023〕7号"})  # fmt: skip


def _mass() -> Iterator[Record]:
    yield from _league_election()
    yield Record(YOUTH_LEAGUE, "honour_mass", "局团委获评全省共青团工作先进单位", date(2023, 5, 4),
                 values={"title": "youth_league_provincial", "granting_body": "共青团省委"})  # fmt: skip
    yield Record(YOUTH_LEAGUE, "honour_mass", "学院团委获评省直机关共青团和青年工作先进单位", date(2023, 5, 9),
                 values={"title": "youth_league_provincial_organs", "granting_body": "省直机关团工委"})  # fmt: skip
    yield Record(COMMITTEE, "policy_document", "支持女性地质工作者发挥更大作用的十条意见", date(2023, 3, 8),
                 values={"category": "mass_support", "document_number": "澜地党〔2023〕9号", "clauses": 10, "binds": "局属各单位"})  # fmt: skip
    yield Record(
        COMMITTEE,
        "policy_document",
        "局党委工作规则",
        date(2023, 2, 20),
        values={"category": "rule", "clauses": 32},
    )
    for title, day in [
        ("调查院女子测图组获评全国巾帼文明岗", date(2023, 3, 7)),
        ("物探队数据组获评省直机关最美巾帼奋斗集体", date(2023, 11, 3)),
    ]:
        yield Record(WOMEN, "honour_mass", title, day, values={"title": "other"})
    for number, day in enumerate(days("youth", 9, date(2023, 1, 12), TODAY_2023), start=1):
        yield Record(
            YOUTH_LEAGUE,
            "mass_activity",
            f"青年志愿服务与学习活动（第{number}次）",
            day,
            values={"organisation": "youth", "participants": 20 + number * 3},
        )
    for number, day in enumerate(days("women", 5, date(2023, 3, 1), TODAY_2023), start=1):
        yield Record(
            WOMEN,
            "mass_activity",
            f"女职工健康与家庭建设讲座（第{number}次）",
            day,
            values={"organisation": "women", "participants": 30 + number},
        )
    for number, (prize, work) in enumerate(CULTURE):
        yield Record(AGENCY, "culture_prize", f"{work}获地质文化作品展播奖", date(2023, 11, 8), values={"prize": prize},
                     people={"authors": [f"geo_survey_b{number % 4 + 1}/{number + 3}"]})  # fmt: skip
