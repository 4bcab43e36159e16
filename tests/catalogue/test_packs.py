"""The shipped packs: complete for the two source reports, and within the rules against formalism."""

import re

import pytest

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import PACKS, load_packs
from yibenzhang.catalogue.schema import FieldSpec, Kind

# Every figure the two reports state: indicator, measure in the ledger, programme.
FIGURES = [
    ("honour.advanced_unit_streak", "届", ""),
    ("study.centre_group", "次", ""),
    ("training.sent_officials", "名", ""),
    ("training.own_attendance", "人次", ""),
    ("study.platforms", "个", ""),
    ("brand.created", "个", ""),
    ("honour.members_provincial", "名", ""),
    ("honour.members_national", "名", ""),
    ("honour.branches_provincial", "个", ""),
    ("emergency.snow_ice_events", "次", ""),
    ("emergency.rainstorm_rounds", "轮", ""),
    ("emergency.casualties", "人", ""),
    ("partner.provincial_departments", "个", ""),
    ("training.subject_coverage", "比率", "plenum_study"),
    ("study.reading_classes", "期", "thematic_education"),
    ("training.new_leader_sessions", "场", "thematic_education"),
    ("study.centre_group", "次", "thematic_education"),
    ("series.interviews", "期", "thematic_education"),
    ("research.topics", "个", "thematic_education"),
    ("research.field_visits", "次", "thematic_education"),
    ("problem.key_solved", "个", "thematic_education"),
    ("livelihood.projects", "项", "thematic_education"),
    ("series.interviews", "期", "letter_reply_study"),
    ("honour.project_second_prize", "个", "party_building_pioneer"),
    ("honour.civilised_units", "家", ""),
    ("honour.research_second_prize", "项", ""),
    ("honour.quiz_individuals", "名", ""),
    ("series.showcase", "期", "double_compete_strive_build"),
    ("liaison.counties", "个", "one_link_five_entries"),
    ("liaison.communities", "个", "one_link_five_entries"),
    ("liaison.enterprises_projects", "个", "one_link_five_entries"),
    ("livelihood.projects", "项", "one_link_five_entries"),
    ("problem.practical_solved", "个", "one_link_five_entries"),
    ("agreement.counties", "个", ""),
    ("station.demonstration", "个", ""),
    ("lecture.micro", "期", "primary_quality_drive"),
    ("honour.retired_demonstration_branch", "个", ""),
    ("honour.university_model_branch", "个", ""),
    ("honour.red_flag_branches", "个", ""),
    ("training.officers", "名", ""),
    ("training.officers_days", "天", ""),
    ("training.officers_sent", "名", ""),
    ("village.funds_invested", "元", ""),
    ("village.projects", "个", ""),
    ("village.funds_secured", "元", ""),
    ("village.consumption_aid", "元", ""),
    ("village.tea_garden_area", "亩", ""),
    ("lecture.youth_reading_hall", "期", ""),
    ("honour.youth_league_committees", "个", ""),
    ("mass.opinions", "条", ""),
    ("honour.culture_gold", "项", ""),
    ("honour.culture_bronze", "项", ""),
    ("honour.culture_excellence", "项", ""),
    ("publicity.briefs", "期", ""),
    ("publicity.media_provincial", "篇", ""),
    ("", "", "three_post_joint_creation"),
]

