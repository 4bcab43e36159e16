"""What a pack says of reports: their sections, and our own words to start from."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from yibenzhang.catalogue.entry import Code, Dotted, Entry, Name

Hyphened = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]


class ReportSection(Entry):
    """A section of a report: what belongs there, where it comes from, and our own words to start from.

    `text` holds paragraphs with figures, `{{indicator|programme=…}}`; `title` is the heading with its number, empty for
    the opening. `kinds` and `programmes` say which records are the material at hand.
    """

    title: str = ""
    hint: str = ""
    kinds: list[Code] = []
    programmes: list[Code] = []
    indicators: list[Dotted] = []
    text: str = ""


class ReportStructure(Entry):
    """A structure of reports (报告结构): its sections and advice on length.

    `title` may hold `{{@unit}}`, `{{@year}}` and `{{@period}}`. `characters` is advice only. `unit_types` are the types of
    unit that write it; `period` is the usual span.
    """

    code: Hyphened
    name: Name
    title: str
    period: Literal["year", "half", "month"] = "year"
    unit_types: list[Code]
    characters: int | None = Field(default=None, ge=1)
    note: str = ""
    sections: list[ReportSection]
