"""`form`: filling the superior's form from the terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.superior_forms.sheets import HEAD, opened, plain, workbook
from tests.worlds import World
from yibenzhang.superior_forms.models import SuperiorForm

ASK = ("form", "--unit", "geo-branch-1", "--period", "2023")


@pytest.fixture
def kept(world: World, tmp_path: Path) -> Path:
    """Three Party days of 2023, and a form that asks for them and for what nobody records."""
    for month in (3, 4, 5):
        world.posted(world.entry(date(2023, month, 8)))
    path = tmp_path / "in.xlsx"
    path.write_bytes(plain(("主题党日", "次"), ("制作电视片", "部")))
    return path


def test_the_form_is_filled_and_the_gaps_are_named(
    world: World, cli: Cli, kept: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    ran = cli(*ASK, "--in", str(kept), "--out", str(out))
    assert ran.code == 1
    assert "填了 1 格" in ran.out and "1 格没填" in ran.out and "账上没人记" in ran.out
    sheet = opened(out.read_bytes())
    assert (sheet["D3"].value, sheet["D4"].value) == (3, None)
    assert not SuperiorForm.objects.exists()


def test_a_full_form_ends_with_0_and_says_it_in_json(
    world: World, cli: Cli, kept: Path, tmp_path: Path
) -> None:
    kept.write_bytes(plain(("主题党日", "次")))
    ran = cli(*ASK, "--in", str(kept), "--out", str(tmp_path / "o.xlsx"), "--sources", "--json", "--keep")
    assert ran.code == 0
    (cell,) = ran.data["cells"]
    assert (cell["indicator"], cell["written"], cell["state"], cell["vouchers"]) == (
        "life.theme_party_days", "3", "filled", 3,
    )  # fmt: skip
    assert opened((tmp_path / "o.xlsx").read_bytes())["D3"].comment is not None
    assert SuperiorForm.objects.get().title == "党建工作统计表（2023年度）"


def test_an_example_explains_odd_labels(world: World, cli: Cli, kept: Path, tmp_path: Path) -> None:
    for day in range(1, 13):
        world.posted(world.entry(date(2022, 1, day), title="党日"))
    last = tmp_path / "last.xlsx"
    last.write_bytes(workbook([HEAD, [1, "月度活动", "次", 12, None]], title="统计表（2022年度）"))
    kept.write_bytes(plain(("月度活动", "次")))
    ran = cli(*ASK, "--in", str(kept), "--out", str(tmp_path / "o.xlsx"), "--example", str(last), "--json")
    assert (ran.code, ran.data["cells"][0]["written"]) == (0, "3")


def test_refusals_end_with_2(world: World, cli: Cli, kept: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "o.xlsx")
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"no workbook")
    for words, message in {
        (*ASK, "--in", str(kept), "--out", "o.docx"): "同一种文件",
        (*ASK, "--in", str(tmp_path / "none.xlsx"), "--out", out): "找不到文件",
        (*ASK, "--in", str(bad), "--out", out): "不是 Word 或 Excel",
        (*ASK, "--in", str(kept), "--out", str(tmp_path / "no" / "o.xlsx")): "写不了",
        (
            "form",
            "--unit",
            "nobody",
            "--period",
            "2023",
            "--in",
            str(kept),
            "--out",
            out,
        ): "没有代码为 nobody",
        ("form", "--unit", "geo", "--period", "明年", "--in", str(kept), "--out", out): "看不懂期间",
    }.items():
        ran = cli(*words)
        assert (ran.code, message in ran.err) == (2, True), (words, ran.err)