# Each mechanism of the two reports, and the kinds of record that carry it.
MECHANISMS = {
    "A2": "responsibility_list responsibility_item responsibility_review responsibility_completion follow_up",
    "A3": "party_group_meeting leading_group_meeting",
    "A4": "business_item integration_action business_item_done",
    "A6": "reform_item reform_progress reform_completion",
    "A7": "honour_series",
    "B1": "centre_group_plan centre_group_study",
    "B2": "training_course training_nomination reading_class thematic_study",
    "B3": "study_platform mini_lecture lecture_series youth_reading_hall",
    "B4": "five_study_three_question",
    "B5": "series_opened interview contest seminar knowledge_test",
    "B6": "research_topic field_research problem_found problem_resolution livelihood_project livelihood_completion",
    "C1": "brand_application brand_acceptance brand_showcase brand_withdrawal",
    "C2": "member_education",
    "C3": "six_measures_return",
    "C4": "demonstration_post selection_round selection_nomination selection_notice selection_result",
    "C5": "honour_member honour_branch honour_unit honour_project honour_research honour_brand honour_village",
    "C6": "selection_winning_branch showcase",
    "C7": "contest inspection_round inspection_visit inspection_finding rectification",
    "C8": "model_branch_title",
    "C9": "practice_visit expert_tutoring exchange",
    "D1": "partner partner_cooperation cooperation_agreement agreement_renewal agreement_action agreement_ended",
    "D2": "liaison_assignment liaison_visit liaison_ended service_station problem_solved_at_once",
    "D3": "emergency_response",
    "D4": "joint_body demonstration_project",
    "D5": "village_team village_rotation village_project funds_invested funds_secured consumption_aid tea_garden",
    "D6": "mass_activity honour_mass culture_prize term_election_request term_election_reply term_election term_election_report",
    "E1": "bulletin media_coverage",
    "E5": "policy_document",
    "E6": "public_talk peer_review forum secretary_feature task_force three_descents care_visit journal_article",
}

# What may not be collected about a person, what may not be demanded, and what may never be kept at all.
DENIED = re.compile(
    "身份证|人脸|家庭|健康|病|宗教|民族|账户|银行|工资|收入|行踪|轨迹|定位|住址|电话|手机|"
    "人事档案|党员档案|处分|积分|打卡|签到|点赞|转发|浏览|在线时长|名次"
)
DENIED_CODES = re.compile(
    "id_card|identity|health|religion|bank|location|track_point|score|ranking|phone|salary"
)
DEMANDED_PROOF = re.compile("照片|视频|截图|录像|签到|心得|笔记")
BUILT_IN_QUESTIONS = 5  # title, date, unit, programmes, evidence


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_packs([PACKS / name for name in ("base", "geology", "meteorology")])


def _fields(catalogue: Catalogue) -> list[tuple[Kind, FieldSpec]]:
    return [(kind, field) for kind in catalogue.kinds.values() for field in kind.fields]


@pytest.mark.parametrize(("indicator", "measure", "programme"), FIGURES)
def test_every_figure_of_the_two_reports_has_its_indicator_and_programme(
    shipped: Catalogue, indicator: str, measure: str, programme: str
) -> None:
    if indicator:
        assert shipped.indicator(indicator).measure == measure
    if programme:
        assert shipped.programme(programme).starts.year in {2021, 2022, 2023, 2024}


@pytest.mark.parametrize("row", MECHANISMS)
def test_every_mechanism_can_be_recorded(shipped: Catalogue, row: str) -> None:
    assert [code for code in MECHANISMS[row].split() if code not in shipped.kinds] == []


def test_each_report_can_be_fed_by_its_own_agency(shipped: Catalogue) -> None:
    own = {"geology": {"base", "geology"}, "meteorology": {"base", "meteorology"}}
    for code, _, programme in FIGURES[:14]:
        assert shipped.packs_of(shipped.indicator(code)) & own["meteorology"], code
        assert programme in {"", "plenum_study"}
    for code, _, programme in FIGURES[14:-1]:
        assert shipped.packs_of(shipped.indicator(code)) <= own["geology"], code
        assert not programme or shipped.home[("programmes", programme)] == "geology"


def test_every_kind_feeds_a_figure_and_every_account_is_fed_and_counted(shipped: Catalogue) -> None:
    counted = {code for entry in shipped.indicators.values() for code in entry.all_accounts()}
    assert set(shipped.accounts) - counted == set()
    assert set(shipped.accounts) - set(shipped.kinds_by_account) == set()
    idle = [
        kind.code
        for kind in shipped.kinds.values()
        if not counted & {code for rule in kind.posts for code in shipped.accounts_of(kind, rule)}
    ]
    assert idle == []


def test_every_required_question_names_why(shipped: Catalogue) -> None:
    assert [
        (kind.code, field.code) for kind, field in _fields(shipped) if field.required and not field.basis
    ] == []


