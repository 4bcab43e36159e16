"""Geology 2023: honours, the “double top ten” with its showcase, briefs and media, inspection and contests."""

from collections.abc import Iterator
from datetime import date

from yibenzhang.demo.days import later
from yibenzhang.demo.plans.spans import TODAY_2023, days
from yibenzhang.demo.plans.wording import pick
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units.geology import AGENCY, COMMITTEE, UNITS

DOUBLE = ("double_compete_strive_build",)
DRIVE = ("primary_quality_drive",)
PIONEER = ("party_building_pioneer",)
SHOWCASE_ISSUES = 45
BRIEFS = 20
# Outlets with their level and how many items each carried first.
OUTLETS = [
    ("全国党建刊物", "national", 4), ("全国自然资源行业报", "national", 17), ("中央新闻网站", "national", 6), ("澜江日报", "provincial", 14),
    ("澜江机关党建网", "provincial", 38), ("澜江省人民政府网", "provincial", 21), ("学习平台省级频道", "provincial", 19), ("澜江卫视", "provincial", 5),
    ("澄垣晚报", "municipal", 9), ("局门户网站", "own_system", 24),
]  # fmt: skip
TITLES = [
    ("geo_agency_b7", "retired_demonstration_branch", "全省离退休干部示范党支部", "省委老干部局"),
    ("geo_college_b2", "university_model_branch", "全省高校样板党支部", "省委教育工委"),
    ("geo_t1_b2", "red_flag_branch", "省直机关红旗党支部", "省直机关工委"),
    ("geo_survey_b2", "red_flag_branch", "省直机关红旗党支部", "省直机关工委"),
    ("geo_urban_b3", "red_flag_branch", "省直机关红旗党支部", "省直机关工委"),
]  # fmt: skip
QUARTERS = [("第一季度", date(2023, 3, 13)), ("第二季度", date(2023, 6, 12)), ("第三季度", date(2023, 9, 11)), ("第四季度", date(2023, 11, 20)),
            ("年度", date(2023, 11, 27))]  # fmt: skip


def plan(roster: Roster) -> list[Record]:
    """Honours and publicity of the bureau."""
    return [*_honours(), *_double_top_ten(roster), *_publicity(), *_quality_drive(roster)]


def _honours() -> Iterator[Record]:
    for branch, title, name, body in TITLES:
        yield Record(
            branch,
            "model_branch_title",
            name,
            date(2023, 10, 26),
            values={"title": title, "granting_body": body},
        )
    yield Record(AGENCY, "honour_project", "《追着光走的人》获机关党建优秀项目二等奖", date(2023, 9, 20),
                 values={"prize": "second_prize", "granting_body": "省直机关工委"}, programmes=PIONEER)  # fmt: skip
    yield Record("geo_hydro_committee", "honour_project", "《一井清泉》获行业党建项目二等奖", date(2023, 8, 16),
                 values={"prize": "third_prize", "granting_body": "行业协会"})  # fmt: skip
    yield Record("geo_hydro", "honour_unit", "新创建省直机关文明单位", date(2023, 4, 18),
                 values={"title": "civilised_unit", "granting_body": "省直机关工委"})  # fmt: skip
    yield Record(AGENCY, "honour_research", "基层党组织引领地质找矿研究", date(2023, 12, 5),
                 values={"prize": "second_prize", "granting_body": "省直机关工委"})  # fmt: skip
    yield Record(AGENCY, "quiz_individual", "省直机关线上知识竞答优秀个人", date(2023, 8, 10), values={"granting_body": "省直机关工委"},
                 people={"members": ["geo_t1_b1/4", "geo_phys_b2/8", "geo_agency_b4/6"]})  # fmt: skip
    yield Record(
        COMMITTEE,
        "quiz_collective",
        "省直机关线上知识竞答先进集体",
        date(2023, 8, 10),
        values={"granting_body": "省直机关工委"},
    )
    for number, code in enumerate(["geo_t2_b2", "geo_hydro_b3", "geo_company_b2", "geo_agency_b5"]):
        yield Record(
            code,
            "honour_branch",
            "全局先进基层党组织",
            date(2023, 6, 28),
            values={"level": "bureau", "granting_body": "局党委"},
        )
        yield Record(code, "honour_member", "全局优秀共产党员", date(2023, 6, 28), values={"level": "bureau", "granting_body": "局党委"},
                     people={"members": [f"{code}/{number + 4}"]})  # fmt: skip
    yield Record(COMMITTEE, "secretary_feature", "局党委书记接受机关党建栏目专访", date(2023, 6, 6), values={"outlet": "书记谈党建"},
                 people={"secretary": [f"{COMMITTEE}/0"]}, programmes=PIONEER)  # fmt: skip
    for number, day in enumerate(days("integration", 10, date(2023, 2, 13), date(2023, 11, 10))):
        unit, name = UNITS[number][0], f"business-{number}"
        title = f"{UNITS[number][2]}重点项目党员攻坚"
        yield Record(f"{unit}_committee", "business_item", title, day, opens=name)
        yield Record(f"{unit}_committee", "integration_action", f"{title}：成立党员突击队", later(day, 15, TODAY_2023), matters={"item": name},
                     values={"party_result": "成立突击队，党员包片", "business_result": "野外工作量提前完成"}, programmes=PIONEER)  # fmt: skip


