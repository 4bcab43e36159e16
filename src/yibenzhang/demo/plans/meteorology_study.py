"""Meteorology 2024: the Party group's monthly study, people sent out, own classes, platforms, the plenum."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from yibenzhang.demo.days import later, month_days
from yibenzhang.demo.plans.spans import days
from yibenzhang.demo.plans.wording import STUDIES, pick
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units.meteorology import AGENCY, CITIES, GROUP, YOUTH_LEAGUE

PLENUM = ("plenum_study",)
# Outside classes with how many officials went for the first time and how many had been sent before in the year.
SENT = [
    ("气象干部学院处级干部进修班", date(2024, 1, 15), 24, 0), ("省委党校春季主体班", date(2024, 3, 4), 31, 0), ("气象干部学院中青年班", date(2024, 3, 18), 28, 2),
    ("省委党校处级干部轮训班（一）", date(2024, 4, 8), 36, 0), ("省委党校处级干部轮训班（二）", date(2024, 4, 22), 36, 3), ("气象干部学院防灾减灾专题班", date(2024, 5, 13), 27, 0),
    ("省直机关党校培训班", date(2024, 5, 27), 34, 4), ("气象干部学院县局长班", date(2024, 6, 17), 39, 0), ("省委党校青年干部班", date(2024, 7, 1), 18, 5),
    ("气象干部学院党建专题班", date(2024, 8, 12), 16, 2),
]  # fmt: skip
# Own classes: title, first day, days, audience, how many attended.
CLASSES = [
    ("处级干部任职培训班", date(2024, 2, 26), 3, "division_level_official", 58), ("处级干部学习班（一）", date(2024, 3, 11), 2, "division_level_official", 72),
    ("处级干部学习班（二）", date(2024, 3, 25), 2, "division_level_official", 69), ("青年干部能力提升班（一）", date(2024, 4, 15), 4, "young_official", 55),
    ("青年干部能力提升班（二）", date(2024, 5, 20), 4, "young_official", 57), ("发展对象培训班", date(2024, 5, 29), 3, "admission_candidate", 21),
    ("支部书记培训班", date(2024, 6, 11), 2, "secretary", 22), ("纪检委员培训班", date(2024, 6, 24), 1, "other", 40),
    ("业务骨干党性教育班", date(2024, 7, 8), 3, "other", 76), ("新入职人员培训班", date(2024, 7, 22), 5, "young_official", 48),
    ("处级干部全会精神研讨班", date(2024, 8, 12), 3, "division_level_official", 83), ("青年干部全会精神学习班", date(2024, 8, 26), 2, "young_official", 66),
]  # fmt: skip
SUBJECT_FROM = date(2024, 8, 1)


def plan(roster: Roster) -> list[Record]:
    """Study and training of the bureau."""
    return [*_centre_group(roster), *_sent(roster), *_classes(roster), *_platforms(), *_method(roster)]


def _centre_group(roster: Roster) -> Iterator[Record]:
    """Once a month, by the Party group itself; its units study under other kinds."""
    yield Record(
        GROUP,
        "centre_group_plan",
        "2024年党组中心组学习计划",
        date(2024, 1, 10),
        values={"topics": "党的创新理论；防灾减灾；全面深化改革"},
    )
    for month in range(1, 12):
        day = Random(f"centre|{month}").choice(month_days(2024, month, date(2024, 11, 15)))
        plenum = day > date(2024, 7, 31)
        topic = "党的二十届三中全会精神" if plenum else pick(STUDIES, month * 3)
        members = roster.members(GROUP, day)
        yield Record(GROUP, "centre_group_study", f"党组中心组第{month}次集体学习：{topic}", day,
                     values={"materials": f"学习{topic}，结合气象工作研讨。"}, people={"attendees": members, "speakers": members[:3]},
                     programmes=PLENUM if plenum else ())  # fmt: skip


def _sent(roster: Roster) -> Iterator[Record]:
    officials = [who for code in roster.units if code.startswith("meteo_") for who in roster.officials(code)]
    pool = iter(Random("sent").sample(officials, len(officials)))
    gone: list[str] = []
    for title, day, first_time, again in SENT:
        new = [next(pool) for _ in range(first_time)]
        yield Record(AGENCY, "training_nomination", f"选送参加{title}", day, end=day + timedelta(days=11),
                     values={"audience": "leading_official", "organiser": title[:6], "hours": 60},
                     people={"nominees": new + gone[:again]})  # fmt: skip
        gone += new
    yield Record(AGENCY, "training_nomination", "选派技术人员参加预报员培训", date(2024, 4, 10), end=date(2024, 4, 19),
                 values={"audience": "other"}, people={"nominees": ["meteo_observatory_b1/9", "meteo_observatory_b2/9"]})  # fmt: skip


def _classes(roster: Roster) -> Iterator[Record]:
    everybody = [
        who for code in roster.of_type("branch", "meteo_") for who in roster.members(code, date(2024, 1, 1))
    ]
    for title, day, length, audience, count in CLASSES:
        people = Random(f"class|{title}").sample(
            [who for who in everybody if not who.startswith("meteo_b19")], count
        )
        yield Record(AGENCY, "training_course", title, day, end=day + timedelta(days=length - 1),
                     values={"audience": audience, "days": length, "hours": length * 8, "place": "省气象局培训中心", "delivery_mode": "own"},
                     people={"trainees": people}, programmes=PLENUM if day >= SUBJECT_FROM else ())  # fmt: skip


def _platforms() -> Iterator[Record]:
    yield Record(AGENCY, "study_platform", "澜江气象讲堂", date(2024, 1, 22), opens="platform-hall")
    yield Record(AGENCY, "study_platform", "青年耕云讲坛", date(2024, 2, 20), opens="platform-youth")
    yield Record(AGENCY, "study_platform", "周末读书角", date(2024, 1, 24), opens="platform-corner")
    yield Record(
        AGENCY,
        "study_platform_closed",
        "周末读书角并入青年耕云讲坛",
        date(2024, 4, 30),
        matters={"platform": "platform-corner"},
    )
    for number, day in enumerate(days("hall", 9, date(2024, 2, 1), date(2024, 11, 15)), start=1):
        yield Record(AGENCY, "lecture_series", f"澜江气象讲堂第{number}期：{pick(STUDIES, number)}", day, matters={"platform": "platform-hall"},
                     values={"issue_number": number, "audience_count": 80 + number * 6})  # fmt: skip
    for number, day in enumerate(days("youth", 7, date(2024, 3, 1), date(2024, 11, 15)), start=1):
        yield Record(YOUTH_LEAGUE, "lecture_series", f"青年耕云讲坛第{number}期", day, matters={"platform": "platform-youth"},
                     values={"issue_number": number, "audience_count": 35 + number})  # fmt: skip


def _method(roster: Roster) -> Iterator[Record]:
    ways = ["leaders_first", "collective", "expert", "mutual", "practice"]
    for number, code in enumerate(roster.of_type("branch", "meteo_")):
        for turn, day in enumerate(days(f"method|{code}", 2, date(2024, 3, 1), date(2024, 5, 31))):
            yield Record(code, "five_study_three_question", f"五学三问：{pick(STUDIES, number + turn * 5)}", day,
                         values={"ways": ways[: 3 + (number + turn) % 3], "questions": ["learned", "gap", "action"][: 2 + number % 2]},
                         people={"attendees": roster.members(code, day)})  # fmt: skip
    branches = [code for code in roster.of_type("branch", "meteo_") if code != "meteo_b19"]
    for number, code in enumerate(branches):
        day = days("education", len(branches), date(2024, 4, 1), date(2024, 10, 31))[number]
        members = roster.members(code, day)
        cut = [
            members[: len(members) // 6 + 1],
            members[3::4],
            [who for who in members[len(members) // 6 + 1 :] if who not in members[3::4]],
        ]
        for group, people in zip(["leading_official", "young_member", "other_member"], cut, strict=True):
            if people:
                yield Record(code, "member_education", "“两头带中间”分类教育", later(day, len(people) % 5, date(2024, 11, 15)),
                             values={"group": group}, people={"members": people})  # fmt: skip
        for quarter, day in enumerate(days(f"six|{code}", 3, date(2024, 3, 1), date(2024, 10, 31)), start=1):
            yield Record(code, "six_measures_return", f"第{quarter}季度“六条”措施落实", day,
                         values={"measures": ["education", "talk", "organisational_life", "duty", "discipline", "care"][: 3 + (number + quarter) % 4]})  # fmt: skip
    yield Record(AGENCY, "policy_document", "强化党支部对党员日常监督管理的六条措施", date(2024, 2, 28),
                 values={"category": "notice", "document_number": "澜气党〔2024〕6号", "clauses": 6, "binds": "局机关和直属单位各支部"})  # fmt: skip
    yield Record(
        AGENCY,
        "public_talk",
        f"全会精神宣讲团到{CITIES[0]}等市宣讲",
        date(2024, 9, 24),
        values={"audience_count": 210},
        programmes=PLENUM,
    )
