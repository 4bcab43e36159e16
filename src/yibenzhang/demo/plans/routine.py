"""What every branch and committee does all year: 三会一课, 主题党日, life meetings, talks, dues, committee meetings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from yibenzhang.demo.days import later, month_days
from yibenzhang.demo.evidence import SHOWN
from yibenzhang.demo.plans.wording import LECTURES, MEETINGS, PARTY_DAYS, STUDIES, pick
from yibenzhang.demo.record import Course, Record
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units import geology, meteorology
from yibenzhang.demo.units.province import BookSpec

PREFIX = {"geology": "geo_", "meteorology": "meteo_"}
# Branches may stop meeting for a month: holidays, field work, a secretary on leave.
SKIPPED = 0.06
ENDS = {geology.MERGED_BRANCH: geology.MERGED_ON, meteorology.ABOLISHED: meteorology.ABOLISHED_ON}


def plan(book: BookSpec, roster: Roster) -> list[Record]:
    """Routine of the bureau's branches, branch groups and committees up to the book's day."""
    found: list[Record] = []
    for branch in roster.of_type("branch", PREFIX[book.bureau]):
        spec = roster.units[branch]
        first = max(book.opens, spec.founded)
        last = min(book.today, ENDS.get(branch, date.max) - timedelta(days=1))
        found += [_still_open(record, book) for record in _branch(branch, roster, first, last)]
    for group in roster.of_type("branch_group", PREFIX[book.bureau]):
        found += _group(group, roster, book)
    return [*found, *_bodies(book, roster)]


def _still_open(record: Record, book: BookSpec) -> Record:
    """Of what happened in the last days some still waits, some went back, some is only a draft."""
    if (book.today - record.day).days > 3:
        return record
    chance = Random(f"open|{record.seed}").random()
    course = (
        Course.WAITING
        if chance < 0.6
        else Course.SENT_BACK
        if chance < 0.7
        else Course.DRAFT
        if chance < 0.8
        else Course.PLAIN
    )
    return replace(record, course=course)


def _branch(branch: str, roster: Roster, first: date, last: date) -> Iterator[Record]:
    rng = Random(f"routine|{branch}")
    number = rng.randrange(50)
    for month in range(first.month, last.month + 1):
        days = [day for day in month_days(first.year, month, last) if day >= first]
        if not days:
            continue
        if rng.random() > SKIPPED:
            yield _party_day(branch, roster, rng.choice(days[len(days) // 3 :]), number + month, rng)
        if roster.committee(branch) and rng.random() > SKIPPED:
            day = rng.choice(days[: max(1, len(days) // 2)])
            yield Record(branch, "branch_committee_meeting", f"{month}月支委会：{pick(MEETINGS, number + month)}", day,
                         people={"attendees": roster.committee(branch)})  # fmt: skip
        if month % 3 == 0:
            yield from _quarter(branch, roster, days, month, number, rng)
        yield from _yearly(branch, roster, days, month, rng)


def _attendance(
    branch: str, roster: Roster, day: date, rng: Random
) -> tuple[dict[str, list[str]], frozenset[str]]:
    members = roster.members(branch, day)
    away = frozenset(rng.sample(members, min(len(members) - 1, rng.choice([0, 0, 1, 1, 2, 3]))))
    return {"attendees": members}, away


def _party_day(branch: str, roster: Roster, day: date, number: int, rng: Random) -> Record:
    people, away = _attendance(branch, roster, day, rng)
    if rng.random() < 0.04:
        siblings = [code for code, spec in roster.units.items() if spec.led_by == roster.units[branch].led_by
                    and spec.unit_type == "branch" and code not in {branch, *ENDS} and spec.founded < day]  # fmt: skip
        if siblings:
            return Record(branch, "joint_theme_party_day", f"联合主题党日：{pick(PARTY_DAYS, number)}", day, people=people,
                          away=away, participants=(rng.choice(siblings),))  # fmt: skip
    return Record(branch, "theme_party_day", pick(PARTY_DAYS, number), day, people=people, away=away)


def _quarter(
    branch: str, roster: Roster, days: list[date], month: int, number: int, rng: Random
) -> Iterator[Record]:
    quarter = "一二三四"[month // 3 - 1]
    if rng.random() > SKIPPED:
        day = rng.choice(days)
        people, away = _attendance(branch, roster, day, rng)
        contents = ["study", "work_report"] if month in {6, 12} else ["study"]
        yield Record(
            branch,
            "branch_general_meeting",
            f"第{quarter}季度党员大会",
            day,
            values={"contents": contents},
            people=people,
            away=away,
        )
    if rng.random() > 2 * SKIPPED:
        day = rng.choice(days)
        people, away = _attendance(branch, roster, day, rng)
        away -= {roster.secretary(branch)}  # whoever lectures is there
        yield Record(branch, "party_lecture", f"党课：{pick(LECTURES, number + month)}", day,
                     values={"lecturer_role": "leading_official" if rng.random() < 0.2 else "others"},
                     people=people | {"lecturer": [roster.secretary(branch)]}, away=away)  # fmt: skip
    if rng.random() < 0.8:
        yield Record(branch, "heart_to_heart_talk", f"第{quarter}季度谈心谈话", rng.choice(days),
                     values={"category": rng.choice(["committee_member", "committee_member", "members"]), "talks": rng.randrange(3, 12)})  # fmt: skip
    yield Record(branch, "party_dues", f"第{quarter}季度党费收缴", rng.choice(days),
                 values={"direction": "collected", "amount": len(roster.members(branch, days[0])) * rng.randrange(90, 150)})  # fmt: skip


def _yearly(branch: str, roster: Roster, days: list[date], month: int, rng: Random) -> Iterator[Record]:
    members = roster.members(branch, days[0])
    if month == 1:
        day = rng.choice(days[5:])
        people, away = _attendance(branch, roster, day, rng)
        yield Record(branch, "organisational_life_meeting", "年度组织生活会", day, people=people, away=away)
        yield Record(
            branch,
            "member_appraisal",
            "民主评议党员",
            day,
            values={"participants": len(members), "excellent": len(members) // 4},
        )
    if month == 4 and rng.random() < 0.9:
        day = rng.choice(days)
        people, away = _attendance(branch, roster, day, rng)
        yield Record(
            branch,
            "integrity_education",
            "观看警示教育片",
            day,
            values={"topic": "以案为鉴"},
            people=people,
            away=away,
        )
    if month == 7 and len(members) > 20 and rng.random() < 0.5:
        yield Record(
            branch, "member_admission", "接收预备党员", rng.choice(days), people={"persons": members[-1:]}
        )
    if month in {5, 10} and rng.random() < 0.5:
        yield Record(branch, "volunteer_service", "社区志愿服务", rng.choice(days), people={"volunteers": rng.sample(members, min(6, len(members)))},
                     values={"place": "结对社区"})  # fmt: skip
    if month == 8 and rng.random() < 0.7:
        day = rng.choice(days)
        people, away = _attendance(branch, roster, day, rng)
        yield Record(
            branch, "collective_study", f"集体学习：{rng.choice(STUDIES)}", day, people=people, away=away
        )
    if month in {1, 6} and rng.random() < 0.4:
        yield Record(
            branch, "care_visit", "走访慰问老党员", rng.choice(days), values={"visited": rng.randrange(1, 5)}
        )


def _group(group: str, roster: Roster, book: BookSpec) -> Iterator[Record]:
    branch = roster.units[group].parent or group
    rng = Random(f"group|{group}")
    offset = int(group[-1]) - 1
    count = len([code for code, spec in roster.units.items() if spec.parent == branch])
    for month in range(1, book.today.month + 1):
        days = month_days(book.today.year, month, later(book.today, 0, book.today) - timedelta(days=4))
        if days and rng.random() > SKIPPED:
            day = rng.choice(days)
            members = roster.members(branch, day)[offset::count]
            yield Record(
                group, "branch_group_meeting", f"{month}月党小组会", day, people={"attendees": members}
            )


def _bodies(book: BookSpec, roster: Roster) -> Iterator[Record]:
    """Meetings of the governing bodies, with the first item of the agenda, and what the committees do above branches."""
    groups = {"geology": geology.COMMITTEES, "meteorology": [meteorology.GROUP]}[book.bureau]
    leading = {"geology": geology.LEADING_GROUP, "meteorology": meteorology.LEADING_GROUP}[book.bureau]
    for month in range(1, book.today.month + 1):
        days = month_days(book.today.year, month, book.today - timedelta(days=4))
        for unit in groups:
            rng = Random(f"meeting|{unit}|{month}")
            meeting = _meeting("party_group_meeting", unit, roster, rng.choice(days), rng)
            # 主体责任规定 of 2020: the bureau's own committee takes it up at least twice a year.
            yield _with_strict_governance(meeting) if unit == groups[0] and month in {4, 9} else meeting
        rng = Random(f"bodies|{book.agency}|{month}")
        yield _meeting("agency_committee_meeting", book.agency, roster, rng.choice(days), rng)
        if month % 3 == 1:
            yield replace(
                _meeting("leading_group_meeting", leading, roster, rng.choice(days), rng), people={}
            )
        if month in {6, 11}:
            yield Record(groups[0], "statutory_report", "落实全面从严治党主体责任情况报告", rng.choice(days),
                         values={"subject": "principal_responsibility", "submitted_to": "省直机关工委"})  # fmt: skip
    yield from _responsibility(book, groups, roster)
    yield from _waiting(book, groups, roster)


def _meeting(kind: str, unit: str, roster: Roster, day: date, rng: Random) -> Record:
    study: dict[str, object] = {"text": f"学习{rng.choice(STUDIES)}", "kind": "study"}
    items: list[dict[str, object]] = [
        {"text": "研究机关党建工作", "kind": "party_building"},
        {"text": "研究干部人事事项", "kind": "personnel"},
        {"text": "研究重点业务工作", "kind": "business"},
        {"text": "研究意识形态工作", "kind": "ideology"},
    ]
    agenda = [study, *rng.sample(items, 3)]
    if rng.random() < 0.03:  # now and then the study item slips to second place, and the book shows it
        agenda[0], agenda[1] = agenda[1], agenda[0]
    nouns = {"party_group_meeting": "党委会议" if unit.startswith("geo") else "党组会议", "agency_committee_meeting": "机关党委会议",
             "leading_group_meeting": "党建工作领导小组会议"}  # fmt: skip
    return Record(
        unit,
        kind,
        f"{day.month}月{nouns[kind]}",
        day,
        values={"agenda": agenda},
        people={"attendees": roster.members(unit, day)},
    )


def _with_strict_governance(meeting: Record) -> Record:
    item = {"text": "专题研究全面从严治党工作", "kind": "strict_governance"}
    agenda = meeting.values["agenda"]
    return replace(meeting, values={"agenda": [*(agenda if isinstance(agenda, list) else []), item]})


def _responsibility(book: BookSpec, groups: list[str], roster: Roster) -> Iterator[Record]:
    year = book.today.year
    yield Record(
        groups[0],
        "responsibility_list",
        f"{year}年全面从严治党主体责任清单",
        date(year, 2, 22),
        values={"binds": "党组（党委）、领导小组、机关党委、各支部"},
    )
    for number, item in enumerate(
        ["研究全面从严治党工作", "开展廉政谈话", "检查意识形态责任制", "指导支部建设", "听取书记述职"]
    ):
        name = f"duty-{book.bureau}-{number}"
        yield Record(
            groups[0],
            "responsibility_item",
            item,
            date(year, 2, 23),
            opens=name,
            values={"due_date": f"{year}-10-31"},
        )
        yield Record(
            groups[0],
            "responsibility_review",
            f"半年检查：{item}",
            date(year, 7, 4 + number % 2),
            matters={"item": name},
        )
        if number < 4:
            yield Record(groups[0], "responsibility_completion", f"完成：{item}", date(year, 10, 16 + number), matters={"item": name},
                         values={"result": "按清单完成，资料归档。"})  # fmt: skip
    for unit in groups:
        day = date(year, 1, 18)
        yield Record(
            unit,
            "democratic_life_meeting",
            "年度民主生活会",
            day,
            people={"attendees": roster.members(unit, day)},
            values={"theme": "对照检查"},
        )
    secretaries = [
        roster.secretary(code)
        for code, spec in roster.units.items()
        if spec.led_by == book.agency and spec.members
    ]
    yield Record(
        book.agency,
        "duty_report_review",
        "支部书记抓党建述职评议",
        date(year, 1, 24),
        people={"reporters": secretaries},
    )
    yield Record(groups[0], "party_lecture", "书记讲党课：把责任扛在肩上", date(year, 6, 27), values={"lecturer_role": "group_secretary"},
                 people={"lecturer": [roster.secretary(groups[0])]})  # fmt: skip
    yield Record(book.agency, "election_reminder", "换届提醒", date(year, 9, 4))


def _waiting(book: BookSpec, groups: list[str], roster: Roster) -> Iterator[Record]:
    """What lies on each reviewer's desk on the book's day."""
    day = book.today - timedelta(days=2)
    talk = {"category": "committee_member", "talks": 4}
    firsts = {
        roster.units[code].led_by: code for code in reversed(roster.of_type("branch", PREFIX[book.bureau]))
    }
    for unit in [book.agency, *groups, *firsts.values()]:
        yield Record(unit, "heart_to_heart_talk", "班子成员谈心谈话", day, values=talk, course=Course.WAITING)
    yield Record(book.agency, "integrity_education", "节前廉政教育", day, values={"topic": "节前提醒"},
                 people={"attendees": roster.members(book.agency, day)}, course=Course.WAITING)  # fmt: skip
    shown = [code for code in sorted(SHOWN) if code.startswith(PREFIX[book.bureau])]
    for branch in shown:
        members = {"attendees": roster.members(branch, day)}
        yield Record(branch, "theme_party_day", "冬训开班第一课", day, people=members, course=Course.WAITING)
        yield Record(
            branch,
            "collective_study",
            "集体学习",
            day - timedelta(days=6),
            people=members,
            course=Course.SENT_BACK,
        )
        yield Record(
            branch,
            "party_lecture",
            "党课：年终话初心",
            day,
            values={"lecturer_role": "others"},
            people=members,
            course=Course.DRAFT,
        )
