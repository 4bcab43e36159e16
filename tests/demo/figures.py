"""The figures of the two source reports that the demo ledger must reproduce, as the mission map lists them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

GEOLOGY, METEOROLOGY = "geology", "meteorology"
PERIODS = {GEOLOGY: ("2023",), METEOROLOGY: ("2024", "2024-01-01..2024-08-31")}


@dataclass(frozen=True)
class Expected:
    """One row: the figure of a unit, over all programmes or one, in the report's period."""

    unit: str
    indicator: str
    programme: str
    value: int
    more: bool = False
    scope: str = "subtree"
    only: tuple[str, ...] = ()

    @property
    def periods(self) -> tuple[str, ...]:
        """Periods in which the figure has this value."""
        return self.only or PERIODS[self.unit]

    def holds(self, value: Fraction | None) -> bool:
        """True when the ledger's value is the reported one (above it where the report says 余)."""
        if value is None:
            return False
        return value > self.value if self.more else value == self.value

    def __str__(self) -> str:
        return f"{self.unit}-{self.indicator}-{self.programme or 'all'}-{self.scope}"


def _rows(unit: str, text: str) -> list[Expected]:
    rows = []
    for line in text.strip().splitlines():
        indicator, programme, value = line.split()
        rows.append(
            Expected(
                unit, indicator, programme.strip("-"), int(value.lstrip(">")), more=value.startswith(">")
            )
        )
    return rows


M = """
honour.advanced_unit_streak - 9
training.sent_officials - 289
training.own_attendance - 667
study.platforms - 2
brand.created - 38
honour.members_provincial - 24
honour.members_national - 1
honour.branches_provincial - 14
emergency.snow_ice_events - 2
emergency.rainstorm_rounds - 7
emergency.casualties - 0
partner.provincial_departments - 10
training.subject_coverage plenum_study 1
"""
G = """
study.reading_classes thematic_education 26
training.new_leader_sessions thematic_education 10
study.centre_group thematic_education 185
series.interviews thematic_education 34
research.topics thematic_education 129
research.field_visits thematic_education 842
problem.key_solved thematic_education 37
livelihood.projects thematic_education 133
series.interviews letter_reply_study 15
honour.project_second_prize party_building_pioneer 1
honour.civilised_units - 1
honour.research_second_prize - 1
honour.quiz_individuals - 3
series.showcase double_compete_strive_build 45
liaison.counties one_link_five_entries 114
liaison.communities one_link_five_entries 54
liaison.enterprises_projects one_link_five_entries 354
livelihood.projects one_link_five_entries 128
problem.practical_solved one_link_five_entries 348
agreement.counties - 47
station.demonstration - 23
lecture.micro primary_quality_drive 10
honour.retired_demonstration_branch - 1
honour.university_model_branch - 1
honour.red_flag_branches - 3
training.officers - 120
training.officers_days - 5
training.officers_sent - 2
village.funds_invested - 980000
village.projects - 16
village.funds_secured - 1500000
village.consumption_aid - 740000
village.tea_garden_area - 270
lecture.youth_reading_hall - 6
honour.youth_league_committees - 1
mass.opinions - 10
honour.culture_gold - 2
honour.culture_bronze - 2
honour.culture_excellence - 4
publicity.briefs - 20
publicity.media_provincial - >100
"""
MONTHS = [f"2024-{month:02}" for month in range(1, 12)]
FIGURES = [
    *_rows(METEOROLOGY, M),
    *(
        Expected(METEOROLOGY, "study.centre_group", "", 1, scope=scope, only=(month,))
        for month in MONTHS
        for scope in ("subtree", "own")
    ),
    *_rows(GEOLOGY, G),
    # Both campaigns together: 133 and 128, of which 9 projects belong to both.
    Expected(GEOLOGY, "livelihood.projects", "", 252),
]
