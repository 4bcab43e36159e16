"""The ledger as a sheet: every line with its voucher, and the head it was read at."""

from collections.abc import Iterator

from django.db.models import QuerySet

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange.services import masked
from yibenzhang.exchange.sheets import Sheet
from yibenzhang.ledger.models import Entry, Posting

COLUMNS = [
    ("入账序号", 10), ("入账日期", 12), ("发生日期", 12), ("凭证号", 12), ("摘要", 44), ("单位代码", 20), ("单位", 24),
    ("种类", 16), ("科目代码", 28), ("科目", 24), ("数量", 10), ("计量单位", 10), ("人员", 10), ("事项", 32), ("届次", 8),
    ("入账或冲销", 12),
]  # fmt: skip


def sheet_of(rows: Iterator[list[object]], newest: Entry | None) -> Sheet:
    """The sheet with where the ledger stood."""
    notes = [
        ("账面位置", f"第 {newest.number} 笔" if newest else "空账"),
        ("账链摘要", newest.head if newest else ""),
    ]
    return Sheet("台账", COLUMNS, rows, notes)


def ledger_rows(rows: QuerySet[Posting], *, mask: bool) -> Iterator[list[object]]:
    """The lines in the order they were posted."""
    catalogue = current_catalogue()
    related = rows.select_related("entry", "voucher", "unit", "person", "matter")
    for row in related.iterator(chunk_size=2000):
        account = catalogue.accounts.get(row.account)
        person = (masked(row.person.name) if mask else row.person.name) if row.person else ""
        yield [
            row.entry_id, row.entry.posted_on, row.event_date, row.voucher.number, row.voucher.title, row.unit.code,
            row.unit.name, row.voucher.kind_name, row.account, account.name if account else "", row.quantity,
            account.measure if account else "", person, row.matter.title if row.matter else "", row.term,
            "入账" if row.sign > 0 else "红字冲销",
        ]  # fmt: skip
