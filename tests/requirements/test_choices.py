"""A book switches rules on and off: 应当 stays, what nobody verified is a reminder, and days are respected."""

from datetime import date

import pytest

from tests.requirements.ruled_book import RuledBook
from yibenzhang.audit.models import AuditEntry
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Book, Unit
from yibenzhang.organisation.services import found_unit
from yibenzhang.requirements.models import RequirementChoice
from yibenzhang.requirements.services import choose_requirement

LATE = date(2025, 2, 1)


def choose(
    book: RuledBook, code: str, is_on: bool, since: date, until: date | None = None
) -> RequirementChoice:
    rule = current_catalogue().requirement(code)
    return choose_requirement(
        book=book.book,
        requirement=rule,
        is_on=is_on,
        since=since,
        until=until,
        reason="会议定的",
        actor=book.user,
    )


def states(book: RuledBook, code: str, unit: Unit, periods: list[str]) -> list[str]:
    return [book.state(code, unit, period, LATE) for period in periods]


def test_a_local_number_is_switched_on_from_a_day(book: RuledBook) -> None:
    """ZB-04, a lecture each quarter, is off by itself; on from 1 July it binds the third quarter and not the second."""
    branch = book.unit("branch", "branch")
    assert book.judge("ZB-04", "2024", LATE) == {}
    choose(book, "ZB-04", True, date(2024, 7, 1))
    quarters = ["2024Q1", "2024Q2", "2024Q3", "2024Q4"]
    assert states(book, "ZB-04", branch, quarters) == ["not_applicable"] * 2 + ["overdue"] * 2
    assert book.judge("ZB-04", "2024Q2", LATE)["branch"].why_not == "本单位2024年7月1日才启用"
    assert book.judge("ZB-04", "2024Q3", LATE)["branch"].word == "单位要求"


def test_a_window_is_judged_by_its_last_day_and_shared_by_months(book: RuledBook) -> None:
    """On from mid-quarter asks only where the share of whole months rounds up: two of three do, one does not."""
    branch = book.unit("branch", "branch")
    choose(book, "ZB-04", True, date(2024, 5, 1))
    assert book.state("ZB-04", branch, "2024Q2", LATE) == "overdue"
    RequirementChoice.objects.all().delete()
    choose(book, "ZB-04", True, date(2024, 6, 1))
    assert book.state("ZB-04", branch, "2024Q2", LATE) == "not_applicable"
    RequirementChoice.objects.all().delete()
    choose(book, "ZB-04", True, date(2024, 1, 1), until=date(2024, 6, 30))
    assert states(book, "ZB-04", branch, ["2024Q1", "2024Q2"]) == ["overdue", "not_applicable"]
    assert "启用到2024年6月30日为止" in book.judge("ZB-04", "2024Q2", LATE)["branch"].why_not


def test_a_general_rule_is_switched_off_and_on_again(book: RuledBook) -> None:
    branch = book.unit("branch", "branch")
    choose(book, "ZB-01", False, date(2024, 4, 1))
    choose(book, "ZB-01", True, date(2024, 10, 1))
    quarters = ["2024Q1", "2024Q2", "2024Q3", "2024Q4"]
    assert states(book, "ZB-01", branch, quarters) == [
        "overdue",
        "not_applicable",
        "not_applicable",
        "overdue",
    ]
    assert book.judge("ZB-01", "2024Q2", LATE)["branch"].why_not == "本单位自2024年4月1日起停用：会议定的"
    first = RequirementChoice.objects.get(is_on=False)
    assert first.valid_to == date(2024, 10, 1), "the earlier choice ends where the next begins"
    assert list(AuditEntry.objects.values_list("verb", flat=True).order_by("id")) == [
        "requirement.switch_off", "requirement.switch_on",
    ]  # fmt: skip


def test_what_nobody_verified_is_only_a_reminder(book: RuledBook) -> None:
    """ZB-12 says 应当, but nobody has read the article: switched on it reminds, and may be switched off again."""
    branch = book.unit("branch", "branch")
    choose(book, "ZB-12", True, date(2024, 1, 1))
    duty = book.judge("ZB-12", "2024", LATE)["branch"]
    assert (duty.state, duty.word, duty.requirement.strength) == ("overdue", "提醒", "general")
    choose(book, "ZB-12", False, date(2024, 12, 1))
    assert book.state("ZB-12", branch, "2024", LATE) == "not_applicable"


def test_only_this_book(book: RuledBook) -> None:
    """Another bureau goes by its own word."""
    other = found_unit(code="other", name="邻局", unit_type="bureau", parent=None, on=date(2010, 1, 1))
    Book.objects.create(unit=other, packs=["base"], fixed_date=date(2024, 12, 31))
    found_unit(code="theirs", name="邻支部", unit_type="branch", parent=other, on=date(2010, 1, 1))
    book.unit("branch", "branch")
    choose(book, "ZB-01", False, date(2024, 1, 1))
    found = book.judge("ZB-01", "2024Q2", LATE)
    assert (found["branch"].state, found["theirs"].state) == ("not_applicable", "overdue")


REFUSED = [
    ("ZB-06", False, date(2024, 1, 1), None, "会议", "应当"),
    ("ST-01", True, date(2024, 1, 1), None, "会议", "所需事实还没有记录"),
    ("ZB-01", True, date(2024, 1, 1), None, "会议", "已是启用"),
    ("ZB-04", False, date(2024, 1, 1), None, "会议", "已是停用"),
    ("ZB-04", True, date(2024, 1, 1), None, "  ", "请写明理由"),
    ("ZB-04", True, date(2024, 1, 1), None, "长" * 201, "200 字以内"),
    ("ZB-04", True, date(2024, 1, 1), date(2024, 1, 1), "会议", "结束日期须晚于"),
]


@pytest.mark.parametrize(("code", "is_on", "since", "until", "why", "said"), REFUSED)
def test_refusals_say_what_to_do(
    book: RuledBook, code: str, is_on: bool, since: date, until: date | None, why: str, said: str
) -> None:
    rule = current_catalogue().requirement(code)
    with pytest.raises(BookError) as caught:
        choose_requirement(
            book=book.book,
            requirement=rule,
            is_on=is_on,
            since=since,
            until=until,
            reason=why,
            actor=book.user,
        )
    assert said in caught.value.message
    assert not RequirementChoice.objects.exists()


def test_choices_are_made_in_order_of_days(book: RuledBook) -> None:
    """What has been chosen from a day on is not slipped under by an earlier day."""
    choose(book, "ZB-04", True, date(2024, 7, 1))
    with pytest.raises(BookError, match="2024-07-01"):
        choose(book, "ZB-04", True, date(2024, 1, 1))
