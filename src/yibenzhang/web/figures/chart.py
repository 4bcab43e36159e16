"""Bars by month as numbers for an SVG: the template only writes them out."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from yibenzhang.indicators.figures import Figure

WIDTH, HEIGHT, BASE, TALLEST, ROOM = 700, 196, 168, 150, 8


@dataclass(frozen=True)
class Bar:
    """One month: geometry in the drawing's own units, the value in words, and whether the month is still running."""

    figure: Figure
    label: str
    x: float
    width: float
    y: float
    height: float
    is_partial: bool
    is_future: bool

    @property
    def middle(self) -> float:
        """Where the labels are centred."""
        return round(self.x + self.width / 2, 1)

    @property
    def label_y(self) -> float:
        """Baseline of the value above the bar."""
        return round(self.y - 6, 1)


@dataclass(frozen=True)
class Gridline:
    """A horizontal line with its value."""

    y: float
    label: str


@dataclass(frozen=True)
class Chart:
    """A finished drawing."""

    bars: list[Bar]
    grid: list[Gridline]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE

    @property
    def description(self) -> str:
        """The values in words for those who do not see the drawing."""
        parts = (
            f"{bar.label}{bar.figure.shown}{bar.figure.measure}" for bar in self.bars if not bar.is_future
        )
        return "，".join(parts)


def month_bars(figures: list[Figure], today: date) -> Chart:
    """Bars of the months' figures; months that have not begun stay empty."""
    top = max((figure.value for figure in figures if figure.value is not None), default=Fraction(0))
    step = (WIDTH - ROOM) / max(len(figures), 1)
    width = min(30.0, step * 0.6)
    bars = []
    for index, figure in enumerate(figures):
        period = figure.question.period
        tall = float(figure.value / top) * (TALLEST - 20) if figure.value and top else 0.0
        bars.append(
            Bar(
                figure,
                f"{period.start.month}月"
                if len(figures) <= 12
                else f"{period.start:%y}.{period.start.month}",
                round(ROOM + index * step, 1),
                round(width, 1),
                round(BASE - max(tall, 0), 1),
                round(max(tall, 0), 1),
                period.contains(today) and today < period.last_day,
                period.start > today,
            )
        )
    return Chart(bars, _grid(figures, top))


def _grid(figures: list[Figure], top: Fraction) -> list[Gridline]:
    """One or two lines at round values below the top."""
    if not top or not figures or figures[0].indicator.aggregation == "ratio":
        return []
    divisor = figures[0].indicator.divisor
    shown = top / divisor
    size = 10 ** (len(str(int(shown))) - 1)
    steps = [step * size for step in (1, 2, 5) if step * size <= shown][-1:]
    return [
        Gridline(round(BASE - float(step / shown) * (TALLEST - 20), 1), f"{step:,}")
        for step in steps
        if step >= 2
    ]
