"""From a structure of the catalogue to the text a report begins with, and next year's from this year's."""

from dataclasses import dataclass

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.report_structure import ReportSection, ReportStructure
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import packs_of
from yibenzhang.reports.tokens import PictureToken, split


def structures_of(unit: Unit) -> list[ReportStructure]:
    """The structures this unit writes under the packs its book has adopted."""
    return current_catalogue().structures_for(unit.unit_type, packs_of(unit))


def structure_for(code: str, unit: Unit) -> ReportStructure:
    """The structure of that code; raises BookError when the unit does not write it."""
    structure = current_catalogue().report_structure(code)
    if structure not in structures_of(unit):
        names = "、".join(f"{each.name}（{each.code}）" for each in structures_of(unit)) or "没有"
        raise BookError(f"{unit}不写“{structure.name}”。这个单位可写：{names}。", field="structure")
    return structure


@dataclass(frozen=True)
class Skeleton:
    """What a new report begins with."""

    title: str
    text: str


def skeleton(structure: ReportStructure, unit: Unit, period: Period) -> Skeleton:
    """Title and text of a new report: headings, and the structure's own words with their figures."""
    lines = []
    for section in structure.sections:
        lines += [section.title, section.text.strip()]
    text = "\n".join(line for line in lines if line)
    return Skeleton(_filled(structure.title, unit, period), _filled(text, unit, period))


def _filled(text: str, unit: Unit, period: Period) -> str:
    values = {"{{@unit}}": unit.name, "{{@year}}": str(period.start.year), "{{@period}}": period.label}
    for variable, value in values.items():
        text = text.replace(variable, value)
    return text


def rolled_forward(text: str, old: Period, new: Period) -> str:
    """The same words for a new period: the period's name and its year are replaced, figures and charts follow by themselves.

    Photographs stay behind: they show what was then.
    """
    text = "".join(str(piece) for piece in split(text) if not isinstance(piece, PictureToken))
    text = text.replace(old.label, new.label)
    return text.replace(f"{old.start.year}年", f"{new.start.year}年")


def next_period(period: Period) -> Period:
    """The same span a year later; raises BookError for a span that is no year, half, quarter or month."""
    if ".." in period.code:
        raise BookError("任意起止的期间不能自动顺延，请新建时写明期间。", field="period")
    return parse_period(f"{period.start.year + 1:04d}{period.code[4:]}")


def section_for(structure: ReportStructure, heading: str) -> ReportSection | None:
    """The section whose heading this is, also when its words were changed a little; the opening for no heading."""
    number, _, words = heading.partition("、")
    for section in structure.sections:
        own, _, title = section.title.partition("、")
        if section.title == heading or (number == own and _pairs(words) & _pairs(title)):
            return section
    return None


def _pairs(words: str) -> set[str]:
    return {words[i : i + 2] for i in range(len(words) - 1)}
