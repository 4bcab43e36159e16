"""澜江省地质局: the bureau, its Party bodies, and eleven units with their committees and branches."""

from dataclasses import replace
from datetime import date

from yibenzhang.demo.units.spec import UnitSpec, branches, groups

BUREAU, COMMITTEE, LEADING_GROUP, AGENCY = (
    "geology",
    "geology_committee",
    "geology_leading_group",
    "geology_agency_committee",
)
VILLAGE_TEAM, YOUTH_LEAGUE, WOMEN = "geology_village_team", "geology_youth_league", "geology_women"

# code, name, short name, nature, branches (name, members)
UNITS: list[tuple[str, str, str, str, list[tuple[str, int]]]] = [
    ("geo_t1", "澜江省第一地质大队", "一大队", "institution", [("机关", 24), ("勘查", 27), ("测绘", 21), ("离退休", 30)]),
    ("geo_t2", "澜江省第二地质大队", "二大队", "institution", [("机关", 22), ("钻探", 26), ("环境", 19)]),
    ("geo_t3", "澜江省第三地质大队", "三大队", "institution", [("机关", 23), ("矿产", 25), ("灾害防治", 22)]),
    ("geo_t4", "澜江省第四地质大队", "四大队", "institution", [("机关", 24), ("勘查", 23), ("物资", 6), ("后勤", 9)]),
    ("geo_hydro", "澜江省水文地质大队", "水文队", "institution", [("机关", 21), ("水资源", 26), ("监测", 24)]),
    ("geo_phys", "澜江省地球物理勘查队", "物探队", "institution", [("机关", 22), ("勘查", 28)]),
    ("geo_survey", "澜江省地质调查院", "调查院", "institution", [("机关", 20), ("基础调查", 29), ("遥感", 24), ("资料馆", 18)]),
    ("geo_urban", "澜江省城市地质工程院", "城地院", "institution", [("机关", 21), ("岩土", 27), ("三分公司", 16)]),
    ("geo_college", "澜江地质职业学院", "学院", "university", [("机关", 26), ("资源系", 31), ("测绘系", 28), ("学生", 24)]),
    ("geo_hospital", "澜江地质职工医院", "医院", "institution", [("行政", 19), ("医疗", 33)]),
    ("geo_company", "澜江地质工程有限公司", "工程公司", "enterprise", [("本部", 23), ("项目一部", 22), ("项目二部", 21)]),
]  # fmt: skip
COMMITTEES = [COMMITTEE, *(f"{code}_committee" for code, *_ in UNITS)]
DIVISIONS = [("办公室", 19), ("组织人事处", 16), ("财务处", 17), ("矿产勘查处", 22), ("地质环境处", 20),
             ("科技处", 18), ("离退休干部处", 34)]  # fmt: skip

BRANCHES_WITH_GROUPS = {"geo_agency_b7", "geo_college_b2"}

NEW_BRANCH, REHUNG_BRANCH, MERGED_BRANCH, MERGED_INTO = (
    "geo_urban_b4",
    "geo_hospital_b2",
    "geo_t4_b3",
    "geo_t4_b4",
)
NEW_BRANCH_ON, MERGED_ON, REHUNG_ON = date(2023, 6, 1), date(2023, 7, 10), date(2023, 9, 1)
REHUNG_TO = "geo_college_committee"


def specs() -> list[UnitSpec]:
    """All units of the bureau, superiors first, as they stood when the book year began."""
    found = [
        UnitSpec(BUREAU, "澜江省地质局", "bureau", "provincial_organs", "省地质局", "agency"),
        UnitSpec(COMMITTEE, "中共澜江省地质局委员会", "party_committee", BUREAU, "局党委", led_by="provincial_organs",
                 members=9, officials=9),
        UnitSpec(LEADING_GROUP, "澜江省地质局党建工作领导小组", "party_building_leading_group", BUREAU, "局党建领导小组",
                 led_by=COMMITTEE),
        UnitSpec(AGENCY, "中共澜江省地质局机关委员会", "agency_party_committee", BUREAU, "局机关党委",
                 led_by="provincial_organs", members=11),
        UnitSpec(VILLAGE_TEAM, "澜江省地质局驻苇坪村工作队", "village_work_team", BUREAU, "驻村工作队", guided_by=AGENCY),
        UnitSpec(YOUTH_LEAGUE, "共青团澜江省地质局委员会", "youth_league_committee", BUREAU, "局团委", guided_by=AGENCY),
        UnitSpec(WOMEN, "澜江省地质局妇女工作委员会", "womens_federation", BUREAU, "局妇工委", guided_by=AGENCY),
        *branches(AGENCY, "geo_agency", "局机关", DIVISIONS, nature="agency"),
    ]  # fmt: skip
    for code, name, short, nature, rows in UNITS:
        found += _unit(code, name, short, nature, rows)
    grouped = [spec for spec in found if spec.code in BRANCHES_WITH_GROUPS]
    return [*found, *(group for spec in grouped for group in groups(spec, ["第一党小组", "第二党小组"]))]


def new_branch() -> UnitSpec:
    """The branch that 城市地质工程院 founded in the middle of the year."""
    spec = branches("geo_urban_committee", "geo_urban", "城地院", [("新能源地质", 14)])[0]
    return replace(spec, code=NEW_BRANCH, founded=NEW_BRANCH_ON)


def _unit(code: str, name: str, short: str, nature: str, rows: list[tuple[str, int]]) -> list[UnitSpec]:
    committee = f"{code}_committee"
    return [
        UnitSpec(code, name, "affiliated_unit", BUREAU, short, nature, guided_by=AGENCY),
        UnitSpec(committee, f"中共{name}委员会", "party_committee", code, f"{short}党委", led_by=COMMITTEE,
                 guided_by=AGENCY, members=5, officials=5),
        *branches(committee, code, short, rows, nature=nature),
    ]  # fmt: skip
