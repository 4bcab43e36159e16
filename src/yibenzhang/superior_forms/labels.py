"""What the labels of a blank say once period, measure, unit and programme are taken out of them: words for matching."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yibenzhang.catalogue.schema import Programme
from yibenzhang.indicators.matching.matcher import Matcher
from yibenzhang.indicators.matching.mentions import Mention
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import units_below
from yibenzhang.superior_forms.fields import Field
from yibenzhang.superior_forms.wording import folded, rule_in, timeless, without_brackets

_PART = re.compile(r"^其中[:：]?")
_EMPTY_WORDS = re.compile(
    r"^(?:合计|总计|小计|共计|总数|数量|数值|数|次数|人数|期数|场数|个数|金额|完成情况|完成数|实际|实绩|情况|全局|全省|本级)?$"
)
MARK = "◇"


@dataclass(frozen=True)
class UnitNames:
    """Subordinate units by the names a form may use; a name that two bear is nobody's."""

    codes: dict[str, str]

    def code_of(self, label: str) -> str:
        """The unit a label names, "" when it names none."""
        return self.codes.get(folded(label).removeprefix("其中:"), "")


def names_below(unit: Unit) -> UnitNames:
    """The names of the units below this one."""
    codes: dict[str, str] = {}
    twice: set[str] = set()
    for each in units_below([unit.pk]).exclude(pk=unit.pk):
        for name in {folded(each.name), folded(each.short_name)} - {""}:
            if name in codes:
                twice.add(name)
            codes[name] = each.code
    return UnitNames({name: code for name, code in codes.items() if name not in twice})


def unit_and_pattern(field: Field, names: UnitNames, year: int) -> tuple[str, str]:
    """(code of the unit a field's labels name, its key with that name covered); two empty words without one."""
    for label in (*field.rows, *field.columns):
        if code := names.code_of(label):
            return code, field.key.replace(timeless(label, year), MARK)
    return "", ""


@dataclass(frozen=True)
class Wording:
    """A blank as the matcher takes it."""

    mention: Mention
    programmes: list[Programme]


def wording_of(field: Field, title: str, year: int, names: UnitNames, matcher: Matcher) -> Wording:
    """What a blank asks in words, and the programmes its labels or its form's title name."""
    said = " ".join((*field.rows, *field.columns, field.section))
    programmes = matcher.stated_programmes(said) or matcher.stated_programmes(title)
    rows = _words(field.rows, year, names, programmes)
    columns = _words(field.columns, year, names, programmes)
    near = " ".join([*rows[-1:], *columns[-1:]]) or " ".join([*rows, *columns])
    whole = " ".join([*rows, *columns])
    # A part is not its whole: what the whole is called says less about the part than the part's own words.
    joined = near if field.whole else whole
    around = f"{whole} {timeless(field.section, year)}"
    mention = Mention(0, field.measure, near, joined, around, f"{around} {title} {said}", field.measure)
    return Wording(mention, programmes)


def _words(labels: Iterable[str], year: int, names: UnitNames, programmes: list[Programme]) -> list[str]:
    found = []
    for label in labels:
        if names.code_of(label):
            continue
        text = _PART.sub("", timeless(without_brackets(label), year))
        text = rule_in(text)[1]
        bare = text
        for name in sorted((n for p in programmes for n in (p.name, *p.aliases)), key=len, reverse=True):
            bare = bare.replace(name, "")
        if not _EMPTY_WORDS.match(bare):
            found.append(bare)
    return found
