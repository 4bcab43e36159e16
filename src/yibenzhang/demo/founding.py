"""Writing the demo province into the book: units, people, who leads whom, and the year's changes."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.demo.roster import Roster
from yibenzhang.demo.units import geology, meteorology, province
from yibenzhang.demo.units.spec import UnitSpec
from yibenzhang.kernel.text import search_key
from yibenzhang.organisation.models import Book, Guidance, Membership, Person, Post, Term, Unit
from yibenzhang.organisation.services import (
    abolish_unit,
    found_unit,
    guide,
    merge_units,
    rehang_unit,
    rename_unit,
)

PARTY_MEMBERSHIP = {"branch"}
# Every so many-th body's term ends that many days after the book's day; the first is overdue.
DUE_SOON = [(32, -20), (19, 35), (23, 80)]
# Division of work within a committee by rank; the agency committee's deputy also heads its discipline committee.
WORK = ["主持全面工作", "组织", "纪检", "宣传", "青年和群团", "文体", "统战"]
UNDIVIDED = "geo_phys_b2"  # divided its work without a member for discipline


@dataclass
class Province:
    """The demo's units and people as rows of the book, by code and by handle."""

    roster: Roster
    units: dict[str, Unit]
    people: dict[str, Person]
    books: dict[str, Book]


def found_province(roster: Roster) -> Province:
    """Write the whole organisation, the changes of both years included, so that vouchers meet a settled history."""
    units: dict[str, Unit] = {}
    for position, spec in enumerate(province.specs(), start=1):
        _found(spec, units, position)
    books = {
        spec.bureau: Book.objects.create(
            unit=units[spec.bureau], packs=list(spec.packs), fixed_date=spec.today
        )
        for spec in province.BOOKS
    }
    _change(units)
    people = _people(roster)
    _stays(roster, units, people)
    _posts(roster, units, people)
    _terms(roster, units)
    return Province(roster, units, people, books)


def _found(spec: UnitSpec, units: dict[str, Unit], position: int) -> None:
    unit = found_unit(
        code=spec.code,
        name=spec.name,
        short_name=spec.short,
        unit_type=spec.unit_type,
        parent=units[spec.parent] if spec.parent else None,
        on=spec.founded,
        nature=spec.nature,
        position=position,
    )
    units[spec.code] = unit
    if spec.led_by:
        guide(superior=units[spec.led_by], subordinate=unit, kind=Guidance.LEADS, on=spec.founded)
    if spec.guided_by:
        guide(superior=units[spec.guided_by], subordinate=unit, kind=Guidance.GUIDES, on=spec.founded)


def _change(units: dict[str, Unit]) -> None:
    """One branch founded in mid-year, one merged, one re-hung, one renamed, one abolished."""
    _found(geology.new_branch(), units, len(units) + 1)
    merged, into = units[geology.MERGED_BRANCH], units[geology.MERGED_INTO]
    merge_units(units=[merged], into=into, on=geology.MERGED_ON)
    _end_guidance(merged, geology.MERGED_ON)
    rehung, to = units[geology.REHUNG_BRANCH], units[geology.REHUNG_TO]
    rehang_unit(unit=rehung, parent=to, on=geology.REHUNG_ON, note="随附属门诊部划归学院管理")
    _end_guidance(rehung, geology.REHUNG_ON)
    guide(superior=to, subordinate=rehung, kind=Guidance.LEADS, on=geology.REHUNG_ON)
    name, short = meteorology.RENAMED_TO
    rename_unit(unit=units[meteorology.RENAMED], name=name, short_name=short, on=meteorology.RENAMED_ON)
    gone = units[meteorology.ABOLISHED]
    abolish_unit(unit=gone, on=meteorology.ABOLISHED_ON, note="机构撤销，党员转入信息与技术保障中心支部")
    _end_guidance(gone, meteorology.ABOLISHED_ON)


def _end_guidance(unit: Unit, on: date) -> None:
    Guidance.objects.filter(subordinate=unit, valid_to=None, valid_from__lt=on).update(valid_to=on)


