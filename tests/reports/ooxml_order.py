"""Is a .docx what the standard says? Order of children by ECMA-376 part 1 for the elements we write, and whole packages.

Word opens nothing, or "repairs", where an element stands in another place than its sequence allows; other programs and
libraries do not notice. Only elements that we emit are listed; one that is not listed is a mistake as well.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

SEQUENCES = {
    f"{{{W}}}pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid "
    "spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl "
    "divId cnfStyle rPr sectPr pPrChange",
    f"{{{W}}}rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath",
    f"{{{W}}}sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    f"{{{W}}}tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    f"{{{W}}}tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    f"{{{W}}}tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    f"{{{W}}}tr": "tblPrEx trPr tc",
    f"{{{W}}}trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    f"{{{WP}}}inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    f"{{{C}}}chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart spPr txPr "
    "externalData printSettings userShapes extLst",
    f"{{{C}}}chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    f"{{{C}}}plotArea": "layout barChart catAx valAx dTable spPr",
    f"{{{C}}}barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    f"{{{C}}}ser": "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape",
    f"{{{C}}}dPt": "idx invertIfNegative marker bubble3D explosion spPr",
    f"{{{C}}}dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize "
    "separator showLeaderLines",
    f"{{{C}}}catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    f"{{{C}}}valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossBetween majorUnit minorUnit dispUnits",
    f"{{{C}}}scaling": "logBase orientation max min",
    f"{{{C}}}strRef": "f strCache",
    f"{{{C}}}numRef": "f numCache",
    f"{{{C}}}strCache": "ptCount pt",
    f"{{{C}}}numCache": "formatCode ptCount pt",
    f"{{{C}}}txPr": "bodyPr lstStyle p",
    f"{{{C}}}spPr": "noFill solidFill pattFill ln",
    f"{{{A}}}defRPr": "ln noFill solidFill latin ea cs sym",
    f"{{{A}}}pattFill": "fgClr bgClr",
}  # fmt: skip


def misordered(root: etree._Element) -> Iterator[str]:
    """Children that stand where, or are what, the sequence of their parent does not allow."""
    for parent, names in SEQUENCES.items():
        order = {name: place for place, name in enumerate(names.split())}
        for element in root.iter(parent):
            children = [etree.QName(child).localname for child in element]
            unknown = [name for name in children if name not in order]
            if unknown:
                yield f"{etree.QName(parent).localname}: {unknown}"
            elif [order[name] for name in children] != sorted(order[name] for name in children):
                yield f"{etree.QName(parent).localname}: {children}"


def faults(document: bytes) -> list[str]:
    """Everything wrong with a package: order, parts without a type, relations to nowhere, ids nobody declared."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    types = etree.fromstring(parts.pop("[Content_Types].xml"))
    defaults = {each.get("Extension") for each in types.iter(f"{{{TYPES}}}Default")}
    overrides = {each.get("PartName") for each in types.iter(f"{{{TYPES}}}Override")}
    found = [f"{name}: {why}" for name in overrides if name and name[1:] not in parts for why in ["missing"]]
    for name, data in parts.items():
        if f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults:
            found.append(f"{name}: no content type")
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(data)
        if name.endswith(".rels"):
            found += _lost_targets(name, root, parts)
        else:
            found += [f"{name}: {each}" for each in misordered(root)]
            found += _lost_ids(name, root, parts)
    return found


def _lost_targets(name: str, root: etree._Element, parts: dict[str, bytes]) -> list[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    targets = [each.get("Target", "") for each in root.iter(f"{{{RELS}}}Relationship")]
    keys = [each.get("Id") for each in root.iter(f"{{{RELS}}}Relationship")]
    wanted = [posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/") for target in targets]
    twice = [f"{name}: {key} twice" for key in set(keys) if keys.count(key) > 1]
    return twice + [f"{name}: {target} missing" for target in wanted if target not in parts]


def _lost_ids(name: str, root: etree._Element, parts: dict[str, bytes]) -> list[str]:
    folder, file = posixpath.split(name)
    used = {value for each in root.iter() for key, value in each.attrib.items() if key.startswith(f"{{{R}}}")}
    kept = parts.get(f"{folder}/_rels/{file}.rels")
    declared = {each.get("Id") for each in etree.fromstring(kept)} if kept else set()
    return [f"{name}: {key} not declared" for key in used - declared]
