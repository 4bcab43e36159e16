"""Whether a rule binds a unit in a window, how much of it, and in words why not."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.requirement import Attributes, Requirement
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.choices import Choices, on_since, why_off
from yibenzhang.requirements.register import Register
from yibenzhang.requirements.windows import Window, months_between

PROPORTIONAL = {"month", "quarter", "half", "year"}


@dataclass(frozen=True, slots=True)
class Bond:
    """How a rule binds a unit in a window: `needed` by the rule's own number, or a reason why it does not apply.

    `day` is the day on which attributes and audiences are read: the last day of the window that is known.
    """

    needed: int
    day: date
    reason: str = ""


@dataclass
class Judge:
    """Binds units under one rule as of a day. `choices` are those of the units' book about this rule."""

    requirement: Requirement
    as_of: date
    register: Register
    catalogue: Catalogue
    choices: Choices = ()
    _bonds: dict[str, Bond] = field(default_factory=dict, repr=False)

    def bind(self, unit: Unit, window: Window) -> Bond:
        """The bond of a unit in a window.

        A window in which the unit or the rule did not exist throughout asks for the share of its whole months, rounded
        half up; a month must be whole. A unit abolished within the window is asked for nothing: whoever took over is.
        """
        if self._plain and unit.founded_on <= window.start and unit.abolished_on is None:
            return self._bonds.get(window.code) or self._usual(window)
        rule = self.requirement
        since = on_since(rule, self.choices, window.last_day)
        if since is None:
            return Bond(0, window.start, why_off(rule, self.choices, window.last_day))
        first, last = self._span(unit, window, since)
        if first > last:
            return Bond(0, window.start, self._absence(unit, window))
        day = min(last, max(self.as_of, first))
        needed = rule.at_least
        if (first, last) != (window.start, window.last_day):
            if unit.abolished_on and unit.abolished_on < window.stop:
                return Bond(0, day, f"{_day(unit.abolished_on)}已撤销或合并")
            if rule.cadence in PROPORTIONAL:
                needed = _share(rule.at_least, first, last, window)
        if needed == 0:
            return Bond(0, day, self._too_short(unit, window))
        reason = self._unlike(unit, rule.binds, day) or self._new_attribute(unit, first, day)
        if not reason:
            reason = self._excused(unit, window, day)
        return Bond(0 if reason else needed, day, reason)

    @cached_property
    def _plain(self) -> bool:
        """True when nothing but a unit's type and existence decides."""
        rule = self.requirement
        excused = any(code == rule.code for _, code in self.register.exemptions)
        return rule.binds.is_empty and not rule.exempts and not excused and not self.choices

    def _usual(self, window: Window) -> Bond:
        """The bond of a unit that existed all the time."""
        rule, first = self.requirement, max(window.start, self.requirement.valid_from)
        ends = rule.valid_to - timedelta(days=1) if rule.valid_to else window.last_day
        last = min(window.last_day, ends)
        needed = rule.at_least
        if (first, last) != (window.start, window.last_day) and rule.cadence in PROPORTIONAL:
            needed = _share(needed, first, last, window)
        reason = "" if needed else "规定的施行时间不足本期一半"
        self._bonds[window.code] = Bond(needed, min(last, max(self.as_of, first)), reason)
        return self._bonds[window.code]

    def _span(self, unit: Unit, window: Window, since: date) -> tuple[date, date]:
        rule = self.requirement
        first = max(window.start, unit.founded_on, rule.valid_from, since)
        last = window.last_day
        if unit.abolished_on:
            last = min(last, unit.abolished_on - timedelta(days=1))
        if rule.valid_to:
            last = min(last, rule.valid_to - timedelta(days=1))
        return first, last

    def _absence(self, unit: Unit, window: Window) -> str:
        if unit.founded_on >= window.stop:
            return f"{_day(unit.founded_on)}才成立"
        if unit.abolished_on and unit.abolished_on <= window.start:
            return f"{_day(unit.abolished_on)}已撤销或合并"
        return f"规定自{_day(self.requirement.valid_from)}起施行"

    def _too_short(self, unit: Unit, window: Window) -> str:
        if unit.founded_on > window.start:
            return f"{_day(unit.founded_on)}成立，本期在册不足一半，下期起适用"
        return "规定的施行时间不足本期一半"

    def _new_attribute(self, unit: Unit, first: date, day: date) -> str:
        if self.requirement.binds.has_committee and not self.register.has_committee(unit.pk, first):
            return "本期内才选出支委会，下期起适用"
        return ""

    def _excused(self, unit: Unit, window: Window, day: date) -> str:
        for exemption in self.register.exemptions.get((unit.pk, self.requirement.code), ()):
            if exemption.holds_on(window.last_day):
                return f"已免除：{exemption.reason}"
        for group in self.requirement.exempts:
            if not self._unlike(unit, group, day):
                return group.reason
        return ""

    def _unlike(self, unit: Unit, wanted: Attributes, day: date) -> str:
        """The first attribute the unit lacks on the day, in words; empty when all hold."""
        if wanted.is_empty:
            return ""
        register, key = self.register, unit.pk
        if wanted.natures and unit.nature not in wanted.natures:
            names = "、".join(self.catalogue.natures[code].name for code in wanted.natures)
            return f"只适用于{names}"
        if wanted.held_by and register.parent_type(key, day) not in wanted.held_by:
            names = "、".join(self.catalogue.unit_types[code].name for code in wanted.held_by)
            return f"只适用于{names}本级"
        if wanted.has_committee is not None and register.has_committee(key, day) != wanted.has_committee:
            return "没有设支委会" if wanted.has_committee else "已设支委会"
        if wanted.has_groups is not None and register.has_groups(key, day) != wanted.has_groups:
            return "没有划分党小组" if wanted.has_groups else "已划分党小组"
        return self._wrong_size(unit, wanted, day)

    def _wrong_size(self, unit: Unit, wanted: Attributes, day: date) -> str:
        if wanted.full_members_min or wanted.full_members_max:
            full = self.register.member_counts(unit.pk, day)[0]
            if wanted.full_members_min and full < wanted.full_members_min:
                return f"正式党员{full}名，不足{wanted.full_members_min}名"
            if wanted.full_members_max and full > wanted.full_members_max:
                return f"正式党员{full}名，超过{wanted.full_members_max}名"
        if wanted.members_below_min or wanted.members_below_max:
            below = self.register.members_below(unit.pk, day)
            if wanted.members_below_min and below < wanted.members_below_min:
                return f"党员{below}名，不足{wanted.members_below_min}名"
            if wanted.members_below_max and below > wanted.members_below_max:
                return f"党员{below}名，超过{wanted.members_below_max}名"
        return ""


def _share(at_least: int, first: date, last: date, window: Window) -> int:
    whole = months_between(window.start, window.last_day)
    return (2 * at_least * months_between(first, last) + whole) // (2 * whole)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
