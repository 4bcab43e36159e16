"""Inspection rounds of both bureaus: some complete, one still under way, with findings put right and findings open."""

from collections.abc import Iterator
from datetime import date

from yibenzhang.demo.plans.spans import days
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units import geology, meteorology

DRIVE = ("primary_quality_drive",)


def geology_rounds() -> Iterator[Record]:
    """The spring round reached all eleven units; the autumn round is at the seventh, and one finding is past its day."""
    agency, units = geology.AGENCY, geology.UNITS
    covers = {"covers": ["affiliated_unit"]}
    yield Record(agency, "inspection_round", "2023年基层党建全覆盖调研指导", date(2023, 3, 6), values=covers,
                 opens="round-drive", programmes=DRIVE)  # fmt: skip
    for number, (code, _name, short, *_rest) in enumerate(units):
        yield Record(agency, "inspection_visit", f"到{short}调研指导基层党建", days("drive", 11, date(2023, 3, 13), date(2023, 6, 30))[number],
                     matters={"round": "round-drive"}, values={"unit_visited": code, "advice": "规范记录，压实支部书记责任"}, programmes=DRIVE)  # fmt: skip
        if number % 2:
            name = f"finding-{code}"
            asked = {"unit_responsible": code, "due_date": "2023-09-30"}
            yield Record(agency, "inspection_finding", f"{short}：组织生活记录不全", date(2023, 7, 5), opens=name,
                         matters={"round": "round-drive"}, values=asked)  # fmt: skip
            yield Record(f"{code}_committee", "rectification", f"{short}：补正记录制度", date(2023, 9, 5 + number),
                         matters={"finding": name})  # fmt: skip
    yield Record(agency, "inspection_completion", "全覆盖调研指导完成", date(2023, 7, 14),
                 matters={"round": "round-drive"}, programmes=DRIVE)  # fmt: skip
    yield Record(agency, "inspection_round", "2023年下半年党支部规范化建设调研指导", date(2023, 11, 6), values=covers,
                 opens="round-autumn")  # fmt: skip
    for number, (code, _name, short, *_rest) in enumerate(units[:7]):
        yield Record(agency, "inspection_visit", f"到{short}看支部规范化建设", days("autumn", 7, date(2023, 11, 8), date(2023, 12, 15))[number],
                     matters={"round": "round-autumn"}, values={"unit_visited": code, "advice": "会议记录要写清议定事项"})  # fmt: skip
    for unit, what, due in [
        (0, "党员大会记录没有写议定事项", "2023-12-15"),
        (4, "党费收缴没有按季公布", "2024-01-31"),
    ]:
        code, _name, short, *_rest = units[unit]
        yield Record(agency, "inspection_finding", f"{short}：{what}", date(2023, 12, 1 + unit), opens=f"autumn-{code}",
                     matters={"round": "round-autumn"}, values={"unit_responsible": f"{code}_committee", "due_date": due})  # fmt: skip


def meteorology_rounds(roster: Roster) -> Iterator[Record]:
    """One round to every branch in spring; one of its two findings is still open after its day."""
    agency = meteorology.AGENCY
    codes = [code for code in roster.of_type("branch", "meteo_") if code != meteorology.ABOLISHED]
    yield Record(agency, "inspection_round", "2024年党支部建设调研指导", date(2024, 3, 18), values={"covers": ["branch"]},
                 opens="round-branches")  # fmt: skip
    for code, day in zip(
        codes, days("branches", len(codes), date(2024, 3, 20), date(2024, 6, 12)), strict=True
    ):
        yield Record(agency, "inspection_visit", f"到{roster.units[code].short}调研指导", day,
                     matters={"round": "round-branches"}, values={"unit_visited": code, "advice": "把“六条”措施落到日常"})  # fmt: skip
    for code, what in [(codes[4], "谈心谈话没有登记"), (codes[12], "主题党日没有抓议定事项落实")]:
        short = roster.units[code].short
        yield Record(agency, "inspection_finding", f"{short}：{what}", date(2024, 6, 14), opens=f"branches-{code}",
                     matters={"round": "round-branches"}, values={"unit_responsible": code, "due_date": "2024-10-31"})  # fmt: skip
    yield Record(codes[4], "rectification", f"{roster.units[codes[4]].short}：已补登记", date(2024, 9, 10),
                 matters={"finding": f"branches-{codes[4]}"})  # fmt: skip
    yield Record(agency, "inspection_completion", "党支部建设调研指导完成", date(2024, 6, 20),
                 matters={"round": "round-branches"})  # fmt: skip