def test_a_question_is_required_only_where_a_posting_or_a_rule_needs_it(shipped: Catalogue) -> None:
    """Each required field is read by a posting, moves a matter, or is one of the few a regulation asks for."""
    by_regulation = {"granting_body", "agenda", "unit_visited"}
    needless = []
    for kind, field in _fields(shipped):
        read = any(
            field.code
            in {rule.account.strip("{}"), rule.of, rule.term, str(rule.quantity).removeprefix("count:")}
            or field.code in rule.when
            for rule in kind.posts
        )
        if field.required and not (read or field.type == "matter" or field.code in by_regulation):
            needless.append((kind.code, field.code))
    assert needless == []


def test_an_ordinary_theme_party_day_asks_at_most_six_questions(shipped: Catalogue) -> None:
    kind = shipped.kind("theme_party_day")
    assert BUILT_IN_QUESTIONS + len(kind.fields) + kind.joint + kind.spans_days <= 6


def test_media_briefs_and_instructions_are_barred_from_assessment(shipped: Catalogue) -> None:
    barred = re.compile("媒体|报道|刊发|简报|批示|报刊|信息采用|测试")
    for account in shipped.accounts.values():
        assert account.no_assessment == bool(barred.search(account.name)), account.code


def test_nothing_forbidden_is_collected(shipped: Catalogue) -> None:
    labels = [(kind.code, field.name) for kind, field in _fields(shipped)]
    labels += [
        (kind.code, option.name) for kind, field in _fields(shipped) for option in shipped.options(field)
    ]
    labels += [(account.code, account.name) for account in shipped.accounts.values()]
    labels += [(entry.code, entry.name) for entry in shipped.indicators.values()]
    assert [(code, name) for code, name in labels if DENIED.search(name)] == []
    assert [
        (kind.code, field.code) for kind, field in _fields(shipped) if DENIED_CODES.search(field.code)
    ] == []


def test_no_photo_sheet_or_note_is_demanded(shipped: Catalogue) -> None:
    assert [(kind.code, f.name) for kind, f in _fields(shipped) if DEMANDED_PROOF.search(f.name)] == []
    for kind in shipped.kinds.values():
        if DEMANDED_PROOF.search(kind.evidence_hint):
            assert "不要求" in kind.evidence_hint, kind.code


def test_money_is_kept_in_yuan_and_shown_in_ten_thousands(shipped: Catalogue) -> None:
    for code in ("village.funds_invested", "village.funds_secured", "village.consumption_aid"):
        entry = shipped.indicator(code)
        assert (entry.measure, entry.divisor, entry.display_measure) == ("元", 10000, "万元")
        assert len(entry.accounts) == 1


def test_what_stands_can_also_end(shipped: Catalogue) -> None:
    """Each account of a stock has a rule that opens it and one that closes it."""
    for entry in shipped.indicators.values():
        if entry.timing != "stock":
            continue
        for account in entry.accounts:
            rules = [
                rule
                for kind in shipped.kinds_by_account[account]
                for rule in kind.posts
                if account in shipped.accounts_of(kind, rule)
            ]
            assert {rule.closes for rule in rules} == {True, False}, account


def test_every_state_of_a_matter_can_be_reached(shipped: Catalogue) -> None:
    reached = {(field.matter_kind, field.moves_to) for _, field in _fields(shipped)}
    opened = {field.matter_kind for _, field in _fields(shipped) if field.creates}
    for matter in shipped.matter_kinds.values():
        assert matter.code in opened
        first, *later = [state.code for state in matter.states]
        ends_without_voucher = {("series", "ended")}  # a series simply stops; nothing is counted by it
        missing = {(matter.code, state) for state in later} - reached - ends_without_voucher
        assert missing == set(), (matter.code, first)


def test_names_and_aliases_never_point_at_two_indicators_of_one_measure(shipped: Catalogue) -> None:
    owners: dict[tuple[str, str], set[str]] = {}
    for entry in shipped.indicators.values():
        for name in (entry.name, *entry.aliases):
            owners.setdefault((name, entry.measure), set()).add(entry.code)
    assert {key: codes for key, codes in owners.items() if len(codes) > 1} == {}
