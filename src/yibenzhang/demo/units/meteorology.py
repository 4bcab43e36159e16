"""澜江省气象局: four tiers (党组、领导小组、机关党委、党支部) and city bureaus that are guided, not owned."""

from dataclasses import replace
from datetime import date

from yibenzhang.demo.units.spec import UnitSpec, branches, groups

BUREAU, GROUP, LEADING_GROUP, AGENCY = (
    "meteorology",
    "meteorology_group",
    "meteorology_leading_group",
    "meteorology_agency_committee",
)
GENERAL_BRANCH, YOUTH_LEAGUE = "meteo_observatory", "meteorology_youth_league"
DIVISIONS = [("办公室", 19), ("应急与减灾处", 18), ("观测与网络处", 20), ("科技与预报处", 19), ("计划财务处", 16),
             ("人事处", 17), ("政策法规处", 14), ("机关党委办公室", 6), ("离退休干部办公室", 36)]  # fmt: skip
INSTITUTIONS = [("气候中心", 24), ("信息与技术保障中心", 27), ("气象服务中心", 26), ("暴雨研究所", 25), ("人工影响天气办公室", 18),
                ("防雷中心", 19), ("财务核算中心", 13), ("后勤服务中心", 21), ("气象学校", 24), ("装备站", 12)]  # fmt: skip
OBSERVATORY = [("短期预报", 22), ("中长期预报", 20), ("业务管理", 18)]
CITIES = ["澄州", "霁阳", "岚州", "砚江", "桐州", "鹿阳", "鹤江", "栖霞岭"]

BRANCH_WITH_GROUPS = "meteo_b9"

ABOLISHED, ABOLISHED_ON, MOVED_TO = "meteo_b19", date(2024, 6, 3), "meteo_b11"
RENAMED, RENAMED_ON = "meteo_b15", date(2024, 3, 11)
RENAMED_TO = ("澜江省气象局气象灾害防御中心党支部", "气象灾害防御中心支部")


def specs() -> list[UnitSpec]:
    """All units of the bureau, superiors first, as they stood when the book year began."""
    found = [
        UnitSpec(BUREAU, "澜江省气象局", "bureau", "provincial_organs", "省气象局", "agency"),
        UnitSpec(GROUP, "中共澜江省气象局党组", "leading_party_group", BUREAU, "局党组", led_by="provincial_organs",
                 members=7, officials=7),
        UnitSpec(LEADING_GROUP, "澜江省气象局党建工作领导小组", "party_building_leading_group", BUREAU, "局党建领导小组",
                 led_by=GROUP),
        UnitSpec(AGENCY, "中共澜江省气象局机关委员会", "agency_party_committee", BUREAU, "局机关党委",
                 led_by="provincial_organs", members=9),
        UnitSpec(YOUTH_LEAGUE, "共青团澜江省气象局委员会", "youth_league_committee", BUREAU, "局团委", guided_by=AGENCY),
        *_with_officials(branches(AGENCY, "meteo", "", [*DIVISIONS, *INSTITUTIONS], nature="agency")),
        UnitSpec(GENERAL_BRANCH, "中共澜江省气象台总支部委员会", "general_branch", AGENCY, "气象台党总支", "institution",
                 led_by=AGENCY, members=5),
        *_with_officials(branches(GENERAL_BRANCH, GENERAL_BRANCH, "气象台", OBSERVATORY, nature="institution")),
    ]  # fmt: skip
    for number, city in enumerate(CITIES, start=1):
        found.append(
            UnitSpec(f"meteo_city{number}", f"{city}市气象局", "territorial_unit", BUREAU, f"{city}局", "agency",
                     guided_by=GROUP, members=14, officials=12)
        )  # fmt: skip
    grouped = next(spec for spec in found if spec.code == BRANCH_WITH_GROUPS)
    return [*found, *groups(grouped, ["第一党小组", "第二党小组", "第三党小组"])]


def _with_officials(found: list[UnitSpec]) -> list[UnitSpec]:
    """Half of the staff of a provincial bureau are officials of division rank or its equal."""
    return [replace(spec, officials=spec.members // 2) for spec in found]
