"""What was asked of units in a period: duties by rule, notices, plan tasks, items of responsibility lists, follow-ups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.followups.models import FollowUp
from yibenzhang.kernel.periods import Period, month_of
from yibenzhang.notices.models import Notice, Recipient
from yibenzhang.organisation.models import Unit
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.requirements import judging
from yibenzhang.requirements.duties import Duty
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList

DUTY, NOTICE, TASK, ITEM, FOLLOW_UP = "duty", "notice", "task", "item", "follow_up"
SOURCES = {DUTY: "规定动作", NOTICE: "通知", TASK: "计划任务", ITEM: "责任清单事项", FOLLOW_UP: "督办"}


@dataclass(frozen=True)
class Ask:
    """One thing asked of a unit. `entries` are the records it needs, 0 where none of its own; `month` when it fell due.

    `ref` is the code of a rule or the key of the row; `text` is what was said, `why` the sender's reason for asking again.
    """

    unit: int
    source: str
    name: str
    ref: str
    month: int
    entries: int = 0
    text: str = ""
    why: str = ""


def counts_for(duty: Duty, period: Period) -> bool:
    """True for a duty that asks for records and whose window ends in the period, so that months add up to the year."""
    if duty.immediate or duty.state == judging.NOT_APPLICABLE or duty.needed < 1:
        return False
    return period.start <= duty.window.last_day < period.stop


def entries_of(duty: Duty) -> int:
    """Records a duty needs: as many as it counts events; one where it counts hours, persons or money."""
    measure = duty.requirement.measure
    if measure is None or not (measure.indicator or measure.agenda):
        return 1
    return duty.needed if measure.agenda or counts_events(duty) else 1


def counts_events(duty: Duty) -> bool:
    """True when the duty is measured by an indicator that counts events."""
    measure = duty.requirement.measure
    if measure is None or not measure.indicator:
        return False
    indicator = current_catalogue().indicator(measure.indicator)
    return indicator.aggregation == "distinct" and indicator.key == "event"


def asks_of(units: Sequence[Unit], period: Period, duties: Sequence[Duty]) -> list[Ask]:
    """Everything asked of these units in the period; `duties` are theirs."""
    keys = [unit.pk for unit in units]
    return [
        *_of_duties(duties, period),
        *_of_notices(keys, period),
        *_of_plans(keys, period),
        *_of_lists(keys, period),
        *_of_follow_ups(keys, period),
    ]


def _of_duties(duties: Sequence[Duty], period: Period) -> Iterator[Ask]:
    for duty in duties:
        if counts_for(duty, period):
            rule, month = duty.requirement, month_of(duty.window.last_day)
            yield Ask(duty.unit.pk, DUTY, rule.name, rule.code, month, entries_of(duty))


def _of_notices(keys: list[int], period: Period) -> Iterator[Ask]:
    rows = Recipient.objects.filter(unit_id__in=keys, notice__state=Notice.State.ISSUED)
    rows = rows.filter(notice__issued_on__gte=period.start, notice__issued_on__lt=period.stop)
    for row in rows.select_related("notice").order_by("notice__issued_on", "notice_id"):
        sent = row.notice
        text = f"{sent.title}\n{sent.purpose}\n{sent.text}"
        day = sent.issued_on or period.start
        yield Ask(
            row.unit_id, NOTICE, sent.title, str(sent.pk), month_of(day), text=text, why=sent.kept_reason
        )


def _of_plans(keys: list[int], period: Period) -> Iterator[Ask]:
    years = {period.start.year, period.last_day.year}
    rows = PlanItem.objects.filter(lead_id__in=keys, is_cancelled=False, plan__state=Plan.State.ISSUED)
    for row in rows.filter(plan__year__in=years).select_related("plan").order_by("plan_id", "number"):
        day = row.deadline or date(row.plan.year, row.month or 12, 1)
        if period.start <= day < period.stop:
            yield Ask(row.lead_id, TASK, row.text, str(row.plan_id), month_of(day), text=row.text)


def _of_lists(keys: list[int], period: Period) -> Iterator[Ask]:
    years = {period.start.year, period.last_day.year}
    rows = ResponsibilityItem.objects.filter(list__unit_id__in=keys, list__year__in=years)
    rows = rows.exclude(list__state=ResponsibilityList.State.DRAFT)
    for row in rows.select_related("list").prefetch_related("versions").order_by("list_id", "number"):
        said = row.current
        if not said.is_dropped and period.start <= said.deadline < period.stop and row.list.unit_id:
            yield Ask(
                row.list.unit_id, ITEM, said.text, str(row.list_id), month_of(said.deadline), text=said.text
            )


def _of_follow_ups(keys: list[int], period: Period) -> Iterator[Ask]:
    rows = FollowUp.objects.filter(unit_id__in=keys).exclude(state=FollowUp.State.WITHDRAWN)
    rows = rows.filter(opened_on__gte=period.start, opened_on__lt=period.stop)
    for row in rows.order_by("opened_on", "id"):
        text = f"{row.title}\n{row.asked}"
        yield Ask(row.unit_id, FOLLOW_UP, row.title, str(row.pk), month_of(row.opened_on), text=text)
