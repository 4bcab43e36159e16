"""Review, reversal and correction, and who may see what."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.worlds import World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.effects import reversal_effects
from yibenzhang.ledger.models import Entry as LedgerEntry
from yibenzhang.ledger.services import close_month, reverse_voucher
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import TrailEntry, Voucher
from yibenzhang.vouchers.services import save_draft, submit_voucher, withdraw_voucher

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def sign_in(world: World, username: str) -> Client:
    client = Client()
    client.force_login(world.users[username])
    return client


def detail(voucher: Voucher) -> str:
    return reverse("vouchers:detail", args=[voucher.pk])


def decide(voucher: Voucher) -> str:
    return reverse("vouchers:decide", args=[voucher.pk])


def test_approving_posts_once_and_shows_the_position(world: World) -> None:
    voucher = world.submitted()
    client = sign_in(world, "reviewer")
    assert "主题党日 +1 次，参加 10 人次" in client.get(detail(voucher)).content.decode()
    response = client.post(decide(voucher), {"decision": "approve"})
    html = client.get(response["Location"]).content.decode()
    assert "已审核入账" in html and "账序第 1 笔" in html
    assert client.post(decide(voucher), {"decision": "approve"}).status_code == 409
    assert LedgerEntry.objects.count() == 1


def test_what_was_edited_after_the_reviewer_opened_it_is_not_approved_unseen(world: World) -> None:
    voucher = world.submitted()
    seen = voucher.revision
    withdraw_voucher(voucher, actor=world.secretary)
    entry = world.entry(title="换过的标题")
    save_draft(entry, preparer=world.secretary, voucher=voucher)
    submit_voucher(entry, voucher, actor=world.secretary)
    form = {"decision": "approve", "revision": str(seen)}
    answer = sign_in(world, "reviewer").post(decide(voucher), form)
    assert answer.status_code == 409
    voucher.refresh_from_db()
    assert voucher.state == Voucher.State.SUBMITTED


def test_returning_needs_a_reason_and_keeps_what_was_written(world: World) -> None:
    voucher = world.submitted()
    client = sign_in(world, "reviewer")
    refused = client.post(decide(voucher), {"decision": "return", "reason": "  "})
    assert refused.status_code == 400
    assert "请写明退回的原因" in refused.content.decode()
    assert client.post(decide(voucher), {"decision": "return", "reason": "请补议题"}).status_code == 302
    voucher.refresh_from_db()
    assert voucher.state == Voucher.State.RETURNED
    assert "请补议题" in sign_in(world, "secretary").get(detail(voucher)).content.decode()


def test_nobody_reviews_what_they_recorded(world: World) -> None:
    from yibenzhang.access.models import Grant, Role

    Grant.objects.create(
        user=world.clerk, unit=world.committee, role=Role.APPROVER, valid_from=date(2020, 1, 1)
    )
    entry = world.entry()
    own = submit_voucher(entry, save_draft(entry, preparer=world.clerk), actor=world.clerk)
    client = sign_in(world, "clerk")
    assert client.post(decide(own), {"decision": "approve"}).status_code == 404
    assert own.title not in client.get(reverse("vouchers:review")).content.decode()
    client.post(reverse("vouchers:review"), {"voucher": [own.pk]})
    assert not LedgerEntry.objects.exists()


def test_the_person_behind_a_proxy_record_does_not_review_it(world: World) -> None:
    entry = world.entry()
    voucher = save_draft(entry, preparer=world.secretary, on_behalf_of=world.reviewer)
    submit_voucher(entry, voucher, actor=world.secretary)
    assert sign_in(world, "reviewer").post(decide(voucher), {"decision": "approve"}).status_code == 404


def test_a_selection_posts_singly_and_lists_failures(world: World) -> None:
    first = world.submitted(world.entry(date(2023, 12, 1), title="甲"))
    second = world.submitted(world.entry(date(2023, 12, 2), title="乙"))
    empty = world.submitted(world.entry(date(2023, 12, 3), title="丙"))
    Voucher.objects.filter(pk=second.pk).update(state=Voucher.State.RETURNED)
    foreign = 10**6
    read = [f"{voucher.pk}.{voucher.revision}" for voucher in (first, second, empty)]
    response = sign_in(world, "reviewer").post(
        reverse("vouchers:review"), {"voucher": [first.pk, second.pk, empty.pk, foreign], "read": read}
    )
    html = response.content.decode()
    assert "2 笔已审核入账" in html
    assert f"{second.number} 乙：这笔凭证已由他人办理" in html
    assert "另有 1 笔" in html
    assert set(LedgerEntry.objects.values_list("voucher_id", flat=True)) == {first.pk, empty.pk}


def test_a_selection_posts_only_what_was_read(world: World) -> None:
    seen, unseen = world.submitted(), world.submitted()
    client = sign_in(world, "reviewer")
    page = client.get(reverse("vouchers:review")).content.decode()
    assert f'value="{seen.pk}.{seen.revision}"' in page
    withdraw_voucher(seen, actor=world.secretary)
    seen.refresh_from_db()
    rewritten = world.entry(date(2023, 12, 1), title="换过的内容")
    save_draft(rewritten, preparer=world.secretary, voucher=seen)
    submit_voucher(rewritten, seen, actor=world.secretary)
    form = {"voucher": [seen.pk, unseen.pk], "read": [f"{seen.pk}.{seen.revision - 1}"]}
    html = client.post(reverse("vouchers:review"), form).content.decode()
    assert "在您打开后被改过" in html
    assert "没有带上您读过的版本" in html
    assert not LedgerEntry.objects.exists()


def test_what_waits_comes_oldest_first_and_costs_constant_queries(world: World) -> None:
    client = sign_in(world, "reviewer")
    counts = []
    for batch in (1, 12):
        for number in range(batch):
            world.submitted(world.entry(date(2023, 12, 1 + number), title=f"第{batch}-{number}次"))
        with CaptureQueriesContext(connection) as seen:
            html = client.get(reverse("vouchers:review")).content.decode()
        counts.append(len(seen))
    assert html.index("第1-0次") < html.index("第12-0次") < html.index("第12-11次")
    assert counts[1] <= counts[0]


def test_the_list_costs_constant_queries_and_filters(world: World) -> None:
    client = sign_in(world, "secretary")
    where = reverse("vouchers:list")
    world.posted(world.entry(date(2023, 11, 7), title="学习主题党日"))
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    for number in range(10):
        world.draft(world.entry(date(2023, 12, 1 + number), title=f"草稿{number}"))
    with CaptureQueriesContext(connection) as many:
        client.get(where)
    assert len(many) <= len(few)
    posted = Voucher.objects.get(title="学习主题党日")
    for query in (
        {"q": "xuexi"}, {"q": "xxzt"}, {"q": posted.number}, {"state": "posted"}, {"period": "2023-11"},
        {"q": "学习 第一党支部"},
    ):  # fmt: skip
        html = client.get(where, query).content.decode()
        assert "学习主题党日" in html, query
        assert "草稿0" not in html, query
    assert client.get(where, {"state": "no"}).status_code == 400
    assert client.get(where, {"period": "20x"}).status_code == 400
    assert client.get(where, {"unit": world.foreign_branch.code}).status_code == 404


def test_a_draft_is_seen_by_its_recorders_only(world: World) -> None:
    draft = world.draft()
    assert sign_in(world, "secretary").get(detail(draft)).status_code == 200
    assert sign_in(world, "clerk").get(detail(draft)).status_code == 200
    for username in ("reviewer", "leader", "administrator", "outsider"):
        client = sign_in(world, username)
        assert client.get(detail(draft)).status_code == 404
        assert draft.number not in client.get(reverse("vouchers:list")).content.decode()


def test_a_guest_of_a_joint_event_reads_it_without_the_hosts_people(world: World) -> None:
    from yibenzhang.access.models import Grant, Role, User
    from yibenzhang.vouchers.evidence import attach

    guest = User.objects.create_user(username="guest")
    Grant.objects.create(user=guest, unit=world.other_branch, role=Role.PREPARER, valid_from=date(2020, 1, 1))
    world.users["guest"] = guest
    entry = world.entry(title="联合主题党日")
    entry.kind = current_catalogue().kind("joint_theme_party_day")
    entry.people["attendees"][0] = (world.members[0], "absent")
    entry.participants = [world.other_branch]
    draft = world.draft(entry)
    file = attach(draft, "名单.txt", b"names", world.secretary)
    client = sign_in(world, "guest")
    assert client.get(detail(draft)).status_code == 404
    voucher = submit_voucher(entry, draft, actor=world.secretary)
    html = client.get(detail(voucher)).content.decode()
    assert "2 个单位各记" in html
    assert world.members[0].name not in html
    assert client.get(reverse("vouchers:evidence", args=[voucher.pk, file.pk])).status_code == 404


def test_foreign_vouchers_do_not_exist(world: World) -> None:
    voucher = world.posted()
    client = sign_in(world, "outsider")
    assert client.get(detail(voucher)).status_code == 404
    for name in ("withdraw", "discard", "decide", "reverse", "correct"):
        assert client.post(reverse(f"vouchers:{name}", args=[voucher.pk])).status_code == 404


def test_mutations_need_post_and_a_token(world: World) -> None:
    voucher = world.submitted()
    secretary, strict = sign_in(world, "secretary"), Client(enforce_csrf_checks=True)
    strict.force_login(world.secretary)
    for name in ("withdraw", "discard", "correct"):
        where = reverse(f"vouchers:{name}", args=[voucher.pk])
        assert secretary.get(where).status_code == 405
        assert strict.post(where).status_code == 403


def test_withdrawing_makes_it_a_draft_again_and_a_submitted_one_is_not_discarded(world: World) -> None:
    voucher = world.submitted()
    client = sign_in(world, "secretary")
    assert client.post(reverse("vouchers:discard", args=[voucher.pk])).status_code == 409
    assert client.post(reverse("vouchers:withdraw", args=[voucher.pk])).status_code == 302
    voucher.refresh_from_db()
    assert voucher.state == Voucher.State.DRAFT
    assert client.post(reverse("vouchers:discard", args=[voucher.pk])).status_code == 409, "it has a history"
    fresh = world.draft()
    assert client.post(reverse("vouchers:discard", args=[fresh.pk])).status_code == 302
    assert not Voucher.objects.filter(pk=fresh.pk).exists()


def test_a_reversal_lists_every_figure_it_changes_before_and_after(world: World) -> None:
    world.posted(world.entry(date(2023, 11, 7)))
    voucher = world.posted(world.entry(date(2023, 12, 5)))
    client = sign_in(world, "reviewer")
    where = reverse("vouchers:reverse", args=[voucher.pk])
    before = reversal_effects(voucher)
    moves = {(e.indicator.code, e.unit.code): (e.before.number, e.after.number) for e in before}
    for unit in (world.branch, world.committee, world.bureau):
        assert moves["life.theme_party_days", unit.code] == (2, 1)
        assert moves["life.theme_party_day_attendance", unit.code] == (20, 10)
    html = client.get(where).content.decode()
    assert "20 人次" in html and "10 人次" in html
    assert client.post(where, {"reason": ""}).status_code == 400
    assert client.post(where, {"reason": "日期记错"}).status_code == 302
    voucher.refresh_from_db()
    assert voucher.state == Voucher.State.REVERSED
    after = reversal_effects(voucher)
    assert [(e.unit, e.before.value, e.after.value) for e in after] == [
        (e.unit, e.before.value, e.after.value) for e in before
    ]
    assert client.post(where, {"reason": "再来"}).status_code == 409


@pytest.mark.parametrize("kind", ["theme_party_day", "research_topic"])
def test_effects_agree_with_the_figures_after_the_fact(world: World, kind: str) -> None:
    from yibenzhang.indicators.figures import figure

    kinds = current_catalogue().kinds
    topic = Entry(world.branch, kinds["research_topic"], "基层数字化课题", date(2023, 3, 7))
    voucher = world.posted(topic if kind == "research_topic" else None)
    expected = reversal_effects(voucher)
    assert {effect.unit for effect in expected} == {world.branch, world.committee, world.bureau}
    reverse_voucher(voucher, actor=world.reviewer, reason="重记")
    for effect in expected:
        assert figure(effect.indicator, effect.before.question).value == effect.after.value


def test_correcting_links_both_ways_and_carries_everything_over(world: World) -> None:
    voucher = world.posted()
    secretary, reviewer = sign_in(world, "secretary"), sign_in(world, "reviewer")
    where = reverse("vouchers:correct", args=[voucher.pk])
    assert secretary.post(where).status_code == 409, "not before it is reversed"
    reviewer.post(reverse("vouchers:reverse", args=[voucher.pk]), {"reason": "人数记错"})
    response = secretary.post(where)
    anew = Voucher.objects.get(corrects=voucher)
    assert response["Location"] == reverse("record:edit", args=[anew.pk])
    assert secretary.post(where)["Location"] == response["Location"], "asked twice, started once"
    assert anew.people.count() == 10
    assert voucher.number in secretary.get(detail(anew)).content.decode()
    assert anew.number in secretary.get(detail(voucher)).content.decode()


def test_a_posted_voucher_is_never_edited(world: World) -> None:
    voucher = world.posted()
    client = sign_in(world, "secretary")
    where = reverse("record:edit", args=[voucher.pk])
    assert client.get(where)["Location"] == detail(voucher)
    refused = client.post(where, {"act": "draft", "title": "改写", "event_date": "2023-12-05", "revision": 1})
    assert refused.status_code == 409
    voucher.refresh_from_db()
    assert voucher.title == "主题党日"


def test_a_closed_month_is_named_to_recorder_and_reviewer(world: World) -> None:
    close_month(world.book, 202311, actor=world.administrator)
    voucher = world.submitted(world.entry(date(2023, 11, 7)))
    html = sign_in(world, "reviewer").get(detail(voucher)).content.decode()
    assert "2023年11月已结账，入2023年12月的账" in html
    assert "补记" in html


def test_the_trail_tells_who_did_what(world: World) -> None:
    voucher = world.posted()
    html = sign_in(world, "leader").get(detail(voucher)).content.decode()
    for step in (TrailEntry.Step.DRAFTED, TrailEntry.Step.SUBMITTED, TrailEntry.Step.POSTED):
        assert step.label in html
    assert "红字冲销</a>" not in html, "readers decide nothing"
    assert "办理</button>" not in html


def test_figures_above_the_reader_are_named_without_values(world: World) -> None:
    voucher = world.posted()
    html = sign_in(world, "reviewer").get(reverse("vouchers:reverse", args=[voucher.pk])).content.decode()
    assert html.count("上级的数，随之变") == 2
    assert "澜江省地质局" in html


def test_the_count_of_what_waits_is_that_of_the_page(world: World) -> None:
    from yibenzhang.access.scope import actor_for
    from yibenzhang.vouchers.queries import waiting_for

    world.submitted()
    entry = world.entry(date(2023, 12, 6))
    hidden = save_draft(entry, preparer=world.secretary, on_behalf_of=world.reviewer)
    submit_voucher(entry, hidden, actor=world.secretary)
    assert waiting_for(actor_for(world.reviewer)).count() == 1
    assert 'class="count">1<' in sign_in(world, "reviewer").get(reverse("vouchers:review")).content.decode()


@pytest.mark.parametrize("reason", ["", "长" * 9000, "nul\x00"])
@pytest.mark.parametrize("decision", ["approve", "return", "", "x"])
def test_no_decision_breaks_the_page(world: World, reason: str, decision: str) -> None:
    voucher = world.submitted()
    client = sign_in(world, "reviewer")
    assert client.post(decide(voucher), {"decision": decision, "reason": reason}).status_code in {302, 400}
    keys = ["x", "9" * 5000, "-1", str(10**17)]
    assert (
        client.post(
            reverse("vouchers:review"), {"voucher": keys, "read": [*keys, "1.x", f"{'9' * 5000}.1"]}
        ).status_code
        == 200
    )
    assert client.get(f"/vouchers/{10**30}/").status_code == 404


def test_a_refusal_has_its_own_page(world: World) -> None:
    response = sign_in(world, "secretary").get(reverse("vouchers:list"), {"page": "abc"})
    assert response.status_code == 400
    assert "页码应在" in response.content.decode()
