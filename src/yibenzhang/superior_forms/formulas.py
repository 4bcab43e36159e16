"""What the formulas of a form come to after filling: sums and plain arithmetic, which is what such forms use."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from yibenzhang.superior_forms.grid import Grid, Place, place_of

_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|\$?[A-Z]{1,3}\$?\d{1,7}|SUM|ROUND|[-+*/(),:])")
MOST_CELLS = 5_000
DEEPEST = 60


class _Unknown(Exception):
    """Something this reader does not work out."""


class Totals:
    """Values of a grid's formulas with these cells filled; None for what cannot be worked out here."""

    def __init__(self, grid: Grid, filled: Mapping[Place, Fraction | str | None]) -> None:
        self.grid, self.filled = grid, filled
        self._known: dict[Place, Fraction | None] = {}
        self._open: set[Place] = set()

    def value(self, place: Place) -> Fraction | None:
        """The number in a cell: filled in, worked out, or standing there; an empty cell is None."""
        if place in self.filled:
            number = self.filled[place]
            return number if isinstance(number, Fraction) else None
        cell = self.grid.cells.get(place)
        if cell is None or not cell.formula:
            return cell.number if cell else None
        if place not in self._known:
            self._known[place] = self._worked_out(place, cell.formula)
        return self._known[place]

    def _worked_out(self, place: Place, formula: str) -> Fraction | None:
        if place in self._open or len(self._open) > DEEPEST:
            return None
        self._open.add(place)
        try:
            reader = _Reader(formula, self)
            return reader.whole()
        except (_Unknown, ZeroDivisionError, RecursionError):
            return None
        finally:
            self._open.discard(place)

    def number(self, place: Place) -> Fraction:
        """A cell inside a formula: empty and words count as 0; an unknown formula makes the whole unknown."""
        found = self.value(place)
        if found is None:
            cell = self.grid.cells.get(place)
            if cell is not None and cell.formula and place not in self.filled:
                raise _Unknown
            return Fraction(0)
        return found


class _Reader:
    """A small reader of formulas: sums, ranges, + − × ÷, brackets, ROUND."""

    def __init__(self, formula: str, totals: Totals) -> None:
        self.totals = totals
        self.tokens = list(_tokens(formula))
        self.at = 0

    def whole(self) -> Fraction:
        value = self._sum()
        if self.at < len(self.tokens):
            raise _Unknown
        return value

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self, *expected: str) -> str:
        token = self._next()
        if not token or (expected and token not in expected):
            raise _Unknown
        self.at += 1
        return token

    def _sum(self) -> Fraction:
        value = self._product()
        while self._next() in {"+", "-"}:
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self) -> Fraction:
        value = self._factor()
        while self._next() in {"*", "/"}:
            value = value * self._factor() if self._take() == "*" else value / self._factor()
        return value

    def _factor(self) -> Fraction:
        token = self._take()
        if token == "-":  # noqa: S105
            return -self._factor()
        if token == "+":  # noqa: S105
            return self._factor()
        if token == "(":  # noqa: S105
            value = self._sum()
            self._take(")")
            return value
        if token == "SUM":  # noqa: S105
            return self._called_sum()
        if token == "ROUND":  # noqa: S105
            return self._called_round()
        if token[0].isdigit():
            return Fraction(token)
        return self.totals.number(_place(token))

    def _called_sum(self) -> Fraction:
        self._take("(")
        value = Fraction(0)
        while True:
            if self.at + 1 < len(self.tokens) and self.tokens[self.at + 1] == ":":
                first, _, last = self._take(), self._take(":"), self._take()
                value += sum((self.totals.number(place) for place in _area(first, last)), Fraction(0))
            else:
                value += self._sum()
            if self._take(",", ")") == ")":
                return value

    def _called_round(self) -> Fraction:
        self._take("(")
        value = self._sum()
        self._take(",")
        digits = self._sum()
        self._take(")")
        if digits.denominator != 1 or not 0 <= digits <= 10:
            raise _Unknown
        power = 10 ** int(digits)
        scaled = abs(value) * power
        rounded = Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), power)
        return rounded if value >= 0 else -rounded


def _tokens(formula: str) -> Iterator[str]:
    at = 0
    text = formula.strip().lstrip("=").upper()
    if not text or len(text) > 2_000:
        raise _Unknown
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise _Unknown
        yield found[1]
        at = found.end()


def _place(token: str) -> Place:
    try:
        return place_of(token)
    except ValueError:
        raise _Unknown from None


def _area(first: str, last: str) -> Iterator[Place]:
    (top, left), (bottom, right) = _place(first), _place(last)
    rows = range(min(top, bottom), max(top, bottom) + 1)
    columns = range(min(left, right), max(left, right) + 1)
    if len(rows) * len(columns) > MOST_CELLS:
        raise _Unknown
    return ((row, column) for row in rows for column in columns)
