"""Word documents with a comment (批注) at each figure: the user's own file, or a clean one made from the text."""

import io

from yibenzhang.checking.outputs.findings import Findings
from yibenzhang.checking.outputs.word_comments import Comment, annotate
from yibenzhang.checking.results import Line

CONTEXT = 16
WORD_FILE = b"PK\x03\x04"


def annotated(findings: Findings, original: bytes | None) -> bytes:
    """The user's own .docx with comments, or a clean document when the text came as something else.

    Every other part of the user's file stays as it was, byte for byte. Raises BookError when it
    cannot be opened.
    """
    document = original if original and original.startswith(WORD_FILE) else clean_document(findings)
    conflicts: dict[str, list[str]] = {}
    for found in findings.reading.inconsistencies:
        for claim in found.claims:
            conflicts.setdefault(claim, []).append(f"文内不一致：{found.why}")
    clean = findings.reading.clean_text
    comments = [
        Comment(
            text=[*text_of(line), *conflicts.get(line.claim.id, [])],
            quoted=line.claim.text,
            before=clean[max(0, line.claim.start - CONTEXT) : line.claim.start],
            after=clean[line.claim.end : line.claim.end + CONTEXT],
            order=line.claim.start,
        )
        for line in findings.lines
    ]
    return annotate(document, comments, at=findings.at)


def text_of(line: Line) -> list[str]:
    """A comment's paragraphs: verdict and ledger value, then the reasons, then the rivals."""
    shown = line.result["shown"]
    head = f"第 {line.number} 处　{line.word}" + (f"　台账 {shown}（{line.name}）" if shown else "")
    rivals = "、".join(rival.name for rival in line.rivals)
    return [head, *line.result["reasons"], *([f"也可能是：{rivals}"] if rivals else [])]


def clean_document(findings: Findings) -> bytes:
    """A plain document of the clean text: title, origin, paragraphs."""
    import docx

    document = docx.Document()
    reading = findings.reading
    if reading.title:
        document.add_heading(reading.title, level=0)
    origin = "　".join(each for each in (reading.source, reading.date) if each)
    if origin:
        document.add_paragraph(origin)
    for text in reading.clean_text.split("\n"):
        if text.strip():
            document.add_paragraph(text)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
