"""A stored voucher read back as an entry: to edit it, to preview it, to record it anew."""

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Person
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, Voucher


def entry_of(voucher: Voucher, catalogue: Catalogue | None = None) -> Entry:
    """The content of a stored voucher under the catalogue in force, or under another one."""
    kind = (catalogue or current_catalogue()).kind(voucher.kind)
    people: dict[str, list[tuple[Person, str]]] = {}
    for row in voucher.people.select_related("person").order_by("id"):
        people.setdefault(row.field, []).append((row.person, row.attendance))
    matters: dict[str, Matter | str] = {}
    for link in voucher.matters.select_related("matter"):
        spec = kind.field(link.field)
        opens = spec is not None and spec.creates and voucher.is_open
        opened_here = opens and not _lives_elsewhere(link.matter, voucher)
        matters[link.field] = link.matter.title if opened_here else link.matter
    return Entry(
        unit=voucher.unit,
        kind=kind,
        title=voucher.title,
        event_date=voucher.event_date,
        end_date=voucher.end_date,
        values=dict(voucher.values),
        people=people,
        matters=matters,
        programmes=list(voucher.programmes.order_by("id").values_list("programme", flat=True)),
        participants=[row.unit for row in voucher.participants.select_related("unit").order_by("id")],
    )


def _lives_elsewhere(matter: Matter, voucher: Voucher) -> bool:
    """True when other vouchers or postings hold the matter, so that editing this one must not open it again."""
    return bool(matter.state) or matter.appearances.exclude(voucher=voucher).exists()
