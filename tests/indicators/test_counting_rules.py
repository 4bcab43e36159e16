"""The counting rules of DESIGN.md, one story each."""

from datetime import date
from fractions import Fraction

from tests.ledger.bookkeeping import Bureau
from yibenzhang.organisation.services import rehang_unit
from yibenzhang.vouchers.models import Matter


def test_zero_is_a_value_and_missing_is_not(bureau: Bureau) -> None:
    assert bureau.ask("emergency.casualties", "bureau", "2024").state == "none"
    bureau.post("emergency_response", "bureau", date(2024, 2, 4), event_type="snow_ice", casualties=0)
    figure = bureau.ask("emergency.casualties", "bureau", "2024")
    assert (figure.state, figure.value, figure.shown) == ("value", 0, "0")
    assert [line.quantity for line in bureau.trace("emergency.casualties", "bureau", "2024")] == [0]


def test_not_applicable_where_nobody_could_record_it(bureau: Bureau) -> None:
    figure = bureau.ask("study.centre_group", "a", "2024")
    assert (figure.state, figure.shown) == ("not_applicable", "不适用")
    assert bureau.ask("study.centre_group", "committee", "2024").shown == "未记"


def test_a_joint_event_counts_at_each_unit_and_once_above(bureau: Bureau) -> None:
    bureau.post("joint_theme_party_day", "a", date(2024, 5, 7), participants=["b"])
    values = [
        bureau.ask("life.theme_party_days", unit, "2024").value for unit in ("a", "b", "agency", "bureau")
    ]
    assert values == [1, 1, 1, 1]
    assert bureau.ask("life.theme_party_days", "c", "2024").state == "none"


def test_an_event_in_two_programmes_counts_once_in_the_total(bureau: Bureau) -> None:
    both = ["thematic_education", "letter_reply_study"]
    bureau.post("interview", "committee", date(2023, 6, 1), programmes=both)
    bureau.post("interview", "committee", date(2023, 6, 8), programmes=both[:1])
    ask = lambda programme: bureau.ask("series.interviews", "bureau", "2023", programme=programme).value  # noqa: E731
    assert [ask(both[0]), ask(both[1]), ask("")] == [2, 1, 2]


def test_a_person_trained_twice_is_one_person_and_two_attendances(bureau: Bureau) -> None:
    for day in (3, 9):
        bureau.post(
            "training_course",
            "agency",
            date(2024, 4, day),
            audience="other",
            people={"trainees": ["a0", "a1"]},
        )
    assert bureau.ask("training.own_attendance", "bureau", "2024").value == 4
    assert bureau.ask("training.persons", "bureau", "2024").value == 2


def test_a_reversed_key_drops_out_of_distinct_counts(bureau: Bureau) -> None:
    first = bureau.post("training_nomination", "agency", date(2024, 4, 3), audience="leading_official",
                        people={"nominees": ["a0", "a1"]})  # fmt: skip
    bureau.post(
        "training_nomination",
        "agency",
        date(2024, 4, 9),
        audience="leading_official",
        people={"nominees": ["a0"]},
    )
    bureau.reverse(first)
    assert bureau.ask("training.sent_officials", "bureau", "2024").value == 1
    assert bureau.ask("training.sent_officials", "bureau", "2024", position=2).value == 2


def test_a_streak_ends_where_a_term_is_missing_or_reversed(bureau: Bureau) -> None:
    terms = [
        bureau.post(
            "honour_series", "committee", date(2010 + term, 3, 1), series="advanced_unit", term_number=term
        )
        for term in (1, 3, 4, 5)
    ]
    ask = lambda period: bureau.ask("honour.advanced_unit_streak", "bureau", period).value  # noqa: E731
    assert (ask("2015"), ask("2014"), ask("2024")) == (3, 2, 3)
    bureau.reverse(terms[2])
    assert ask("2024") == 1


