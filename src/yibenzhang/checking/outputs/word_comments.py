"""Writing comments into a .docx without touching anything else.

Only the parts a comment needs are rewritten: the document (runs are cut where a figure begins and ends), the comments,
the relationships and the content types. Every other part is copied as it is.
"""

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from yibenzhang.checking.outputs.word_text import Place, places
from yibenzhang.kernel.errors import BookError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
DOCUMENT, RELS, CONTENT_TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
AUTHOR, INITIALS = "核稿", "核"


@dataclass(frozen=True)
class Comment:
    """A comment and where it belongs: the quoted figure with what stands around it, in text order."""

    text: list[str]
    quoted: str
    before: str
    after: str
    order: int


def annotate(data: bytes, comments: list[Comment], *, at: datetime) -> bytes:
    """The document with the comments anchored at their figures; those not found again hang on the first paragraph.

    Raises BookError when the document cannot be opened.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
            document = _parse(parts[DOCUMENT])
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError) as error:
        raise BookError("这份 Word 文档打不开，写不进批注。请用 Word 或 WPS 另存后再试。") from error
    name, kept = _comments_part(parts)
    first = 1 + max((int(each.get(_w("id"), "0")) for each in kept), default=-1)
    ordered = sorted(comments, key=lambda comment: comment.order)
    found = places(document, ordered)
    # From the end backwards, so that cutting a run never moves a figure that is still to come.
    for number, place in sorted(enumerate(found), key=lambda pair: pair[1].order, reverse=True):
        _anchor(document, place, first + number)
    for number, comment in enumerate(ordered):
        kept.append(_comment_element(comment, first + number, at))
    parts[DOCUMENT], parts[name] = _written(document), _written(kept)
    return _packed(data, parts)


def _comments_part(parts: dict[str, bytes]) -> tuple[str, Any]:
    """Name and tree of the part that holds comments; a document without one gets it."""
    relations = _parse(parts[RELS]) if RELS in parts else etree.Element(f"{{{RELATIONS}}}Relationships")
    for relation in relations:
        if relation.get("Type") == COMMENTS_RELATION:
            target = relation.get("Target", "")
            name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            return name, _parse(parts[name])
    taken = {relation.get("Id") for relation in relations}
    key = next(f"rIdComments{n}" for n in range(1, len(taken) + 2) if f"rIdComments{n}" not in taken)
    etree.SubElement(
        relations, f"{{{RELATIONS}}}Relationship", Id=key, Type=COMMENTS_RELATION, Target="comments.xml"
    )
    types = _parse(parts[CONTENT_TYPES])
    etree.SubElement(types, f"{{{TYPES}}}Override", PartName="/word/comments.xml", ContentType=COMMENTS_TYPE)
    parts[RELS], parts[CONTENT_TYPES] = _written(relations), _written(types)
    return "word/comments.xml", etree.Element(_w("comments"), nsmap={"w": W})


def _anchor(document: Any, place: Place, number: int) -> None:
    """Put the marks of a comment around its figure, cutting runs where it begins and ends."""
    start, end = etree.Element(_w("commentRangeStart")), etree.Element(_w("commentRangeEnd"))
    for mark in (start, end):
        mark.set(_w("id"), str(number))
    reference = etree.Element(_w("r"))
    etree.SubElement(reference, _w("commentReference")).set(_w("id"), str(number))
    if place.first is None or place.last is None:
        paragraph = next(document.iter(_w("p")))
        paragraph.extend([start, end, reference])
        return
    (opening, begin), (closing, stop) = place.first, place.last
    _cut(closing, stop)
    _cut(opening, begin)
    # What stood behind a cut inside a text went into the next run; a text cut at its beginning moved as a whole.
    first = opening.getparent().getnext() if begin else opening.getparent()
    last = first if opening is closing else closing.getparent()
    first.addprevious(start)
    last.addnext(end)
    end.addnext(reference)


def _cut(text: Any, offset: int) -> None:
    """Cut the run of a `w:t` at a position in it, so that a run begins there; nothing at the run's own border."""
    run, content = text.getparent(), text.text or ""
    properties = run.find(_w("rPr"))
    opens = next(child for child in run if child is not properties) is text
    if offset <= 0 and opens:
        return
    rest = list(text.itersiblings())
    if offset >= len(content) and not rest:
        return
    cut = etree.Element(_w("r"), attrib=dict(run.attrib))
    if properties is not None:
        cut.append(deepcopy(properties))
    if offset <= 0:
        cut.append(text)
    elif offset < len(content):
        tail = etree.SubElement(cut, _w("t"))
        tail.text, text.text = content[offset:], content[:offset]
        for each in (tail, text):
            each.set(SPACE, "preserve")
    for sibling in rest:
        cut.append(sibling)
    run.addnext(cut)


def _comment_element(comment: Comment, number: int, at: datetime) -> Any:
    element = etree.Element(_w("comment"))
    for key, value in (("id", str(number)), ("author", AUTHOR), ("initials", INITIALS)):
        element.set(_w(key), value)
    element.set(_w("date"), at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    for line in comment.text:
        paragraph = etree.SubElement(element, _w("p"))
        text = etree.SubElement(etree.SubElement(paragraph, _w("r")), _w("t"))
        text.text = "".join(char for char in line if char >= " ")
        text.set(SPACE, "preserve")
    return element


def _packed(original: bytes, parts: dict[str, bytes]) -> bytes:
    """The archive again: the same entries in the same order, new parts at the end."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(original)) as old,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = [entry.filename for entry in old.infolist()]
        for entry in old.infolist():
            new.writestr(entry, parts[entry.filename])
        for name in _missing(parts, names):
            new.writestr(name, parts[name])
    return kept.getvalue()


def _missing(parts: dict[str, bytes], names: Iterable[str]) -> list[str]:
    known = set(names)
    return [name for name in parts if name not in known]


def _parse(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def _written(tree: Any) -> bytes:
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
