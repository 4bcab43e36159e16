"""检查一份迎检包：在解开的文件夹里运行 python verify.py，不需要账号，也不联网。

Standard library only: this file travels inside the package as verify.py and is read by whoever receives it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any


def main(folder: Path) -> int:
    """Print what was checked; 0 when everything agrees, 1 otherwise."""
    problems, manifest = list(wrong_files(folder)), {}
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        problems += [
            *wrong_digest(manifest),
            *wrong_figures(manifest),
            *wrong_charts(manifest),
            *wrong_pictures(folder, manifest),
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
        problems.append("manifest.json 读不出来，或里面缺内容")
    for problem in problems:
        sys.stdout.write(f"不符：{problem}\n")
    if not problems:
        count = len(manifest["report"]["figures"])
        title = manifest["report"]["title"]
        blocks = len(manifest.get("blocks", []))
        shown = f"、{blocks} 处图和照片" if blocks else ""
        sys.stdout.write(f"相符：文件、摘要值和 {count} 处数字{shown}都对得上。《{title}》\n")
    return 1 if problems else 0


def wrong_files(folder: Path) -> Iterator[str]:
    """Files that are missing, have been changed, or are on no list."""
    try:
        lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        yield "SHA256SUMS 读不出来"
        return
    listed = {"SHA256SUMS", "desktop.ini", "Thumbs.db"}
    for line in lines:
        digest, _, name = line.partition("  ")
        listed.add(name)
        path = folder / name
        if not path.is_file():
            yield f"缺少文件 {name}"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"文件 {name} 被改过"
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(".") and "__pycache__" not in name and name not in listed:
            yield f"多出文件 {name}"


def wrong_digest(manifest: dict[str, Any]) -> Iterator[str]:
    """The report's digest, computed again from what the manifest says."""
    canonical = json.dumps(manifest["report"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if hashlib.sha256(canonical.encode()).hexdigest() != manifest["digest"]:
        yield "报告的摘要值与内容不一致"


def wrong_figures(manifest: dict[str, Any]) -> Iterator[str]:
    """Figures that are not what their records come to, or whose records are not in the package."""
    stated = {row[0]: row for row in manifest["report"]["figures"]}
    known = {record["number"] for record in manifest["records"]}
    for figure in manifest["figures"]:
        number, _, shown, value, _ = stated[figure["number"]]
        if not figure["indicator"]:
            continue
        found = aggregate(figure)
        if found != Fraction(value):
            yield f"第 {number} 处“{shown}”记为 {value}，按所附记录算得 {found}"
        missing = {line["record"] for line in figure["lines"]} - known
        if missing:
            yield f"第 {number} 处“{shown}”的记录 {sorted(missing)[0]} 不在包里"


def wrong_charts(manifest: dict[str, Any]) -> Iterator[str]:
    """Bars that are not what their records come to."""
    stated = {row[0]: row[2] for row in manifest["report"].get("blocks", [])}
    known = {record["number"] for record in manifest["records"]}
    for block in manifest.get("blocks", []):
        shown = {point["label"]: point["value"] for point in stated[block["number"]].get("points", [])}
        for point in block.get("points", []):
            value = shown.get(point["label"])
            if value is None:
                continue
            found = tally(point["lines"], block["aggregation"])
            if found != Fraction(value):
                yield f"图“{block['title']}”{point['label']}记为 {value}，按所附记录算得 {found}"
            if {line["record"] for line in point["lines"]} - known:
                yield f"图“{block['title']}”{point['label']}的记录不在包里"


def wrong_pictures(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Photographs that are not those of the report, or not from the evidence of the record they name."""
    stated = {row[0]: row[2] for row in manifest["report"].get("blocks", [])}
    evidence = {
        (record["number"], file["sha256"]) for record in manifest["records"] for file in record["evidence"]
    }
    for block in manifest.get("blocks", []):
        if "file" not in block:
            continue
        content, path = stated[block["number"]], folder / block["file"]
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != content["image"]:
            yield f"照片“{content['caption']}”与报告里的不是同一张"
        if (block["record"], content["evidence"]) not in evidence:
            yield f"照片“{content['caption']}”不在所说记录的佐证材料里"


def aggregate(figure: dict[str, Any]) -> Fraction:
    """What the lines of a figure come to by the rule of its indicator."""
    lines, rule = figure["lines"], figure["aggregation"]
    if figure["months"]:
        return min(
            tally([line for line in lines if line["day"].startswith(month)], rule)
            for month in figure["months"]
        )
    return tally(lines, rule)


def tally(lines: list[dict[str, Any]], rule: str) -> Fraction:
    """Sum, newest, or number of different keys; a ratio divides two of them."""
    if rule in ("sum", "latest"):
        return Fraction(sum(line["quantity"] for line in lines))
    if rule == "ratio":
        above = {line["key"] for line in lines if line["role"] == "numerator"}
        below = {line["key"] for line in lines if line["role"] == "denominator"}
        return Fraction(len(above), len(below)) if below else Fraction(0)
    return Fraction(len({line["key"] for line in lines}))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))
