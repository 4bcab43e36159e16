"""Notices: what may be asked, who issues, one tap to receive."""

from datetime import date

import pytest

from tests.notices.sent import PDF, draft_notice, issued_notice, wording
from tests.worlds import TODAY, World, small_world
from yibenzhang.access.scope import actor_for
from yibenzhang.audit.models import AuditEntry
from yibenzhang.indicators.screening import BarredAskError, KnownAskError
from yibenzhang.kernel.errors import BookError
from yibenzhang.notices.files import attach, detach, discard_notice, path_of
from yibenzhang.notices.models import Notice, NoticeFile, Recipient
from yibenzhang.notices.permissions import may_receive, writing_units
from yibenzhang.notices.queries import found_in, units_addressed, unread_by, visible_to
from yibenzhang.notices.services import (
    NoticeStateError,
    issue_notice,
    receive,
    return_notice,
    save_notice,
    submit_notice,
)
from yibenzhang.vouchers.evidence_gate import EvidenceError


@pytest.fixture
def world(db: None) -> World:
    return small_world()


REFUSED = [
    ("请即时响应，收到请回复。", BarredAskError, "即时响应"),
    ("请在群里接龙报名。", BarredAskError, "接龙"),
    ("主题党日须上传现场照片。", BarredAskError, "照片"),
    ("按学习时长通报排名。", BarredAskError, "学习时长"),
    ("请报送主题党日次数。", KnownAskError, "主题党日"),
    ("请上报三会一课开展情况。", KnownAskError, "三会一课"),
]


