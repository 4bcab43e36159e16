"""Recording: the form asks little, keeps everything, and says what to change."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.worlds import World, small_world
from yibenzhang.organisation.models import Membership
from yibenzhang.organisation.services import register_person
from yibenzhang.vouchers.models import Matter, Voucher
from yibenzhang.vouchers.services import save_draft, submit_voucher

pytestmark = pytest.mark.django_db
KIND = "theme_party_day"


@pytest.fixture
def world() -> World:
    return small_world()


def sign_in(world: World, username: str) -> Client:
    client = Client()
    client.force_login(world.users[username])
    return client


def answers(world: World, **changes: object) -> dict[str, object]:
    """What the browser sends for an ordinary 主题党日."""
    data: dict[str, object] = {
        "act": "submit", "unit": world.branch.code, "roster_of": world.branch.code,
        "title": "重温入党誓词", "event_date": "2023-12-05",
    }  # fmt: skip
    data |= {f"f-attendees.{person.pk}": "present" for person in world.members}
    return data | changes


def url(kind: str = KIND) -> str:
    return reverse("record:new", args=[kind])


def test_an_ordinary_record_has_at_most_six_fields(world: World) -> None:
    html = sign_in(world, "secretary").get(url()).content.decode()
    fields = re.findall(r'<div class="field|<details class="field', html)
    assert len(fields) <= 6
    assert 'value="2023-12-27"' in html, "the day of the book is filled in"
    assert html.count('value="present" aria-label="实到" checked') == 10, "everyone is present by default"
    assert "主题党日 +1 次，参加 10 人次" in html


def test_submitting_keeps_attendance_and_waits_for_review(world: World) -> None:
    excused, absent = world.members[1], world.members[2]
    data = answers(world, **{f"f-attendees.{excused.pk}": "excused", f"f-attendees.{absent.pk}": "absent"})
    response = sign_in(world, "secretary").post(url(), data)
    voucher = Voucher.objects.get()
    assert response.status_code == 302
    assert voucher.state == Voucher.State.SUBMITTED
    states = dict(voucher.people.values_list("person_id", "attendance"))
    assert (states[excused.pk], states[absent.pk]) == ("excused", "absent")
    assert sorted(states.values()).count("present") == 8


def test_a_refused_form_comes_back_complete_and_is_kept_as_a_draft(world: World) -> None:
    file = SimpleUploadedFile("纪要.txt", "会议纪要".encode())
    absent = world.members[3]
    data = answers(
        world, title="", event_date="2024-02-30", files=file, **{f"f-attendees.{absent.pk}": "absent"}
    )
    response = sign_in(world, "secretary").post(url(), data)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_title">请写标题' in html
    assert 'href="#id_event_date">请填日期' in html
    assert 'value="2024-02-30"' in html, "what was typed is still there"
    assert "纪要.txt" in html
    assert re.search(rf'name="f-attendees\.{absent.pk}" value="absent" aria-label="缺席" checked', html)
    voucher = Voucher.objects.get()
    assert voucher.state == Voucher.State.DRAFT
    assert voucher.attachments.get().name == "纪要.txt"
    assert f'name="voucher" value="{voucher.pk}"' in html, "the next round goes on with the same draft"


def test_the_second_round_uses_the_same_draft(world: World) -> None:
    client = sign_in(world, "secretary")
    client.post(url(), answers(world, title=""))
    voucher = Voucher.objects.get()
    client.post(url(), answers(world, voucher=voucher.pk, revision=voucher.revision))
    assert Voucher.objects.get().state == Voucher.State.SUBMITTED


def test_a_future_date_is_refused_in_words(world: World) -> None:
    response = sign_in(world, "secretary").post(url(), answers(world, event_date="2023-12-28"))
    assert "日期晚于今天，请填实际开展的日期。" in response.content.decode()


def test_a_day_before_the_unit_existed_keeps_the_draft_and_the_date(world: World) -> None:
    response = sign_in(world, "secretary").post(url(), answers(world, event_date="2009-05-01"))
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="2009-05-01"' in html
    assert Voucher.objects.get().title == "重温入党誓词"


def test_a_late_record_is_marked_and_says_its_month(world: World) -> None:
    data = answers(world, event_date="2023-10-09")
    html = sign_in(world, "secretary").post(reverse("record:preview", args=[KIND]), data).content.decode()
    assert "补记" in html
    assert "2023年10月" in html
    assert not Voucher.objects.exists(), "a preview stores nothing"


def test_the_preview_counts_those_present_and_hints_at_duplicates(world: World) -> None:
    other = world.posted(world.entry(date(2023, 12, 5), title="已有的主题党日"))
    data = answers(world, **{f"f-attendees.{world.members[0].pk}": "excused"})
    html = sign_in(world, "secretary").post(reverse("record:preview", args=[KIND]), data).content.decode()
    assert "主题党日 +1 次，参加 9 人次" in html
    assert other.number in html


def test_the_roster_is_that_of_the_day_of_the_event(world: World) -> None:
    newcomer = register_person(name="新来同志")
    Membership.objects.create(person=newcomer, unit=world.branch, valid_from=date(2023, 6, 1))
    client = sign_in(world, "secretary")
    assert "参加 11 人次" in client.get(url()).content.decode()
    data = answers(world, event_date="2023-03-07", **{f"f-attendees.{newcomer.pk}": "present"})
    html = client.post(reverse("record:preview", args=[KIND]), data).content.decode()
    assert "参加 10 人次" in html
    assert 'id="id_f-attendees_seats" hx-swap-oob="true"' in html, "the list on the page follows the date"
    client.post(url(), data)
    assert Voucher.objects.get().people.count() == 10


def test_the_preview_offers_the_programmes_of_the_day(world: World) -> None:
    where = reverse("record:preview", args=[KIND])
    html = sign_in(world, "secretary").post(
        where, answers(world, programmes_offered="", event_date="2012-03-07")
    )
    assert 'id="programmes"' not in html.content.decode(), "none then, none shown"
    html = sign_in(world, "secretary").post(where, answers(world, programmes_offered="")).content.decode()
    assert 'id="programmes" hx-swap-oob="true"' in html


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "长" * 5000},
        {"voucher": "9" * 5000},
        {"voucher": "9" * 18},
        {"revision": "9" * 5000},
        {"revision": "x"},
        {"on_behalf_of": "9" * 40},
        {"programmes": ["x" * 500, "主题"]},
        {"drop_file": ["9" * 40, "x"]},
        {"event_date": "9999-12-31"},
        {"event_date": "0001-01-01"},
        {"event_date": "99999999999"},
        {"unit": "nowhere"},
        {"f-attendees.999999999": "present"},
        {"f-attendees.1": "rowdy"},
        {"f-attendees.x": "present"},
        {"f-attendees.names": "、" * 3000},
        {"f-attendees": ["-1", "1e9", "9" * 300]},
        {"roster_of": "x" * 300},
        {"act": "nonsense"},
        {"act": "add:nothing"},
        {"title": "nul\x00"},
    ],
)
def test_no_input_breaks_the_form(world: World, changes: dict[str, object]) -> None:
    client = sign_in(world, "secretary")
    for where in (url(), reverse("record:preview", args=[KIND])):
        assert client.post(where, answers(world, **changes)).status_code in {200, 302, 400, 404, 409, 422}


@pytest.mark.parametrize("query", ["?copy=" + "9" * 5000, "?copy=999999", "?unit=%00", "?unit=x", "?copy=-1"])
def test_no_address_breaks_the_form(world: World, query: str) -> None:
    assert sign_in(world, "secretary").get(url() + query).status_code in {200, 400, 404}


def test_a_draft_needs_no_title_and_can_be_opened_again(world: World) -> None:
    client = sign_in(world, "secretary")
    response = client.post(url(), answers(world, act="draft", title=""))
    voucher = Voucher.objects.get()
    assert response["Location"] == f"{reverse('record:edit', args=[voucher.pk])}?kept=1"
    assert "已存为草稿" in client.get(response["Location"]).content.decode()


def test_autosave_returns_the_draft_for_the_next_round(world: World) -> None:
    response = sign_in(world, "secretary").post(
        url(), answers(world, act="autosave"), headers={"HX-Request": "true"}
    )
    voucher = Voucher.objects.get()
    assert response["HX-Replace-Url"] == reverse("record:edit", args=[voucher.pk])
    assert f'name="voucher" value="{voucher.pk}"' in response.content.decode()


def test_two_editors_see_both_versions(world: World) -> None:
    voucher = world.draft(world.entry(title="先存的"))
    client = sign_in(world, "secretary")
    where = reverse("record:edit", args=[voucher.pk])
    client.post(where, answers(world, act="draft", title="别人改的", revision=voucher.revision))
    response = client.post(where, answers(world, act="draft", title="我改的", revision=voucher.revision))
    html = response.content.decode()
    assert response.status_code == 409
    assert "我改的" in html and "别人改的" in html
    newest = re.search(r'name="revision" value="(\d+)"', html)
    assert newest
    again = client.post(where, answers(world, act="draft", title="我改的", revision=newest[1]))
    assert again.status_code == 302
    voucher.refresh_from_db()
    assert voucher.title == "我改的"


def test_a_voucher_submitted_meanwhile_is_not_overwritten(world: World) -> None:
    entry = world.entry()
    voucher = world.draft(entry)
    revision = voucher.revision
    submit_voucher(entry, voucher, actor=world.secretary)
    response = sign_in(world, "secretary").post(
        reverse("record:edit", args=[voucher.pk]), answers(world, title="晚了一步", revision=revision)
    )
    assert response.status_code == 409
    assert "晚了一步" in response.content.decode()
    voucher.refresh_from_db()
    assert voucher.title != "晚了一步"


def test_people_are_typed_by_name_and_namesakes_are_offered(world: World) -> None:
    client = sign_in(world, "clerk")
    namesake = world.members[0].name
    data = {
        "act": "submit", "unit": world.committee.code, "roster_of": world.committee.code, "title": "谈话",
        "event_date": "2023-12-05", "f-attendees.names": f"{namesake}、查无此人",
    }  # fmt: skip
    response = client.post(url("agency_committee_meeting"), data)
    html = response.content.decode()
    assert response.status_code == 422
    assert f"“{namesake}”有 2 人同名" in html
    assert "人员名册里没有“查无此人”" in html
    assert html.count('type="checkbox" name="f-attendees"') == 2, "both namesakes can be ticked"
    voucher = Voucher.objects.get()
    assert voucher.state == Voucher.State.DRAFT
    chosen = client.post(
        reverse("record:edit", args=[voucher.pk]),
        data | {"f-attendees.names": "", "f-attendees": world.members[0].pk, "revision": voucher.revision},
    )
    assert chosen.status_code == 302
    assert voucher.people.get().person == world.members[0]


def test_unresolved_names_survive_in_the_draft(world: World) -> None:
    client = sign_in(world, "secretary")
    client.post(
        url("branch_committee_meeting"), answers(world, act="draft", **{"f-attendees.names": "查无此人"})
    )
    html = client.get(reverse("record:edit", args=[Voucher.objects.get().pk])).content.decode()
    assert 'value="查无此人"' in html


def test_names_outside_the_scope_are_unknown(world: World) -> None:
    register_person(name="外局同志")
    client = sign_in(world, "secretary")
    html = client.get(
        reverse("record:people"), {"q": "同志", "unit": world.branch.code, "field": "f-attendees"}
    ).content.decode()
    assert "赵同志" in html
    assert "外局同志" not in html
    assert (
        client.get(reverse("record:people"), {"q": "赵", "unit": world.foreign_branch.code}).status_code
        == 404
    )


@pytest.mark.parametrize("typed", ["赵", "zhao", "ztz"])
def test_people_are_found_by_pinyin(world: World, typed: str) -> None:
    html = (
        sign_in(world, "secretary")
        .get(
            reverse("record:people"),
            {"f-x.names": f"钱同志、{typed}", "field": "f-x", "unit": world.branch.code},
        )
        .content.decode()
    )
    assert "赵同志" in html


def test_a_record_opens_a_matter_named_by_its_title(world: World) -> None:
    client = sign_in(world, "secretary")
    data = {
        "act": "submit", "unit": world.branch.code, "title": "基层数字化课题", "event_date": "2023-12-05",
        "roster_of": world.branch.code,
    }  # fmt: skip
    assert client.post(url("research_topic"), data).status_code == 302
    matter = Matter.objects.get()
    assert (matter.title, matter.kind) == ("基层数字化课题", "research_topic")
    visit = data | {"title": "赴某县调研", "f-topic.names": "基层数字化课题"}
    assert client.post(url("field_research"), visit).status_code == 302
    assert matter.appearances.count() == 2


def test_an_unknown_matter_says_which_record_opens_one(world: World) -> None:
    data = {
        "act": "submit",
        "unit": world.branch.code,
        "title": "结题",
        "event_date": "2023-12-05",
        "f-topic.names": "没有的课题",
    }
    html = sign_in(world, "secretary").post(url("research_topic_completion"), data).content.decode()
    assert "先记一笔“确定调研课题”" in html


def test_editing_a_draft_that_opens_a_matter_keeps_one_matter(world: World) -> None:
    client = sign_in(world, "secretary")
    data = {"act": "draft", "unit": world.branch.code, "title": "课题甲", "event_date": "2023-12-05"}
    client.post(url("research_topic"), data)
    voucher = Voucher.objects.get()
    where = reverse("record:edit", args=[voucher.pk])
    client.post(where, data | {"title": "课题乙", "revision": voucher.revision})
    assert [matter.title for matter in Matter.objects.all()] == ["课题乙"]


def test_money_is_typed_in_ten_thousands_and_nonsense_comes_back(world: World) -> None:
    from yibenzhang.web.record.typed import parse_day, whole_number

    assert whole_number("98.5万", money=True) == 985_000
    assert whole_number("1,200 元", money=True) == 1200
    assert whole_number("１２") == 12
    assert whole_number("12.5", money=True) == "12.5"
    assert whole_number("九十") == "九十"
    assert parse_day("2023年1月5日") == date(2023, 1, 5)
    assert parse_day("2023-02-30") is None


def test_agenda_rows_are_added_without_scripts_and_kept_in_order(world: World) -> None:
    client = sign_in(world, "clerk")
    data = {
        "unit": world.committee.code, "roster_of": world.committee.code, "title": "机关党委会议",
        "event_date": "2023-12-05", "f-agenda.text": ["学习", "", "人事"], "f-agenda.kind": ["study", "study", "personnel"],
    }  # fmt: skip
    html = client.post(url("agency_committee_meeting"), data | {"act": "add:agenda"}).content.decode()
    assert html.count('name="f-agenda.text"') == 7
    voucher = Voucher.objects.get()
    client.post(
        reverse("record:edit", args=[voucher.pk]), data | {"act": "submit", "revision": voucher.revision}
    )
    voucher.refresh_from_db()
    assert voucher.values["agenda"] == [
        {"text": "学习", "kind": "study"},
        {"text": "人事", "kind": "personnel"},
    ]
    assert voucher.state == Voucher.State.SUBMITTED


def test_a_joint_event_names_units_of_the_same_book(world: World) -> None:
    client = sign_in(world, "secretary")
    data = answers(world, **{"participants.names": "第二党支部"})
    html = client.post(reverse("record:preview", args=["joint_theme_party_day"]), data).content.decode()
    assert "2 个单位各记" in html
    assert client.post(url("joint_theme_party_day"), data).status_code == 302
    assert Voucher.objects.get().participants.get().unit == world.other_branch


def test_programmes_outside_their_window_are_refused(world: World) -> None:
    from yibenzhang.catalogue.loading import current_catalogue

    catalogue = current_catalogue()
    code, programme = next(
        (c, p) for c, p in catalogue.programmes.items() if catalogue.home["programmes", c] == "geology"
    )
    day = date(programme.starts.year - 1, 1, 5)
    data = answers(world, event_date=day.isoformat(), programmes=code)
    html = sign_in(world, "secretary").post(url(), data).content.decode()
    assert f"“{programme.name}”的时段是" in html


def test_last_time_is_brought_in(world: World) -> None:
    earlier = world.posted(world.entry(date(2023, 11, 7), title="十一月主题党日"))
    client = sign_in(world, "secretary")
    assert f"copy={earlier.pk}" in client.get(url()).content.decode()
    html = client.get(url(), {"unit": world.branch.code, "copy": earlier.pk}).content.decode()
    assert 'value="十一月主题党日"' in html
    assert 'value="2023-12-27"' in html


def test_a_clerk_chooses_the_unit_and_names_the_principal(world: World) -> None:
    client = sign_in(world, "clerk")
    html = client.get(url(), {"unit": world.branch.code}).content.decode()
    assert "替谁代录" in html
    data = answers(world, on_behalf_of=world.secretary.pk)
    assert client.post(url(), data).status_code == 302
    voucher = Voucher.objects.get()
    assert (voucher.preparer, voucher.on_behalf_of) == (world.clerk, world.secretary)


def test_another_unit_brings_its_own_members(world: World) -> None:
    data = answers(world, act="unit", unit=world.other_branch.code, roster_of=world.branch.code)
    html = sign_in(world, "clerk").post(url(), data).content.decode()
    assert html.count('value="present" aria-label="实到" checked') == len(world.other_members)
    assert "重温入党誓词" in html


@pytest.mark.parametrize("username", ["reviewer", "leader", "outsider"])
def test_only_recorders_of_the_unit_reach_its_forms(world: World, username: str) -> None:
    draft = world.draft()
    client = sign_in(world, username)
    assert client.get(reverse("record:edit", args=[draft.pk])).status_code == 404
    assert client.post(reverse("record:edit", args=[draft.pk]), answers(world)).status_code == 404
    assert client.get(url(), {"unit": world.branch.code}).status_code == 404
    assert client.post(url(), answers(world)).status_code == 404
    draft.refresh_from_db()
    assert draft.title == "主题党日"


@pytest.mark.parametrize("typed", ["ztdr", "主题", "zhutidangri", "支部主题"])
def test_kinds_are_found_by_characters_pinyin_and_initials(world: World, typed: str) -> None:
    html = sign_in(world, "secretary").get(reverse("record:choose"), {"q": typed}).content.decode()
    assert reverse("record:new", args=[KIND]) in html
    assert reverse("record:new", args=["party_lecture"]) not in html


def test_recent_kinds_come_first(world: World) -> None:
    world.draft()
    html = sign_in(world, "secretary").get(reverse("record:choose")).content.decode()
    assert html.index("最近记过") < html.index(reverse("record:new", args=[KIND])) < html.index("三会一课")


def test_every_kind_of_every_recorder_has_a_form(world: World) -> None:
    from yibenzhang.access.scope import actor_for
    from yibenzhang.web.record.drafting import kinds_open_to

    for username in ("secretary", "clerk"):
        client = sign_in(world, username)
        for kind in kinds_open_to(actor_for(world.users[username])):
            assert client.get(url(kind.code)).status_code == 200, kind.code
            unit = world.branch if username == "secretary" else ""
            empty = client.post(url(kind.code), {"act": "submit", "unit": unit.code if unit else ""})
            assert empty.status_code == 422, kind.code


def test_a_returned_voucher_shows_the_reason_and_goes_again(world: World) -> None:
    from yibenzhang.vouchers.services import return_voucher

    voucher = world.submitted()
    return_voucher(voucher, actor=world.reviewer, reason="请补上主题")
    client = sign_in(world, "secretary")
    where = reverse("record:edit", args=[voucher.pk])
    assert "请补上主题" in client.get(where).content.decode()
    voucher.refresh_from_db()
    assert client.post(where, answers(world, revision=voucher.revision)).status_code == 302


def test_the_form_costs_the_same_number_of_queries_with_more_members(
    world: World, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in(world, "secretary")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(url())
        counts.append(len(seen))
        for number in range(20):
            person = register_person(name=f"新同志{number}")
            Membership.objects.create(person=person, unit=world.branch, valid_from=date(2020, 1, 1))
        for _day in range(5):
            save_draft(world.entry(date(2023, 12, 1)), preparer=world.secretary)
    assert counts[1] <= counts[0] + 1
