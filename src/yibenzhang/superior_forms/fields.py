"""A cell that wants filling, with everything the form says about it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yibenzhang.superior_forms.grid import Place

FIGURE, FOOTER = "figure", "footer"


@dataclass(frozen=True)
class Field:
    """One blank of a form.

    `rows` and `columns` are its labels from the outside in, `section` the heading its rows stand under, `measure` the
    counting word stated, `rule` the period its labels name. `whole` is the place that a 其中 row is a part of. `footer`
    says what a footer's blank asks (unit, day, person, or inside when text and blank share the cell).
    `key` stays the same when rows move, the sheet is renamed or the year changes.
    """

    sheet: int
    place: Place
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    section: str = ""
    measure: str = ""
    rule: str = ""
    key: str = ""
    kind: str = FIGURE
    footer: str = ""
    text: str = ""
    old: Fraction | None = None
    whole: Place | None = None
    is_percent: bool = False
    is_choice: bool = False

    @property
    def label(self) -> str:
        """How the cell is named: 发展党员 › 其中：女 / 本年."""
        rows, columns = " › ".join(self.rows), " › ".join(self.columns)
        return " / ".join(each for each in (rows, columns) if each) or self.text.strip()


def asked_by(field: Field) -> dict[str, Any]:
    """A field as JSON keeps it."""
    return {
        "sheet": field.sheet, "place": list(field.place), "rows": list(field.rows), "columns": list(field.columns),
        "section": field.section, "measure": field.measure, "rule": field.rule, "kind": field.kind,
        "footer": field.footer, "text": field.text, "old": None if field.old is None else str(field.old),
        "whole": list(field.whole) if field.whole else None, "is_percent": field.is_percent, "is_choice": field.is_choice,
    }  # fmt: skip


def field_of(asked: dict[str, Any]) -> Field:
    """The field that `asked_by` kept."""
    row, column = asked["place"]
    return Field(
        sheet=asked["sheet"], place=(row, column), rows=tuple(asked["rows"]), columns=tuple(asked["columns"]),
        section=asked["section"], measure=asked["measure"], rule=asked["rule"], kind=asked["kind"],
        footer=asked["footer"], text=asked["text"], old=Fraction(asked["old"]) if asked["old"] is not None else None,
        whole=tuple(asked["whole"]) if asked["whole"] else None, is_percent=asked["is_percent"],
        is_choice=asked["is_choice"],
    )  # fmt: skip
