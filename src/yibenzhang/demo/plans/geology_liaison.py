"""Geology 2023: 一联五进 (contact points, projects, problems), agreements with counties, stations, the descents."""

from collections.abc import Iterator
from datetime import date

from yibenzhang.demo.days import later
from yibenzhang.demo.names import counties, villages
from yibenzhang.demo.plans.geology_research import IN_BOTH
from yibenzhang.demo.plans.spans import TODAY_2023, days, each
from yibenzhang.demo.plans.wording import PROBLEMS, PROJECTS, TARGETS, pick
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units.geology import COMMITTEE, COMMITTEES, UNITS

ONE_LINK = ("one_link_five_entries",)
UNIT_CODES = [code for code, *_ in UNITS]
COUNTIES = dict(zip(COMMITTEES, [15, *[9] * 11], strict=True))
COMMUNITIES = dict(zip(COMMITTEES, [10, *[4] * 11], strict=True))
ENTERPRISES = dict(zip(COMMITTEES, [35, *[29] * 11], strict=True))
# Contact points that were given up again, by committee; they stand in addition to those above.
GIVEN_UP = dict.fromkeys(COMMITTEES[2:6], 1)
PROJECT_COUNT = dict(zip(COMMITTEES, [18, *[10] * 11], strict=True))
SOLVED = dict(zip(COMMITTEES, [40, *[28] * 11], strict=True))
AGREEMENTS = dict(zip(UNIT_CODES, [5, 5, 5, *[4] * 8], strict=True))
STATIONS = dict(zip(UNIT_CODES, [3, *[2] * 10], strict=True))
ORDINARY_STATIONS = dict.fromkeys(UNIT_CODES[:6], 1)


def plan(roster: Roster) -> list[Record]:
    """All that the campaign 一联五进 and the county service brought about."""
    return [
        *_points(roster),
        *_projects(roster),
        *_solved(roster),
        *_agreements(),
        *_stations(),
        *_descents(),
    ]


def _points(roster: Roster) -> Iterator[Record]:
    span = date(2023, 1, 9), date(2023, 7, 31)
    for unit, number, day in each(COUNTIES, "county", *span):
        places = counties()
        place = places[(COMMITTEES.index(unit) * 9 + number) % len(places)]
        yield _point(roster, unit, f"county-{unit}-{number}", place, "county", day, number)
    for unit, number, day in each(COMMUNITIES, "community", *span):
        places = villages()
        place = places[(COMMITTEES.index(unit) * 10 + number) % len(places)]
        yield _point(roster, unit, f"community-{unit}-{number}", place, "community", day, number)
    for unit, number, day in each(ENTERPRISES, "enterprise", *span):
        kind, noun = TARGETS[(number + len(unit)) % len(TARGETS)]
        place = counties()[(number * 3 + COMMITTEES.index(unit)) % 70][:2]
        yield _point(
            roster, unit, f"enterprise-{unit}-{number}", f"{place}{noun}（{number}）", kind, day, number
        )
    for unit, number, day in each(GIVEN_UP, "given-up", *span):
        name = f"given-up-{unit}-{number}"
        yield _point(
            roster,
            unit,
            name,
            f"{villages()[100 + COMMITTEES.index(unit)]}（试点）",
            "community",
            day,
            number,
        )
        yield Record(unit, "liaison_ended", "试点结束，不再联系", later(day, 60, TODAY_2023), matters={"point": name},
                     values={"target_type": "community"})  # fmt: skip
    for unit, number, day in each(dict.fromkeys(COMMITTEES, 12), "walk", date(2023, 8, 7), TODAY_2023):
        yield Record(unit, "liaison_visit", f"走访联系点，了解第{number}批需求", day, matters={"point": f"county-{unit}-{number % 9 + 1}"},
                     people={"visitors": roster.members(unit, day)[:2]}, programmes=ONE_LINK)  # fmt: skip


def _point(roster: Roster, unit: str, name: str, title: str, target: str, day: date, number: int) -> Record:
    members = roster.members(unit, day)
    return Record(unit, "liaison_assignment", title, day, values={"target_type": target}, opens=name,
                  people={"official": [members[number % len(members)]]}, programmes=ONE_LINK)  # fmt: skip


def _projects(roster: Roster) -> Iterator[Record]:
    for unit, number, day in each(PROJECT_COUNT, "led", date(2023, 8, 7), date(2023, 12, 14)):
        if unit in IN_BOTH and number == 1:
            continue  # recorded once, under both campaigns, by the plan of the education campaign
        members = roster.members(unit, day)
        place = villages()[(number * 7 + COMMITTEES.index(unit) * 13) % 100]
        yield Record(unit, "livelihood_project", f"在{place}{pick(PROJECTS, number * 3 + len(unit))}", day,
                     opens=f"led-{unit}-{number}", people={"leader": [members[number % len(members)]]},
                     matters={"point": f"community-{unit}-{number % 4 + 1}"}, programmes=ONE_LINK)  # fmt: skip


