"""Units in and out, with their dated place in the tree and who leads or guides them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange.cells import Cell, CellError, chosen, day_of, items_of, text_of, whole_number_of
from yibenzhang.exchange.columns import Column, Table
from yibenzhang.exchange.findings import DUPLICATE, FAULTY, NEW, Findings, Outcome, RowFault
from yibenzhang.exchange.lookup import Reach, Units
from yibenzhang.exchange.matching import Row
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Guidance, Placement, Unit
from yibenzhang.organisation.services import abolish_unit, found_unit, guide, rehang_unit

Progress = Callable[[str, int, int], None]
Move = tuple[date, str]
_MOVE = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\S+)")
_TIE = re.compile(r"(领导|指导)\s+(\S+)\s+(\d{4}-\d{2}-\d{2})\s*(不审核)?")
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
KINDS = {"领导": Guidance.LEADS, "指导": Guidance.GUIDES}


def table() -> Table:
    """The sheet of units."""
    catalogue = current_catalogue()
    types = {entry.name: entry.code for entry in catalogue.unit_types.values()}
    natures = {entry.name: entry.code for entry in catalogue.natures.values()}
    return Table("units", "单位", [
        Column("code", "代码", required=True, note="小写字母、数字、连字符和下划线，全账唯一，不再更改。"),
        Column("name", "名称", required=True, width=30),
        Column("short_name", "简称"),
        Column("type", "类型", required=True, options=types),
        Column("nature", "性质", options=natures),
        Column("parent", "上级代码", note="成立时的上级单位的代码；最上一级不填。"),
        Column("moves", "改隶", is_list=True, width=24, note="后来改到别的上级之下：日期 上级代码，例如 2020-01-01 ju；几次的每行一次。"),
        Column("position", "顺序", type="integer", note="在同级中的先后，只写数字。"),
        Column("founded_on", "成立日期", type="date", required=True),
        Column("abolished_on", "撤销日期", type="date"),
        Column("ties", "领导和指导关系", is_list=True, width=30,
               note="领导或指导 上级组织代码 起始日期，例如 领导 jgdw 2020-01-01；不由它审核凭证的，后面写 不审核。"),
        Column("note", "备注"),
    ])  # fmt: skip


@dataclass
class Draft:
    """A unit as its row gives it."""

    row: Row
    faults: list[RowFault] = field(default_factory=list)
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    parent: str = ""
    moves: list[Move] = field(default_factory=list)
    ties: list[tuple[str, str, date, bool]] = field(default_factory=list)
    abolished_on: date | None = None


class UnitImport:
    """One file of units."""

    def __init__(self, rows: list[Row], reach: Reach, progress: Progress) -> None:
        self.rows, self.reach, self.progress = rows, reach, progress
        self.units = Units(reach)
        self.wanted: list[Draft] = []

    def check(self) -> Findings:
        """Judge every row; changes nothing."""
        findings = Findings()
        drafts = [_read(row) for row in self.rows]
        in_file: dict[str, int] = {}
        taken = {unit.code: unit for unit in Unit.objects.all()}
        for draft in drafts:
            if draft.code in in_file:
                draft.faults.append(
                    draft.row.fault("code", f"与第 {in_file[draft.code]} 行的代码相同，请改正。")
                )
            in_file.setdefault(draft.code, draft.row.number)
        for number, draft in enumerate(drafts, start=1):
            known = taken.get(draft.code)
            if known is not None:
                what = self._compare(draft, known)
            else:
                self._check_ties(draft, in_file)
                what = NEW
            if draft.faults:
                what = FAULTY
                findings.faults += draft.faults
            elif what == NEW:
                self.wanted.append(draft)
            name = str(draft.facts.get("name", ""))
            findings.outcomes.append(Outcome(draft.row.sheet, draft.row.number, what, name))
            self.progress("核对", number, len(drafts))
        return findings

    def _compare(self, draft: Draft, known: Unit) -> str:
        if self.reach.visible is not None and known.pk not in self.reach.visible:
            draft.faults.append(draft.row.fault("code", "代码已经用过，请换一个。"))
        same = all(getattr(known, name) == value for name, value in draft.facts.items())
        if not same or known.abolished_on != draft.abolished_on:
            text = f"代码 {draft.code} 已是“{known.name}”，内容与这一行不同。更名、改隶、撤销请在“组织”页办理；新单位请换代码。"
            draft.faults.append(draft.row.fault("code", text))
        return DUPLICATE

    def _check_ties(self, draft: Draft, in_file: dict[str, int]) -> None:
        if not draft.parent and self.reach.writable is not None:
            draft.faults.append(draft.row.fault("parent", "请填写上级代码：最上一级的单位由系统管理员建立。"))
        named = [("parent", draft.parent)] if draft.parent else []
        named += [("moves", code) for _, code in draft.moves] + [("ties", tie[1]) for tie in draft.ties]
        for column, code in named:
            if code in in_file:
                continue
            try:
                # A superior body may stand outside what one administers; a place in the tree may not.
                self.units.find(code) if column == "ties" else self.units.writable(code)
            except CellError as error:
                draft.faults.append(draft.row.fault(column, error.message))

    def apply(self, *, user: User, file_name: str) -> int:
        """Found the new units, parents first, then replay their moves and ends in order of time."""
        pending, born = list(self.wanted), 0
        while pending:
            self.units.reload()
            ready = [draft for draft in pending if not draft.parent or draft.parent in self.units.by_code]
            if not ready:
                raise BookError(
                    f"第 {pending[0].row.number} 行：上级互相指着对方，请核对上级代码。", field="上级代码"
                )
            for draft in ready:
                parent = self.units.by_code.get(draft.parent)
                self._do(draft, partial(found_unit, code=draft.code, parent=parent, **_founding(draft)))
                born += 1
                self.progress("写入", born, len(self.wanted))
            pending = [draft for draft in pending if draft not in ready]
            # Units just founded are within reach of whoever founded them.
            self.units = Units(Reach.everything())
        self._replay()
        return born

    def _replay(self) -> None:
        find = self.units.find
        self.units.reload()
        steps: list[tuple[date, int, Draft, Callable[[], object]]] = []
        for draft in self.wanted:
            unit = find(draft.code)
            for day, code in draft.moves:
                steps.append((day, 0, draft, partial(_rehang, unit, find, code, day)))
            for kind, code, day, reviews in draft.ties:
                steps.append((day, 1, draft, partial(_guide, unit, find, code, kind, day, reviews)))
            if draft.abolished_on:
                # Deeper units first: nothing may hang under what is abolished.
                depth = max(line.path.count("/") for line in unit.lineages.all())
                end = partial(abolish_unit, unit=unit, on=draft.abolished_on)
                steps.append((draft.abolished_on, 1000 - depth, draft, end))
        for _, _, draft, step in sorted(steps, key=lambda step: step[:2]):
            self._do(draft, step)

    @staticmethod
    def _do(draft: Draft, step: Callable[[], object]) -> None:
        try:
            step()
        except BookError as error:
            raise BookError(
                f"“{draft.row.sheet}”第 {draft.row.number} 行：{error.message}", field=error.field
            ) from error


def _rehang(unit: Unit, find: Callable[[str], Unit], parent: str, on: date) -> None:
    rehang_unit(unit=unit, parent=find(parent), on=on)


def _guide(
    unit: Unit, find: Callable[[str], Unit], superior: str, kind: str, on: date, reviews: bool
) -> None:
    guide(superior=find(superior), subordinate=unit, kind=kind, on=on, reviews=reviews)


def _founding(draft: Draft) -> dict[str, Any]:
    facts = dict(draft.facts)
    facts["on"] = facts.pop("founded_on")
    return facts


def _read(row: Row) -> Draft:
    catalogue = current_catalogue()
    types = {entry.name: entry.code for entry in catalogue.unit_types.values()}
    natures = {entry.name: entry.code for entry in catalogue.natures.values()}
    draft = Draft(row)
    faults = draft.faults

    def text(column: str, longest: int) -> Any:
        def parse(cell: Cell) -> str:
            found = text_of(cell)
            if len(found) > longest:
                raise CellError(f"太长（{len(found)} 字），请缩短到 {longest} 字以内。")
            return found

        return row.read(column, parse, faults) or ""

    draft.code = text("code", 60)
    if not CODE.fullmatch(draft.code) and not any(fault.column == "代码" for fault in faults):
        faults.append(row.fault("code", "代码只能用小写字母、数字、连字符和下划线，请改正。"))
    draft.facts = {
        "name": text("name", 80),
        "short_name": text("short_name", 40),
        "unit_type": row.read("type", lambda cell: chosen(text_of(cell), types), faults),
        "nature": row.read("nature", lambda cell: chosen(t, natures) if (t := text_of(cell)) else "", faults),
        "position": row.read("position", whole_number_of, faults) or 0,
        "founded_on": row.read("founded_on", day_of, faults),
        "note": text("note", 2000),
    }
    if not draft.facts["name"]:
        faults.append(row.fault("name", "请填写名称。"))
    if draft.facts["founded_on"] is None and not any(fault.column == "成立日期" for fault in faults):
        faults.append(row.fault("founded_on", "请填写成立日期。"))
    if not 0 <= draft.facts["position"] < 2**31:
        faults.append(row.fault("position", "顺序应是不大的正整数。"))
    draft.parent = text("parent", 60)
    draft.moves = row.read("moves", _moves, faults) or []  # type: ignore[assignment]
    draft.ties = row.read("ties", _ties, faults) or []  # type: ignore[assignment]
    draft.abolished_on = row.read("abolished_on", day_of, faults)  # type: ignore[assignment]
    founded = draft.facts["founded_on"]
    if draft.abolished_on and founded and draft.abolished_on <= founded:
        faults.append(row.fault("abolished_on", "撤销日期须晚于成立日期。"))
    return draft


def _moves(cell: Cell) -> list[Move]:
    found = []
    for item in items_of(cell):
        match = _MOVE.fullmatch(item)
        if not match:
            raise CellError(f"“{item[:30]}”看不懂，请写成 2020-01-01 上级代码。")
        found.append((_day(match[1]), match[2]))
    return sorted(found)


def _ties(cell: Cell) -> list[tuple[str, str, date, bool]]:
    found = []
    for item in items_of(cell):
        match = _TIE.fullmatch(item)
        if not match:
            raise CellError(f"“{item[:30]}”看不懂，请写成 领导 上级组织代码 2020-01-01。")
        found.append((KINDS[match[1]], match[2], _day(match[3]), not match[4]))
    return found


def _day(text: str) -> date:
    day = day_of(text)
    if day is None:
        raise CellError("缺少日期。")
    return day


def exported(rows: QuerySet[Unit]) -> Iterator[dict[str, object]]:
    """The rows of these units, superiors before what is below them where their order allows."""
    catalogue = current_catalogue()
    words = {code: name for name, code in KINDS.items()}
    places: dict[int, list[Placement]] = {}
    for placement in Placement.objects.select_related("parent").order_by("valid_from"):
        places.setdefault(placement.unit_id, []).append(placement)
    ties: dict[int, list[Guidance]] = {}
    for tie in Guidance.objects.select_related("superior").filter(valid_to=None).order_by("valid_from", "id"):
        ties.setdefault(tie.subordinate_id, []).append(tie)
    for unit in rows.order_by("id"):
        own = places.get(unit.pk, [])
        nature = catalogue.natures.get(unit.nature)
        yield {
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "type": catalogue.unit_types[unit.unit_type].name,
            "nature": nature.name if nature else unit.nature,
            "parent": own[0].parent.code if own and own[0].parent else "",
            "moves": "\n".join(f"{p.valid_from} {p.parent.code}" for p in own[1:] if p.parent),
            "position": unit.position,
            "founded_on": unit.founded_on,
            "abolished_on": unit.abolished_on,
            "ties": "\n".join(
                f"{words[tie.kind]} {tie.superior.code} {tie.valid_from}{'' if tie.reviews else ' 不审核'}"
                for tie in ties.get(unit.pk, [])
            ),
            "note": unit.note,
        }
