"""Facts shown before approving: each with its source, none a verdict, each open to a word from the recorder."""

from __future__ import annotations

import io
import random
from datetime import date

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from tests.web.signed_in import client_of, page
from tests.worlds import World, small_world
from yibenzhang.access.models import Grant, Role
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.services import abolish_unit, found_unit, register_person
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.evidence import attach
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.scrutiny.review import findings_of
from yibenzhang.vouchers.services import save_draft

DAY = date(2023, 12, 5)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
LONG = "会议围绕年度重点任务展开讨论，大家结合岗位谈了体会，提出了三条改进意见，并明确了责任人和完成时限，支部将按月督促落实。"


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def facts(voucher: Voucher) -> list[str]:
    return [found.fact for found in findings_of(voucher, Voucher.objects.all())]


def meeting(
    world: World, day: date, text: str = "", *, unit: Unit | None = None, title: str = "党员大会"
) -> Entry:
    kind = current_catalogue().kind("branch_general_meeting")
    people = world.members if unit is None else world.other_members
    return Entry(
        unit=unit or world.branch, kind=kind, title=title, event_date=day, values={"decisions": text},
        people={"attendees": [(person, "present") for person in people]},
    )  # fmt: skip


def test_an_ordinary_record_shows_nothing(world: World) -> None:
    assert facts(world.submitted(meeting(world, DAY, LONG))) == []


def test_one_person_in_two_places(world: World) -> None:
    """Present on one day at two units; absent, on another day, or at the same unit is no fact."""
    guest = world.members[1]
    for day, attendance in {DAY: "present", date(2023, 12, 6): "present"}.items():
        entry = meeting(world, day, unit=world.other_branch, title=f"二支部会{day.day}")
        entry.people["attendees"] += [(guest, attendance), (world.members[2], "absent")]
        world.posted(entry)
    world.posted(meeting(world, DAY, title="同日另一会"))
    found = findings_of(world.submitted(world.entry(DAY)), Voucher.objects.all())
    assert [one.fact for one in found] == [f"{guest.name}12月5日还参加了第二党支部的“二支部会5”"]
    assert found[0].other is not None and found[0].other.number in found[0].source


def test_present_without_belonging_to_the_unit(world: World) -> None:
    entry = meeting(world, DAY)
    entry.people["attendees"].append((register_person(name="卫同志"), "present"))
    entry.people["attendees"].append((register_person(name="蒋同志"), "observer"))
    assert facts(world.submitted(entry)) == ["卫同志12月5日不是第一党支部的党员，记成了实到"]


def test_a_date_later_than_the_event(world: World) -> None:
    text = f"学习2023年12月6日发表的文章和2023年12月5日的讲话，2023年13月1日不是日期。{LONG}"
    assert facts(world.submitted(meeting(world, DAY, text))) == ["文中的2023年12月6日晚于活动日2023年12月5日"]


def test_nearly_the_same_text(world: World) -> None:
    """Of this unit or another; a short text or a really different one is not compared into a fact."""
    other = world.posted(meeting(world, date(2023, 9, 5), LONG, unit=world.other_branch, title="三季度会"))
    world.posted(meeting(world, date(2023, 6, 5), "同意。", title="二季度会"))
    found = findings_of(
        world.submitted(meeting(world, DAY, LONG.replace("三条", "四条"))), Voucher.objects.all()
    )
    assert [one.other for one in found] == [other]
    assert "几乎相同" in found[0].fact
    assert facts(world.submitted(meeting(world, date(2023, 12, 6), "同意。"))) == []
    assert facts(world.submitted(meeting(world, date(2023, 12, 7), LONG[::-1]))) == []


def test_what_the_reader_may_not_see_is_not_pointed_at(world: World) -> None:
    world.posted(meeting(world, date(2023, 9, 5), LONG, unit=world.other_branch))
    voucher = world.submitted(meeting(world, DAY, LONG))
    assert findings_of(voucher, Voucher.objects.filter(unit=world.branch)) == []


