"""What a structure of reports may refer to: unit types, kinds, programmes, and the figures in its texts."""

import re
from collections.abc import Iterator

from yibenzhang.catalogue.kind_checks import Found, Known
from yibenzhang.catalogue.report_structure import ReportSection, ReportStructure
from yibenzhang.catalogue.source import Path_

_TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
_VARIABLES = {"@unit", "@year", "@period"}


def structure_problems(structure: ReportStructure, at: Path_, known: Known) -> Iterator[Found]:
    """What is wrong in one structure: place inside the file and the remedy in words."""
    for number, code in enumerate(structure.unit_types):
        if code not in known.codes["unit_types"]:
            yield (*at, "unit_types", number), f"没有单位类型 {code}，请先在 unit_types 声明或改正。"
    if not structure.sections:
        yield (*at, "sections"), "至少写一个部分。"
    for word in _TOKEN.findall(structure.title):
        if word not in _VARIABLES:
            yield (*at, "title"), f"标题里只能用 {'、'.join(sorted(_VARIABLES))}，不能用 {word}。"
    for number, section in enumerate(structure.sections):
        yield from _section(section, (*at, "sections", number), known)


def _section(section: ReportSection, at: Path_, known: Known) -> Iterator[Found]:
    nouns = {"kinds": "凭证种类", "programmes": "专题", "indicators": "指标"}
    for name, noun in nouns.items():
        for number, code in enumerate(getattr(section, name)):
            if code not in known.codes[name]:
                yield (*at, name, number), f"没有{noun} {code}，请先声明或改正。"
    for body in _TOKEN.findall(section.text):
        code, *options = body.removeprefix("chart:").split("|")
        if code in _VARIABLES:
            continue
        if code not in known.codes["indicators"]:
            yield (*at, "text"), f"文中的数字用了指标 {code}，目录里没有，请先声明或改正。"
        for option in options:
            key, _, value = option.partition("=")
            if key == "programme" and value not in known.codes["programmes"]:
                yield (*at, "text"), f"文中的数字用了专题 {value}，目录里没有，请先声明或改正。"
