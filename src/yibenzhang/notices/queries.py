"""Reading notices: what a reader may see, what has not been opened yet, whom a unit may write to."""

from django.db.models import Q, QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.text import search_key
from yibenzhang.notices.models import Notice, Recipient
from yibenzhang.organisation.models import Guidance, Lineage, Placement, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import own_units, today_for

WRITING = (Role.PREPARER, Role.APPROVER)


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """Issued notices to or from units in scope, and the open ones of units the actor writes or issues for."""
    addressed = restrict(Recipient.objects.all(), actor, by="unit").values("notice_id")
    sent = restrict(Notice.objects.all(), actor, by="unit").values("pk")
    issued = Q(state=Notice.State.ISSUED) & (Q(pk__in=addressed) | Q(pk__in=sent))
    return Notice.objects.filter(issued | Q(unit_id__in=acting_units(actor, *WRITING)))


def acting_units(actor: Actor, *roles: str) -> list[int]:
    """Units in whose name the actor acts under these roles: those in scope, and administrative units in sight whose Party
    body is (the staff of the agency committee writes for the bureau)."""  # fmt: skip
    bodies = [code for code, entry in current_catalogue().unit_types.items() if entry.party_body]
    own = units_for(actor, *roles)
    held = Placement.objects.filter(unit__in=own.values("pk"), unit__unit_type__in=bodies)
    held = held.filter(parent__in=units_for(actor).values("pk")).exclude(parent__unit_type__in=bodies)
    return list(dict.fromkeys([*own.values_list("pk", flat=True), *held.values_list("parent_id", flat=True)]))


def units_addressed(unit: Unit) -> list[Unit]:
    """Units this one may write to today: everything below it and what it guides, in organisational order.

    Party groups (党小组) have no accounts and are reached by their branch (AF-11).
    """
    day = today_for(unit)
    own = own_units(unit)
    led = Guidance.objects.filter(on_day(day), superior_id__in=own).values("subordinate_id")
    day_lines = Lineage.objects.filter(on_day(day), members__ancestor_id__in=own).values("unit_id")
    rows = Unit.objects.filter(Q(pk__in=day_lines) | Q(pk__in=led)).exclude(pk=unit.pk)
    rows = rows.exclude(unit_type="branch_group").exclude(abolished_on__lte=day)
    return list(rows.filter(founded_on__lte=day).order_by("position", "id"))


def unread_by(actor: Actor) -> QuerySet[Recipient]:
    """Notices to the units the actor works for that nobody there has marked as received, the newest first."""
    rows = Recipient.objects.filter(notice__state=Notice.State.ISSUED, received_on=None)
    rows = rows.filter(unit_id__in=own_keys(actor))
    return rows.select_related("notice__unit", "unit").order_by("-notice__issued_on", "-notice_id")


def own_keys(actor: Actor) -> list[int]:
    """Keys of the units the actor works for: those granted, with the Party bodies an administrative one holds."""
    return [key for unit in Unit.objects.filter(pk__in=actor.unit_ids()) for key in own_units(unit)]


def awaiting_issue(actor: Actor) -> QuerySet[Notice]:
    """Notices that wait for this approver."""
    rows = Notice.objects.filter(state=Notice.State.REVIEW).select_related("unit")
    return restrict(rows, actor, Role.APPROVER, by="unit")


def found_in(rows: QuerySet[Notice], words: str) -> QuerySet[Notice]:
    """Notices whose title, number, text or sender say all of these words, also typed as pinyin of the title."""
    for word in words.lower().split():
        rows = rows.filter(search_key__contains=word)
    return rows


def key_of(notice: Notice) -> str:
    """What a notice is searched by."""
    parts = [search_key(notice.title), notice.document_number, notice.unit.name, notice.text]
    return " ".join(parts).lower()


def issued_to(unit: Unit) -> QuerySet[Recipient]:
    """The rows of issued notices to this unit."""
    return Recipient.objects.filter(unit=unit, notice__state=Notice.State.ISSUED).select_related(
        "notice__unit"
    )
