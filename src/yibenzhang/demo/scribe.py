"""Writing a plan into the book through the services people use, in the order in which it would have happened."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.demo.cast import Cast
from yibenzhang.demo.days import later
from yibenzhang.demo.evidence import evidence_of
from yibenzhang.demo.founding import Province
from yibenzhang.demo.record import Course, Record
from yibenzhang.demo.timing import Calendar, Moments, at_office
from yibenzhang.demo.units.province import BookSpec
from yibenzhang.ledger.services import close_month, post_voucher, reverse_voucher
from yibenzhang.organisation.memory import standing_still
from yibenzhang.organisation.models import Guidance, Unit
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.evidence import attach
from yibenzhang.vouchers.models import Matter, Voucher
from yibenzhang.vouchers.services import return_voucher, save_draft, submit_voucher


@dataclass(frozen=True)
class Step:
    """One act of one person at one moment."""

    at: datetime
    act: Callable[[datetime], None]


@dataclass
class Paper:
    """One voucher on its way: the record it is written from, and the row once it exists."""

    record: Record
    entry: Entry | None = None
    voucher: Voucher | None = None
    corrects: "Paper | None" = None

    @property
    def row(self) -> Voucher:
        """The voucher; a step that needs it comes after the one that drafts it."""
        if self.voucher is None:
            raise LookupError(f"凭证还没有起草：{self.record.title}")
        return self.voucher


def write_year(
    book: BookSpec,
    records: Iterable[Record],
    province: Province,
    cast: Cast,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> None:
    """Write a bureau's records and close its months, in simulated time.

    Raises what the services raise: a plan that breaks a rule of the book does not pass.
    """
    scribe = Scribe(book, province, cast)
    planned = list(records)
    scribe.pointed_at = {name for record in planned for name in record.matters.values()}
    for record in planned:
        scribe.schedule(record)
    scribe.schedule_closings()
    steps = deque(sorted(scribe.steps, key=lambda step: step.at))
    scribe.steps.clear()  # a paper is let go with its last step, or memory grows with the year
    total, stage = len(steps), f"记账：{province.units[book.bureau]}{book.today.year}年"
    with standing_still():
        while steps:
            step = steps.popleft()
            step.act(step.at)
            if len(steps) % 50 == 0:
                progress(stage, total - len(steps), total)


@dataclass
class Scribe:
    """Turns records into steps. `matters` fills as vouchers open them, `decided` while steps are planned."""

    book: BookSpec
    province: Province
    cast: Cast
    steps: list[Step] = field(default_factory=list)
    matters: dict[str, Matter] = field(default_factory=dict)
    decided: dict[str, datetime] = field(default_factory=dict)
    pointed_at: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.calendar = Calendar(self.book.opens, self.book.today)
        self.guidance: dict[int, list[Guidance]] = {}
        for row in Guidance.objects.filter(reviews=True).order_by("id"):
            self.guidance.setdefault(row.subordinate_id, []).append(row)
        self.codes = {unit.pk: code for code, unit in self.province.units.items()}

    def schedule(self, record: Record) -> None:
        """Plan every step of a record along its course."""
        rng = Random(record.seed)
        waits_for = [self.decided[name] for name in record.matters.values()]
        moments = self.calendar.moments(record, rng, max(waits_for, default=None))
        paper = Paper(record)
        if record.course is Course.RETURNED:
            moments = self._return_first(paper, moments, rng)
        elif record.course is Course.CORRECTED:
            wrong = Paper(replace(record, day=record.day - timedelta(days=1), opens=""))
            reason = f"日期写错，应为{record.day.month}月{record.day.day}日，冲销后重记。"
            again = self._post_and_reverse(wrong, moments, rng, reason)
            paper.corrects = wrong
            moments = self.calendar.decision(again, rng)
        elif record.course is Course.DUPLICATED:
            second = self.calendar.decision(moments.decided + timedelta(hours=20), rng)
            self._post_and_reverse(
                Paper(replace(record, opens="")), second, rng, "同一件事重复记账，冲销这一笔。"
            )
        self._plan(paper, moments)

    def schedule_closings(self) -> None:
        """Close every month up to the end of the last full quarter, in the middle of the month after it."""
        last = (self.book.today.month - 1) // 3 * 3
        for month in range(1, last + 1):
            day = date(self.book.today.year, month + 1, 18)
            number = self.book.today.year * 100 + month
            self._add(self.calendar.closing(day), partial(self._close, number))

    def _plan(self, paper: Paper, moments: Moments) -> None:
        course = paper.record.course
        self._add(moments.drafted, lambda at: self._draft(paper, at))
        if course is Course.DRAFT:
            return
        self._add(moments.submitted, lambda at: self._submit(paper, at))
        if course is Course.SENT_BACK:
            self._add(moments.decided, lambda at: self._return(paper, at))
        elif course is not Course.WAITING:
            self._add(moments.decided, lambda at: self._post(paper, at))
            if paper.record.opens:
                self.decided[paper.record.opens] = moments.decided

    def _return_first(self, paper: Paper, first: Moments, rng: Random) -> Moments:
        """A first version with nothing but the kind's name for a title goes back; the full one follows."""
        kind = current_catalogue().kind(paper.record.kind)
        full = paper.record
        paper.record = replace(full, title=kind.name)
        self._add(first.drafted, lambda at: self._draft(paper, at))
        self._add(first.submitted, lambda at: self._submit(paper, at))
        self._add(first.decided, lambda at: self._return(paper, at))
        again = self.calendar.decision(first.decided + timedelta(minutes=rng.randrange(30, 90)), rng)

        def complete(at: datetime) -> None:
            paper.record = full

        self._add(again.drafted, complete)
        return again

    def _post_and_reverse(self, paper: Paper, moments: Moments, rng: Random, reason: str) -> datetime:
        self._add(moments.drafted, lambda at: self._draft(paper, at))
        self._add(moments.submitted, lambda at: self._submit(paper, at))
        self._add(moments.decided, lambda at: self._post(paper, at))
        day = later(moments.decided.date(), rng.randrange(1, 6), self.book.today)
        found = max(at_office(day, rng), moments.decided + timedelta(minutes=5))
        found = min(found, self.calendar.closing(self.book.today))
        self._add(found, lambda at: self._reverse(paper, reason, at))
        return found + timedelta(minutes=rng.randrange(10, 40))

    def _add(self, at: datetime, act: Callable[[datetime], None]) -> None:
        self.steps.append(Step(at, act))

    def _draft(self, paper: Paper, at: datetime) -> None:
        paper.entry = self._entry(paper.record)
        corrects = paper.corrects.voucher if paper.corrects else None
        preparer = self._preparer(paper.record)
        paper.voucher = save_draft(
            paper.entry, preparer=preparer, voucher=paper.voucher, corrects=corrects, at=at
        )
        for name, data in evidence_of(paper.record, self.province.roster.names):
            attach(paper.voucher, name, data, preparer)
        if paper.record.opens in self.pointed_at:
            creating = next(spec.code for spec in paper.entry.kind.fields if spec.creates)
            found = Matter.objects.get(appearances__voucher=paper.voucher, appearances__field=creating)
            self.matters[paper.record.opens] = found

    def _submit(self, paper: Paper, at: datetime) -> None:
        if paper.entry is None:
            raise LookupError(f"凭证还没有起草：{paper.record.title}")
        submit_voucher(paper.entry, paper.row, actor=self._preparer(paper.record), at=at)

    def _return(self, paper: Paper, at: datetime) -> None:
        reason = f"标题只写了“{paper.record.title}”，请写明开展了什么、在哪里，再报。"
        return_voucher(paper.row, actor=self._reviewer(paper.row.unit, at), reason=reason, at=at)

    def _post(self, paper: Paper, at: datetime) -> None:
        post_voucher(paper.row, actor=self._reviewer(paper.row.unit, at), at=at)

    def _reverse(self, paper: Paper, reason: str, at: datetime) -> None:
        reverse_voucher(paper.row, actor=self._reviewer(paper.row.unit, at), reason=reason, at=at)

    def _close(self, month: int, at: datetime) -> None:
        close_month(
            self.province.books[self.book.bureau],
            month,
            actor=self.cast.administrators[self.book.bureau],
            at=at,
        )

    def _entry(self, record: Record) -> Entry:
        people = self.province.people
        kind = current_catalogue().kind(record.kind)
        lists = {spec.code for spec in kind.fields if spec.type == "attendance"}
        return Entry(
            unit=self.province.units[record.unit],
            kind=kind,
            title=record.title,
            event_date=record.day,
            end_date=record.end,
            values=dict(record.values),
            people={
                code: [
                    (people[who], "excused" if code in lists and who in record.away else "present")
                    for who in handles
                ]
                for code, handles in record.people.items()
            },
            matters={code: self.matters[name] for code, name in record.matters.items()},
            programmes=list(record.programmes),
            participants=[self.province.units[code] for code in record.participants],
        )

    def _preparer(self, record: Record) -> User:
        """Whoever records for the unit; where two do, the second writes some of what goes its way without a hitch."""
        second = self.cast.seconds.get(record.unit)
        if second and record.course is Course.PLAIN and Random(f"hand|{record.seed}").random() < 0.3:
            return second
        found = self.cast.preparers.get(record.unit)
        return found or self.cast.preparers[self.province.roster.units[record.unit].parent or record.unit]

    def _reviewer(self, unit: Unit, at: datetime) -> User:
        """Somebody of a body that examines the unit on that day; the guiding agency committee before the leading one.

        What a unit that has been abolished left behind is examined by those who examined it last.
        """
        rows = [row for row in self.guidance[unit.pk] if row.holds_on(at.date())] or self.guidance[unit.pk][
            -1:
        ]
        for row in sorted(rows, key=lambda row: row.kind != Guidance.GUIDES):
            found = self.cast.approvers.get(self.codes[row.superior_id])
            if found:
                return found
        raise LookupError(f"没有人审核{unit}")