def test_the_same_file_twice(world: World) -> None:
    first, second = world.draft(world.entry(date(2023, 11, 7))), world.draft(world.entry(DAY))
    for voucher, name in ((first, "照片一.pdf"), (second, "照片二.pdf")):
        attach(voucher, name, PDF, world.secretary)
    assert facts(second) == ["附件“照片二.pdf”与第一党支部“主题党日”的附件相同"]


def test_another_units_name_left_in_the_text(world: World) -> None:
    """A unit that took part, a superior, or one's own name is no fact."""
    found = facts(world.submitted(meeting(world, DAY, f"第二党支部全体党员参加。{LONG}")))
    assert found == ["文中出现“第二党支部”，不是本单位，也没有列为参加单位"]
    assert facts(world.submitted(meeting(world, date(2023, 12, 6), "第一党支部和机关党委一起学习。"))) == []


def test_a_unit_that_had_gone_by_then(world: World) -> None:
    voucher = world.submitted(meeting(world, DAY, unit=world.other_branch))
    abolish_unit(unit=world.other_branch, on=date(2023, 12, 1))
    voucher = Voucher.objects.get(pk=voucher.pk)
    assert any("还未成立或已撤销" in fact for fact in facts(voucher))


@pytest.mark.parametrize(("days", "expected"), [(60, False), (61, True)])
def test_entered_long_after(world: World, days: int, expected: bool) -> None:
    voucher = save_draft(
        meeting(world, date.fromordinal(date(2023, 12, 27).toordinal() - days)), preparer=world.secretary
    )
    assert (f"活动结束 {days} 天后才记账" in facts(voucher)) == expected


def test_the_recorder_explains_and_the_reviewer_reads_it(world: World) -> None:
    """The explanation stays on the trail; without a note, or for a fact that is not there, it is refused."""
    voucher = world.submitted(meeting(world, DAY, f"第二党支部全体党员参加。{LONG}"))
    fact, url = facts(voucher)[0], f"/vouchers/{voucher.pk}/explain/"
    reviewer, secretary = client_of(world, "reviewer"), client_of(world, "secretary")
    assert fact in page(reviewer, f"/vouchers/{voucher.pk}/")
    assert fact not in page(client_of(world, "leader"), f"/vouchers/{voucher.pk}/"), (
        "not for those who only read"
    )
    assert reviewer.post(url, {"fact": fact, "note": "我来说"}).status_code == 404
    assert secretary.post(url, {"fact": fact, "note": " "}).status_code == 400
    assert secretary.post(url, {"fact": "别的事实", "note": "说明"}).status_code == 400
    assert secretary.post(url, {"fact": fact, "note": "两支部同场，各记各的"}).status_code == 302
    html = page(reviewer, f"/vouchers/{voucher.pk}/")
    assert "说明：两支部同场，各记各的" in html
    assert voucher.trail.filter(step="explained").count() == 1
    assert Voucher.objects.get(pk=voucher.pk).state == Voucher.State.SUBMITTED


def test_a_reviewer_does_not_explain_for_the_recorder(world: World) -> None:
    """Who decides and also records elsewhere in the tree reads the fact and leaves the word to the recorder."""
    Grant.objects.create(
        user=world.reviewer, unit=world.committee, role=Role.PREPARER, valid_from=date(2010, 1, 1)
    )
    voucher = world.submitted(meeting(world, DAY, f"第二党支部全体党员参加。{LONG}"))
    client = client_of(world, "reviewer")
    assert "写上说明" not in page(client, f"/vouchers/{voucher.pk}/")
    answer = client.post(f"/vouchers/{voucher.pk}/explain/", {"fact": facts(voucher)[0], "note": "属实"})
    assert answer.status_code == 400
    assert not voucher.trail.filter(step="explained").exists()


