"""Pages of coverage: whom education reached, which units an inspection round reached, who may read names."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.signed_in import client_of, page, queries
from tests.worlds import FOUNDED, World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Membership, Person
from yibenzhang.organisation.services import found_unit, register_person
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter

DAY = date(2023, 12, 5)


@pytest.fixture
def world(db: None) -> World:
    """Branch one: ten members, one of them a leader and one young; nine came to the lecture."""
    world = small_world()
    leader, young, away = world.members[1], world.members[2], world.members[9]
    Person.objects.filter(pk=leader.pk).update(audiences=["division_level_official", "young_official"])
    Person.objects.filter(pk=young.pk).update(audiences=["young_official"])
    people = [(person, "excused" if person == away else "present") for person in world.members]
    world.posted(
        Entry(
            unit=world.branch, kind=current_catalogue().kind("party_lecture"), title="党课", event_date=DAY,
            values={"lecturer_role": "others"}, people={"attendees": people}, programmes=["thematic_education"],
        )
    )  # fmt: skip
    return world


def test_groups_and_those_not_reached(world: World) -> None:
    """Each member in one group: a young leader is a leader. Numbers of people, no rates."""
    html = page(client_of(world, "secretary"), f"/duties/coverage/?unit={world.branch.code}")
    main = html.partition("<main")[2].partition("</main>")[0]
    rows = {row.partition("</th>")[0]: row for row in main.split('<th scope="row">')[1:]}
    assert rows["党课"].count("1人中1人") == 2, "the leader, the young one"
    assert "8人中7人" in rows["党课"] and "10人中9人" in rows["党课"] and "未到1人" in rows["党课"]
    assert "10人中0人" in rows["教育培训"]
    assert world.members[9].name in main
    assert "%" not in main


def test_names_only_for_those_who_work_there(world: World) -> None:
    """Whoever only reads sees how many; the secretary of one branch does not see the other at all."""
    missing = world.members[9].name
    assert missing in page(client_of(world, "reviewer"), "/duties/coverage/?sort=lecture")
    leader = page(client_of(world, "leader"), "/duties/coverage/?sort=lecture")
    assert missing not in leader and "姓名由该单位的填报人和审核人查看" in leader
    secretary = page(client_of(world, "secretary"), "/duties/coverage/?sort=lecture")
    assert "第二党支部" not in secretary
    outsider = page(client_of(world, "outsider"), "/duties/coverage/?sort=lecture")
    assert missing not in outsider and "第一党支部" in outsider, "its own first branch, of the foreign bureau"
    page(client_of(world, "outsider"), f"/duties/coverage/?unit={world.branch.code}", status=404)
    page(client_of(world, "secretary"), "/duties/coverage/?sort=nothing", status=404)


def test_a_programme_reaches_its_own_members(world: World) -> None:
    """The lecture belongs to one programme and not to another."""
    client = client_of(world, "secretary")
    assert "10人中9人" in page(client, "/duties/coverage/?programme=thematic_education")
    assert "10人中9人" not in page(client, "/duties/coverage/?programme=letter_reply_study")


def test_a_class_of_the_committee_reaches_the_branch(world: World) -> None:
    """Whoever recorded it, the member was there; the youngest member of the day counts, one who left does not."""
    entry = Entry(
        unit=world.committee, kind=current_catalogue().kind("training_course"), title="培训班", event_date=DAY,
        values={"audience": "member", "hours": 8}, people={"trainees": [(world.members[0], "present")]},
    )  # fmt: skip
    world.posted(entry)
    gone = world.members[8].memberships.get()
    gone.valid_to = date(2023, 12, 20)
    gone.save()
    assert "9人中1人" in page(
        client_of(world, "secretary"), "/duties/coverage/?sort=training&unit=geo-branch-1"
    )


def test_more_branches_ask_for_no_more_queries(world: World) -> None:
    client = client_of(world, "reviewer")
    few = queries(client, "/duties/coverage/")
    for number in range(3, 9):
        unit = found_unit(
            code=f"geo-branch-{number}", name=f"第{number}支部", unit_type="branch", parent=world.committee,
            on=FOUNDED, position=number,
        )  # fmt: skip
        Membership.objects.create(person=register_person(name="新同志"), unit=unit, valid_from=FOUNDED)
    assert queries(client, "/duties/coverage/") == few


def opened(world: World, *, covers: list[str]) -> Matter:
    """A round of the committee that must reach units of these types."""
    kind = current_catalogue().kind("inspection_round")
    voucher = world.posted(
        Entry(unit=world.committee, kind=kind, title="全覆盖调研", event_date=date(2023, 10, 9),
              values={"covers": covers})
    )  # fmt: skip
    return voucher.matters.get(field="round").matter


def visited(world: World, round_: Matter, code: str, day: date) -> None:
    kind = current_catalogue().kind("inspection_visit")
    world.posted(
        Entry(unit=world.committee, kind=kind, title="到支部", event_date=day, values={"unit_visited": code},
              matters={"round": round_})
    )  # fmt: skip


def found(world: World, round_: Matter, title: str, due: str) -> Matter:
    kind = current_catalogue().kind("inspection_finding")
    voucher = world.posted(
        Entry(unit=world.committee, kind=kind, title=title, event_date=date(2023, 11, 8), matters={"round": round_},
              values={"unit_responsible": world.branch.code, "due_date": due})
    )  # fmt: skip
    return voucher.matters.get(field="finding").matter


def test_a_round_until_all_are_reached_and_all_is_put_right(world: World) -> None:
    """One of two branches reached is not all; what was found is overdue after its day, and closed once put right."""
    round_ = opened(world, covers=["branch"])
    visited(world, round_, world.branch.code, date(2023, 11, 7))
    item = found(world, round_, "补齐记录", "2023-12-20")
    found(world, round_, "完善制度", "2024-01-31")
    client = client_of(world, "reviewer")
    html = page(client, "/duties/coverage/inspections/")
    assert "应到2个单位，已到1个，还有1个没有到" in html and "第二党支部" in html
    assert "逾期" in html and "7 天" in html and "待整改" in html
    ask = f"kind=rectification&amp;ref={item.pk}&amp;unit={world.branch.code}"
    assert html.count("/follow-ups/new/?") == 1 and ask in html, "only what is overdue"
    assert "/follow-ups/new/?" not in page(client_of(world, "leader"), "/duties/coverage/inspections/")
    visited(world, round_, world.other_branch.code, date(2023, 12, 6))
    rectification = current_catalogue().kind("rectification")
    world.posted(
        Entry(unit=world.branch, kind=rectification, title="已补齐", event_date=date(2023, 12, 22),
              matters={"finding": item})
    )  # fmt: skip
    html = page(client, "/duties/coverage/inspections/")
    assert "应到2个单位，都到了" in html and "已整改" in html and "逾期" not in html


def test_a_round_without_a_scope_is_not_judged(world: World) -> None:
    round_ = opened(world, covers=[])
    visited(world, round_, world.branch.code, date(2023, 11, 7))
    html = page(client_of(world, "reviewer"), "/duties/coverage/inspections/")
    assert "没有登记范围" in html and "无法判断是否全覆盖" in html


def test_the_unit_concerned_sees_what_was_laid_upon_it(world: World) -> None:
    """The branch does not see the committee's round, only its own findings; a foreign branch sees nothing."""
    round_ = opened(world, covers=["branch"])
    found(world, round_, "补齐记录", "2023-12-20")
    html = page(client_of(world, "secretary"), "/duties/coverage/inspections/")
    assert "提给本单位的整改事项 1 个" in html and "补齐记录" in html and "全覆盖调研" not in html
    assert "补齐记录" not in page(client_of(world, "outsider"), "/duties/coverage/inspections/")


def test_more_rounds_ask_for_no_more_queries(world: World) -> None:
    client = client_of(world, "reviewer")
    round_ = opened(world, covers=["branch"])
    visited(world, round_, world.branch.code, date(2023, 11, 7))
    found(world, round_, "补齐记录", "2023-12-20")
    few = queries(client, "/duties/coverage/inspections/")
    for _ in range(3):
        again = opened(world, covers=["branch", "division"])
        visited(world, again, world.other_branch.code, date(2023, 11, 7))
        found(world, again, "再补", "2023-12-20")
    assert queries(client, "/duties/coverage/inspections/") == few
