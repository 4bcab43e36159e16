"""The ledger as a workbook: exactly the rows the filter shows, all of them, with where and when they were read."""

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest
from django.utils import timezone

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange.sheets import Sheet, write_sheets
from yibenzhang.ledger.models import Entry
from yibenzhang.web.ledger.asked import Asked, asked
from yibenzhang.web.requests import actor_of, needs

COLUMNS = [
    ("入账序号", 10), ("入账日期", 12), ("发生日期", 12), ("凭证号", 12), ("摘要", 44), ("单位", 24), ("种类", 16),
    ("科目", 24), ("数量", 10), ("计量单位", 10), ("人员", 10), ("事项", 32), ("届次", 8), ("入账或冲销", 12),
]  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIELDS = (
    "entry_id", "entry__posted_on", "event_date", "voucher_id", "voucher__recorded_on", "voucher__title", "unit__name",
    "voucher__kind", "account", "quantity", "person__name", "matter__title", "term", "sign",
)  # fmt: skip


@needs()
def ledger_export(request: HttpRequest) -> FileResponse:
    """Download what the ledger page shows, page limits apart."""
    filter_, actor = asked(request), actor_of(request)
    notes = [*filter_.described(), *provenance(actor)]
    sheet = Sheet("台账", COLUMNS, _rows(filter_, clear=sees_names(actor)), notes)
    record(
        actor=actor.user,
        verb="ledger.export",
        subject=filter_.reading.unit.name,
        note=str(request.GET.urlencode()),
    )
    name = f"台账-{filter_.reading.unit}-{filter_.reading.period.code}.xlsx"
    return FileResponse(write_sheets([sheet]), as_attachment=True, filename=name, content_type=XLSX)


def provenance(actor: Actor) -> list[tuple[str, str]]:
    """Who took the figures when, at which position, with the head of the chain there."""
    head = Entry.objects.order_by("-number").values_list("number", "head").first() or (0, "")
    now = timezone.localtime()
    return [
        ("账面位置", f"第 {head[0]} 笔"),
        ("账链摘要", head[1]),
        ("导出", f"{actor.user.label} {now:%Y-%m-%d %H:%M}"),
    ]


def sees_names(actor: Actor) -> bool:
    """Lists of persons leave the system with names only for those who review or administer."""
    return actor.has(Role.APPROVER, Role.ADMINISTRATOR)


def masked(name: str, *, clear: bool) -> str:
    """The name, or its first character with a star (张*)."""
    return name if clear or not name else f"{name[0]}*"


def _rows(filter_: Asked, *, clear: bool) -> Iterator[list[object]]:
    catalogue = current_catalogue()
    for row in filter_.rows().values_list(*_FIELDS).iterator(chunk_size=5000):
        (
            number,
            posted,
            day,
            voucher,
            recorded,
            title,
            unit,
            kind,
            account,
            quantity,
            person,
            matter,
            term,
            sign,
        ) = row
        known = catalogue.accounts.get(account)
        yield [
            number, posted, day, f"{recorded.year}-{voucher:04d}", title, unit,
            catalogue.kinds[kind].name if kind in catalogue.kinds else kind,
            known.name if known else account, quantity, known.measure if known else "",
            masked(person or "", clear=clear), matter, term, "入账" if sign > 0 else "红字冲销",
        ]  # fmt: skip
