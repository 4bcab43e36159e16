"""`yibenzhang export`: the contents of the book as workbooks."""

from __future__ import annotations

import shutil
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.files import check_target
from yibenzhang.cli.parser import Parser, add_home
from yibenzhang.cli.terminal import Progress
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, parse_period

if TYPE_CHECKING:
    from yibenzhang.organisation.models import Unit

SUMMARY = "导出台账、凭证、单位、人员或事项为 .xlsx（除台账外可再导入）"
KINDS = ("ledger", "vouchers", "units", "people", "matters")


def configure(parser: Parser) -> None:
    """Options of the command."""
    parser.add_argument(
        "kind", choices=KINDS, metavar="种类",
        help="ledger 台账、vouchers 凭证、units 单位、people 人员、matters 事项",
    )  # fmt: skip
    add_home(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪里，例如 凭证.xlsx")
    parser.add_argument("--unit", metavar="代码", default="", help="只要这个单位及其下级的")
    parser.add_argument("--period", metavar="期间", default="", help="只要这个期间的（台账和凭证）")
    parser.add_argument("--mask", action="store_true", help="遮盖姓名（遮盖后不能再导入）")
    parser.examples(
        "yibenzhang export vouchers --unit geology --period 2023 --out 凭证.xlsx",
        "yibenzhang export people --mask --out 人员.xlsx",
    )


def run(options: Namespace) -> int:
    """Write the workbook."""
    period = parse_period(options.period) if options.period else None
    if options.out.exists():
        raise BookError(f"{options.out} 已存在，请换一个文件名。", field="out")
    check_target(options.out, ".xlsx")
    open_book(options.home)
    unit = unit_of(options.unit) if options.unit else None
    progress = Progress()
    progress("导出")
    partial = options.out.with_name(f"{options.out.name}.part")
    try:
        count = _write(partial, options.kind, unit, period, mask=options.mask)
        partial.replace(options.out)
    finally:
        partial.unlink(missing_ok=True)
    progress.finish()
    print(f"已导出 {count:,} 行到 {options.out}")
    return 0


def _write(path: Path, kind: str, unit: Unit | None, period: Period | None, *, mask: bool) -> int:
    from yibenzhang.exchange.services import write_export

    if kind == "ledger":
        return _write_ledger(path, unit, period, mask=mask)
    return write_export(path, kind, _rows(kind, unit, period), mask=mask)


def _rows(kind: str, unit: Unit | None, period: Period | None) -> Any:
    from yibenzhang.organisation.models import LineageMember, Person, Unit
    from yibenzhang.organisation.queries import units_below
    from yibenzhang.vouchers.models import Matter, Voucher

    below = units_below([unit.pk]) if unit else Unit.objects.all()
    lines = LineageMember.objects.filter(ancestor=unit).values("lineage_id") if unit else None
    if kind == "units":
        return below
    if kind == "people":
        people = Person.objects.filter(memberships__unit__in=below) | Person.objects.filter(
            posts__unit__in=below
        )
        return people.distinct() if unit else Person.objects.all()
    if kind == "matters":
        return Matter.objects.filter(unit__in=below)
    vouchers = Voucher.objects.all() if lines is None else Voucher.objects.filter(lineage_id__in=lines)
    if period:
        vouchers = vouchers.filter(event_date__gte=period.start, event_date__lt=period.stop)
    return vouchers


def _write_ledger(path: Path, unit: Unit | None, period: Period | None, *, mask: bool) -> int:
    from yibenzhang.cli.ledger_sheet import ledger_rows, sheet_of
    from yibenzhang.exchange.sheets import write_sheets
    from yibenzhang.ledger.models import Entry, Posting
    from yibenzhang.ledger.queries import filtered
    from yibenzhang.organisation.models import LineageMember

    lines = LineageMember.objects.filter(ancestor=unit).values("lineage_id") if unit else None
    rows = filtered(Posting.objects.order_by("id"), lineages=lines, period=period)
    newest = Entry.objects.order_by("-number").first()
    with write_sheets([sheet_of(ledger_rows(rows, mask=mask), newest)]) as book, path.open("wb") as file:
        shutil.copyfileobj(book, file)
    return rows.count()
