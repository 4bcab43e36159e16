"""Geology 2023: centre groups, reading classes, sessions for new leaders, interviews, lectures, officers' training."""

from collections.abc import Iterator
from datetime import date, timedelta

from yibenzhang.demo.plans.spans import TODAY_2023, days, each
from yibenzhang.demo.plans.wording import GEOLOGY_FIELDS, STUDIES, pick
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units.geology import AGENCY, COMMITTEE, COMMITTEES, UNITS, YOUTH_LEAGUE

THEMATIC = ("thematic_education",)
LETTER = ("letter_reply_study",)
DRIVE = ("primary_quality_drive",)
BEGAN = date(2023, 4, 6)
UNIT_COMMITTEES = COMMITTEES[1:]

# How often each committee's centre group studied within the education campaign; the bureau's own comes first.
CENTRE_GROUP = dict(zip(COMMITTEES, [17, 16, 15, 16, 15, 15, 16, 15, 15, 15, 15, 15], strict=True))
READING_CLASSES = dict(zip(COMMITTEES, [4, *[2] * 11], strict=True))
NEW_LEADERS = {
    COMMITTEE: 2,
    **{
        f"geo_{code}_committee": 1 for code in ("t1", "t2", "t3", "t4", "hydro", "survey", "urban", "college")
    },
}
INTERVIEWS = dict(zip(COMMITTEES, [6, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2], strict=True))
LETTER_INTERVIEWS = dict(zip(COMMITTEES, [4, *[1] * 11], strict=True))
OFFICERS_CLASS = {"geo_agency": 15, **{code: 10 for code, *_ in UNITS[:10]}, "geo_company": 5}


def plan(roster: Roster) -> list[Record]:
    """All study and training of the bureau."""
    return [*_centre_groups(roster), *_classes(roster), *_series(roster), *_officers(roster)]


def _centre_groups(roster: Roster) -> Iterator[Record]:
    for unit in COMMITTEES:
        topics = "学习贯彻党的二十大精神；学习省委全会精神；学习党章党规；学习总书记关于地质工作的重要指示"
        yield Record(
            unit, "centre_group_plan", "2023年中心组学习计划", date(2023, 1, 16), values={"topics": topics}
        )
        for number in range(1, 4):  # before the campaign began
            yield _session(
                roster,
                unit,
                number,
                days(f"early|{unit}", 3, date(2023, 1, 9), date(2023, 3, 28))[number - 1],
            )
    for unit, number, day in each(CENTRE_GROUP, "centre", BEGAN, TODAY_2023):
        yield _session(roster, unit, number + 3, day, THEMATIC)


def _session(roster: Roster, unit: str, number: int, day: date, programmes: tuple[str, ...] = ()) -> Record:
    members = roster.members(unit, day)
    topic = pick(STUDIES, number * 3 + len(unit))
    return Record(
        unit, "centre_group_study", f"第{number}次集体学习：{topic}", day,
        values={"materials": f"集中学习{topic}有关文件和重要讲话，联系地质工作实际交流研讨。"},
        people={"attendees": members, "speakers": members[1:4]},
        away=frozenset(members[-1:] if number % 4 == 0 else []),
        programmes=programmes,
    )  # fmt: skip


def _classes(roster: Roster) -> Iterator[Record]:
    for unit, number, day in each(READING_CLASSES, "reading", BEGAN + timedelta(days=10), date(2023, 10, 27)):
        yield Record(
            unit, "reading_class", f"主题教育专题读书班（第{number}期）", day, end=day + timedelta(days=2 if number % 2 else 0),
            people={"attendees": roster.members(unit, day)}, programmes=THEMATIC,
        )  # fmt: skip
    yield Record(
        COMMITTEE,
        "reading_class",
        "党的二十大精神读书班",
        date(2023, 2, 15),
        people={"attendees": roster.members(COMMITTEE, BEGAN)},
    )
    for unit, _number, day in each(NEW_LEADERS, "leaders", date(2023, 5, 8), date(2023, 11, 10)):
        yield Record(
            unit, "thematic_study", f"新任期队处级领导干部“强本领、担使命”专题研学：{pick(STUDIES, day.day)}", day,
            values={"audience": "new_leader", "place": "省委党校"}, people={"attendees": roster.members(unit, day)},
            programmes=THEMATIC,
        )  # fmt: skip
    for number, day in enumerate(days("study", 6, date(2023, 3, 1), date(2023, 11, 24))):
        unit = UNIT_COMMITTEES[number * 2 % 11]
        yield Record(
            unit, "thematic_study", f"现场研学：{pick(GEOLOGY_FIELDS, number)}", day,
            values={"audience": "general", "place": "野外工作站"}, people={"attendees": roster.members(unit, day)},
        )  # fmt: skip


