"""Opening: who may, about what, to whom, until when, with which words."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.followups.followed import GAP, Followed
from yibenzhang.access.models import Grant, Role
from yibenzhang.audit.models import AuditEntry
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.followups.models import DUTY, FollowUp, FollowUpEvent
from yibenzhang.followups.queries import recipients_in
from yibenzhang.followups.services import close, withdraw
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Guidance, Person, Post, Unit
from yibenzhang.organisation.services import guide
from yibenzhang.requirements.services import grant_exemption


def refused(book: Followed, **changes: object) -> BookError:
    with pytest.raises(BookError) as caught:
        book.open(**changes)
    assert not FollowUp.objects.filter(title="核对党员名册").exists()
    return caught.value


@pytest.mark.parametrize(
    ("username", "unit", "may"),
    [
        ("reviewer", "geo-branch-1", True),
        ("reviewer", "geo-branch-2", True),
        ("reviewer", "geo-committee", False),  # its own unit
        ("reviewer", "geo", False),  # above it
        ("reviewer", "met-branch-1", False),
        ("administrator", "geo-branch-1", True),
        ("administrator", "geo", False),
        ("administrator", "geo-committee", False),  # the bureau's own Party body
        ("secretary", "geo-branch-1", False),
        ("clerk", "geo-branch-1", False),
        ("leader", "geo-branch-1", False),
        ("outsider", "geo-branch-1", False),
        ("outsider", "met-branch-1", True),  # approver of the foreign committee
    ],
)
def test_only_superiors_open_and_never_on_their_own_unit(
    book: Followed, username: str, unit: str, may: bool
) -> None:
    asked = Unit.objects.get(code=unit)
    recipient = recipients_in(asked, date(2023, 12, 27))[:1] or [book.secretary]
    given = {"actor": book.actor(username), "unit": asked, "recipient": recipient[0]}
    if unit == "met-branch-1":
        Grant.objects.filter(user__username="outsider", role=Role.PREPARER).delete()
    if may and asked != book.branch:
        given["recipient"] = _somebody_of(asked, book)
    if may:
        assert book.open(**given).unit == asked
    else:
        assert refused(book, **given).field == "unit"


def _somebody_of(unit: Unit, book: Followed) -> Person:
    Post.objects.create(person=book.secretary, unit=unit, title=Post.SECRETARY, valid_from=date(2020, 1, 1))
    return book.secretary


def test_a_guiding_body_opens_in_its_own_name(book: Followed) -> None:
    guide(
        superior=book.world.foreign_bureau,
        subordinate=book.world.committee,
        kind=Guidance.GUIDES,
        on=date(2020, 1, 1),
    )
    Grant.objects.create(
        user=book.world.outsider, unit=book.world.foreign_bureau, role=Role.APPROVER, valid_from=date(2020, 1, 1)
    )  # fmt: skip
    assert book.open(actor=book.actor("outsider")).opener_unit == book.world.foreign_bureau


def test_an_opened_gap_is_on_record(book: Followed) -> None:
    follow_up = book.gap()
    assert (follow_up.word, follow_up.state, follow_up.opener_unit) == ("督办", "open", book.world.committee)
    event = FollowUpEvent.objects.get()
    assert (event.step, event.day) == ("opened", date(2023, 12, 27))
    assert AuditEntry.objects.filter(verb="follow_up.open").count() == 1


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        ("ZB-06/2023-11", "已经按期记账"),
        ("ZB-06/2023-12", "正等审核"),
        ("ZB-01/2023Q4", "还没有到期限"),
        ("ZB-06/2024-01", "还没有到办的时候"),
        ("ZB-06/2023-09", "不适用"),
        ("ZB-06/2031", "没有找到这项规定动作"),
        ("XX-99/2023-10", "没有找到这项规定动作"),
        ("nonsense", "没有找到这项规定动作"),
    ],
)
def test_what_is_no_gap_is_refused(book: Followed, ref: str, words: str) -> None:
    world = book.world
    book.on(date(2023, 11, 20))
    world.posted(world.entry(date(2023, 11, 7)))
    book.on(date(2023, 12, 27))
    world.submitted(world.entry(date(2023, 12, 5)))
    rule = current_catalogue().requirements["ZB-06"]
    grant_exemption(
        unit=book.branch, requirement=rule, since=date(2023, 9, 1), until=date(2023, 10, 1), reason="野外施工",
        actor=world.reviewer,
    )  # fmt: skip
    with pytest.raises(BookError, match=words):
        book.gap(origin_ref=ref)


def test_a_rule_that_says_usually_is_a_reminder_only(book: Followed) -> None:
    assert book.gap(origin_ref="ZB-01/2023Q3").word == "提醒"


def test_a_gap_is_open_once(book: Followed) -> None:
    first = book.gap()
    with pytest.raises(BookError, match="已经在督办"):
        book.gap(actor=book.actor("administrator"))
    assert book.gap(unit=book.world.other_branch, recipient=book.world.other_members[0]), "another unit's gap"
    withdraw(first, actor=book.actor("reviewer"), reason="对象选错")
    with pytest.raises(BookError, match="1月4日起可以再发起"):
        book.gap()
    book.on(date(2024, 1, 4))
    assert book.gap(deadline=date(2024, 1, 10)).is_open


def test_the_database_itself_keeps_a_gap_open_once(book: Followed) -> None:
    first = book.gap()
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUp.objects.create(
            unit=first.unit, recipient=first.recipient, origin_kind=DUTY, origin_ref=GAP, title="再来", asked="再来",
            deadline=first.deadline, opener_unit=first.opener_unit, opened_by=first.opened_by, opened_on=first.opened_on,
        )  # fmt: skip


def test_matters_by_hand_do_not_stand_in_each_others_way(book: Followed) -> None:
    assert book.open().pk != book.open().pk


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"deadline": date(2023, 12, 27)}, "deadline", "期限要晚于12月27日"),
        ({"deadline": date(2024, 1, 1)}, "deadline", "1月1日是元旦放假，期限请改为工作日，最近的是1月2日"),
        ({"deadline": date(2024, 1, 6)}, "deadline", "1月6日是周末，期限请改为工作日，最近的是1月8日"),
        ({"deadline": date(2025, 6, 3)}, "deadline", "最长一年"),
        ({"title": " "}, "title", "哪件事"),
        ({"title": "长" * 121}, "title", "120 字"),
        ({"asked": ""}, "asked", "要办什么"),
        ({"asked": "长" * 501}, "asked", "500 字"),
        ({"asked": "每天在工作群打卡，并上传现场照片不少于3张。"}, "asked", "打卡"),
        ({"asked": "请统计并报送主题党日次数。"}, "asked", "台账已有"),
    ],
)
def test_faults_are_named_with_a_remedy(
    book: Followed, changes: dict[str, object], field: str, words: str
) -> None:
    error = refused(book, **changes)
    assert error.field == field
    assert words in error.message


def test_a_make_up_saturday_is_a_deadline(book: Followed) -> None:
    assert book.open(deadline=date(2024, 2, 4)).deadline.isoweekday() == 7


def test_a_known_figure_may_be_asked_for_with_a_reason(book: Followed) -> None:
    asked = "请统计并报送主题党日次数。"
    follow_up = book.open(asked=asked, why="台账启用前两个月的数要补核")
    assert follow_up.events.get().text == "台账启用前两个月的数要补核"


def test_the_recipient_belongs_to_the_unit(book: Followed) -> None:
    assert refused(book, recipient=book.world.other_members[0]).field == "recipient"
    assert recipients_in(book.branch, date(2023, 12, 27))[0] == book.secretary, "the secretary comes first"
    assert recipients_in(book.world.other_branch, date(2023, 12, 27)) == book.world.other_members, (
        "no post: members"
    )


def test_history_is_only_added_to(book: Followed) -> None:
    event = book.gap().events.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUpEvent.objects.filter(pk=event.pk).update(text="改过")
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


def test_closing_frees_the_gap_only_after_the_interval(book: Followed) -> None:
    close(book.gap(), actor=book.actor("reviewer"), reason="情况已核实")
    with pytest.raises(BookError, match="起可以再发起"):
        book.gap()
