"""核稿 in the browser's terms: bring a text, see verdicts, decide, check again, take it away, start drafts."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.checking.checked import checked
from tests.reading.test_inputs import REFUSED
from tests.web.signed_in import client_of, page, queries
from tests.worlds import World, small_world
from yibenzhang.checking.models import AliasProposal, Check, CheckedArticle, Ruling
from yibenzhang.ledger.services import reverse_voucher
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.checking import bringing

TEXT = "第一党支部2023年总结\n\n一年来，开展主题党日2次，讲党课3次，安装路灯12盏。表彰先进20名，其中党员12名、干部9名。"
ASK = {"unit": "geo-branch-1", "period": "2023"}


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def finish(client: Client, article: CheckedArticle) -> None:
    """Do the steps a busy machine has not done within the first answer."""
    while client.get(f"/checking/{article.pk}/").status_code == 302:
        client.post(f"/checking/{article.pk}/progress/")


def test_a_pasted_text_is_read_kept_and_shown_with_its_verdicts(world: World) -> None:
    world.posted()
    client = client_of(world, "secretary")
    answer = client.post("/checking/", {"text": TEXT, **ASK})
    article = CheckedArticle.objects.get()
    assert answer.status_code == 302
    finish(client, article)
    html = page(client, f"/checking/{article.pk}/")
    assert html.index("文内前后不一致") < html.index('class="clist"')
    assert 'class="clm clm--bad" id="a1"' in html
    assert "（不一致）" in html
    assert "第一党支部2023年总结" in page(client, "/checking/")
    assert "第一党支部2023年总结" in page(client, "/checking/list/")


def test_a_figure_leads_to_its_match_rivals_and_records(world: World) -> None:
    voucher = world.posted()
    article = checked(world, TEXT)
    client = client_of(world, "secretary")
    claim = article.reading["claims"][0]["id"]
    html = page(client, f"/checking/{article.pk}/?c={claim}&v=all")
    assert f"/vouchers/{voucher.pk}/" in html
    assert "/figures/life.theme_party_days/?" in html
    assert "as_of=1" in html
    assert "背后的记录" in html
    assert 'aria-current="true"' in html


@pytest.mark.parametrize(
    ("filter_", "shown", "hidden"), [("differs", 1, 3), ("not_checkable", 3, 1), ("all", 1, 99)]
)
def test_the_list_is_filtered_by_verdict(world: World, filter_: str, shown: int, hidden: int) -> None:
    world.posted()
    article = checked(world, TEXT)
    html = page(client_of(world, "secretary"), f"/checking/{article.pk}/?v={filter_}")
    assert f'<li id="k{shown}"' in html
    assert f'<li id="k{hidden}"' not in html


def test_an_upload_of_word_is_given_back_with_comments(world: World) -> None:
    world.posted()
    document = docx.Document()
    for line in TEXT.split("\n\n"):
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    client = client_of(world, "secretary")
    upload = SimpleUploadedFile("总结.docx", kept.getvalue())
    assert client.post("/checking/", {"file": upload, **ASK}).status_code == 302
    article = CheckedArticle.objects.get()
    assert bytes(article.original or b"") == kept.getvalue()
    finish(client, article)
    answer = client.get(f"/checking/{article.pk}/sheet.docx")
    assert "attachment" in answer["Content-Disposition"]
    comments = list(docx.Document(io.BytesIO(answer.content)).comments)
    assert len(comments) == len(article.reading["claims"])
    sheet = client.get(f"/checking/{article.pk}/sheet.html")
    assert "attachment" in sheet["Content-Disposition"]
    assert client.get(f"/checking/{article.pk}/sheet.exe").status_code == 404


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_beside_the_field_and_nothing_is_kept(world: World, name: str) -> None:
    data, reason = REFUSED[name]
    client = client_of(world, "secretary")
    given: dict[str, object] = dict(ASK)
    if isinstance(data, bytes):
        given["file"] = SimpleUploadedFile("input", data)
    else:
        given["text"] = data
    answer = client.post("/checking/", given)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "还不能核对" in html
    assert reason in html or "请粘贴文稿" in html or "超过上限" in html
    assert not CheckedArticle.objects.exists()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({}, "请粘贴文稿"),
        ({"text": TEXT, "period": "2023-13"}, "看不懂期间"),
        ({"text": TEXT, "unit": "met"}, "unit"),
        ({"text": "某单位总结\n\n开展学习2次，很有成效。"}, "没认出账上的单位"),
        ({"text": "第一党支部2023年总结\n\n工作扎实有效。", **ASK}, "没有可核对的数字"),
        ({"text": f"机密★\n\n{TEXT}", **ASK}, "密级标志"),
    ],
)
def test_an_incomplete_form_says_what_to_change_and_keeps_the_text(
    world: World, given: dict[str, str], reason: str
) -> None:
    answer = client_of(world, "secretary").post("/checking/", given)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert reason in html
    assert given.get("text", "").split("\n")[0] in html
    assert not CheckedArticle.objects.exists()


def test_a_long_text_shows_how_far_it_is_and_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "FIRST_STEP", 0)
    monkeypatch.setattr(bringing, "STEP", 0)
    client = client_of(world, "secretary")
    answer = client.post("/checking/", {"text": TEXT, **ASK})
    article = CheckedArticle.objects.get()
    assert answer["Location"] == f"/checking/{article.pk}/progress/"
    assert client.get(f"/checking/{article.pk}/")["Location"] == answer["Location"]
    assert client.get(f"/checking/{article.pk}/sheet.docx")["Location"] == answer["Location"]
    assert 'max="6" value="1"' in page(client, answer["Location"])
    part = client.post(answer["Location"], headers={"HX-Request": "true"})
    assert 'max="6" value="2"' in part.content.decode()
    assert "<html" not in part.content.decode()
    for _ in range(4):
        part = client.post(answer["Location"], headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == f"/checking/{article.pk}/"


def test_decisions_are_kept_with_their_notes_and_settle_the_figure(world: World) -> None:
    world.posted()
    article = checked(world, TEXT)
    client = client_of(world, "secretary")
    lamp = article.reading["claims"][2]["id"]
    url = f"/checking/{article.pk}/rule/"
    refused = client.post(url, {"claim": lamp, "act": "dismiss", "note": "", "v": "todo"})
    assert refused.status_code == 422
    assert "写明理由" in refused.content.decode()
    answer = client.post(url, {"claim": lamp, "act": "dismiss", "note": "非党建数据", "v": "todo"})
    assert answer["Location"] == f"/checking/{article.pk}/?c={lamp}&v=todo"
    assert "非党建数据" in page(client, f"/checking/{article.pk}/?v=all")
    assert '<li id="k3"' not in page(client, f"/checking/{article.pk}/?v=todo")
    client.post(url, {"claim": lamp, "act": "rematch", "indicator": "life.theme_party_days", "v": "all"})
    assert Check.objects.get().results[2]["indicator"] == "life.theme_party_days"
    assert Ruling.objects.count() == 2


def test_learnt_wordings_wait_for_the_administrator(world: World) -> None:
    proposal = AliasProposal.objects.create(
        book=world.book, indicator="life.theme_party_days", alias="红色实践日", proposed_by=world.secretary
    )
    client = client_of(world, "administrator")
    assert "红色实践日" in page(client, "/checking/aliases/")
    client.post(f"/checking/aliases/{proposal.pk}/", {"act": "accept"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("accepted", world.administrator)
    client.post(f"/checking/aliases/{proposal.pk}/", {"act": "reject"})
    proposal.refresh_from_db()
    assert proposal.state == "rejected"


def test_checking_again_shows_what_changed(world: World) -> None:
    world.posted()
    article = checked(world, TEXT)
    client = client_of(world, "secretary")
    assert "只核过一次" in page(client, f"/checking/{article.pk}/recheck/")
    second = world.posted(world.entry(date(2023, 11, 5)))
    assert client.post(f"/checking/{article.pk}/recheck/").status_code == 302
    finish(client, article)
    html = page(client, f"/checking/{article.pk}/recheck/")
    assert "有 1 处变了" in html
    assert f"/vouchers/{second.pk}/" in html
    client.post(f"/checking/{article.pk}/recheck/")
    finish(client, article)
    assert "没有一处变化" in page(client, f"/checking/{article.pk}/recheck/")


def test_a_reversal_marks_the_article_in_list_and_page(world: World) -> None:
    voucher = world.posted()
    article = checked(world, TEXT)
    client = client_of(world, "secretary")
    assert "冲销" not in page(client, "/checking/list/")
    reverse_voucher(voucher, actor=world.reviewer, reason="重复")
    assert "所用凭证有冲销" in page(client, "/checking/list/")
    assert "所依据的凭证已冲销" in page(client, f"/checking/{article.pk}/")


def test_figures_without_records_become_drafts_one_by_one(world: World) -> None:
    article = checked(world, TEXT)
    client = client_of(world, "secretary")
    html = page(client, f"/checking/{article.pk}/unrecorded/")
    assert "3次" in html
    assert ">12盏</a>" not in html
    claim = article.reading["claims"][1]["id"]
    url = f"/checking/{article.pk}/unrecorded/{claim}/"
    assert "有稿无证" in page(client, url)
    refused = client.post(
        url, {"kind": "party_lecture", "unit": "geo-branch-1", "title": "", "day": "2023-06-01"}
    )
    assert refused.status_code == 422
    answer = client.post(
        url, {"kind": "party_lecture", "unit": "geo-branch-1", "title": "书记讲党课", "day": "2023-06-01"}
    )
    voucher = Voucher.objects.get()
    assert answer["Location"] == f"/record/{voucher.pk}/edit/"
    assert (voucher.state, voucher.attachments.count()) == ("draft", 1)
    assert voucher.number in page(client, f"/checking/{article.pk}/unrecorded/")
    assert page(client, f"/record/{voucher.pk}/edit/")


def test_articles_of_other_units_do_not_exist(world: World) -> None:
    article = checked(world, TEXT, unit=world.bureau, by=world.leader)
    assert "第一党支部2023年总结" not in page(client_of(world, "secretary"), "/checking/list/")
    page(client_of(world, "secretary"), f"/checking/{article.pk}/", 404)
    page(client_of(world, "outsider"), f"/checking/{article.pk}/", 404)


def test_the_list_costs_the_same_with_few_and_many_articles(world: World) -> None:
    voucher = world.posted()
    client = client_of(world, "secretary")
    for _ in range(2):
        checked(world, TEXT)
    reverse_voucher(voucher, actor=world.reviewer, reason="重复")
    few = queries(client, "/checking/list/")
    for _ in range(8):
        checked(world, TEXT)
    assert queries(client, "/checking/list/") == few


def test_the_page_of_an_article_costs_the_same_with_few_and_many_figures(world: World) -> None:
    world.posted()
    client = client_of(world, "secretary")
    short = checked(world, TEXT)
    long = checked(world, TEXT + "开展主题党日5次，讲党课8次，安装路灯13盏。" * 10)
    assert queries(client, f"/checking/{long.pk}/") == queries(client, f"/checking/{short.pk}/")


def test_more_than_the_server_takes_is_refused_in_words(world: World) -> None:
    answer = client_of(world, "secretary").post("/checking/", {"text": "字" * (9 * 1024 * 1024), **ASK})
    assert answer.status_code == 400
    assert "没有收下" in answer.content.decode()
    assert not CheckedArticle.objects.exists()
