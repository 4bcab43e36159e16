"""One number over everything an issued report says (摘要值)."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from yibenzhang.reports.models import IssuedFigure, IssuedReport


def content_of(issued: IssuedReport, figures: Iterable[IssuedFigure]) -> dict[str, Any]:
    """What the digest covers: title, text, unit, period, position, day, credits and every figure."""
    report = issued.report
    return {
        "structure": report.structure,
        "unit": report.unit.code,
        "period": report.period,
        "number": issued.number,
        "title": issued.title,
        "text": issued.text,
        "position": issued.position,
        "day": issued.day.isoformat(),
        "catalogue": issued.catalogue_version_id,
        "credits": [issued.source, issued.editor, issued.contributor],
        "figures": [
            [figure.number, figure.token, figure.shown, figure.value, figure.position] for figure in figures
        ],
    }


def digest_of(issued: IssuedReport, figures: Iterable[IssuedFigure]) -> str:
    """SHA-256 of the content in a fixed form."""
    content = content_of(issued, figures)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_intact(issued: IssuedReport) -> bool:
    """True when the stored rows still have the digest they were issued with."""
    return digest_of(issued, issued.figures.order_by("number")) == issued.digest
