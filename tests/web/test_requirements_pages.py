"""Pages of the duties: matrix, why, what is due, calendar, exemptions, the workbench's sentence."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.web.signed_in import client_of, page, queries
from tests.worlds import FOUNDED, World, small_world
from yibenzhang.access.models import Grant
from yibenzhang.audit.models import AuditEntry
from yibenzhang.organisation.services import found_unit
from yibenzhang.requirements.calendar_keys import make_calendar_key
from yibenzhang.requirements.models import CalendarKey, Exemption


@pytest.fixture
def world(db: None) -> World:
    """Branch one has its 主题党日 of November posted and that of December waiting; branch two has nothing."""
    world = small_world()
    world.posted(world.entry(date(2023, 11, 7)))
    world.submitted(world.entry(date(2023, 12, 5)))
    return world


def test_the_matrix_shows_each_unit_and_month(world: World) -> None:
    html = page(client_of(world, "reviewer"), "/duties/?rule=ZB-06")
    assert "第一党支部11月：补记" in html, "recorded today, in December, after the grace for November"
    assert "第一党支部12月：待审" in html
    assert "第二党支部12月：期内未记" in html
    assert "第二党支部3月：逾期未记" in html
    assert "%" not in html.partition("<main")[2].partition("</main>")[0], "no rates"
    assert html.index("第一党支部") < html.index("第二党支部"), "organisational order"


def test_a_reminder_is_never_red(world: World) -> None:
    html = page(client_of(world, "reviewer"), "/duties/?rule=ZB-01")
    assert "cell--hint" in html and "提醒" in html
    assert "cell--bad" not in html


def test_only_units_with_gaps(world: World) -> None:
    url = "/duties/?rule=ST-04&gaps=1"
    assert "没有缺项" in page(client_of(world, "reviewer"), url)


def test_terms_are_a_list(world: World) -> None:
    world.branch.terms.create(number=3, elected_on=date(2021, 3, 1), ends_on=date(2024, 2, 29))
    html = page(client_of(world, "reviewer"), "/duties/?rule=ZB-13")
    assert "2024年2月29日" in html and "期内未记" in html


def test_an_unknown_rule_is_not_found(world: World) -> None:
    page(client_of(world, "reviewer"), "/duties/?rule=XX-99", status=404)
    assert "主题党日" in page(client_of(world, "reviewer"), "/duties/?rule=DZ-15"), (
        "a rule that binds nobody here"
    )


def test_why_names_rule_window_and_vouchers(world: World) -> None:
    html = page(client_of(world, "reviewer"), f"/duties/{world.branch.code}/ZB-06/2023-11/")
    assert "2023年11月应记1次；已入账1次" in html
    assert "截止2023年12月5日之后才记齐" in html
    assert "第十六条" in html
    assert "主题党日" in html and "2023-" in html
    waiting = page(client_of(world, "reviewer"), f"/duties/{world.branch.code}/ZB-06/2023-12/")
    assert "待审1次" in waiting


def test_the_preparer_is_led_to_the_right_record(world: World) -> None:
    url = f"/duties/{world.branch.code}/ZB-06/2023-10/"
    assert reverse("record:new", args=["theme_party_day"]) in page(client_of(world, "secretary"), url)
    assert "记一笔</a>" not in page(client_of(world, "leader"), url).partition("<main")[2]


def test_an_exemption_needs_a_reason_and_stays_on_record(world: World) -> None:
    client, url = client_of(world, "reviewer"), f"/duties/{world.other_branch.code}/ZB-06/2023-10/"
    assert "请写明免除的理由" in client.post(f"{url}exempt/", {"reason": " "}).content.decode()
    assert client.post(f"{url}exempt/", {"reason": "野外施工", "until": "明天"}).status_code == 400
    assert client.post(f"{url}exempt/", {"reason": "野外施工"}).status_code == 302
    html = page(client, url)
    assert "不适用：已免除：野外施工" in html
    assert AuditEntry.objects.filter(verb="requirement.exempt").count() == 1
    assert "逾期未记" in page(client, f"/duties/{world.other_branch.code}/ZB-06/2023-09/"), "this month only"
    assert client.post(f"{url}exempt/", {"reason": "再来"}).status_code == 400
    assert Exemption.objects.count() == 1


def test_what_is_due_for_me(world: World) -> None:
    html = page(client_of(world, "secretary"), "/duties/due/")
    assert "已过期限" in html and "期内要办" in html and "已提交，等审核" in html
    assert "第二党支部" not in html, "only the reader's own units"


def test_the_first_item_and_the_meetings_that_missed_it(world: World) -> None:
    """A meeting whose study item slipped to second place is listed by date and title."""
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.vouchers.entry import Entry

    group = found_unit(
        code="geo-group",
        name="澜江省地质局党组",
        unit_type="leading_party_group",
        parent=world.bureau,
        on=FOUNDED,
    )
    kind = current_catalogue().kind("party_group_meeting")
    items = [{"text": "研究业务", "kind": "business"}, {"text": "学习", "kind": "study"}]
    for day, agenda in {date(2023, 12, 4): items, date(2023, 12, 11): items[::-1]}.items():
        world.posted(
            Entry(unit=group, kind=kind, title=f"党组会{day.day}", event_date=day, values={"agenda": agenda})
        )
    html = page(client_of(world, "leader"), "/duties/?rule=DZ-15")
    assert "不符合的 1 次" in html
    assert "党组会4" in html and "党组会11" not in html


def test_the_calendar_and_its_file(world: World) -> None:
    client = client_of(world, "secretary")
    assert "谈心谈话" in page(client, "/duties/calendar/?month=2024-01")
    page(client, "/duties/calendar/?month=soon", status=400)
    answer = client.get("/duties/calendar.ics")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == text.count("UID:") > 0
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "DTSTART;VALUE=DATE:20240105" in text, "December's party day may be recorded until 5 January"


def test_the_matrix_as_a_workbook(world: World) -> None:
    answer = client_of(world, "reviewer").get("/duties/export/?rule=ZB-06")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["规定动作"]  # type: ignore[attr-defined]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("第一党支部" in row and "待审" in row for row in cells)


def test_the_workbench_says_what_is_due(world: World) -> None:
    assert "规定动作" in page(client_of(world, "secretary"), "/").partition("<main")[2]
    html = page(client_of(world, "reviewer"), "/").partition("<main")[2]
    assert "逾期未记" in html and "涉及 2 个组织" in html


def test_more_units_ask_for_no_more_queries(world: World) -> None:
    client = client_of(world, "reviewer")
    few = queries(client, "/duties/?rule=ZB-06")
    for number in range(3, 9):
        found_unit(
            code=f"geo-branch-{number}", name=f"第{number}支部", unit_type="branch", parent=world.branch.placements.get().parent,
            on=FOUNDED, position=number,
        )  # fmt: skip
    assert queries(client, "/duties/?rule=ZB-06") == few


def test_a_calendar_address_is_shown_once_and_works_without_signing_in(world: World) -> None:
    """What is kept is a digest; a new address ends the old one; ending it, or the account, ends the address."""
    secretary, anybody = client_of(world, "secretary"), Client()
    assert "没有订阅" in page(secretary, "/duties/calendar/subscribe/")
    first = address_in(secretary.post("/duties/calendar/subscribe/", {"act": "make"}).content.decode())
    answer = anybody.get(first)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    assert answer.content == secretary.get("/duties/calendar.ics").content, "what its owner may see"
    assert "第二党支部" not in answer.content.decode()
    assert first not in page(secretary, "/duties/calendar/subscribe/"), "not shown again"
    kept = CalendarKey.objects.get()
    assert len(kept.digest) == 64 and kept.digest not in first
    second = address_in(secretary.post("/duties/calendar/subscribe/", {"act": "make"}).content.decode())
    assert (anybody.get(first).status_code, anybody.get(second).status_code) == (404, 200)
    assert anybody.post(second).status_code == 405, "read-only"
    secretary.post("/duties/calendar/subscribe/", {"act": "end"})
    assert anybody.get(second).status_code == 404
    verbs = AuditEntry.objects.filter(verb__startswith="calendar.").values_list("verb", flat=True)
    assert sorted(verbs) == ["calendar.key", "calendar.key", "calendar.key_ended"]


def test_a_calendar_address_follows_the_grants_and_the_account(world: World) -> None:
    """It shows what the owner may see when it is asked; without a grant, or with the account closed, nothing is there."""
    key = make_calendar_key(actor=world.secretary)
    address, anybody = reverse("requirements:private_feed", args=[key]), Client()
    Grant.objects.create(user=world.secretary, unit=world.other_branch, role="preparer", valid_from=FOUNDED)
    assert "第二党支部" in anybody.get(address).content.decode().replace("\r\n ", "")
    world.secretary.is_active = False
    world.secretary.save()
    assert anybody.get(address).status_code == 404
    world.secretary.is_active = True
    world.secretary.save()
    assert anybody.get(address).status_code == 200
    Grant.objects.filter(user=world.secretary).update(valid_to=date(2023, 1, 1))
    assert anybody.get(address).status_code == 404
    wrong = reverse("requirements:private_feed", args=["x" * 43])
    assert len(anybody.get(address).content) == len(anybody.get(wrong).content)


def address_in(html: str) -> str:
    found = re.search(r'value="http://testserver(/[^"]+\.ics)"', html)
    assert found, "the address is shown"
    return found.group(1)


def test_all_rules_with_their_basis(world: World) -> None:
    """Readable by all; who does not administer the book finds no button."""
    html = page(client_of(world, "secretary"), "/duties/rules/")
    assert "主题党日" in html and "第十六条" in html and "条文没有核对" in html
    assert "所需事实还没有记录" in html and "/choice/" not in html
    assert "/duties/rules/geo/ZB-01/choice/" in page(client_of(world, "administrator"), "/duties/rules/")


def test_the_administrator_switches_a_rule(world: World) -> None:
    """On: it binds from that day on. Off again: it does not. 应当 has no button and is refused in words."""
    administrator, secretary = client_of(world, "administrator"), client_of(world, "secretary")
    url = "/duties/rules/geo/ZB-04/choice/"
    assert "党课（每季度）" not in page(secretary, "/duties/")
    assert "启用" in page(administrator, url)
    assert administrator.post(url, {"since": "2023-10-01", "reason": "党委会定的"}).status_code == 302
    assert "本单位2023年10月1日起启用" in page(secretary, "/duties/rules/")
    html = page(secretary, "/duties/?rule=ZB-04")
    assert "第四季度：期内未记" in html and "第三季度：不适用" in html
    assert "停用" in page(administrator, url) and "党委会定的" in page(administrator, url)
    assert "看不懂日期" in administrator.post(url, {"since": "明天", "reason": "试"}).content.decode()
    shall = administrator.post("/duties/rules/geo/ZB-06/choice/", {"since": "2023-10-01", "reason": "试"})
    assert shall.status_code == 422 and "不能停用" in shall.content.decode()
    assert "/ZB-06/choice/" not in page(administrator, "/duties/rules/")
    page(administrator, "/duties/rules/met/ZB-01/choice/", status=404)
    page(administrator, "/duties/rules/geo-committee/ZB-01/choice/", status=404)
    page(administrator, "/duties/rules/geo/QX-01/choice/", status=404)
