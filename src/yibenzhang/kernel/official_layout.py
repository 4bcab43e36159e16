"""Page, grid, styles and page numbers of an official document.

The grid is of type `lines`: `linesAndChars` is what Word writes, but other programs then give each character two cells.
28 characters a line come from a spacing of −0.25 pt instead.
"""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips

SONG, FANG, HEI, KAI, TITLE = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
HEADING_FONTS = {1: HEI, 2: KAI, 3: FANG, 4: FANG}
TOP, BOTTOM, LEFT, RIGHT, FOOTER = Mm(37), Mm(35), Mm(28), Mm(26), Mm(25)
LINE_PITCH = 579  # twips: 22 lines in 225 mm
CHARACTERS = 28


def set_page(document: Any) -> None:
    """A4, margins 37/35/28/26 mm, 22 lines of 28 characters, page numbers right on odd and left on even pages."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.footer_distance, section.header_distance = FOOTER, Mm(15)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    section._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def set_styles(document: Any) -> None:
    """Body text, and headings that navigation panes show, all in 3号 with their own faces."""
    _speak_chinese(document)
    normal = document.styles["Normal"]
    set_font(normal.element.get_or_add_rPr(), FANG)
    normal.font.size = Pt(16)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-5")
    normal.element.rPr.insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:u", "w:lang"
    )
    _lines(normal.paragraph_format)
    _close_up(normal.element.get_or_add_pPr())
    for level, face in HEADING_FONTS.items():
        style = document.styles[f"Heading {level}"]
        style.element.remove(style.element.rPr)
        set_font(style.element.get_or_add_rPr(), face)
        style.font.size, style.font.bold, style.font.italic = Pt(16), False, False
        _lines(style.paragraph_format)
        style.paragraph_format.keep_with_next = True
        first_line(style.element.get_or_add_pPr(), 200)


def _speak_chinese(document: Any) -> None:
    """Where a face is missing, a program chooses another by language: only zh-CN gives 。and ， their place at the left."""
    for language in (
        *document.styles.element.iterfind(".//" + qn("w:rPrDefault") + "//" + qn("w:lang")),
        *document.settings.element.iterfind(qn("w:themeFontLang")),
    ):
        language.set(qn("w:eastAsia"), "zh-CN")


def set_font(properties: Any, face: str, *, latin: str = LATIN) -> None:
    """Name the face for Chinese and Latin text; theme faces would win over it, so they go."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for slot, name in (("w:ascii", latin), ("w:hAnsi", latin), ("w:cs", latin), ("w:eastAsia", face)):
        fonts.set(qn(slot), name)
    fonts.set(qn("w:hint"), "eastAsia")


def first_line(properties: Any, hundredths: int) -> None:
    """Indent of the first line in hundredths of a character: 200 is 空二字."""
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(hundredths))
    indent.set(qn("w:firstLine"), str(hundredths * 16 // 5))


def right_indent(paragraph: Any, characters: float) -> None:
    """Keep this many characters free on the right."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:rightChars"), str(round(characters * 100)))
    indent.set(qn("w:right"), str(round(characters * 320)))


def left_indent(paragraph: Any, characters: float) -> None:
    """Keep this many characters free on the left."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:leftChars"), str(round(characters * 100)))
    indent.set(qn("w:left"), str(round(characters * 320)))


def _lines(paragraph_format: Any) -> None:
    paragraph_format.space_before = paragraph_format.space_after = Pt(0)
    paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph_format.line_spacing = Twips(LINE_PITCH)
    paragraph_format.widow_control = False


def _close_up(properties: Any) -> None:
    """No gap between digits and characters: a line has 28 of them."""
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        element = OxmlElement(name)
        element.set(qn("w:val"), "0")
        properties.insert_element_before(
            element, "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )


def _page_number(footer: Any, side: Any) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    (right_indent if side == WD_ALIGN_PARAGRAPH.RIGHT else left_indent)(paragraph, 1)
    for kind, text in (("", "— "), ("begin", ""), ("instr", " PAGE "), ("end", ""), ("", " —")):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        set_font(run._r.get_or_add_rPr(), SONG, latin=SONG)
        if kind == "instr":
            field = OxmlElement("w:instrText")
            field.set(qn("xml:space"), "preserve")
            field.text = text
            run._r.append(field)
        elif kind:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
            run._r.append(field)
        else:
            run.add_text(text)
