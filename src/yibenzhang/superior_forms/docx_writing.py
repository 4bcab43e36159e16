"""Writing values into the tables of a Word document; every other part of the file stays byte for byte."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from yibenzhang.superior_forms.docx_reading import DOCUMENT, W, footers_of, paragraphs_of, read_docx
from yibenzhang.superior_forms.grid import Place
from yibenzhang.superior_forms.package import Package

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill_docx(data: bytes, values: Mapping[tuple[int, Place], str]) -> bytes:
    """The document with these cells written, in the typeface each cell has; "" empties a cell."""
    if not values:
        return data
    package = Package(data)
    document = package.parse(DOCUMENT)
    tables = [*read_docx(document), *footers_of(document)]
    for (table, place), text in values.items():
        element = tables[table].elements[place]
        _write(element if element.tag == f"{W}p" else _first_paragraph(element), text)
    package.put(DOCUMENT, document)
    return package.packed()


def _first_paragraph(cell: Any) -> Any:
    """The paragraph that takes the value; what further ones said goes, so that nothing old stays beside it."""
    first, *rest = paragraphs_of(cell)
    for paragraph in rest:
        if any((text.text or "").strip() for text in paragraph.iter(f"{W}t")):
            paragraph.getparent().remove(paragraph)
    return first


def _write(paragraph: Any, text: str) -> None:
    """Replace a paragraph's text, keeping its properties and the look of its first run."""
    for control in (each for each in paragraph.iterancestors() if each.tag == f"{W}sdt"):
        for prompt in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
            prompt.getparent().remove(prompt)
    properties = paragraph.find(f"{W}pPr")
    run = paragraph.find(f"{W}r")
    look = run.find(f"{W}rPr") if run is not None else None
    if look is None and properties is not None:
        look = properties.find(f"{W}rPr")
    for child in list(paragraph):
        if child is not properties and any(True for _ in child.iter(f"{W}t", f"{W}tab", f"{W}br")):
            paragraph.remove(child)
    if not text:
        return
    made = etree.SubElement(paragraph, f"{W}r")
    if look is not None:
        own = deepcopy(look)
        for change in own.findall(f"{W}rPrChange"):
            own.remove(change)
        made.append(own)
    words = etree.SubElement(made, f"{W}t")
    words.text = "".join(char for char in text if char >= " ")
    words.set(SPACE, "preserve")