@pytest.mark.parametrize(("published", "told"), [("2023-12-06", True), ("2023-12-05", False), ("", False)])
def test_a_speech_studied_before_it_was_published(world: World, published: str, told: bool) -> None:
    """By the day of publication that the recorder gave; the day itself is in order, none given is nothing to say."""
    entry = Entry(
        unit=world.branch, kind=current_catalogue().kind("collective_study"), title="集体学习", event_date=DAY,
        values={"material": "在某次会议上的讲话", "published_on": published},
    )  # fmt: skip
    voucher = world.submitted(entry)
    expected = ["“在某次会议上的讲话”2023年12月6日发布，晚于学习的2023年12月5日"] if told else []
    assert facts(voucher) == expected
    if told:
        found = findings_of(voucher, Voucher.objects.all())[0]
        assert found.source == "凭证上填写的这篇的发布日期"
        note = {"fact": found.fact, "note": "学的是摘要，当天见报"}
        assert client_of(world, "secretary").post(f"/vouchers/{voucher.pk}/explain/", note).status_code == 302
        assert "说明：学的是摘要，当天见报" in page(client_of(world, "reviewer"), f"/vouchers/{voucher.pk}/")


def picture(seed: int) -> Image.Image:
    """Hills under a sky; every seed draws others."""
    rng = random.Random(seed)
    image = Image.new("RGB", (640, 400), (196, 219, 233))
    draw = ImageDraw.Draw(image)
    for layer in range(4):
        points = [(x, 100 + layer * 70 + rng.randrange(-60, 60)) for x in range(0, 700, 70)]
        draw.polygon([(0, 400), *points, (640, 400)], fill=(70 + layer * 40, 140 - layer * 18, 90))
    return image


def saved(image: Image.Image, kind: str = "PNG", **how: int) -> bytes:
    kept = io.BytesIO()
    image.save(kept, kind, **how)
    return kept.getvalue()


ALTERED = {
    "smaller": lambda image: saved(image.resize((300, 188))),
    "recompressed": lambda image: saved(image, "JPEG", quality=40),
    "brighter": lambda image: saved(ImageEnhance.Brightness(image).enhance(1.15), "JPEG", quality=80),
    "trimmed": lambda image: saved(image.crop((4, 4, 636, 396)), "JPEG", quality=80),
}


@pytest.mark.parametrize("altered", ALTERED)
def test_a_picture_nearly_identical_to_an_earlier_one(world: World, altered: str) -> None:
    """Of another unit, resized, recompressed, brightened or trimmed; another picture is another picture."""
    earlier = world.draft(world.entry(date(2023, 11, 7), unit=world.other_branch, title="二支部党日"))
    attach(earlier, "合影.png", saved(picture(1)), world.secretary)
    attach(earlier, "会场.png", saved(picture(2)), world.secretary)
    voucher = world.draft(world.entry(DAY))
    name = "现场.jpg" if altered != "smaller" else "现场.png"
    attach(voucher, name, ALTERED[altered](picture(1)), world.secretary)
    assert facts(voucher) == [f"图片“{name}”与第二党支部“二支部党日”的“合影.png”几乎相同"]


def test_plain_pictures_are_not_compared(world: World) -> None:
    """Two blank scans have nothing in common but being blank."""
    for day, grey in ((date(2023, 11, 7), 250), (DAY, 240)):
        voucher = world.draft(world.entry(day))
        attach(voucher, "扫描.png", saved(Image.new("L", (400, 300), grey)), world.secretary)
    assert facts(voucher) == []


def test_the_own_text_of_last_quarter_again(world: World) -> None:
    """Copying oneself is found as well as copying others."""
    earlier = world.posted(meeting(world, date(2023, 9, 5), LONG, title="三季度会"))
    found = findings_of(world.submitted(meeting(world, DAY, LONG)), Voucher.objects.all())
    assert [(one.other, "第一党支部2023-09-05" in one.fact) for one in found] == [(earlier, True)]


def test_a_unit_that_had_not_begun_by_then(world: World) -> None:
    """The unit visited was founded later than the visit."""
    found_unit(
        code="geo-late", name="新设党支部", unit_type="branch", parent=world.committee, on=date(2023, 12, 20)
    )
    kind = current_catalogue().kind("inspection_visit")
    entry = Entry(
        unit=world.committee, kind=kind, title="到支部", event_date=DAY, values={"unit_visited": "geo-late"}
    )
    assert facts(world.submitted(entry)) == ["新设党支部在2023-12-05还未成立或已撤销"]
