"""`import`, `template` and `export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Cli
from tests.exchange.workbooks import write_sheets
from tests.worlds import World
from yibenzhang.vouchers.models import Voucher

HEAD = ["单位代码", "日期", "标题", "谁参加"]


def test_dry_run_then_import_then_nothing_new(world: World, cli: Cli, tmp_path: Path) -> None:
    path = str(
        write_sheets(
            tmp_path / "v.xlsx", {"主题党日": [HEAD, ["geo-branch-1", date(2023, 3, 1), "党日", "全员"]]}
        )
    )
    dry = cli("import", "vouchers", path, "--dry-run", "--json")
    assert dry.code == 0
    assert (dry.data["dry_run"], dry.data["added"], dry.data["clean"]) == (True, 0, True)
    assert [row["what"] for row in dry.data["rows"]] == ["new"]
    assert not Voucher.objects.exists()
    assert cli("import", "vouchers", path, "--user", "secretary", "--json").data["added"] == 1
    assert Voucher.objects.get().preparer == world.secretary
    again = cli("import", "vouchers", path)
    assert again.code == 0
    assert "账里已有 1 行" in again.out


def test_faulty_rows_end_with_1_and_their_place(world: World, cli: Cli, tmp_path: Path) -> None:
    path = str(
        write_sheets(tmp_path / "v.xlsx", {"主题党日": [HEAD, ["nowhere", date(2023, 3, 1), "党日", ""]]})
    )
    ran = cli("import", "vouchers", path, "--json")
    assert ran.code == 1
    assert [(fault["row"], fault["column"]) for fault in ran.data["faults"]] == [(2, "单位代码")]
    assert "没有写入任何一行" in cli("import", "vouchers", path).out


def test_refusals_end_with_2(world: World, cli: Cli, tmp_path: Path) -> None:
    text = tmp_path / "a.xlsx"
    text.write_text("not a workbook")
    for words, message in {
        ("import", "vouchers", str(text)): "不是 Word 或 Excel",
        ("import", "vouchers", str(tmp_path / "none.xlsx")): "找不到文件",
        ("import", "cars", "x.xlsx"): "没有 cars",
        ("import", "vouchers"): "请写明要导入的文件",
        ("import", "people", str(text), "--user", "nobody"): "没有账号 nobody",
        ("import", "people", "--template"): "--out",
        ("export", "people", "--out", str(text)): "已存在",
        ("template", "people", "--out", str(text)): "已存在",
    }.items():
        ran = cli(*words)
        assert (ran.code, message in ran.err) == (2, True), (words, ran.err)


def test_templates(world: World, cli: Cli, tmp_path: Path) -> None:
    assert (
        cli("template", "vouchers", "--kinds", "theme_party_day", "--out", str(tmp_path / "t.xlsx")).code == 0
    )
    assert load_workbook(tmp_path / "t.xlsx").sheetnames[:2] == ["填写说明", "主题党日"]
    assert cli("import", "people", "--template", "--out", str(tmp_path / "p.xlsx")).code == 0
    assert "人员" in load_workbook(tmp_path / "p.xlsx").sheetnames


def test_exports_by_unit_and_period(world: World, cli: Cli, tmp_path: Path) -> None:
    world.posted()
    world.posted(world.entry(date(2022, 5, 1)))
    world.posted(world.entry(unit=world.other_branch))

    def rows(kind: str, *more: str) -> int:
        path = tmp_path / f"{kind}{len(more)}.xlsx"
        path.unlink(missing_ok=True)
        assert cli("export", kind, "--out", str(path), *more).code == 0
        return sum(1 for row in load_workbook(path).worksheets[0].iter_rows(values_only=True) if row[0]) - 1

    assert rows("vouchers") == 3
    assert rows("vouchers", "--unit", "geo-branch-1", "--period", "2023") == 1
    assert (
        rows("ledger", "--unit", "geo", "--period", "2023") == 2 * 2 + 2
    )  # two lines each, and where the ledger stood
    assert rows("units", "--unit", "geo") == 4
    assert rows("people", "--unit", "geo-branch-2") == 4
    assert not list(tmp_path.glob("*.part"))


def test_masked_exports_cover_names(world: World, cli: Cli, tmp_path: Path) -> None:
    world.posted()
    for kind in ("people", "vouchers"):
        path = tmp_path / f"{kind}.xlsx"
        cli("export", kind, "--mask", "--out", str(path))
        text = str([row for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True)])
        assert "赵*" in text
        assert "赵同志" not in text
