"""One number over everything an issued report says (摘要值)."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from yibenzhang.reports.models import IssuedBlock, IssuedFigure, IssuedReport


def content_of(
    issued: IssuedReport, figures: Iterable[IssuedFigure], blocks: Iterable[IssuedBlock]
) -> dict[str, Any]:
    """What the digest covers: title, text, unit, period, position, day, credits, every figure, chart and photograph.

    A version without charts and photographs has no word of them, as those issued before there were any.
    """
    report = issued.report
    shown = [[block.number, block.token, block.content, block.position] for block in blocks]
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
        **({"blocks": shown} if shown else {}),
    }


def whole_content(issued: IssuedReport) -> dict[str, Any]:
    """What the digest of a stored version covers."""
    blocks = issued.blocks.defer("image").order_by("number")
    return content_of(issued, issued.figures.order_by("number"), blocks)


def digest_of(issued: IssuedReport, figures: Iterable[IssuedFigure], blocks: Iterable[IssuedBlock]) -> str:
    """SHA-256 of the content in a fixed form."""
    content = content_of(issued, figures, blocks)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_intact(issued: IssuedReport) -> bool:
    """True when the stored rows still have the digest they were issued with, and every picture its own."""
    blocks = list(issued.blocks.order_by("number"))
    same = digest_of(issued, issued.figures.order_by("number"), blocks) == issued.digest
    return same and all(
        hashlib.sha256(bytes(block.image)).hexdigest() == block.content["image"]
        for block in blocks
        if block.image is not None
    )
