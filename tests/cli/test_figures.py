"""`figures` and `trace`: the shapes other programs rely on, and that both say the same."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cli.conftest import Cli
from tests.worlds import World
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.trace import aggregate, trace
from yibenzhang.ledger.services import reverse_voucher

ASK = ("--unit", "geo", "--period", "2023")


def one(cli: Cli, indicator: str, *more: str) -> dict[str, object]:
    """One figure."""
    ran = cli("figures", *ASK, "--indicator", indicator, "--json", *more)
    assert ran.code == 0, ran.err
    (figure,) = ran.data
    return dict(figure)


def test_the_shape_of_a_figure(world: World, cli: Cli) -> None:
    world.posted()
    assert one(cli, "life.theme_party_days") == {
        "indicator": "life.theme_party_days",
        "name": "主题党日",
        "unit": "geo",
        "period": "2023",
        "programme": None,
        "value": 1,
        "measure": "次",
        "state": "value",
        "as_of": 1,
    }


def test_value_none_and_not_applicable(world: World, cli: Cli) -> None:
    assert (one(cli, "life.theme_party_days")["state"], one(cli, "life.theme_party_days")["value"]) == (
        "none",
        None,
    )
    # The geology bureau has not adopted the pack of the meteorologists.
    meteorology = [i.code for i in current_catalogue().indicators.values()
                   if current_catalogue().home[("indicators", i.code)] == "meteorology"]  # fmt: skip
    figure = one(cli, meteorology[0])
    assert (figure["state"], figure["value"]) == ("not_applicable", None)


def test_without_an_indicator_all_of_the_adopted_packs(world: World, cli: Cli) -> None:
    catalogue = current_catalogue()
    ran = cli("figures", *ASK, "--json")
    expected = [
        i.code
        for i in catalogue.indicators.values()
        if catalogue.home[("indicators", i.code)] in {"base", "geology"}
    ]
    assert [figure["indicator"] for figure in ran.data] == expected
    assert len(expected) > 100


def test_as_of_a_position_or_a_day(world: World, cli: Cli) -> None:
    voucher = world.posted()
    world.posted(world.entry(date(2023, 12, 6)))
    reverse_voucher(voucher, actor=world.reviewer, reason="重复")
    asked = {"": (1, 3), "1": (1, 1), "2": (2, 2), "999": (1, 3), "2023-12-27": (1, 3)}
    for as_of, (value, position) in asked.items():
        figure = one(cli, "life.theme_party_days", *(["--as-of", as_of] if as_of else []))
        assert (figure["value"], figure["as_of"]) == (value, position), as_of
    before = one(cli, "life.theme_party_days", "--as-of", "2023-01-01")
    assert (before["state"], before["as_of"]) == ("none", 0)
    assert one(cli, "life.theme_party_days", "--as-of", "0")["state"] == "none"


def test_scope_own_leaves_out_what_is_below(world: World, cli: Cli) -> None:
    world.posted()
    assert one(cli, "life.theme_party_days", "--scope", "subtree")["value"] == 1
    assert one(cli, "life.theme_party_days", "--scope", "own")["value"] is None


def test_money_is_in_yuan(world: World, cli: Cli) -> None:
    from yibenzhang.vouchers.entry import Entry

    catalogue = current_catalogue()
    rule = next(
        (kind, spec, rule)
        for kind in catalogue.kinds.values() if "branch" in kind.recorded_by
        for spec in kind.fields if spec.type == "money"
        for rule in kind.posts if rule.quantity == spec.code and not rule.when and not rule.account.startswith("{")
    )  # fmt: skip
    kind, spec, posting = rule
    values: dict[str, object] = {spec.code: 980_000}
    for other in kind.fields:
        if other.required and other.type == "choice":
            values[other.code] = catalogue.options(other)[0].code
    world.posted(
        Entry(unit=world.branch, kind=kind, title="投入资金", event_date=date(2023, 5, 1), values=values)
    )
    indicator = next(
        i for i in catalogue.indicators.values() if posting.account in i.accounts and i.aggregation == "sum"
    )
    figure = one(cli, indicator.code)
    assert (figure["value"], figure["measure"]) == (980_000, "元")


@pytest.mark.parametrize("indicator", ["life.theme_party_days", "life.theme_party_day_attendance"])
def test_trace_equals_value(world: World, cli: Cli, indicator: str) -> None:
    voucher = world.posted()
    world.posted(world.entry(date(2023, 12, 6)))
    ran = cli("trace", indicator, *ASK, "--json")
    data = ran.data
    assert data["value"] == one(cli, indicator)["value"]
    assert data["aggregation"] == current_catalogue().indicator(indicator).aggregation
    posting = data["postings"][0]
    assert set(posting) >= {
        "posting",
        "voucher",
        "date",
        "unit",
        "quantity",
        "key",
        "role",
        "account",
        "entry",
    }
    assert posting["voucher"] == voucher.number
    assert posting["unit"] == "geo-branch-1"
    assert posting["date"] == "2023-12-05"
    assert isinstance(posting["key"], str)
    assert len({p["posting"] for p in data["postings"]}) == len(data["postings"])


def test_trace_adds_up_for_every_indicator(world: World, cli: Cli) -> None:
    from yibenzhang.indicators.selection import Question
    from yibenzhang.kernel.periods import parse_period

    world.posted()
    question = Question(world.bureau, parse_period("2023"))
    for figure in cli("figures", *ASK, "--json").data:
        if figure["state"] == "value":
            indicator = current_catalogue().indicator(figure["indicator"])
            assert aggregate(indicator, trace(indicator, question)) == figure["value"]


def test_tables_for_people(world: World, cli: Cli) -> None:
    world.posted()
    assert "主题党日" in cli("figures", *ASK).out
    assert "未记" in cli("figures", *ASK).out
    text = cli("trace", "life.theme_party_days", *ASK).out
    assert "口径：" in text
    assert "geo-branch-1" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("figures", "--unit", "nowhere", "--period", "2023"), "没有代码为 nowhere 的单位"),
        (("figures", "--unit", "geo", "--period", "二三年"), "看不懂期间"),
        (("figures", *ASK, "--indicator", "no.such"), "没有指标"),
        (("figures", *ASK, "--programme", "nothing"), "没有专题"),
        (("figures", *ASK, "--as-of", "昨天"), "--as-of 应是日期"),
        (("trace", "no.such", *ASK), "没有指标"),
        (("figures", "--unit", "geo"), "缺少：--period"),
        (("figures", *ASK, "--scope", "all"), "--scope 没有"),
        (("nonsense",), "没有"),
    ],
)
def test_wrong_questions_end_with_2_and_words(
    world: World, cli: Cli, words: tuple[str, ...], message: str
) -> None:
    ran = cli(*words)
    assert ran.code == 2
    assert message in ran.err
    assert "Traceback" not in ran.err
    assert not ran.out
