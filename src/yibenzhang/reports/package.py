"""The inspection package (迎检包): a report with the records behind its figures, checkable offline by a small script.

Nobody's name is in it, unless whoever makes it may see names and asks for them: people are keys that only this package
knows, and evidence is named by digest, not enclosed, but for the photographs that stand in the report.
"""

import hashlib
import io
import json
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from yibenzhang.reports import edition
from yibenzhang.reports.digest import whole_content
from yibenzhang.reports.docx.document import document_of
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.models import IssuedReport
from yibenzhang.reports.package_entries import block_entry, figure_entry, records_of
from yibenzhang.reports.page import page_of
from yibenzhang.reports.queries import catalogue_as_of

READ_ME = """迎检包：{title}（第{number}版）

里面有：报告.docx（清稿）、报告（附数据来源）.docx、报告.html、manifest.json（每个数字、每张图的口径、账面位置和所依据的记录）。
文中放了照片的，“照片”文件夹里有同样的照片。
核对方法：解开压缩包，在文件夹里运行 python verify.py。不需要账号，不联网。
{people}；佐证材料列出文件名和摘要值，原件凭摘要值到单位查验。
"""
MASKED = "记录里的人员用代号，不含姓名"
NAMED = "记录里列出人员姓名，只给有权知道的人，用完收回，不要外传"


def package_of(issued: IssuedReport, *, named: bool = False) -> bytes:
    """The .zip of an issued version. The same version gives the same files whenever it is made.

    `named` puts names beside the keys of people; whoever asks must hold the right (`permissions.may_see_names`).
    """
    manifest = manifest_of(issued, *entries_of(issued), named=named)
    return packed(issued, files_of(issued, manifest), named=named)


def entries_of(issued: IssuedReport) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the manifest says of each figure, and of each chart and photograph."""
    evaluator = evaluator_of(issued)
    figures = [figure_entry(row, evaluator) for row in issued.figures.order_by("number")]
    blocks = [block_entry(row, evaluator) for row in issued.blocks.defer("image").order_by("number")]
    return figures, blocks


def evaluator_of(issued: IssuedReport) -> Evaluator:
    """Who says what was asked, under the catalogue of that time."""
    report = issued.report
    return Evaluator(report.unit, report.span, issued.day, issued.position, catalogue_as_of(issued))


def manifest_of(
    issued: IssuedReport, figures: list[dict[str, Any]], blocks: list[dict[str, Any]], *, named: bool = False
) -> dict[str, Any]:
    """Report, figures and charts with their lines, and the records those lines come from."""
    points = [point for block in blocks for point in block.get("points", [])]
    keys = {line["record"] for entry in (*figures, *points) for line in entry["lines"]}
    keys |= {block["record"] for block in blocks if "record" in block}
    return {
        "format": "yibenzhang-package-1",
        "digest": issued.digest,
        "report": whole_content(issued),
        "figures": figures,
        **({"blocks": blocks} if blocks else {}),
        "records": records_of(keys, issued.digest, named=named),
    }


def files_of(issued: IssuedReport, manifest: dict[str, Any]) -> dict[str, bytes]:
    """The files of the package by name."""
    ready = edition.of_issued(issued)
    return {
        "报告.docx": document_of(ready),
        "报告（附数据来源）.docx": document_of(ready, annotated=True),
        "报告.html": page_of(ready).encode(),
        **{f"照片/{row.number}.jpg": bytes(row.image or b"") for row in issued.blocks.exclude(image=None)},
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=1).encode(),
    }


def packed(issued: IssuedReport, files: dict[str, bytes], *, named: bool = False) -> bytes:
    """The files with the script to verify them, the sums of all, and words for whoever opens the package."""
    words = READ_ME.format(title=issued.title, number=issued.number, people=NAMED if named else MASKED)
    files = {
        **files,
        "verify.py": (Path(__file__).parent / "verify_package.py").read_bytes(),
        "说明.txt": words.encode(),
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    files["SHA256SUMS"] = sums.encode()
    buffer = io.BytesIO()
    stamp = _stamp(issued.day)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, stamp), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _stamp(day: date) -> tuple[int, int, int, int, int, int]:
    return datetime.combine(day, time()).timetuple()[:6]
