"""The inspection package (迎检包): a report with the records behind its figures, checkable offline by a small script.

Nobody's name is in it: people are keys that only this package knows, and evidence is named by digest, not enclosed.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from yibenzhang.indicators.trace import TraceLine, trace
from yibenzhang.reports import edition
from yibenzhang.reports.digest import content_of
from yibenzhang.reports.docx.document import document_of
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.models import IssuedFigure, IssuedReport
from yibenzhang.reports.page import page_of
from yibenzhang.reports.queries import catalogue_as_of
from yibenzhang.reports.tokens import FigureToken, split
from yibenzhang.vouchers.models import Attachment, Voucher

READ_ME = """迎检包：{title}（第{number}版）

里面有：报告.docx（清稿）、报告（附数据来源）.docx、报告.html、manifest.json（每个数字的口径、账面位置和所依据的记录）。
核对方法：解开压缩包，在文件夹里运行 python verify.py。不需要账号，不联网。
记录里的人员用代号，不含姓名；佐证材料列出文件名和摘要值，原件凭摘要值到单位查验。
"""


def package_of(issued: IssuedReport) -> bytes:
    """The .zip of an issued version. The same version gives the same files whenever it is made."""
    ready = edition.of_issued(issued)
    manifest = manifest_of(issued)
    files = {
        "报告.docx": document_of(ready),
        "报告（附数据来源）.docx": document_of(ready, annotated=True),
        "报告.html": page_of(ready).encode(),
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=1).encode(),
        "verify.py": (Path(__file__).parent / "verify_package.py").read_bytes(),
        "说明.txt": READ_ME.format(title=issued.title, number=issued.number).encode(),
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    files["SHA256SUMS"] = sums.encode()
    buffer = io.BytesIO()
    stamp = datetime.combine(issued.day, time())
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, stamp.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def manifest_of(issued: IssuedReport) -> dict[str, Any]:
    """Report, figures with their lines, and the records those lines come from."""
    report, catalogue = issued.report, catalogue_as_of(issued)
    evaluator = Evaluator(report.unit, report.span, issued.day, issued.position, catalogue)
    rows = list(issued.figures.order_by("number"))
    vouchers: set[int] = set()
    figures = [_figure(row, evaluator, issued, vouchers) for row in rows]
    return {
        "format": "yibenzhang-package-1",
        "digest": issued.digest,
        "report": content_of(issued, rows, issued.blocks.defer("image").order_by("number")),
        "figures": figures,
        "records": _records(vouchers),
    }


def _figure(
    row: IssuedFigure, evaluator: Evaluator, issued: IssuedReport, vouchers: set[int]
) -> dict[str, Any]:
    (token,) = split(row.token)
    base = {
        "number": row.number,
        "indicator": row.indicator,
        "name": row.name,
        "shown": row.shown,
        "value": row.value,
    }
    answer = evaluator.resolved(token) if isinstance(token, FigureToken) else None
    if answer is None or answer.indicator is None or answer.question is None:
        return {**base, "lines": [], "aggregation": "", "months": []}
    question = replace(answer.question, position=row.position)
    lines = trace(answer.indicator, question)
    vouchers |= {line.voucher for line in lines}
    monthly = isinstance(token, FigureToken) and token.display == "each_month"
    months = [m.code for m in question.period.months() if m.last_day < issued.day] if monthly else []
    return {
        **base,
        "definition": answer.indicator.definition,
        "period": question.period.code,
        "programme": question.programme,
        "as_of": row.position,
        "aggregation": answer.indicator.aggregation,
        "months": months,
        "lines": [_line(line, issued.digest) for line in lines],
    }


def _line(line: TraceLine, salt: str) -> dict[str, Any]:
    key = hashlib.sha256(f"{salt}|{line.key}".encode()).hexdigest()[:12] if line.person else line.key
    return {
        "record": line.voucher, "entry": line.entry, "day": _day(line.day), "quantity": line.quantity, "key": key,
        "role": line.role,
    }  # fmt: skip


def _records(keys: set[int]) -> list[dict[str, Any]]:
    """The vouchers, with the digest they were posted under and those of their evidence."""
    evidence: dict[int, list[dict[str, Any]]] = {}
    for file in Attachment.objects.filter(voucher_id__in=keys).order_by("id"):
        evidence.setdefault(file.voucher_id, []).append(
            {"name": file.name, "sha256": file.sha256, "size": file.size}
        )
    found = (
        Voucher.objects.filter(pk__in=keys).select_related("unit").prefetch_related("entries").order_by("pk")
    )
    return [
        {
            "number": voucher.pk,
            "voucher": voucher.number,
            "kind": voucher.kind_name,
            "unit": voucher.unit.name,
            "day": _day(voucher.event_date),
            "digests": [entry.digest for entry in voucher.entries.all()],
            "evidence": evidence.get(voucher.pk, []),
        }
        for voucher in found
    ]


def _day(day: date) -> str:
    return day.isoformat()
