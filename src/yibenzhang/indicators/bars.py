"""The bars of a chart as numbers for an SVG: a template only writes them out, whatever page it stands on."""

from dataclasses import dataclass

from yibenzhang.indicators.charts import Chart, Point

WIDTH, HEIGHT, BASE, TALLEST, ROOM = 700, 196, 168, 150, 8
NAMES, STEP, THICK, VALUES = 190, 30, 18, 90


@dataclass(frozen=True)
class Bar:
    """One bar in the drawing's own units, with the places of its two labels."""

    point: Point
    x: float
    y: float
    width: float
    height: float
    label_x: float
    label_y: float
    value_x: float
    value_y: float


@dataclass(frozen=True)
class Gridline:
    """A line with its value, across the columns."""

    y: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """A finished drawing. `is_lying` says that the bars lie, with their names on the left."""

    chart: Chart
    bars: list[Bar]
    grid: list[Gridline]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE
    is_lying: bool = False


def drawn(chart: Chart) -> Drawing:
    """Standing bars for a trend; lying ones for a breakdown by unit, whose names are long."""
    return _lying(chart) if chart.by == "unit" else _standing(chart)


def _standing(chart: Chart) -> Drawing:
    step = (WIDTH - ROOM) / max(len(chart.points), 1)
    width = min(30.0, step * 0.6)
    bars = []
    for index, point in enumerate(chart.points):
        x, tall = round(ROOM + index * step, 1), _share(point, chart) * (TALLEST - 20)
        top, middle = BASE - tall, round(x + width / 2, 1)
        size = (x, round(top, 1), round(width, 1), round(tall, 1))
        bars.append(Bar(point, *size, middle, HEIGHT - 8, middle, round(top - 6, 1)))
    return Drawing(chart, bars, _grid(chart))


def _lying(chart: Chart) -> Drawing:
    longest = WIDTH - NAMES - VALUES
    bars = []
    for index, point in enumerate(chart.points):
        y, long = index * STEP + (STEP - THICK) / 2, round(_share(point, chart) * longest, 1)
        foot = round(y + THICK / 2 + 5, 1)
        bars.append(Bar(point, NAMES, y, long, THICK, NAMES - 10, foot, round(NAMES + long + 6, 1), foot))
    return Drawing(chart, bars, [], height=STEP * len(chart.points), base=NAMES, is_lying=True)


def _share(point: Point, chart: Chart) -> float:
    """How long the bar is: 1 for the largest value, 0 for none or a negative one."""
    return max(float(point.value / chart.top), 0.0) if point.value and chart.top else 0.0


def _grid(chart: Chart) -> list[Gridline]:
    """One line at a round value below the top."""
    if not chart.top or chart.is_ratio:
        return []
    shown = chart.top / chart.divisor
    size = 10 ** (len(str(int(shown))) - 1)
    steps = [step * size for step in (1, 2, 5) if step * size <= shown][-1:]
    return [
        Gridline(round(BASE - float(step / shown) * (TALLEST - 20), 1), f"{step:,}")
        for step in steps
        if step >= 2
    ]