def test_latest_does_not_add_two_classes(bureau: Bureau) -> None:
    for month, days in ((3, 5), (9, 3)):
        bureau.post("training_course", "agency", date(2024, month, 4), audience="party_affairs_officer", days=days,
                    people={"trainees": ["a0"]})  # fmt: skip
    assert bureau.ask("training.officers_days", "bureau", "2024").value == 3
    assert bureau.ask("training.officers_days", "bureau", "2024H1").value == 5


def test_a_stock_counts_what_is_open_at_the_end_of_the_period(bureau: Bureau) -> None:
    bureau.post("liaison_assignment", "committee", date(2023, 3, 1), target_type="county",
                matters={"point": "清川县"}, programmes=["one_link_five_entries"])  # fmt: skip
    point = Matter.objects.get()
    ask = lambda period, programme="": bureau.ask("liaison.counties", "bureau", period, programme=programme)  # noqa: E731
    assert ask("2022").state == "none"
    assert (ask("2023").value, ask("2024").value, ask("2024", "one_link_five_entries").value) == (1, 1, 1)
    bureau.post(
        "liaison_ended", "committee", date(2024, 6, 1), target_type="county", matters={"point": point}
    )
    assert (ask("2023").value, ask("2024Q1").value) == (1, 1)
    assert (ask("2024").state, ask("2024").value) == ("value", 0)
    assert ask("2024", "one_link_five_entries").value == 0
    point.refresh_from_db()
    assert point.closed_on == date(2024, 6, 1)


def test_a_class_without_the_subject_makes_coverage_fall_below_one(bureau: Bureau) -> None:
    plenum = {"programme": "plenum_study"}
    course = {"audience": "other", "people": {"trainees": ["a0"]}}
    assert bureau.ask("training.subject_coverage", "bureau", "2024", **plenum).state == "not_applicable"
    bureau.post("training_course", "agency", date(2024, 7, 1), **course)
    bureau.post("training_course", "agency", date(2024, 8, 2), programmes=["plenum_study"], **course)
    assert bureau.ask("training.subject_coverage", "bureau", "2024", **plenum).value == 1
    bureau.post("training_course", "agency", date(2024, 9, 2), **course)
    assert bureau.ask("training.subject_coverage", "bureau", "2024", **plenum).value == Fraction(1, 2)
    roles = [line.role for line in bureau.trace("training.subject_coverage", "bureau", "2024", **plenum)]
    assert sorted(roles) == ["denominator", "denominator", "numerator"]


def test_a_rehang_moves_no_past_figure(bureau: Bureau) -> None:
    other = bureau.found("other", "第二党委", "party_committee", bureau.units["bureau"])
    bureau.post("theme_party_day", "a", date(2024, 2, 1))
    rehang_unit(unit=bureau.units["a"], parent=other, on=date(2024, 6, 1))
    bureau.post("theme_party_day", "a", date(2024, 7, 1))
    values = [
        bureau.ask("life.theme_party_days", unit, "2024").value for unit in ("agency", "other", "bureau", "a")
    ]
    assert values == [1, 1, 2, 2]


def test_own_scope_of_an_administrative_unit_takes_the_bodies_it_holds(bureau: Bureau) -> None:
    bureau.post("centre_group_study", "committee", date(2024, 2, 1))
    bureau.post("theme_party_day", "a", date(2024, 2, 1))
    assert bureau.ask("study.centre_group", "bureau", "2024", scope="own").value == 1
    assert bureau.ask("life.theme_party_days", "bureau", "2024", scope="own").state != "value"


def test_a_range_of_days_takes_both_ends_and_nothing_beyond(bureau: Bureau) -> None:
    for day in (date(2024, 1, 9), date(2024, 1, 10), date(2024, 2, 20), date(2024, 2, 21)):
        bureau.post("theme_party_day", "a", day)
    assert bureau.ask("life.theme_party_days", "bureau", "2024-01-10..2024-02-20").value == 2
