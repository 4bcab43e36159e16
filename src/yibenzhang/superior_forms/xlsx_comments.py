"""Cell comments (批注) of a workbook: the comments part and the drawing Excel wants for their boxes; sheets keep everything else."""

import posixpath
from collections.abc import Mapping
from typing import Any

from lxml import etree

from yibenzhang.superior_forms.grid import Place, address
from yibenzhang.superior_forms.package import CONTENT_TYPES, OFFICE, RELATIONS, TYPES, Package, relations_of
from yibenzhang.superior_forms.xlsx_cells import MAIN
from yibenzhang.superior_forms.xlsx_reading import visible_sheets

AUTHOR = "党建一本账"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
VML = "urn:schemas-microsoft-com:vml"
OFFICE_VML = "urn:schemas-microsoft-com:office:office"
EXCEL = "urn:schemas-microsoft-com:office:excel"
# What may follow legacyDrawing in a sheet; it must not come later than any of these.
_AFTER_DRAWING = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip


def with_comments(data: bytes, notes: Mapping[tuple[int, Place], list[str]]) -> bytes:
    """The workbook with a comment at each of these cells; a cell's own comment stays in front of ours."""
    package = Package(data)
    for number, (_, part) in enumerate(visible_sheets(package)):
        mine = {place: lines for (sheet, place), lines in notes.items() if sheet == number}
        if mine:
            _annotate(package, part, number, mine)
    return package.packed()


def _annotate(package: Package, part: str, number: int, notes: Mapping[Place, list[str]]) -> None:
    relations = package.relations(part)
    comments_name = _part(
        package, relations, part, "comments", f"xl/comments-sources{number}.xml", COMMENTS_TYPE
    )
    drawing_name = _part(
        package, relations, part, "vmlDrawing", f"xl/drawings/sources{number}.vml", DRAWING_TYPE
    )
    comments = package.parse(comments_name) if comments_name in package.parts else _new_comments()
    drawing = _drawing(package, drawing_name)
    _add_comments(comments, notes)
    _add_boxes(drawing, notes)
    package.put(comments_name, comments)
    package.put(drawing_name, drawing)
    package.put(relations_of(part), relations)
    sheet = package.parse(part)
    if sheet.find(f"{MAIN}legacyDrawing") is None:
        key = next(each.get("Id") for each in relations if (each.get("Type") or "").endswith("/vmlDrawing"))
        mark = etree.Element(f"{MAIN}legacyDrawing")
        mark.set(f"{{{OFFICE}}}id", key)
        later = next((child for child in sheet if etree.QName(child).localname in _AFTER_DRAWING), None)
        if later is None:
            sheet.append(mark)
        else:
            later.addprevious(mark)
        package.put(part, sheet)


def _part(package: Package, relations: Any, part: str, kind: str, name: str, content: str) -> str:
    """The part of this kind that the sheet has, or the name of a new one with its relationship and content type."""
    found = package.related(part, kind)
    if found:
        return found[0]
    taken = {each.get("Id") for each in relations}
    key = next(f"rIdSource{n}" for n in range(1, len(taken) + 2) if f"rIdSource{n}" not in taken)
    target = posixpath.relpath(name, posixpath.dirname(part))
    etree.SubElement(
        relations, f"{{{RELATIONS}}}Relationship", Id=key, Type=f"{OFFICE}/{kind}", Target=target
    )
    types = package.parse(CONTENT_TYPES)
    if kind == "comments":
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content)
    elif not any(each.get("Extension", "").lower() == "vml" for each in types):
        types.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension="vml", ContentType=content))
    package.put(CONTENT_TYPES, types)
    return name


def _new_comments() -> Any:
    root = etree.Element(f"{MAIN}comments", nsmap={None: MAIN[1:-1]})
    etree.SubElement(root, f"{MAIN}authors")
    etree.SubElement(root, f"{MAIN}commentList")
    return root


def _add_comments(comments: Any, notes: Mapping[Place, list[str]]) -> None:
    authors = comments.find(f"{MAIN}authors")
    etree.SubElement(authors, f"{MAIN}author").text = AUTHOR
    author = str(len(authors) - 1)
    listed = comments.find(f"{MAIN}commentList")
    there = {each.get("ref"): each for each in listed}
    for place, lines in sorted(notes.items()):
        said = "\n".join(lines)
        comment = there.get(address(place))
        if comment is None:
            comment = etree.SubElement(listed, f"{MAIN}comment", ref=address(place), authorId=author)
            etree.SubElement(comment, f"{MAIN}text")
        else:
            said = f"\n{said}"
        run = etree.SubElement(comment.find(f"{MAIN}text"), f"{MAIN}r")
        text = etree.SubElement(run, f"{MAIN}t")
        text.text = "".join(char for char in said if char >= " " or char == "\n")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _drawing(package: Package, name: str) -> Any:
    if name in package.parts:
        return package.parse(name)
    root = etree.Element("xml", nsmap={"v": VML, "o": OFFICE_VML, "x": EXCEL})
    kind = etree.SubElement(
        root,
        f"{{{VML}}}shapetype",
        id="_x0000_t202",
        coordsize="21600,21600",
        path="m,l,21600r21600,l21600,xe",
    )
    kind.set(f"{{{OFFICE_VML}}}spt", "202")
    etree.SubElement(kind, f"{{{VML}}}stroke", joinstyle="miter")
    return root


def _add_boxes(drawing: Any, notes: Mapping[Place, list[str]]) -> None:
    boxed = {
        (int(each.findtext(f"{{{EXCEL}}}Row") or -1) + 1, int(each.findtext(f"{{{EXCEL}}}Column") or -1) + 1)
        for each in drawing.iter(f"{{{EXCEL}}}ClientData")
    }
    for count, (row, column) in enumerate(sorted(set(notes) - boxed), start=1):
        shape = etree.SubElement(
            drawing, f"{{{VML}}}shape", id=f"_x0000_s9{count:04d}", type="#_x0000_t202", fillcolor="#ffffe1",
            style="position:absolute;margin-left:80pt;margin-top:2pt;width:240pt;height:110pt;visibility:hidden",
        )  # fmt: skip
        etree.SubElement(shape, f"{{{VML}}}textbox", style="mso-direction-alt:auto")
        client = etree.SubElement(shape, f"{{{EXCEL}}}ClientData", ObjectType="Note")
        corners = (column, 15, row - 1, 10, column + 3, 15, row + 5, 4)
        for tag, text in (
            ("MoveWithCells", ""), ("SizeWithCells", ""), ("Anchor", ", ".join(map(str, corners))),
            ("AutoFill", "False"), ("Row", str(row - 1)), ("Column", str(column - 1)),
        ):  # fmt: skip
            etree.SubElement(client, f"{{{EXCEL}}}{tag}").text = text or None