def _people(roster: Roster) -> dict[str, Person]:
    """Everybody on the roster. Keys come from the seed, so that two demo books name the same people alike."""
    rng = Random("keys")
    people = {
        handle: Person(
            key=f"{rng.getrandbits(64):016x}",
            name=name,
            search_key=search_key(name),
            audiences=_audiences(handle, roster),
        )
        for handle, name in roster.names.items()
    }
    Person.objects.bulk_create(people.values())
    return people


def _audiences(handle: str, roster: Roster) -> list[str]:
    leads = ["division_level_official"] if handle in roster.officials(handle.split("/")[0]) else []
    return [*leads, *(["young_official"] if int(handle.split("/")[1]) % 4 == 3 else [])]


def _stays(roster: Roster, units: dict[str, Unit], people: dict[str, Person]) -> None:
    rows = []
    for code, stays in roster.stays.items():
        if roster.units[code].unit_type not in PARTY_MEMBERSHIP:
            continue
        for stay in stays:
            number = int(stay.handle.split("/")[1])
            state = Membership.PROBATIONARY if number % 29 == 28 else Membership.FULL
            rows.append(
                Membership(
                    person=people[stay.handle],
                    unit=units[code],
                    state=state,
                    valid_from=stay.since,
                    valid_to=stay.until,
                )
            )
    Membership.objects.bulk_create(rows)


def _posts(roster: Roster, units: dict[str, Unit], people: dict[str, Person]) -> None:
    rows = []
    for code, spec in roster.units.items():
        until = units[code].abolished_on
        for number in range(spec.members):
            title = _title(spec, number, len(roster.committee(code)))
            if title:
                person = people[f"{code}/{number}"]
                rows.append(
                    Post(
                        person=person,
                        unit=units[code],
                        title=title,
                        duty=_work(spec, number, len(roster.committee(code))),
                        valid_from=spec.founded,
                        valid_to=until,
                    )
                )
    Post.objects.bulk_create(rows)


def _work(spec: UnitSpec, number: int, committee: int) -> str:
    """The division of work; a branch too small for a committee divides none."""
    if spec.unit_type == "agency_party_committee" and number == 1:
        return "兼机关纪委书记"
    if (spec.unit_type == "branch" and not committee) or number >= len(WORK):
        return ""
    return WORK[number] if spec.code != UNDIVIDED or number != 2 else "青年"


def _title(spec: UnitSpec, number: int, committee: int) -> str:
    if spec.unit_type == "territorial_unit":
        return Post.LEADING_OFFICIAL if number < spec.officials else Post.OFFICER
    if number == 0:
        return Post.SECRETARY
    if spec.unit_type in {
        "party_committee",
        "leading_party_group",
        "agency_party_committee",
        "general_branch",
    }:
        return Post.DEPUTY if number == 1 else Post.COMMITTEE_MEMBER
    if number < committee:
        return Post.DEPUTY if number == 1 and committee > 3 else Post.COMMITTEE_MEMBER
    return ""


def _terms(roster: Roster, units: dict[str, Unit]) -> None:
    """The term in office of every elected body; a few end within the next months, one is overdue."""
    types = current_catalogue().unit_types
    today = {spec.bureau[:3]: spec.today for spec in province.BOOKS}
    rows = []
    for position, (code, spec) in enumerate(roster.units.items()):
        years = types[spec.unit_type].term_years
        if not years or not spec.members or units[code].abolished_on:
            continue
        day = today["geo" if code.startswith("geo") else "met"]
        soon = [days for every, days in DUE_SOON if position % every == 0]
        new = spec.founded.year == day.year
        left = soon[0] if soon and not new else [300, 500, 700, 900][position % 4]
        ends = day + timedelta(days=left)
        elected = max(ends.replace(year=ends.year - years, day=min(ends.day, 28)), spec.founded)
        rows.append(Term(unit=units[code], number=3 + position % 4, elected_on=elected, ends_on=ends))
    Term.objects.bulk_create(rows)
