"""People in and out: the minimum of personal data (security.md P2), a row for each membership."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange.cells import Cell, CellError, chosen, day_of, items_of, text_of
from yibenzhang.exchange.columns import Column, Table
from yibenzhang.exchange.findings import DUPLICATE, FAULTY, NEW, Findings, Outcome, RowFault
from yibenzhang.exchange.lookup import Reach, Units
from yibenzhang.exchange.matching import Row
from yibenzhang.kernel.text import search_key
from yibenzhang.organisation.models import Membership, Person, Post, Unit

Progress = Callable[[str, int, int], None]
Tie = tuple[str, str, int, date, date | None]
STATES = {name: code for code, name in Membership.STATES}
TITLES = {name: code for code, name in Post.TITLES}
KEY = re.compile(r"[0-9a-f]{16}")
NEWCOMER = "新"
_POST = re.compile(
    r"(?P<title>[^\s（(@]+)(?:[（(](?P<duty>[^）)]{0,40})[）)])?\s*(?:@(?P<unit>\S+))?"
    r"(?:\s+(?P<since>\d{4}-\d{2}-\d{2})(?:\s*[~～]\s*(?P<until>\d{4}-\d{2}-\d{2}))?)?"
)


def table() -> Table:
    """The sheet of people."""
    audiences = {option.name: option.code for option in current_catalogue().choices.get("audiences", [])}
    return Table("people", "人员", [
        Column("key", "编号", width=20,
               note="新人不填，由系统给出。支部里已有同名的另一个人，写“新”。已在册的人照导出的编号填。"),
        Column("name", "姓名", required=True),
        Column("unit", "所在支部", note="支部的代码；只任职、组织关系不在本账的不填。"),
        Column("state", "组织关系状态", options=STATES, note="不填为正式党员。"),
        Column("valid_from", "自", type="date", note="从哪天起在这个支部、是这个状态。"),
        Column("valid_to", "至", type="date", note="仍在的不填；离开的写离开后的第一天。"),
        Column("posts", "党内职务", is_list=True, width=30,
               note="每行一项：职务（分工）@组织代码 起始日期~结束日期，例如 书记@b1 2020-01-01。"
               "组织代码不写为所在支部，日期不写为“自”那一天。"),
        Column("audiences", "类别", options=audiences, is_list=True, note="几个的用分号隔开。"),
    ])  # fmt: skip


@dataclass
class Draft:
    """A row as it was read."""

    row: Row
    faults: list[RowFault] = field(default_factory=list)
    key: str = ""
    name: str = ""
    audiences: list[str] = field(default_factory=list)
    membership: tuple[Unit, str, date, date | None] | None = None
    posts: list[tuple[Unit, str, str, date, date | None]] = field(default_factory=list)
    person: Person | None = None


class PeopleImport:
    """One file of people."""

    def __init__(self, rows: list[Row], reach: Reach, progress: Progress) -> None:
        self.rows, self.reach, self.progress = rows, reach, progress
        self.units = Units(reach)
        self.wanted: list[Draft] = []
        # What the book already knows, read once.
        self.by_key = {person.key: person for person in Person.objects.all()}
        self.ties: dict[int, set[Tie]] = {}
        self.named: dict[tuple[int, str], set[int]] = {}
        for membership in Membership.objects.select_related("person"):
            self._know(membership.person, ("member", membership.state, membership.unit_id,
                                           membership.valid_from, membership.valid_to))  # fmt: skip
        for post in Post.objects.select_related("person"):
            self._know(post.person, (post.title, post.duty, post.unit_id, post.valid_from, post.valid_to))

    def _know(self, person: Person, tie: Tie) -> None:
        self.ties.setdefault(person.pk, set()).add(tie)
        self.named.setdefault((tie[2], person.name), set()).add(person.pk)

    def check(self) -> Findings:
        """Judge every row; changes nothing."""
        findings = Findings()
        for number, row in enumerate(self.rows, start=1):
            draft = self._read(row)
            what = self._judge(draft)
            if draft.faults:
                what = FAULTY
                findings.faults += draft.faults
            elif what == NEW:
                self.wanted.append(draft)
            findings.outcomes.append(Outcome(row.sheet, row.number, what, draft.name))
            self.progress("核对", number, len(self.rows))
        return findings

    def _judge(self, draft: Draft) -> str:
        known = self.by_key.get(draft.key)
        if known is not None:
            if known.name != draft.name:
                draft.faults.append(
                    draft.row.fault("name", f"编号 {draft.key} 在账里是“{known.name}”，请核对编号。")
                )
            if self.reach.visible is not None and not self._is_visible(known):
                draft.faults.append(draft.row.fault("key", "没有这个编号，请核对。"))
        elif not draft.key and draft.membership:
            known = self._same_name(draft)
        draft.person = known
        if known is None:
            return NEW
        ties = self.ties.get(known.pk, set())
        return DUPLICATE if all(tie in ties for tie in _ties(draft)) else NEW

    def _same_name(self, draft: Draft) -> Person | None:
        unit = draft.membership[0] if draft.membership else None
        found = self.named.get((unit.pk, draft.name), set()) if unit else set()
        exact = [pk for pk in found if all(tie in self.ties[pk] for tie in _ties(draft))]
        if len(exact) == 1:
            return next(person for person in self.by_key.values() if person.pk == exact[0])
        if found:
            text = f"{unit}已有“{draft.name}”。是同一个人请填编号；另有其人请在编号一格写“{NEWCOMER}”。"
            draft.faults.append(draft.row.fault("key", text))
        return None

    def _is_visible(self, person: Person) -> bool:
        units = {tie[2] for tie in self.ties.get(person.pk, set())}
        return bool(units & (self.reach.visible or frozenset()))

    def apply(self, *, user: User, file_name: str) -> int:
        """Enter the new people and add new memberships and posts to known ones."""
        born: dict[str, Person] = {}
        memberships, posts = [], []
        for number, draft in enumerate(self.wanted, start=1):
            real_key = draft.key if draft.key != NEWCOMER else ""
            person = draft.person or born.get(real_key)
            if person is None:
                person = Person(name=draft.name, search_key=search_key(draft.name), audiences=draft.audiences)
                if real_key:
                    person.key = real_key
                person.save()
                born[person.key] = person
            known = self.ties.get(person.pk, set())
            for tie in _ties(draft):
                if tie in known:
                    continue
                what, detail, unit, since, until = tie
                if what == "member":
                    memberships.append(
                        Membership(
                            person=person, unit_id=unit, state=detail, valid_from=since, valid_to=until
                        )
                    )
                else:
                    posts.append(
                        Post(
                            person=person,
                            unit_id=unit,
                            title=what,
                            duty=detail,
                            valid_from=since,
                            valid_to=until,
                        )
                    )
                self.ties.setdefault(person.pk, set()).add(tie)
            self.progress("写入", number, len(self.wanted))
        Membership.objects.bulk_create(memberships, batch_size=500)
        Post.objects.bulk_create(posts, batch_size=500)
        return len(self.wanted)

    def _read(self, row: Row) -> Draft:
        draft = Draft(row)
        faults = draft.faults
        audiences = {option.name: option.code for option in current_catalogue().choices.get("audiences", [])}
        draft.name = str(row.read("name", _name, faults) or "")
        draft.key = str(row.read("key", _key, faults) or "")
        unit: Any = row.read(
            "unit", lambda cell: self.units.writable(t) if (t := text_of(cell)) else None, faults
        )
        state: Any = row.read(
            "state", lambda cell: chosen(t, STATES) if (t := text_of(cell)) else Membership.FULL, faults
        )
        since: Any = row.read("valid_from", day_of, faults)
        until: Any = row.read("valid_to", day_of, faults)
        draft.audiences = list(
            row.read("audiences", lambda cell: [chosen(i, audiences) for i in items_of(cell)], faults) or []  # type: ignore[call-overload]
        )
        if unit is not None:
            if since is None and not any(fault.column == "自" for fault in faults):
                faults.append(row.fault("valid_from", "请填写从哪天起在这个支部。"))
            elif since is not None:
                draft.membership = (unit, state or Membership.FULL, since, until)
                if not unit.exists_on(since):
                    faults.append(row.fault("valid_from", f"{unit}当日未成立或已撤销，请核对日期。"))
        if since and until and until <= since:
            faults.append(row.fault("valid_to", "“至”须晚于“自”。"))
        draft.posts = row.read("posts", lambda cell: self._posts(cell, unit, since), faults) or []  # type: ignore[assignment]
        if not faults and unit is None and not draft.posts:
            faults.append(row.fault("unit", "请填写所在支部，或写明党内职务和组织代码。"))
        return draft

    def _posts(self, cell: Cell, unit: Unit | None, since: date | None) -> list[Any]:
        found = []
        for item in items_of(cell):
            match = _POST.fullmatch(item)
            if not match:
                raise CellError(f"“{item[:30]}”看不懂，请写成 书记@组织代码 2020-01-01。")
            title = chosen(match["title"], TITLES)
            where = self.units.writable(match["unit"]) if match["unit"] else unit
            start = day_of(match["since"]) if match["since"] else since
            end = day_of(match["until"]) if match["until"] else None
            if where is None or start is None:
                raise CellError(f"“{item[:30]}”缺少组织代码或起始日期，请补上。")
            if end is not None and end <= start:
                raise CellError(f"“{item[:30]}”的结束日期须晚于起始日期。")
            if not where.exists_on(start):
                raise CellError(f"{where}在 {start} 未成立或已撤销，请核对日期。")
            found.append((where, title, match["duty"] or "", start, end))
        return found


def _ties(draft: Draft) -> list[Tie]:
    ties: list[Tie] = []
    if draft.membership:
        unit, state, since, until = draft.membership
        ties.append(("member", state, unit.pk, since, until))
    return ties + [(title, duty, unit.pk, since, until) for unit, title, duty, since, until in draft.posts]


def _name(cell: Cell) -> str:
    name = text_of(cell)
    if not name or len(name) > 40 or "#" in name or "；" in name or ";" in name:
        raise CellError("请填写姓名，40 字以内，不带符号。")
    if "*" in name:
        raise CellError("姓名已被遮盖，不能导入。请用管理员导出的表。")
    return name


def _key(cell: Cell) -> str:
    key = text_of(cell)
    if key and key != NEWCOMER and not KEY.fullmatch(key):
        raise CellError("编号应照导出的填写，16 位；新人不填。")
    return key


def exported(rows: QuerySet[Person], *, mask: Callable[[str], str] | None) -> Iterator[dict[str, object]]:
    """A row for each membership, with the posts on the first; names covered and keys left out when masked."""
    states = {code: name for name, code in STATES.items()}
    titles = {code: name for name, code in TITLES.items()}
    names = {option.code: option.name for option in current_catalogue().choices.get("audiences", [])}
    ordered = rows.order_by("id").prefetch_related("memberships__unit", "posts__unit")
    for person in ordered.iterator(chunk_size=1000):
        posts = "\n".join(
            f"{titles[post.title]}{f'（{post.duty}）' if post.duty else ''}@{post.unit.code} {post.valid_from}"
            f"{f'~{post.valid_to}' if post.valid_to else ''}"
            for post in sorted(person.posts.all(), key=lambda post: post.pk)
        )
        facts: dict[str, object] = {
            "key": "" if mask else person.key,
            "name": mask(person.name) if mask else person.name,
            "posts": posts,
            "audiences": "；".join(names.get(code, code) for code in person.audiences),
        }
        memberships = sorted(person.memberships.all(), key=lambda one: one.pk)
        if not memberships:
            yield facts
        for membership in memberships:
            yield facts | {
                "unit": membership.unit.code,
                "state": states[membership.state],
                "valid_from": membership.valid_from,
                "valid_to": membership.valid_to,
            }
            facts = facts | {"posts": "", "audiences": ""}
