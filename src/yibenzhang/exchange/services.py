"""Bringing files in and writing them out: one door for the pages and the terminal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange import matters, people, units, vouchers
from yibenzhang.exchange.columns import Table
from yibenzhang.exchange.findings import Findings
from yibenzhang.exchange.lookup import Reach
from yibenzhang.exchange.matching import Row, match
from yibenzhang.exchange.reading import read_workbook
from yibenzhang.exchange.template import write_tables
from yibenzhang.kernel.errors import BookError

Progress = Callable[[str, int, int], None]
KINDS = {"vouchers": "凭证", "units": "单位", "people": "人员", "matters": "事项"}
NOTES = (
    "填写说明",
    "1. 每张表第一行是表头，请不要改名、合并或移到别处；不需要的列可以删去，红字的列必须有。",
    "2. 日期写成 2024-08-01；代码列是文本格式，不要改成数字。",
    "3. 一格里有几项的，用分号（；）隔开或换行。",
    "4. 不收集身份证号、电话、家庭、健康等个人信息，带这类列的文件会被退回。",
    "5. 导入前先逐行核对，有一处不对就一行也不写入。",
)


def _quiet(stage: str, done: int, total: int) -> None:
    """No progress wanted."""


class FaultyFileError(BookError):
    """The file has faults, so nothing of it was brought in; `findings` lists them."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(f"文件有 {len(findings.faults)} 处问题，没有写入任何一行。请改好后再导入。")
        self.findings = findings


class _Import(Protocol):
    def check(self) -> Findings: ...

    def apply(self, *, user: User, file_name: str) -> int: ...


@dataclass(frozen=True)
class Brought:
    """What an import did."""

    added: int
    findings: Findings


def tables_of(kind: str, voucher_kinds: Iterable[str] = ()) -> list[Table]:
    """The sheets of a kind of exchange. Raises BookError for an unknown kind."""
    if kind == "vouchers":
        catalogue = current_catalogue()
        chosen = [catalogue.kind(code) for code in voucher_kinds]
        return vouchers.tables(chosen or None)
    makers = {"units": units.table, "people": people.table, "matters": matters.table}
    if kind not in makers:
        raise BookError(f"不能导入导出“{kind}”，可选：{'、'.join(KINDS)}。", field="kind")
    return [makers[kind]()]


def write_template(path: Path, kind: str, voucher_kinds: Iterable[str] = ()) -> None:
    """A blank workbook with notes on how to fill it in."""
    write_tables(path, [(table, []) for table in tables_of(kind, voucher_kinds)], notes=NOTES)


def check_file(path: Path, kind: str, *, reach: Reach, progress: Progress = _quiet) -> Findings:
    """The dry run: what would happen to each row, and everything that is wrong. Changes nothing.

    Raises BookError when the file as a whole is refused.
    """
    return _judged(path, kind, reach, progress)[1]


def bring_in(
    path: Path, kind: str, *, user: User, file_name: str, reach: Reach, progress: Progress = _quiet
) -> Brought:
    """Check again and bring in all that is new, or nothing.

    Raises FaultyFileError when anything is wrong, BookError when the file as a whole is refused.
    """
    incoming, findings = _judged(path, kind, reach, progress)
    if not findings.is_clean:
        raise FaultyFileError(findings)
    with transaction.atomic():
        added = incoming.apply(user=user, file_name=file_name)
        note = f"{KINDS[kind]}：{findings.summary}"
        record(actor=user, verb="exchange.import", subject=file_name[:200], note=note)
    return Brought(added, findings)


def _judged(path: Path, kind: str, reach: Reach, progress: Progress) -> tuple[_Import, Findings]:
    makers: dict[str, Callable[[list[Row], Reach, Progress], _Import]] = {
        "vouchers": vouchers.VoucherImport,
        "units": units.UnitImport,
        "people": people.PeopleImport,
        "matters": matters.MatterImport,
    }
    tables = tables_of(kind)
    progress("打开文件", 0, 0)
    rows, faults = match(read_workbook(path), tables)
    incoming = makers[kind](rows, reach, progress)
    findings = incoming.check()
    findings.faults[:0] = faults
    return incoming, findings


def masked(name: str) -> str:
    """A name covered but for its first character."""
    return f"{name[:1]}*"


def write_export(path: Path, kind: str, rows: QuerySet[Any], *, mask: bool = False) -> int:
    """Write rows of a kind, already limited to the reader's scope, as a workbook that can be imported again.

    With `mask` names of people are covered. Returns the number of rows.
    """
    cover = masked if mask else None
    if kind == "vouchers":
        sheets = vouchers.exported(rows, mask=cover)
    else:
        (table,) = tables_of(kind)
        makers = {
            "units": lambda: units.exported(rows),
            "people": lambda: people.exported(rows, mask=cover),
            "matters": lambda: matters.exported(rows),
        }
        sheets = iter([(table, makers[kind]())])
    return write_tables(path, sheets, notes=() if rows.exists() else ("没有可导出的内容。",))