def _solved(roster: Roster) -> Iterator[Record]:
    """Two in three were solved on the spot; for the third the finding was recorded first."""
    for unit, number, day in each(SOLVED, "solved", date(2023, 8, 7), TODAY_2023):
        place = villages()[(number * 11 + COMMITTEES.index(unit) * 7) % 110]
        title = f"{place}{pick(PROBLEMS, number + len(unit))}（{number}）"
        result = {"nature": "practical_problem", "result": "上门勘查并给出方案，当地已实施。"}
        point = {"point": f"community-{unit}-{number % 4 + 1}"}
        if number % 3 or day > date(2023, 11, 15):
            yield Record(unit, "problem_solved_at_once", title, day, values=result, matters=point,
                         opens=f"solved-{unit}-{number}", programmes=ONE_LINK)  # fmt: skip
            continue
        name = f"found-{unit}-{number}"
        yield Record(unit, "problem_found", title, day, values={"nature": "practical_problem"}, matters=point, opens=name,
                     people={"owner": [roster.secretary(unit)]}, programmes=ONE_LINK)  # fmt: skip
        yield Record(unit, "problem_resolution", f"解决{title}", later(day, 12, TODAY_2023), values=result,
                     matters={"problem": name}, programmes=ONE_LINK)  # fmt: skip


def _agreements() -> Iterator[Record]:
    places = counties()
    for unit, number, day in each(AGREEMENTS, "agreement", date(2023, 2, 6), date(2023, 10, 31)):
        place = places[UNIT_CODES.index(unit) * 5 + number]
        name = f"agreement-{unit}-{number}"
        yield Record(unit, "cooperation_agreement", f"与{place}人民政府战略合作协议", day, opens=name,
                     values={"partner_type": "county", "valid_to": "2026-12-31", "actions": "整县推进地质工作服务县域发展"})  # fmt: skip
        if number == 1:
            yield Record(unit, "agreement_action", f"落实与{place}的协议：交付首批成果", later(day, 30, TODAY_2023),
                         matters={"agreement": name})  # fmt: skip
        if number == 2:
            yield Record(unit, "agreement_renewal", f"与{place}续签协议", later(day, 35, TODAY_2023), matters={"agreement": name},
                         values={"valid_to": "2028-12-31"})  # fmt: skip
    yield Record("geo_t2", "cooperation_agreement", f"与{places[68]}人民政府旧协议", date(2023, 1, 16), opens="old-agreement",
                 values={"partner_type": "county", "valid_to": "2023-06-30"})  # fmt: skip
    yield Record("geo_t2", "agreement_ended", f"与{places[68]}的旧协议到期终止", date(2023, 7, 3), matters={"agreement": "old-agreement"},
                 values={"partner_type": "county"})  # fmt: skip


def _stations() -> Iterator[Record]:
    for unit, number, day in each(STATIONS, "station", date(2023, 11, 1), date(2023, 12, 8)):
        place = counties()[UNIT_CODES.index(unit) * 5 + number]
        yield Record(unit, "service_station", f"{place}地质工作服务站", day, values={"class": "demonstration"},
                     matters={"agreement": f"agreement-{unit}-{number}"}, opens=f"station-{unit}-{number}")  # fmt: skip
    for unit, number, day in each(ORDINARY_STATIONS, "ordinary", date(2023, 11, 1), date(2023, 12, 8)):
        place = counties()[UNIT_CODES.index(unit) * 5 + 4]
        name = f"ordinary-{unit}"
        yield Record(
            unit,
            "service_station",
            f"{place}地质服务点（{number}）",
            day,
            values={"class": "ordinary"},
            opens=name,
        )
        yield Record(
            unit,
            "station_service",
            f"{place}服务点接待咨询",
            later(day, 5, TODAY_2023),
            matters={"station": name},
        )


def _descents() -> Iterator[Record]:
    aspects = ["resources", "platforms", "services"]
    words = {"resources": "调配钻探设备支援", "platforms": "开放实验室服务", "services": "组织专家坐诊"}
    for number, day in enumerate(days("descent", 36, date(2023, 2, 1), TODAY_2023)):
        aspect = aspects[number % 3]
        place = counties()[number * 2 % 70]
        yield Record(COMMITTEES[1 + number % 11], "three_descents", f"{words[aspect]}{place}", day,
                     values={"aspect": aspect, "place": place}, programmes=ONE_LINK)  # fmt: skip
    yield Record(COMMITTEE, "policy_document", "关于整县推进地质工作服务县域发展的指导意见", date(2023, 3, 20),
                 values={"category": "guidance", "document_number": "澜地党〔2023〕12号", "clauses": 16, "binds": "局属各单位"})  # fmt: skip
    yield Record(
        COMMITTEE,
        "forum",
        "整县推进地质工作座谈会",
        date(2023, 7, 20),
        values={"form": "discussion", "outcome": "交流经验，部署下半年任务"},
    )