def _double_top_ten(roster: Roster) -> Iterator[Record]:
    branches = [code for code in roster.of_type("branch", "geo_") if roster.units[code].members >= 15]
    for number, (name, day) in enumerate(QUARTERS):
        opened = f"round-{number}"
        yield Record(COMMITTEE, "selection_round", f"{name}“双十佳”评选", day, opens=opened, programmes=DOUBLE,
                     values={"tracks": ["agency", "enterprise", "institution", "university", "retired", "individual"],
                             "criteria": "组织生活规范、作用发挥明显、群众认可"})  # fmt: skip
        yield Record(
            COMMITTEE,
            "selection_notice",
            f"{name}“双十佳”公示",
            later(day, 7, TODAY_2023),
            matters={"round": opened},
            programmes=DOUBLE,
        )
        winners = [f"{branches[(number * 10 + place) % len(branches)]}/{place + 2}" for place in range(10)]
        decided = later(day, 13, TODAY_2023)
        yield Record(COMMITTEE, "selection_result", f"{name}“十佳党员先锋”揭晓", decided, matters={"round": opened},
                     people={"winners": winners}, programmes=DOUBLE)  # fmt: skip
        for place in range(10):
            yield Record(branches[(number * 10 + place) % len(branches)], "selection_winning_branch", f"{name}“十佳红旗支部”", decided,
                         matters={"round": opened}, values={"title": "十佳红旗支部"}, programmes=DOUBLE)  # fmt: skip
    yield Record(
        AGENCY,
        "series_opened",
        "“双十佳”先进事迹展播",
        date(2023, 1, 10),
        opens="showcase",
        programmes=DOUBLE,
    )
    for number, day in enumerate(days("showcase", SHOWCASE_ISSUES, date(2023, 1, 16), TODAY_2023), start=1):
        who = f"{branches[number % len(branches)]}/{number % 12}"
        yield Record(AGENCY, "showcase", f"展播第{number}期：{roster.names[who]}的故事", day, values={"issue_number": number},
                     people={"guests": [who]}, matters={"series": "showcase"}, programmes=DOUBLE)  # fmt: skip
    for number, day in enumerate(days("talk", 8, date(2023, 4, 6), date(2023, 12, 8))):
        who = f"{branches[number * 3]}/2"
        yield Record(AGENCY, "public_talk", f"“双十佳”代表宣讲支部工作法（第{number + 1}场）", day, people={"speakers": [who]},
                     values={"audience_count": 60 + number * 7}, programmes=DOUBLE)  # fmt: skip


def _publicity() -> Iterator[Record]:
    for number, day in enumerate(days("briefs", BRIEFS, date(2023, 1, 12), TODAY_2023), start=1):
        yield Record(
            AGENCY, "bulletin", f"党建工作简报2023年第{number}期", day, values={"issue_number": number}
        )
    for outlet, level, count in OUTLETS:
        for number, day in enumerate(days(outlet, count, date(2023, 1, 5), TODAY_2023), start=1):
            unit = UNITS[(number * 3 + len(outlet)) % len(UNITS)]
            title = f"{outlet}刊发：{unit[2]}{pick(['支部建在项目上', '送水下乡', '主题教育见行动', '红色钻机', '地灾防治一线', '党建品牌'], number)}（{number}）"
            yield Record(f"{unit[0]}_committee" if number % 3 else AGENCY, "media_coverage", title, day,
                         values={"outlet": outlet, "outlet_level": level})  # fmt: skip


def _quality_drive(roster: Roster) -> Iterator[Record]:
    for title, form, day in [("全局党建大比武（上半年）", "skills", date(2023, 6, 15)), ("全局党建大比武（下半年）", "skills", date(2023, 11, 15)),
                             ("主题教育知识竞赛", "quiz", date(2023, 8, 22)), ("“红旗支部得意之作”主题演讲", "speech", date(2023, 9, 26))]:  # fmt: skip
        yield Record(AGENCY, "contest", title, day, values={"contest_form": form, "entries": 12}, programmes=DRIVE,
                     participants=tuple(f"{code}_committee" for code, *_ in UNITS))  # fmt: skip
    yield Record(AGENCY, "peer_review", "局属单位党建亮点互学互比互评", date(2023, 10, 11), programmes=DRIVE,
                 participants=tuple(f"{code}_committee" for code, *_ in UNITS))  # fmt: skip
    yield Record(
        AGENCY,
        "knowledge_test",
        "党员干部应知应会知识测试",
        date(2023, 11, 21),
        values={"participants": len(roster.names) // 2},
        programmes=DRIVE,
    )
    yield Record(
        AGENCY,
        "task_force",
        "基层党建调研指导专班",
        date(2023, 3, 1),
        opens="force",
        values={"mission": "全覆盖调研指导"},
    )
    yield Record(
        AGENCY,
        "exchange",
        "邀请省直单位交流党建经验",
        date(2023, 10, 19),
        values={"delivery_mode": "inbound", "counterpart": "省直单位机关党委"},
    )
    yield Record(
        COMMITTEE,
        "forum",
        "学习回信精神暨人才科技工作推进会",
        date(2023, 10, 9),
        values={"form": "promotion"},
        programmes=("letter_reply_study",),
    )
