"""Plans of the demo year: key points, centre-group study and training of both bureaus, each with what was done."""

from datetime import date

from yibenzhang.access.models import User
from yibenzhang.demo.cast import Cast
from yibenzhang.demo.units.province import BookSpec
from yibenzhang.demo.work_plan_items import (
    GEOLOGY,
    METEOROLOGY,
    UNIT_COMMITTEE,
    UNIT_LAST,
    UNIT_TOPICS,
    Row,
    Task,
    Year,
)
from yibenzhang.organisation.memory import standing_still
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import members_on
from yibenzhang.plans.matching import match_records
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.names import Names
from yibenzhang.plans.rows import read_rows, row_of
from yibenzhang.plans.services import (
    add_item,
    amend_item,
    cancel_item,
    create_plan,
    issue_plan,
    link_voucher,
    note_progress,
    save_plan,
)
from yibenzhang.vouchers.models import Voucher

YEARS = {"geology": GEOLOGY, "meteorology": METEOROLOGY}


def prepare_plans(book: BookSpec, cast: Cast) -> None:
    """Write the plans of a book's year and link what was recorded; needs the year's vouchers."""
    year, spoken = book.today.year, YEARS[book.bureau]
    with standing_still():
        office = cast.preparers[book.agency]
        bureau, agency = Unit.objects.get(code=book.bureau), Unit.objects.get(code=book.agency)
        top = Unit.objects.get(code=spoken.top)
        _key_points(bureau, year, spoken, office)
        study = _study(top, year, spoken.topics, cast.preparers[spoken.top])
        _amend(study, spoken.amended, cast.preparers[spoken.top])
        training = _issued(
            agency, year, Plan.Sort.TRAINING, spoken.classes, office, number=spoken.training_number, day=20
        )
        match_records(training, actor=office)
        if spoken.cancelled:
            item = training.items.select_related("plan").get(text=spoken.cancelled)
            cancel_item(
                item,
                reason="与省直机关的同类培训重复，并入上级举办",
                day=date(year, 7, 12),
                revision=training.revision,
                actor=office,
            )
        if book.bureau == "geology":
            committee = Unit.objects.get(code=UNIT_COMMITTEE)
            _study(committee, year, UNIT_TOPICS, cast.preparers[UNIT_COMMITTEE], more=[UNIT_LAST])


def _issued(
    unit: Unit, year: int, sort: str, rows: list[Row], actor: User, *, number: str = "", day: int = 16
) -> Plan:
    plan = create_plan(unit=unit, year=year, sort=sort, actor=actor)
    drafts = read_rows(enumerate(rows, start=1), sort=sort, year=year, names=Names(unit))
    plan = save_plan(plan, drafts=drafts, revision=plan.revision, actor=actor, document_number=number)
    return issue_plan(plan, revision=plan.revision, actor=actor, on=date(year, 1, day))


def _key_points(bureau: Unit, year: int, spoken: Year, actor: User) -> None:
    rows = [task.row for task in spoken.tasks]
    plan = _issued(bureau, year, Plan.Sort.KEY_POINTS, rows, actor, number=spoken.number, day=22)
    for task, item in zip(
        spoken.tasks, plan.items.select_related("plan", "lead").order_by("number"), strict=True
    ):
        _link(item, task, actor)
    if spoken.added is not None:
        draft = read_rows([(1, spoken.added.row)], sort=plan.sort, year=year, names=Names(bureau))[0]
        reason, day = "全会闭幕，按上级通知增加宣讲任务", date(year, 8, 6)
        added = add_item(plan, draft=draft, reason=reason, day=day, revision=plan.revision, actor=actor)
        _link(added.item, spoken.added, actor)
    item = plan.items.get(milestones__text=spoken.milestone)
    reached = item.milestones.get(text=spoken.milestone)
    note_progress(item, unit=item.lead, text="", actor=actor, milestone=reached)


def _link(item: PlanItem, task: Task, actor: User) -> None:
    for unit, kind, beginning in task.done_by:
        rows = Voucher.objects.filter(unit__code=unit, kind=kind, title__startswith=beginning)
        rows = rows.filter(state=Voucher.State.POSTED).select_related("unit").order_by("event_date", "id")
        for voucher in rows[: item.times]:
            link_voucher(item, voucher, actor=actor)


def _study(unit: Unit, year: int, topics: list[str], actor: User, more: list[Row] | None = None) -> Plan:
    """Twelve months; two members speak in turn."""
    names = Names(unit)
    speakers = [names.person_label(person) for person in members_on(unit, date(year, 1, 15))]
    rows = [
        {
            "due": f"{month}月",
            "text": topic,
            "people": "、".join(speakers[(month * 2 + turn) % len(speakers)] for turn in range(2)),
        }
        for month, topic in enumerate(topics, start=1)
    ]
    plan = _issued(unit, year, Plan.Sort.CENTRE_GROUP, [*rows, *(more or [])], actor)
    match_records(plan, actor=actor)
    return plan


def _amend(plan: Plan, amended: dict[str, str], actor: User) -> None:
    item = plan.items.select_related("plan", "lead").get(month=int(amended["month"]))
    names = Names(plan.unit)
    row = row_of(item, names) | {"text": amended["text"]}
    draft = read_rows([(1, row)], sort=plan.sort, year=plan.year, names=names)[0]
    amend_item(
        item,
        draft=draft,
        reason=amended["reason"],
        day=date.fromisoformat(amended["day"]),
        revision=plan.revision,
        actor=actor,
    )
