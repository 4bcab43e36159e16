"""A chart as Word knows it: a DrawingML part with the numbers inside, so that nothing outside the document is needed.

Element order is that of ECMA-376 part 1, 21.2; Word repairs (or refuses) a file that has it otherwise. A workbook to edit
the numbers in is not embedded: they are the ledger's, and files with embedded objects are refused at many doors.
"""

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from lxml.builder import ElementMaker

from yibenzhang.indicators.charts import Chart, Point
from yibenzhang.kernel.official_layout import FANG, LATIN
from yibenzhang.reports.charts import ReportChart

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_c = ElementMaker(namespace=C, nsmap={"c": C, "a": A, "r": R})
_a = ElementMaker(namespace=A, nsmap={"a": A})
CATEGORIES, VALUES = "111111111", "222222222"  # ids of the axes
INK, FILL, PAPER = "000000", "3D5F80", "FFFFFF"
SIZE = "1050"  # 五号, in hundredths of a point


def add_chart_part(document: Any, chart: ReportChart, number: int) -> str:
    """Add the part to the document's package; returns the id of the relationship to it."""
    package = document.part.package
    blob = etree.tostring(chart_space(chart), xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, blob, package)
    return str(document.part.relate_to(part, RELATIONSHIP_TYPE.CHART))


def chart_space(chart: ReportChart) -> Any:
    """The root of the part."""
    return _c.chartSpace(
        _val("date1904", 0),
        _c.lang(val="zh-CN"),
        _val("roundedCorners", 0),
        _c.chart(
            _val("autoTitleDeleted", 1),
            _c.plotArea(_c.layout(), _bars(chart), *_axes(chart.chart)),
            _val("plotVisOnly", 1),
            _c.dispBlanksAs(val="gap"),
        ),
        _c.spPr(_fill(PAPER), _a.ln(_a.noFill())),
        _text(),
    )


def _bars(chart: ReportChart) -> Any:
    points = chart.chart.points
    return _c.barChart(
        _c.barDir(val="bar" if chart.chart.by == "unit" else "col"),
        _c.grouping(val="clustered"),
        _val("varyColors", 0),
        _c.ser(
            _val("idx", 0),
            _val("order", 0),
            _c.tx(_c.strRef(_c.f("Sheet1!$B$1"), _cache("strCache", [(0, chart.title)], 1))),
            _c.spPr(_fill(FILL), _line()),
            _val("invertIfNegative", 0),
            *[_partial(place) for place, point in enumerate(points) if point.is_partial],
            _labels(chart.chart),
            _c.cat(_c.strRef(_c.f(_range("A", points)), _cache("strCache", _names(points), len(points)))),
            _c.val(
                _c.numRef(
                    _c.f(_range("B", points)),
                    _cache("numCache", _numbers(chart.chart), len(points), number_format(chart.chart)),
                )
            ),
        ),
        _val("gapWidth", 60),
        _val("axId", CATEGORIES),
        _val("axId", VALUES),
    )


def _partial(place: int) -> Any:
    """A span still running is hatched, so that it shows in black and white too."""
    pattern = _a.pattFill(_a.fgClr(_a.srgbClr(val=FILL)), _a.bgClr(_a.srgbClr(val=PAPER)), prst="wdUpDiag")
    return _c.dPt(_val("idx", place), _val("invertIfNegative", 0), _c.spPr(pattern, _line()))


def _labels(chart: Chart) -> Any:
    shown = {"showVal": 1}
    names = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    return _c.dLbls(
        _c.numFmt(formatCode=number_format(chart), sourceLinked="0"),
        _c.spPr(_a.noFill(), _a.ln(_a.noFill())),
        _text(),
        _c.dLblPos(val="outEnd"),
        *[_val(name, shown.get(name, 0)) for name in names],
    )


def _axes(chart: Chart) -> tuple[Any, Any]:
    """Names at the foot, or on the left from the top downwards; the values' own axis is hidden, every bar says its value."""
    lies = chart.by == "unit"
    categories = _c.catAx(
        _val("axId", CATEGORIES),
        _c.scaling(_c.orientation(val="maxMin" if lies else "minMax")),
        _val("delete", 0),
        _c.axPos(val="l" if lies else "b"),
        _c.numFmt(formatCode="General", sourceLinked="0"),
        _c.majorTickMark(val="none"),
        _c.minorTickMark(val="none"),
        _c.tickLblPos(val="low"),
        _c.spPr(_line()),
        _text(),
        _val("crossAx", VALUES),
        _c.crosses(val="autoZero"),
        _val("auto", 0),
        _c.lblAlgn(val="ctr"),
        _val("lblOffset", 100),
        _val("noMultiLvlLbl", 1),
    )
    values = _c.valAx(
        _val("axId", VALUES),
        _c.scaling(_c.orientation(val="minMax"), _val("min", 0)),
        _val("delete", 1),
        _c.axPos(val="t" if lies else "l"),
        _c.numFmt(formatCode=number_format(chart), sourceLinked="0"),
        _c.majorTickMark(val="none"),
        _c.minorTickMark(val="none"),
        _c.tickLblPos(val="nextTo"),
        _val("crossAx", CATEGORIES),
        _c.crosses(val="autoZero"),
        _c.crossBetween(val="between"),
    )
    return categories, values


def number_format(chart: Chart) -> str:
    """How Word writes the numbers, as the page does: 1,286; 98.5; 67%, 66.7%."""
    values = [point.value for point in chart.points if point.value is not None]
    if chart.is_ratio:
        return "0%" if all((value * 100).denominator == 1 for value in values) else "0.0%"
    whole = all((value / chart.divisor).denominator == 1 for value in values)
    return "#,##0" if whole else "General"


def _numbers(chart: Chart) -> list[tuple[int, str]]:
    divisor = 1 if chart.is_ratio else chart.divisor
    return [
        (place, f"{float(point.value / divisor):.15g}")
        for place, point in enumerate(chart.points)
        if point.value is not None
    ]


def _names(points: tuple[Point, ...]) -> list[tuple[int, str]]:
    return [(place, point.label) for place, point in enumerate(points)]


def _cache(name: str, values: list[tuple[int, str]], count: int, form: str = "") -> Any:
    cache = getattr(_c, name)(*([_c.formatCode(form)] if form else []), _val("ptCount", count))
    cache.extend(_c.pt(_c.v(text), idx=str(place)) for place, text in values)
    return cache


def _range(column: str, points: tuple[Point, ...]) -> str:
    return f"Sheet1!${column}$2:${column}${len(points) + 1}"


def _text() -> Any:
    """五号仿宋 for every word of the chart, in black."""
    faces = (_a.latin(typeface=LATIN), _a.ea(typeface=FANG))
    properties = _a.defRPr(_fill(INK), *faces, sz=SIZE, b="0")
    return _c.txPr(_a.bodyPr(), _a.lstStyle(), _a.p(_a.pPr(properties), _a.endParaRPr(lang="zh-CN")))


def _fill(colour: str) -> Any:
    return _a.solidFill(_a.srgbClr(val=colour))


def _line() -> Any:
    return _a.ln(_fill(INK), w="6350")


def _val(name: str, value: object) -> Any:
    return getattr(_c, name)(val=str(value))
