"""Geology 2023: topic → field visits → problems → solutions → livelihood projects, within the education campaign."""

from collections.abc import Iterator
from datetime import date, timedelta

from yibenzhang.demo.days import later
from yibenzhang.demo.names import counties
from yibenzhang.demo.plans.spans import TODAY_2023, each
from yibenzhang.demo.plans.wording import GEOLOGY_FIELDS, KEY_PROBLEMS, PROJECTS, pick
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units.geology import COMMITTEES

THEMATIC = ("thematic_education",)
ONE_LINK = ("one_link_five_entries",)
TOPICS = dict(zip(COMMITTEES, [19, *[10] * 11], strict=True))
VISITS = dict(zip(COMMITTEES, [95, *[68] * 10, 67], strict=True))
KEY_SOLVED = dict(zip(COMMITTEES, [4, *[3] * 11], strict=True))
STILL_OPEN = dict.fromkeys(COMMITTEES[:6], 1)
LIVELIHOOD = dict(zip(COMMITTEES, [12, *[11] * 11], strict=True))
# Projects that both campaigns claim: the first of each of these committees. They count once in the total.
IN_BOTH = frozenset(COMMITTEES[1:10])


def plan(roster: Roster) -> list[Record]:
    """The chain of research and service of the year's campaign."""
    return [*_topics(roster), *_visits(roster), *_problems(roster), *_projects(roster), *_outside()]


def _topics(roster: Roster) -> Iterator[Record]:
    for unit, number, day in each(TOPICS, "topic", date(2023, 4, 10), date(2023, 5, 31)):
        members = roster.members(unit, day)
        name = f"topic-{unit}-{number}"
        field = pick(GEOLOGY_FIELDS, number * 5 + len(unit))
        yield Record(unit, "research_topic", f"关于{field}的调研（{number}）", day, opens=name,
                     people={"owner": [members[number % len(members)]]}, programmes=THEMATIC)  # fmt: skip
        if number % 3:
            done = later(date(2023, 9, 1), number * 6, TODAY_2023)
            yield Record(unit, "research_topic_completion", f"{field}课题结题", done, matters={"topic": name},
                         values={"result": "形成调研报告，提出的措施已列入工作安排。"}, programmes=THEMATIC)  # fmt: skip


def _visits(roster: Roster) -> Iterator[Record]:
    places = counties()
    for unit, number, day in each(VISITS, "visit", date(2023, 6, 1), TODAY_2023):
        members = roster.members(unit, day)
        place = places[(number * 7 + len(unit) * 3) % len(places)]
        field = pick(GEOLOGY_FIELDS, number + len(unit))
        topic = f"topic-{unit}-{number % TOPICS[unit] + 1}"
        yield Record(
            unit, "field_research", f"赴{place}调研{field}", day,
            values={"place": place, "findings": f"了解{field}一线情况，听取群众和职工意见。"},
            people={"researchers": [members[number % len(members)]]},
            matters={"topic": topic} if number % 3 else {}, programmes=THEMATIC,
            participants=(_neighbour(unit),) if number % 23 == 0 else (),
        )  # fmt: skip


def _neighbour(unit: str) -> str:
    return COMMITTEES[(COMMITTEES.index(unit) + 1) % len(COMMITTEES)]


def _problems(roster: Roster) -> Iterator[Record]:
    for unit, number, day in each(KEY_SOLVED, "key", date(2023, 6, 5), date(2023, 9, 28)):
        name = f"key-{unit}-{number}"
        title = f"{pick(KEY_PROBLEMS, number * 3 + len(unit))}问题（{number}）"
        yield Record(unit, "problem_found", title, day, values={"nature": "key_problem"}, opens=name,
                     people={"owner": [roster.secretary(unit)]}, matters={"topic": f"topic-{unit}-{number}"},
                     programmes=THEMATIC)  # fmt: skip
        solved = later(day, 30 + number * 8, TODAY_2023)
        yield Record(unit, "problem_resolution", f"推动解决{title}", solved, matters={"problem": name},
                     values={"nature": "key_problem", "result": "列出任务清单，明确责任单位，已验收销号。"},
                     programmes=THEMATIC)  # fmt: skip
    for unit, _number, day in each(STILL_OPEN, "open", date(2023, 10, 9), date(2023, 11, 30)):
        yield Record(unit, "problem_found", f"{pick(KEY_PROBLEMS, len(unit) + day.day)}问题", day, opens=f"open-{unit}",
                     values={"nature": "key_problem"}, programmes=THEMATIC)  # fmt: skip


def _projects(roster: Roster) -> Iterator[Record]:
    places = counties()
    for unit, number, day in each(LIVELIHOOD, "project", date(2023, 6, 12), date(2023, 12, 12)):
        members = roster.members(unit, day)
        name = f"project-{unit}-{number}"
        title = (
            f"为{places[(number * 5 + len(unit) * 11) % len(places)]}群众{pick(PROJECTS, number + len(unit))}"
        )
        both = unit in IN_BOTH and number == 1
        yield Record(unit, "livelihood_project", title, day, opens=name, people={"leader": [members[number % len(members)]]},
                     matters={"problem": f"key-{unit}-1"} if number == 2 else {},
                     programmes=THEMATIC + ONE_LINK if both else THEMATIC)  # fmt: skip
        if number % 2:
            yield Record(unit, "livelihood_progress", f"{title}：完成过半", later(day, 15, TODAY_2023), matters={"project": name},
                         programmes=THEMATIC)  # fmt: skip
        if day < date(2023, 10, 20):
            yield Record(unit, "livelihood_completion", f"{title}：办结", later(day, 35, TODAY_2023), matters={"project": name},
                         values={"result": "验收合格，群众已经用上。"}, programmes=THEMATIC)  # fmt: skip


def _outside() -> Iterator[Record]:
    """Visits before the campaign began; they belong to no programme."""
    for unit, number, day in each(
        dict.fromkeys(COMMITTEES[:8], 2), "outside", date(2023, 1, 10), date(2023, 3, 30)
    ):
        yield Record(
            unit,
            "field_research",
            f"春季走访：{pick(GEOLOGY_FIELDS, number + len(unit))}",
            day,
            end=day + timedelta(days=1),
        )
