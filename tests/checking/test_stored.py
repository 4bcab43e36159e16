"""Articles kept: checks in steps, rulings, aliases learnt, checking again, reversals noticed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checking.checked import checked
from tests.worlds import World
from yibenzhang.checking import services
from yibenzhang.checking.aliases import accepted_aliases, decide_alias
from yibenzhang.checking.article import find_setting
from yibenzhang.checking.changes import articles_using, changes_between, reversed_since
from yibenzhang.checking.drafts import guesses, source_of, start_draft, title_for
from yibenzhang.checking.models import AliasProposal, Check, CheckedArticle, Ruling
from yibenzhang.checking.results import Line, lines_of, reading_of
from yibenzhang.checking.rulings import rule
from yibenzhang.checking.services import advance, begin_check, keep_article
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.services import reverse_voucher
from yibenzhang.reading import read_page
from yibenzhang.vouchers.evidence import open_evidence
from yibenzhang.vouchers.models import Voucher

TEXT = "第一党支部2023年总结\n\n一年来，开展主题党日1次，讲党课3次，安装路灯12盏。"


def line_of(check: Check, number: int) -> Line:
    """A figure of a check by its number in the text."""
    return lines_of(reading_of(check.article.reading), check.results)[number - 1]


def newest(article: CheckedArticle) -> Check:
    """The newest check of an article."""
    return article.checks.all()[0]


def test_a_check_says_at_which_position_it_was_made(world: World) -> None:
    world.posted()
    check = newest(checked(world, TEXT))
    assert check.position == 1
    assert [result["verdict"] for result in check.results] == ["agrees", "no_record", "not_checkable"]


def test_a_long_check_goes_on_where_it_stopped(world: World) -> None:
    reading = read_page(TEXT)
    setting = find_setting(reading, units=[], unit=world.branch, period=parse_period("2023"))
    check = keep_article(reading, setting, by=world.secretary)
    steps = 0
    while not advance(check, seconds=0):
        steps += 1
        assert len(Check.objects.get().results) == steps
    assert len(Check.objects.get().results) == 3


def test_nothing_is_kept_of_a_text_without_figures_or_with_a_secrecy_mark(world: World) -> None:
    for text in (
        "2023年总结\n\n一年来，工作扎实有效，大家都很努力。",
        "机密★5年\n\n一年来，开展主题党日5次。",
    ):
        with pytest.raises(BookError):
            checked(world, text)
    assert not CheckedArticle.objects.exists()


def test_too_many_figures_are_refused_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_CLAIMS", 2)
    with pytest.raises(BookError, match="拆成几份"):
        checked(world, TEXT)
    assert not CheckedArticle.objects.exists()


def test_a_confirmed_wording_is_proposed_and_used_once_accepted(world: World) -> None:
    article = checked(world, "第一党支部2023年总结\n\n一年来，开展红色实践日1次，反响很好。")
    check = newest(article)
    assert check.results[0]["verdict"] == "not_checkable"
    world.posted()
    check = begin_check(article, by=world.secretary)
    advance(check, seconds=60)
    claim = article.reading["claims"][0]["id"]
    rule(
        check,
        claim,
        act="rematch",
        by=world.secretary,
        indicator="life.theme_party_days",
        note="就是主题党日",
    )
    assert newest(article).results[0]["verdict"] == "agrees"
    proposal = AliasProposal.objects.get()
    assert (proposal.state, accepted_aliases(world.branch)) == ("proposed", {})
    decide_alias(proposal, accept=True, by=world.administrator)
    assert accepted_aliases(world.branch) == {"life.theme_party_days": [proposal.alias]}
    again = newest(checked(world, f"第一党支部2023年小结\n\n全年开展{proposal.alias}1次，反响很好。"))
    assert (again.results[0]["verdict"], again.results[0]["indicator"]) == ("agrees", "life.theme_party_days")


def test_an_alias_belongs_to_one_indicator(world: World) -> None:
    made = [
        AliasProposal.objects.create(
            book=world.book, indicator=code, alias="红色实践日", proposed_by=world.secretary
        )
        for code in ("life.theme_party_days", "life.party_lectures")
    ]
    decide_alias(made[0], accept=True, by=world.administrator)
    with pytest.raises(BookError, match="另一个指标"):
        decide_alias(made[1], accept=True, by=world.administrator)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"act": "dismiss"}, "note"),
        ({"act": "rematch"}, "indicator"),
        ({"act": "confirm"}, "act"),
        ({"act": "x"}, "act"),
        ({"act": "dismiss", "note": "长" * 401}, "note"),
    ],
)
def test_a_ruling_says_what_is_missing(world: World, given: dict[str, str], field: str) -> None:
    article = checked(world, TEXT)
    with pytest.raises(BookError) as refused:
        rule(newest(article), article.reading["claims"][2]["id"], by=world.secretary, **given)
    assert refused.value.field == field
    assert not Ruling.objects.exists()


def test_a_ruling_on_what_is_not_there_is_refused(world: World) -> None:
    article = checked(world, TEXT)
    with pytest.raises(BookError, match="没有这处数字"):
        rule(newest(article), "c999", act="dismiss", note="x", by=world.secretary)


def test_checking_again_lists_what_changed_and_the_vouchers_in_between(world: World) -> None:
    world.posted()
    article = checked(world, TEXT)
    earlier = newest(article)
    later = begin_check(article, by=world.secretary)
    advance(later, seconds=60)
    assert changes_between(earlier, later) == []
    second = world.posted(world.entry(date(2023, 11, 5)))
    world.posted(world.entry(date(2023, 11, 6), unit=world.other_branch))
    later = begin_check(article, by=world.secretary)
    advance(later, seconds=60)
    (change,) = changes_between(earlier, later)
    assert (change.before.verdict, change.after.verdict) == ("agrees", "differs")
    assert [entry.voucher_id for entry in change.entries] == [second.pk]


def test_a_later_reversal_marks_the_articles_that_used_it(world: World) -> None:
    voucher = world.posted()
    check = newest(checked(world, TEXT))
    other = newest(checked(world, TEXT, unit=world.other_branch, by=world.clerk))
    assert reversed_since([check, other]) == {check.pk: [], other.pk: []}
    reverse_voucher(voucher, actor=world.reviewer, reason="日期记错")
    found = reversed_since([check, other])
    assert [(each.line.number, each.voucher) for each in found[check.pk]] == [(1, voucher.pk)]
    assert found[other.pk] == []
    again = begin_check(check.article, by=world.secretary)
    advance(again, seconds=60)
    assert reversed_since([again]) == {again.pk: []}


def test_a_figure_without_record_becomes_a_marked_draft_with_the_text_as_evidence(world: World) -> None:
    article = checked(world, TEXT)
    line = line_of(newest(article), 2)
    guess = next(each for each in guesses(line, article.unit) if each.kind.code == "party_lecture")
    assert title_for(line) == "讲党课3次"
    voucher = start_draft(
        article, line, guess=guess, unit=world.branch, title=title_for(line),
        day=parse_period("2023-06").start, by=world.secretary,
    )  # fmt: skip
    assert voucher.state == Voucher.State.DRAFT
    assert voucher.source == source_of(article, line)
    assert voucher.source.startswith("有稿无证")
    with open_evidence(voucher.attachments.get()) as file:
        assert "讲党课3次" in file.read().decode()


def test_choices_that_lead_to_the_figure_are_filled_in(world: World) -> None:
    article = checked(
        world,
        "澜江省地质局2023年总结\n\n班子成员带头联系地方县（市、区）3个。",
        unit=world.bureau,
        by=world.administrator,
    )
    line = line_of(newest(article), 1)
    (guess,) = guesses(line, article.unit)
    assert (guess.kind.code, guess.values["target_type"]) == ("liaison_assignment", "county")


def test_a_reversal_outside_the_programme_of_a_figure_marks_nothing(world: World) -> None:
    inside, outside = world.entry(), world.entry(date(2023, 11, 7))
    inside.programmes = ["thematic_education"]
    world.posted(inside)
    other = world.posted(outside)
    article = checked(world, "第一党支部2023年总结\n\n主题教育期间，开展主题党日1次。")
    check = newest(article)
    claim = article.reading["claims"][0]["id"]
    rule(
        check, claim, act="rematch", by=world.secretary, indicator="life.theme_party_days",
        programme="thematic_education",
    )  # fmt: skip
    check = newest(article)
    assert check.results[0]["verdict"] == "agrees"
    reverse_voucher(other, actor=world.reviewer, reason="日期记错")
    assert reversed_since([check]) == {check.pk: []}
    assert articles_using(other) == []


def test_a_voucher_knows_the_checked_articles_that_rest_on_it(world: World) -> None:
    voucher = world.posted()
    article = checked(world, TEXT)
    checked(world, TEXT, unit=world.other_branch, by=world.clerk)
    late = world.posted(world.entry(date(2023, 11, 7)))
    assert [(check.article, [line.number for line in lines]) for check, lines in articles_using(voucher)] == [
        (article, [1])
    ]
    assert articles_using(late) == [], "it was posted after the check"
    assert articles_using(world.draft()) == []