@pytest.mark.parametrize(("text", "error", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_may_not_be_asked_is_refused_with_the_article_and_nothing_is_kept(
    world: World, text: str, error: type[BookError], says: str
) -> None:
    with pytest.raises(error) as refused:
        draft_notice(world, wording(text))
    assert says in refused.value.message
    assert "《" in refused.value.message
    assert refused.value.field == "text"
    assert not Notice.objects.exists()


@pytest.mark.parametrize("place", ["title", "purpose"])
def test_title_and_purpose_are_looked_at_too(world: World, place: str) -> None:
    with pytest.raises(BarredAskError):
        draft_notice(world, wording(**{place: "每日打卡安排"}))


def test_a_known_figure_may_be_asked_for_with_a_reason_that_stays(world: World) -> None:
    said = wording("请报送主题党日次数。", kept_reason="上级年报按场地统计，口径不同")
    assert draft_notice(world, said).kept_reason == "上级年报按场地统计，口径不同"


def test_a_reason_excuses_nothing_barred(world: World) -> None:
    with pytest.raises(BarredAskError):
        draft_notice(world, wording("每日打卡。", kept_reason="上级要求的"))


INCOMPLETE = [
    ({"title": " "}, "title"),
    ({"text": ""}, "text"),
    ({"purpose": ""}, "purpose"),
    ({"about": "https://example.org/"}, "about"),
    ({"about": "//example.org/"}, "about"),
]


@pytest.mark.parametrize(("part", "field"), INCOMPLETE, ids=[str(row[0]) for row in INCOMPLETE])
def test_what_is_missing_or_leads_elsewhere_is_told_at_its_field(
    world: World, part: dict[str, str], field: str
) -> None:
    with pytest.raises(BookError) as refused:
        draft_notice(world, wording(**part))
    assert refused.value.field == field


def test_nobody_and_strangers_are_no_recipients(world: World) -> None:
    for units in ([], [world.foreign_branch], [world.bureau]):
        with pytest.raises(BookError) as refused:
            draft_notice(world, to=units)
        assert refused.value.field == "recipients"


def test_a_body_writes_to_what_lies_below_it(world: World) -> None:
    assert units_addressed(world.committee) == [world.branch, world.other_branch]
    assert units_addressed(world.branch) == []
    assert writing_units(actor_for(world.clerk)) == [world.committee]
    assert writing_units(actor_for(world.secretary)) == []


def test_a_second_person_issues(world: World) -> None:
    notice = draft_notice(world)
    with pytest.raises(NoticeStateError):
        issue_notice(notice, actor=world.reviewer)  # still a draft
    submit_notice(notice, actor=world.clerk)
    with pytest.raises(BookError, match="另一位审核人"):
        issue_notice(notice, actor=world.clerk)
    assert issue_notice(notice, actor=world.reviewer).issued_on == TODAY
    with pytest.raises(NoticeStateError):
        save_notice(notice, wording=wording(), recipients=[world.branch], revision=1, actor=world.clerk)
    with pytest.raises(NoticeStateError):
        attach(notice, "补.pdf", PDF, actor=world.clerk)


def test_a_change_takes_a_notice_back_from_the_approver(world: World) -> None:
    notice = submit_notice(draft_notice(world), actor=world.clerk)
    saved = save_notice(
        notice, wording=wording("改过。"), recipients=[world.branch], revision=1, actor=world.clerk
    )
    assert (saved.state, saved.recipients.count()) == (Notice.State.DRAFT, 1)
    with pytest.raises(NoticeStateError, match="刚改过"):
        save_notice(notice, wording=wording(), recipients=[world.branch], revision=1, actor=world.clerk)
    submit_notice(saved, actor=world.clerk)
    assert return_notice(saved, actor=world.reviewer).state == Notice.State.DRAFT


def test_a_receipt_is_given_once_and_asks_for_nothing_more(world: World) -> None:
    notice, _ = issued_notice(world)
    row = notice.recipients.get(unit=world.branch)
    receive(row, actor=world.secretary)
    again = receive(row, actor=world.clerk)
    assert (again.received_by, again.received_on) == (world.secretary, TODAY)
    assert AuditEntry.objects.filter(verb="notice.receive").count() == 1


def test_a_draft_cannot_be_received(world: World) -> None:
    with pytest.raises(NoticeStateError):
        receive(draft_notice(world).recipients.get(unit=world.branch), actor=world.secretary)


def test_who_works_for_the_unit_receives_and_for_one_without_accounts_who_records(world: World) -> None:
    able = {
        (name, unit.code)
        for name in ("secretary", "clerk", "reviewer", "leader", "outsider")
        for unit in (world.branch, world.other_branch)
        if may_receive(actor_for(world.users[name]), unit)
    }
    # Branch two has no account of its own, so the clerk who records for it taps (AF-11).
    assert able == {("secretary", "geo-branch-1"), ("clerk", "geo-branch-2")}


def test_unread_lasts_until_somebody_of_the_unit_has_tapped(world: World) -> None:
    notice, _ = issued_notice(world)
    secretary = actor_for(world.secretary)
    assert [row.notice for row in unread_by(secretary)] == [notice]
    receive(notice.recipients.get(unit=world.branch), actor=world.secretary)
    assert not unread_by(secretary).exists()
    assert not unread_by(actor_for(world.reviewer)).exists()


def test_drafts_are_seen_by_their_writers_only_and_notices_by_sender_and_recipients(world: World) -> None:
    draft, (sent, _) = draft_notice(world), issued_notice(world)
    seen = {
        name: set(visible_to(actor_for(world.users[name])))
        for name in ("secretary", "clerk", "reviewer", "leader", "outsider")
    }
    assert seen == {
        "secretary": {sent},
        "clerk": {sent, draft},
        "reviewer": {sent, draft},
        "leader": {sent},
        "outsider": set(),
    }


def test_notices_are_found_by_words_and_pinyin(world: World) -> None:
    notice, _ = issued_notice(world, wording(document_number="地质机党〔2023〕9号"), on=date(2023, 12, 1))
    for words in ("主题党日", "ztdr", "〔2023〕9号", "本月 机关党委"):
        assert list(found_in(Notice.objects.all(), words)) == [notice], words
    assert not found_in(Notice.objects.all(), "组织生活会").exists()


def test_files_pass_the_gate_of_evidence_and_go_with_the_draft(world: World) -> None:
    notice = draft_notice(world)
    file = attach(notice, "安排.pdf", PDF, actor=world.clerk)
    assert attach(notice, "同一个.pdf", PDF, actor=world.clerk) == file
    assert path_of(file.sha256).read_bytes() == PDF
    with pytest.raises(EvidenceError, match="不收"):
        attach(notice, "a.exe", b"MZ", actor=world.clerk)
    detach(file, actor=world.clerk)
    assert not NoticeFile.objects.exists()
    discard_notice(notice, actor=world.clerk)
    assert not Notice.objects.exists()
    assert not Recipient.objects.exists()
