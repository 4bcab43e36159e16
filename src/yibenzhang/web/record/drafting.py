"""What the form starts from: the book already knows the unit, the day, who belongs there and what last time looked like."""

from dataclasses import replace

from yibenzhang.access.models import Role, User
from yibenzhang.access.scope import Actor, get_in_scope, recording_units
from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Kind, Programme
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import members_on, packs_of, today_for
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.stored import entry_of
from yibenzhang.web.record.reading import PRESENT, programme_faults

REMEMBERED = 10
RECENT_KINDS = 6


def kinds_open_to(actor: Actor) -> list[Kind]:
    """Every kind the actor may record for some unit, in the order of the packs."""
    units = Unit.objects.filter(pk__in=actor.unit_ids(Role.PREPARER))
    packs = {pack for unit in units for pack in packs_of(unit)}
    types = recording_units(actor).order_by().values_list("unit_type", flat=True).distinct()
    found: dict[str, Kind] = {}
    for unit_type in types:
        found |= {kind.code: kind for kind in current_catalogue().kinds_for(unit_type, packs)}
    return [kind for code, kind in current_catalogue().kinds.items() if code in found]


def recent_kinds(user: User) -> list[str]:
    """Codes of the kinds this user recorded last, newest first."""
    rows = Voucher.objects.filter(preparer=user).order_by("-id").values_list("kind", flat=True)[:60]
    return list(dict.fromkeys(rows))[:RECENT_KINDS]


def units_recording(actor: Actor, kind: Kind) -> list[Unit]:
    """Units the actor may record this kind for, in organisational order."""
    rows = recording_units(actor).filter(unit_type__in=kind.recorded_by, abolished_on=None)
    return list(rows)


def unit_to_record(actor: Actor, kind: Kind, units: list[Unit], code: str) -> Unit:
    """The unit asked for, or the one the actor most likely means: a unit granted by name, else the first.

    Raises DoesNotExist for a unit outside the actor's reach, or when no unit records this kind.
    """
    if code:
        return get_in_scope(
            Unit.objects.filter(unit_type__in=kind.recorded_by), actor, Role.PREPARER, by="self", code=code
        )
    granted = actor.unit_ids(Role.PREPARER)
    own = [unit for unit in units if unit.pk in granted]
    if not units:
        raise Unit.DoesNotExist
    return (own or units)[0]


def last_vouchers(unit: Unit, kind: Kind) -> list[Voucher]:
    """The unit's last vouchers of a kind, newest event first: where suggestions come from."""
    rows = Voucher.objects.filter(unit=unit, kind=kind.code).exclude(
        state__in=[Voucher.State.DRAFT, Voucher.State.REVERSED]
    )
    return list(rows.prefetch_related("programmes").order_by("-event_date", "-id")[:REMEMBERED])


def fresh_entry(kind: Kind, unit: Unit, last: list[Voucher]) -> Entry:
    """A new entry with everything filled in that need not be asked."""
    entry = Entry(unit, kind, "", today_for(unit))
    for spec in kind.fields:
        if spec.default is not None:
            entry.values[spec.code] = spec.default
    seat_members(entry)
    if last:
        entry.programmes = [row.programme for row in last[0].programmes.all()]
        outside = bool(programme_faults(entry))
        entry.programmes = [] if outside else entry.programmes
    return entry


def seat_members(entry: Entry) -> None:
    """Everyone who belongs to the unit on the day of the event is present until somebody says otherwise."""
    for spec in entry.kind.fields:
        if spec.type == "attendance":
            entry.people[spec.code] = [(p, PRESENT) for p in members_on(entry.unit, entry.event_date)]


def copied_entry(origin: Voucher, unit: Unit) -> Entry:
    """A new entry with the answers of an earlier one; today's date, today's members, no matter opened twice."""
    earlier = entry_of(origin)
    entry = fresh_entry(earlier.kind, unit, [])
    specs = {spec.code: spec for spec in earlier.kind.fields}
    rosters = {code for code, spec in specs.items() if spec.type == "attendance"}
    entry = replace(
        entry,
        title=earlier.title,
        values=earlier.values,
        people=earlier.people | {code: entry.people[code] for code in rosters},
        matters={code: given for code, given in earlier.matters.items() if not specs[code].creates},
        participants=earlier.participants,
        programmes=earlier.programmes,
    )
    if programme_faults(entry):
        entry.programmes = []
    return entry


def programmes_offered(entry: Entry, catalogue: Catalogue | None = None) -> list[Programme]:
    """Programmes under way on the day of the event in the unit's packs, and those already chosen."""
    catalogue = catalogue or current_catalogue()
    packs = set(packs_of(entry.unit))
    return [
        programme
        for code, programme in catalogue.programmes.items()
        if code in entry.programmes
        or (
            catalogue.home[("programmes", code)] in packs
            and programme.starts <= entry.event_date
            and (programme.ends is None or entry.event_date <= programme.ends)
        )
    ]


def principals(actor: Actor, unit: Unit) -> list[User]:
    """Whom the actor may record for: users with a grant on the unit itself, when the actor's own stands above it."""
    if unit.pk in actor.unit_ids(Role.PREPARER):
        return []
    users = User.objects.filter(grants__unit=unit, grants__valid_to=None, is_active=True).exclude(
        pk=actor.user.pk
    )
    return list(users.select_related("person").distinct().order_by("id"))
