"""PDF and OFD as evidence: what acts by itself, hides another file or bears a mark of secrecy is refused in words."""

import io
import zipfile

import pytest

from tests.intake import documents
from yibenzhang.vouchers.evidence_gate import EvidenceError, inspect

PDF = documents.pdf(1, 3)


def ofd(parts: dict[str, bytes]) -> bytes:
    """A package of these parts with the entry file of an OFD."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"OFD.xml": b"<ofd/>", **parts}.items():
            archive.writestr(name, content)
    return kept.getvalue()


def before_end(poison: bytes) -> bytes:
    return PDF.replace(b"trailer", poison + b"\ntrailer", 1)


HOSTILE = {
    "script": ("a.pdf", before_end(b"9 0 obj<</S/JavaScript/JS(x)>>endobj"), "脚本"),
    "script with an escaped name": ("a.pdf", before_end(b"9 0 obj<</S/J#61vaScript/JS(x)>>endobj"), "脚本"),
    "launch": ("a.pdf", before_end(b"9 0 obj<</S/Launch/F(x)>>endobj"), "脚本"),
    "embedded file": ("a.pdf", before_end(b"9 0 obj<</Type/EmbeddedFile>>endobj"), "脚本"),
    "web page inside": ("a.pdf", before_end(b"%<html><body>"), "藏着"),
    "archive behind": ("a.pdf", PDF + documents.plain_docx()[:900] + b"%%EOF", "藏着"),
    "mark in ofd": ("a.ofd", ofd({"Doc_0/Pages/Page_0/Content.xml": "<t>机密★</t>".encode()}), "密级"),
    "bomb in ofd": ("a.ofd", ofd({"Doc_0/a.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}), "压缩"),
    "program in ofd": ("a.ofd", ofd({"Doc_0/a.exe": b"MZ"}), "套着"),
}


@pytest.mark.parametrize(("name", "data", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_poisoned_file_is_refused_in_words(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(EvidenceError, match=reason):
        inspect(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF),
        ("a.pdf", before_end(b"9 0 obj<</S/URI/URI(x)>>endobj")),
        ("a.ofd", ofd({"Doc_0/Pages/Page_0/Content.xml": "<t>会议纪要</t>".encode()})),
    ],
    ids=["pdf", "pdf with a link", "ofd"],
)
def test_the_same_file_without_the_poison_is_kept(name: str, data: bytes) -> None:
    assert inspect(name, data)[1] == data
