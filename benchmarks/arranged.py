"""A year of arrangements for the large book: lists, tasks, follow-ups and notices for every branch, by bulk writes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.followups.models import FollowUp, FollowUpEvent
from yibenzhang.notices.models import Notice, Recipient
from yibenzhang.organisation.models import Lineage, Person, Unit
from yibenzhang.plans.models import Plan, PlanFulfilment, PlanItem, PlanProgress
from yibenzhang.responsibility.models import (
    ItemVersion,
    ResponsibilityItem,
    ResponsibilityList,
    Statement,
)
from yibenzhang.vouchers.models import Matter, Voucher, VoucherMatter

ISSUED = date(2024, 2, 1)
FOLLOW_UPS, NOTICES = 200, 50


@dataclass(frozen=True)
class Arranged:
    """What the pages are asked for."""

    top: User
    branch: User
    list_of_branch: int
    list_of_committee: int
    item_of_committee: int
    plan: int


def arrange(writer: User) -> Arranged:
    """Write it all in the name of `writer`, with a reader above all bureaus and a recorder of one branch."""
    top = _user("bench-top", Unit.objects.get(code="provincial_organs"), Role.READER)
    first = Unit.objects.get(code="branch-0-0")
    branch = _user("bench-branch", first, Role.PREPARER)
    Grant.objects.create(
        user=writer, unit=Unit.objects.get(code="committee-0"), role=Role.PREPARER, valid_from=ISSUED
    )
    committees = list(Unit.objects.filter(unit_type="agency_party_committee").order_by("pk"))
    below = {each: [] for each in committees}
    parents = dict(
        Lineage.objects.filter(unit__unit_type="branch").values_list("unit_id", "unit__placements__parent")
    )
    for unit in Unit.objects.filter(unit_type="branch").order_by("pk"):
        below[next(each for each in committees if each.pk == parents[unit.pk])].append(unit)
    lists = {unit.pk: _lists(unit, branches, writer) for unit, branches in below.items()}
    plans = [_plan(unit, branches, writer) for unit, branches in below.items()]
    _follow_ups(committees[0], below[committees[0]], writer)
    for number in range(NOTICES):
        _notice(committees[0], below[committees[0]], number, writer)
    mine = lists[committees[0].pk]
    return Arranged(
        top,
        branch,
        ResponsibilityList.objects.get(unit=first).pk,
        mine.pk,
        mine.items.all()[0].pk,
        plans[0].pk,
    )


def _user(name: str, unit: Unit, role: str) -> User:
    user = User.objects.create(username=name)
    Grant.objects.create(user=user, unit=unit, role=role, valid_from=ISSUED)
    return user


def _lists(committee: Unit, branches: list[Unit], writer: User) -> ResponsibilityList:
    """The committee's list, and the same five items split to each of its branches: two look at a rule, one at a figure,
    one at a matter, one at what the branch says."""
    own = _list(committee, committee, writer)
    origins = ResponsibilityItem.objects.bulk_create(
        ResponsibilityItem(list=own, number=number) for number in range(1, 6)
    )
    versions = [_version(item, writer, None) for item in origins]
    lists = ResponsibilityList.objects.bulk_create(_unsaved(committee, unit, writer) for unit in branches)
    matters = Matter.objects.bulk_create(_matters(branches))
    for each, matter in zip(lists, matters, strict=True):
        items = ResponsibilityItem.objects.bulk_create(
            ResponsibilityItem(list=each, number=origin.number, origin=origin) for origin in origins
        )
        versions += [_version(item, writer, matter) for item in items]
        Statement.objects.create(
            item=items[4], on=date(2024, 6, 1), text="已部署", is_done=each.pk % 2 == 0, by=writer
        )
    ItemVersion.objects.bulk_create(versions)
    _moves(matters)
    return own


def _list(issuer: Unit, unit: Unit, writer: User) -> ResponsibilityList:
    made = _unsaved(issuer, unit, writer)
    made.save()
    return made


def _unsaved(issuer: Unit, unit: Unit, writer: User) -> ResponsibilityList:
    return ResponsibilityList(
        issued_by=issuer, unit=unit, year=2024, title="全面从严治党责任清单", state="issued", issued_on=ISSUED,
        created_by=writer, saved_by=writer,
    )  # fmt: skip


def _version(item: ResponsibilityItem, writer: User, matter: Matter | None) -> ItemVersion:
    ways = [
        {"shown_by": "requirement", "requirement": "ZB-06"},
        {"shown_by": "requirement", "requirement": "ZB-01"},
        {"shown_by": "indicator", "indicator": "life.theme_party_days", "needed": 12, "covers": "all"},
        {"shown_by": "matter", "matter": matter} if matter else {"shown_by": "stated"},
        {"shown_by": "stated"},
    ]
    return ItemVersion(
        item=item, valid_from=ISSUED, text=f"第{item.number}项责任", deadline=date(2024, 11, 30), changed_by=writer,
        **ways[item.number - 1],
    )  # fmt: skip


def _matters(branches: list[Unit]) -> list[Matter]:
    lines = dict(Lineage.objects.filter(unit__in=branches).values_list("unit_id", "pk"))
    return [
        Matter(
            kind="responsibility_item", unit=unit, lineage_id=lines[unit.pk], title=f"{unit}整改事项", search_key="",
            opened_on=ISSUED,
        )
        for unit in branches
    ]  # fmt: skip


def _moves(matters: list[Matter]) -> None:
    vouchers = {each.unit_id: each for each in _one_each([matter.unit_id for matter in matters])}
    VoucherMatter.objects.bulk_create(
        VoucherMatter(matter=matter, voucher=vouchers[matter.unit_id], field="matter", moves_to="")
        for matter in matters
    )


def _one_each(units: list[int]) -> list[Voucher]:
    """A voucher of each unit, of the year and one kind."""
    rows = Voucher.objects.filter(unit__in=units, kind="field_research", event_date__year=2024)
    return list({row.unit_id: row for row in rows.order_by("-pk")}.values())


def _plan(committee: Unit, branches: list[Unit], writer: User) -> Plan:
    """A plan with a task for each branch, half of them fulfilled by a voucher."""
    plan = Plan.objects.create(
        unit=committee, year=2024, sort="key_points", title="2024年工作要点", issued_on=ISSUED, state="issued",
        created_by=writer, saved_by=writer,
    )  # fmt: skip
    items = PlanItem.objects.bulk_create(
        PlanItem(plan=plan, number=number, text=f"第{number}项任务", lead=unit, kind="field_research",
                 deadline=date(2024, 1 + number % 12, 20))
        for number, unit in enumerate(branches, start=1)
    )  # fmt: skip
    vouchers = {each.unit_id: each for each in _one_each([unit.pk for unit in branches])}
    done = items[::2]
    PlanFulfilment.objects.bulk_create(
        PlanFulfilment(item=item, voucher=vouchers[item.lead_id], by=writer) for item in done
    )
    PlanProgress.objects.bulk_create(
        PlanProgress(item=item, unit=item.lead, day=date(2024, 5, 1), text="正在推进", by=writer)
        for item in items
    )
    return plan


def _follow_ups(committee: Unit, branches: list[Unit], writer: User) -> None:
    person = Person.objects.order_by("pk").first()
    opened = date(2024, 10, 1)
    rows = FollowUp.objects.bulk_create(
        FollowUp(
            unit=branches[number % len(branches)], recipient=person, title=f"第{number}件督办", asked="请补记", opened_on=opened,
            deadline=opened + timedelta(days=number % 60), opener_unit=committee, opened_by=writer,
            state="open" if number % 3 else "answered",
        )
        for number in range(FOLLOW_UPS)
    )  # fmt: skip
    at = datetime(2024, 10, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    FollowUpEvent.objects.bulk_create(
        FollowUpEvent(follow_up=row, step=step, actor=writer, day=opened, at=at)
        for row in rows
        for step in ("opened", "reminded")
    )


def _notice(sender: Unit, branches: list[Unit], number: int, writer: User) -> None:
    """A notice to all branches; two of three have received it."""
    day = date(2024, 1 + number % 12, 1 + number % 28)
    notice = Notice.objects.create(
        unit=sender, title=f"第{number}号通知", text="请做好准备。", purpose="知悉", search_key="", state="issued",
        created_by=writer, saved_by=writer, submitted_by=writer, issued_by=writer, issued_on=day,
    )  # fmt: skip
    Recipient.objects.bulk_create(
        Recipient(
            notice=notice, unit=unit, received_by=writer if place % 3 else None, received_on=day if place % 3 else None
        )
        for place, unit in enumerate(branches)
    )  # fmt: skip
