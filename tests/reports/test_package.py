"""The inspection package: it verifies offline with its own script, and notices every tampering."""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.reports.conftest import CENTRE, Desk
from tests.reports.evidence import picture, recorded
from yibenzhang.reports.package import package_of
from yibenzhang.reports.tokens import PictureToken

TEXT = (
    f"中心组学习{CENTRE}，每月{{{{study.centre_group|period=2023Q2|as=each_month}}}}，投入资金{{{{village.funds_invested}}}}，"
    "参加主题党日{{life.theme_party_day_attendance}}，慰问{{=11人|reason=清点|source=清单}}。"
)


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    """The package of an issued report, unpacked."""
    desk.bureau.post("theme_party_day", "a", date(2023, 3, 1), people={"attendees": ["a0", "a1", "a2"]})
    issued = desk.issued(TEXT)
    with zipfile.ZipFile(io.BytesIO(package_of(issued))) as archive:
        archive.extractall(tmp_path)
    assert package_of(issued)[:4] == b"PK\x03\x04"
    return tmp_path


def verified(folder: Path) -> tuple[int, str]:
    """Run the package's own script as its receiver would: another directory, no environment."""
    run = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", folder / "verify.py"], capture_output=True, cwd="/", check=False
    )
    return run.returncode, run.stdout.decode() + run.stderr.decode()


def test_an_untouched_package_verifies(folder: Path) -> None:
    code, said = verified(folder)
    assert code == 0, said
    assert "5 处数字都对得上" in said


def _value(manifest: dict[str, Any]) -> None:
    manifest["report"]["figures"][0][3] = "9"


def _line(manifest: dict[str, Any]) -> None:
    manifest["figures"][0]["lines"].pop()


def _record(manifest: dict[str, Any]) -> None:
    manifest["records"].pop(0)


@pytest.mark.parametrize(
    ("change", "said"), [(_value, "摘要值与内容不一致"), (_line, "按所附记录算得 1"), (_record, "不在包里")]
)
def test_every_tampering_is_named(folder: Path, change: Callable[[dict[str, Any]], None], said: str) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    code, printed = verified(folder)
    assert code == 1
    assert said in printed
    assert "manifest.json 被改过" in printed


def test_a_changed_document_is_noticed(folder: Path) -> None:
    (folder / "报告.docx").write_bytes(b"PK")
    assert verified(folder)[0] == 1


def test_every_file_that_is_changed_added_or_taken_away_is_named(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    for name in names:
        whole = (folder / name).read_bytes()
        if name != "verify.py":  # who changes the script itself is found with the script of another package
            (folder / name).write_bytes(whole + b"0")
            code, said = verified(folder)
            assert code == 1, name
            assert name in said or name == "SHA256SUMS"
            (folder / name).unlink()
            code, said = verified(folder)
            assert (code, name in said, "Traceback" in said) == (1, True, False), said
            (folder / name).write_bytes(whole)
    (folder / "另一份.docx").write_bytes(b"PK")
    code, said = verified(folder)
    assert (code, "多出文件 另一份.docx" in said) == (1, True)


def test_the_script_is_written_for_python_3_8(folder: Path) -> None:
    script = (folder / "verify.py").read_text(encoding="utf-8")
    ast.parse(script, feature_version=(3, 8))


def test_names_are_in_the_package_only_when_they_were_asked_for(desk: Desk, tmp_path: Path) -> None:
    first = desk.bureau.people["a0"]
    (file,) = recorded(desk, picture(), name=f"{first.name}发言.jpg")
    issued = desk.issued("参加主题党日{{life.theme_party_day_attendance}}。")
    masked, named = (_files(package_of(issued, named=asked)) for asked in (False, True))
    for text in masked.values():
        assert first.name.encode() not in text
    assert "某同志发言.jpg" in masked["manifest.json"].decode()
    manifest = json.loads(named["manifest.json"])
    (record,) = manifest["records"]
    assert [each["name"] for each in record["people"]] == [first.name]
    assert record["number"] == file.voucher_id
    assert first.key not in named["manifest.json"].decode()
    for name, files in (("masked", masked), ("named", named)):
        for file, data in files.items():
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / file).write_bytes(data)
        assert verified(tmp_path / name)[0] == 0


def _files(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_nobodys_name_or_key_leaves_the_house(desk: Desk, folder: Path) -> None:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    for person in desk.bureau.people.values():
        assert person.name not in text
        assert person.key not in text


@pytest.fixture
def with_blocks(desk: Desk, tmp_path: Path) -> Path:
    """The package of a report with a chart by month, one by unit, and a photograph."""
    for unit in ("a", "b"):
        desk.bureau.post("theme_party_day", unit, date(2023, 3, 1), people={"attendees": [f"{unit}0"]})
    (row,) = recorded(desk, picture())
    issued = desk.issued(
        "主题党日{{life.theme_party_days}}。\n{{chart:life.theme_party_days|by=month}}\n"
        f"{{{{chart:life.theme_party_days|by=unit|unit=agency}}}}\n{PictureToken(row.sha256)}"
    )
    with zipfile.ZipFile(io.BytesIO(package_of(issued))) as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_charts_and_photographs_verify_with_the_rest(with_blocks: Path) -> None:
    code, said = verified(with_blocks)
    assert code == 0, said
    assert "1 处数字、3 处图和照片都对得上" in said


def _bar(folder: Path, manifest: dict[str, Any]) -> None:
    manifest["blocks"][0]["points"][2]["lines"].pop()


def _picture(folder: Path, manifest: dict[str, Any]) -> None:
    (folder / "照片" / "3.jpg").write_bytes(picture(colour="red"))


def _evidence(folder: Path, manifest: dict[str, Any]) -> None:
    for record in manifest["records"]:
        record["evidence"] = []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_bar, "3月记为 2，按所附记录算得 1"),
        (_picture, "不是同一张"),
        (_evidence, "不在所说记录的佐证材料里"),
    ],
)
def test_a_changed_bar_or_picture_is_named(
    with_blocks: Path, change: Callable[[Path, dict[str, Any]], None], said: str
) -> None:
    path = with_blocks / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(with_blocks, manifest)
    path.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    code, printed = verified(with_blocks)
    assert code == 1
    assert said in printed


def test_the_same_version_gives_the_same_package(desk: Desk) -> None:
    issued = desk.issued(TEXT.partition("，慰问")[0].partition("，参加")[0] + "。")
    assert package_of(issued) == package_of(issued)
