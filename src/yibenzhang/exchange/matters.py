"""Matters in and out: what lasts, who answers for it and where it came from. States follow from vouchers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange.cells import Cell, CellError, chosen, items_of, text_of
from yibenzhang.exchange.columns import Column, Table
from yibenzhang.exchange.findings import DUPLICATE, FAULTY, NEW, Findings, Outcome, RowFault
from yibenzhang.exchange.lookup import Matters, Reach, Units
from yibenzhang.exchange.matching import Row
from yibenzhang.kernel.text import search_key
from yibenzhang.organisation.models import Unit
from yibenzhang.vouchers.bulk import Registry
from yibenzhang.vouchers.models import Matter, MatterLink

Progress = Callable[[str, int, int], None]


def table() -> Table:
    """The sheet of matters."""
    return Table("matters", "事项", [
        Column("kind", "种类", required=True, options=_kinds()),
        Column("title", "名称", required=True, width=40),
        Column("unit", "责任单位", required=True, note="单位代码。"),
        Column("sources", "来自", is_list=True, width=40, note="由哪些事项而来：种类：名称，每行一件，例如 课题：某某调研。"),
        Column("state", "状态", export_only=True, note="由入账的凭证得出，导入时不看。"),
        Column("opened_on", "开始日期", type="date", export_only=True, note="由入账的凭证得出，导入时不看。"),
        Column("closed_on", "办结日期", type="date", export_only=True, note="由入账的凭证得出，导入时不看。"),
    ])  # fmt: skip


@dataclass
class Draft:
    """A row as it was read; sources are (kind, title) pairs."""

    row: Row
    faults: list[RowFault] = field(default_factory=list)
    kind: str = ""
    title: str = ""
    unit: Unit | None = None
    sources: list[tuple[str, str]] = field(default_factory=list)


class MatterImport:
    """One file of matters."""

    def __init__(self, rows: list[Row], reach: Reach, progress: Progress) -> None:
        self.rows, self.progress = rows, progress
        self.units, self.matters, self.registry = Units(reach), Matters(reach), Registry()
        self.wanted: list[Draft] = []

    def check(self) -> Findings:
        """Judge every row; changes nothing."""
        findings = Findings()
        drafts = [self._read(row) for row in self.rows]
        known = {(m.kind, m.title, m.unit_id) for m in Matter.objects.only("kind", "title", "unit_id")}
        in_file: dict[tuple[str, str, int], int] = {}
        for number, draft in enumerate(drafts, start=1):
            what = NEW
            if draft.unit is not None:
                name = (draft.kind, draft.title, draft.unit.pk)
                if name in in_file:
                    draft.faults.append(
                        draft.row.fault("title", f"与第 {in_file[name]} 行是同一件事项，请删去一行。")
                    )
                in_file.setdefault(name, draft.row.number)
                what = DUPLICATE if name in known else NEW
                for source in draft.sources:
                    self._check_source(draft, source, draft.unit)
            if draft.faults:
                what = FAULTY
                findings.faults += draft.faults
            elif what == NEW:
                self.wanted.append(draft)
            findings.outcomes.append(Outcome(draft.row.sheet, draft.row.number, what, draft.title))
            self.progress("核对", number, len(drafts))
        return findings

    def _check_source(self, draft: Draft, source: tuple[str, str], unit: Unit) -> None:
        kinds = current_catalogue().matter_kinds
        if draft.kind in kinds and draft.kind not in kinds[source[0]].links_to:
            text = f"{kinds[source[0]].name}不能引出{kinds[draft.kind].name}，请核对种类。"
            draft.faults.append(draft.row.fault("sources", text))
            return
        try:
            self.matters.find(*source, unit)
        except CellError as error:
            draft.faults.append(draft.row.fault("sources", error.message))

    def apply(self, *, user: User, file_name: str) -> int:
        """Enter the new matters, then link them."""
        for number, draft in enumerate(self.wanted, start=1):
            unit = draft.unit
            line = self.registry.lineage(unit, self.registry.today(unit)) if unit else None
            if unit is None or line is None:
                raise RuntimeError("a row without a place passed the check")
            Matter.objects.create(
                kind=draft.kind,
                unit=unit,
                lineage=line,
                title=draft.title,
                search_key=search_key(draft.title),
            )
            self.progress("写入", number, len(self.wanted))
        self.matters.reload()
        for draft in self.wanted:
            if draft.unit is None:
                continue
            target = self.matters.find(draft.kind, draft.title, draft.unit)
            for source in draft.sources:
                origin = self.matters.find(*source, draft.unit)
                MatterLink.objects.get_or_create(source=origin, target=target)
        return len(self.wanted)

    def _read(self, row: Row) -> Draft:
        draft, kinds = Draft(row), _kinds()
        draft.kind = str(row.read("kind", lambda cell: chosen(text_of(cell), kinds), draft.faults) or "")
        draft.title = str(row.read("title", _title, draft.faults) or "")
        unit: Any = row.read("unit", lambda cell: self.units.writable(text_of(cell)), draft.faults)
        draft.unit = unit
        if unit is not None and self.registry.lineage(unit, self.registry.today(unit)) is None:
            draft.faults.append(row.fault("unit", f"{unit}已撤销，请换责任单位。"))
        draft.sources = row.read("sources", lambda cell: _sources(cell, kinds), draft.faults) or []  # type: ignore[assignment]
        if unit is not None and draft.title:
            self.matters.promise(draft.kind, draft.title, unit)
        return draft


def _kinds() -> dict[str, str]:
    return {kind.name: kind.code for kind in current_catalogue().matter_kinds.values()}


def _title(cell: Cell) -> str:
    title = text_of(cell)
    if not title or len(title) > 120:
        raise CellError("请填写名称，120 字以内。")
    return title


def _sources(cell: Cell, kinds: dict[str, str]) -> list[tuple[str, str]]:
    found = []
    for item in items_of(cell):
        kind, mark, title = item.replace(":", "：", 1).partition("：")
        if not mark or not title.strip():
            raise CellError(f"“{item[:30]}”看不懂，请写成 种类：名称。")
        found.append((chosen(kind.strip(), kinds), title.strip()))
    return list(dict.fromkeys(found))


def exported(rows: QuerySet[Matter]) -> Iterator[dict[str, object]]:
    """The rows of these matters, in the order they were entered."""
    label = Matters(Reach.everything()).label
    for matter in rows.order_by("id").select_related("unit").prefetch_related("comes_from__source"):
        yield {
            "kind": matter.kind_name,
            "title": matter.title,
            "unit": matter.unit.code,
            "sources": "\n".join(
                f"{link.source.kind_name}：{label(link.source, matter.unit)}"
                for link in matter.comes_from.all()
            ),
            "state": matter.state_name,
            "opened_on": matter.opened_on,
            "closed_on": matter.closed_on,
        }