def _series(roster: Roster) -> Iterator[Record]:
    yield Record(
        AGENCY,
        "series_opened",
        "“学思想、建新功”系列访谈",
        date(2023, 4, 10),
        opens="interviews",
        programmes=THEMATIC,
    )
    yield Record(
        AGENCY,
        "series_opened",
        "“牢记嘱托·建功找矿”系列专访",
        date(2023, 1, 12),
        opens="letter",
        programmes=LETTER,
    )
    for unit, number, day in each(INTERVIEWS, "interview", date(2023, 4, 20), date(2023, 12, 15)):
        who = roster.members(unit, day)[number % 5]
        yield Record(
            unit, "interview", f"系列访谈：谈{pick(GEOLOGY_FIELDS, number + len(unit))}", day,
            values={"issue_number": number}, people={"guests": [who]}, matters={"series": "interviews"}, programmes=THEMATIC,
        )  # fmt: skip
    for unit, number, day in each(LETTER_INTERVIEWS, "letter", date(2023, 2, 6), date(2023, 12, 8)):
        yield Record(
            unit, "interview", f"专访：回信精神激励我们{pick(['找大矿', '爱岗位', '攻难关', '走基层'], number + len(unit))}", day,
            values={"issue_number": number}, people={"guests": [roster.secretary(unit)]}, matters={"series": "letter"},
            programmes=LETTER,
        )  # fmt: skip
    yield Record(
        AGENCY, "interview", "地质科普访谈：身边的石头", date(2023, 9, 18), people={"guests": [f"{AGENCY}/2"]}
    )
    yield Record(
        COMMITTEE,
        "contest",
        "“牢记嘱托、建功找矿”主题演讲比赛",
        date(2023, 5, 18),
        values={"contest_form": "speech", "entries": 22, "results": "评出一等奖2名、二等奖4名"},
        programmes=LETTER,
    )
    yield Record(
        AGENCY,
        "contest",
        "学回信主题征文",
        date(2023, 6, 20),
        values={"contest_form": "essay", "entries": 87},
        programmes=LETTER,
    )
    yield Record(
        AGENCY,
        "seminar",
        "青年博士人才沙龙：深部找矿",
        date(2023, 7, 5),
        values={"topic": "深部找矿技术"},
        programmes=LETTER,
    )
    yield Record(
        AGENCY,
        "seminar",
        "青年博士人才沙龙：数据融合",
        date(2023, 9, 22),
        values={"topic": "地学数据融合"},
        programmes=LETTER,
    )
    for number, day in enumerate(days("micro", 10, date(2023, 2, 10), date(2023, 12, 6)), start=1):
        yield Record(AGENCY, "mini_lecture", f"党建与党风廉政工作机制微讲座第{number}期：{pick(['三会一课', '发展党员', '党费管理', '换届选举', '谈心谈话'], number)}",
                     day, values={"issue_number": number}, programmes=DRIVE)  # fmt: skip
    yield Record(
        "geo_college_committee",
        "mini_lecture",
        "师德师风微党课",
        date(2023, 9, 8),
        values={"issue_number": 1},
    )
    for number, day in enumerate(days("hall", 6, date(2023, 3, 10), date(2023, 11, 30)), start=1):
        yield Record(YOUTH_LEAGUE, "youth_reading_hall", f"地质青年读书讲堂第{number}期：{pick(['《矿物之美》', '《山河故人》', '《岩层里的时间》'], number)}",
                     day, values={"issue_number": number}, people={"speakers": [f"geo_survey_b{number % 4 + 1}/3"]})  # fmt: skip


def _officers(roster: Roster) -> Iterator[Record]:
    day = date(2023, 10, 16)
    trainees = [
        who for prefix, count in OFFICERS_CLASS.items() for who in _officers_of(roster, prefix, count, day)
    ]
    yield Record(
        AGENCY, "training_course", "全局基层党务干部集中培训班", day, end=date(2023, 10, 20),
        values={"audience": "party_affairs_officer", "days": 5, "hours": 40, "place": "省委党校", "delivery_mode": "outbound"},
        people={"trainees": trainees},
    )  # fmt: skip
    yield Record(
        AGENCY, "training_course", "党支部书记轮训班", date(2023, 6, 12), end=date(2023, 6, 14),
        values={"audience": "secretary", "days": 3, "hours": 24, "place": "局机关"},
        people={"trainees": [roster.secretary(code) for code in roster.of_type("branch", "geo_") if roster.members(code, day)]},
    )  # fmt: skip
    yield Record(AGENCY, "training_nomination", "选派党务工作者参加省直机关党务专题培训", date(2023, 9, 11), end=date(2023, 9, 15),
                 values={"audience": "party_affairs_officer", "organiser": "省直机关工委", "hours": 40},
                 people={"nominees": [f"{AGENCY}/4", "geo_t1_b1/1"]})  # fmt: skip
    for number, place in enumerate(["革命历史陈列馆", "地质先辈故居", "乡村振兴示范村"]):
        yield Record(AGENCY, "practice_visit", f"党务干部到{place}实践锻炼", date(2023, 10, 17 + number), values={"place": place},
                     people={"participants": trainees[number * 40 : number * 40 + 40]})  # fmt: skip
    for number, expert in enumerate(["省委党校教授", "省直机关工委党务专家", "省直单位机关党委书记"]):
        yield Record(AGENCY, "expert_tutoring", f"邀请{expert}作实务辅导", days("expert", 3, date(2023, 4, 3), date(2023, 11, 1))[number],
                     values={"expert": expert})  # fmt: skip


def _officers_of(roster: Roster, prefix: str, count: int, day: date) -> list[str]:
    """Committee members of the unit's branches, then further members until the unit's share is full."""
    codes = [code for code in roster.of_type("branch", f"{prefix}_b") if len(roster.members(code, day)) > 0]
    ranks = [
        who
        for number in range(40)
        for code in codes
        for who in roster.members(code, day)[number : number + 1]
    ]
    return ranks[:count]
