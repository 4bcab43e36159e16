"""Follow-ups of the demo year: open, reminded, answered, closed by a voucher, closed for a reason."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.access.scope import Actor, actor_for
from yibenzhang.followups import services
from yibenzhang.followups.gaps import asked_of, duty_for, title_of
from yibenzhang.followups.models import BY_HAND, DUTY, FollowUp
from yibenzhang.followups.queries import recipients_in
from yibenzhang.followups.vouchers import settling
from yibenzhang.organisation.memory import standing_still
from yibenzhang.organisation.models import Unit
from yibenzhang.vouchers.models import Voucher

Told = tuple[date, str]


@dataclass(frozen=True)
class Case:
    """One follow-up and its course. `ref` names a gap; without one `title` and `asked` are written by hand.

    `settled` is the day on which the unit closed it by the voucher that met the duty.
    """

    opener: str
    unit: str
    opened: date
    deadline: date
    ref: str = ""
    title: str = ""
    asked: str = ""
    reminded: tuple[date, ...] = ()
    answered: Told | None = None
    closed: Told | None = None
    settled: date | None = None


CASES = [
    Case("meteo-committee", "meteo_b10", date(2024, 10, 21), date(2024, 10, 31), "ZB-06/2024-09",
         reminded=(date(2024, 11, 4), date(2024, 11, 18))),
    Case("meteo-committee", "meteo_b2", date(2024, 11, 11), date(2024, 11, 18), "ZB-06/2024-10"),
    Case("meteo-committee", "meteo_b10", date(2024, 11, 20), date(2024, 11, 29), title="核对党员名册",
         asked="请对照名册核对今年转入转出的党员，有变动的在“人员”页直接改，不用另报名单。"),
    Case("meteo-committee", "meteo_b6", date(2024, 7, 22), date(2024, 7, 31), "ZB-06/2024-06",
         reminded=(date(2024, 8, 12),), settled=date(2024, 8, 23)),
    Case("meteo-committee", "meteo_b17", date(2024, 10, 16), date(2024, 10, 25), "ZB-01/2024Q3",
         answered=(date(2024, 10, 22), "三季度多数同志在外场保障汛期设备，十月下旬补开。"),
         closed=(date(2024, 10, 23), "情况已核实，属汛期外场保障。")),
    Case("meteo-committee", "meteo_observatory_b3", date(2024, 11, 8), date(2024, 11, 15), "ZB-06/2024-06",
         answered=(date(2024, 11, 14), "六月主题党日开展过，纪要在原书记处，正在找，找到就补记。")),
    Case("organs-staff", "meteorology_group", date(2024, 11, 13), date(2024, 11, 29), title="核对机关党委本届起止日期",
         asked="请在“组织”页核对机关党委本届的换届日期和届满日期，有误的直接改，不用另报材料。"),
    Case("geo-unit", "geo_t1_b2", date(2023, 10, 23), date(2023, 11, 3), "ZB-06/2023-09",
         reminded=(date(2023, 11, 13), date(2023, 12, 22))),
    Case("geo-unit", "geo_t1_b2", date(2023, 12, 18), date(2024, 1, 5), title="核对支委分工",
         asked="请在“组织”页核对支委会成员和分工，有变动的直接改，不用另报名单。"),
    Case("geo-unit", "geo_t1_b3", date(2023, 12, 4), date(2023, 12, 12), "ZB-06/2023-06"),
    Case("geo-unit", "geo_t1_b1", date(2023, 10, 18), date(2023, 10, 27), "ZB-01/2023Q3",
         closed=(date(2023, 10, 26), "野外施工期人员分散，十月已安排补开，不再催。")),
    Case("geo-committee", "geo_t3_b3", date(2023, 10, 23), date(2023, 10, 31), "ZB-06/2023-09",
         reminded=(date(2023, 11, 13),), settled=date(2023, 11, 21)),
    Case("geo-committee", "geo_agency_b4", date(2023, 11, 20), date(2023, 11, 30), "ZB-06/2023-10",
         reminded=(date(2023, 12, 11),)),
    Case("organs-staff", "geology_committee", date(2023, 12, 11), date(2023, 12, 29), title="核对局党委班子分工",
         asked="请在“组织”页核对局党委班子成员和分工，有变动的直接改，不用另报名单。"),
]  # fmt: skip


def write_follow_ups() -> None:
    """Play the cases through the services people use; does nothing when there are follow-ups already.

    Raises what the services raise: a case that breaks a rule of follow-up does not pass.
    """
    if FollowUp.objects.exists():
        return
    with standing_still():
        for case in CASES:
            _play(case)


def _play(case: Case) -> None:
    unit, opener = Unit.objects.get(code=case.unit), _actor(case.opener)
    follow_up = _opened(case, unit, opener)
    for day in case.reminded:
        services.remind(follow_up, actor=opener, at=_at(day, 10))
    if case.answered:
        day, text = case.answered
        services.answer(follow_up, actor=_recorder(case.unit), text=text, at=_at(day, 15))
    if case.closed:
        day, reason = case.closed
        services.close(follow_up, actor=opener, reason=reason, at=_at(day, 16))
    if case.settled:
        duty = duty_for(unit, case.ref, case.settled)
        voucher = settling(duty, Voucher.objects.all())
        services.close(follow_up, actor=_recorder(case.unit), voucher=voucher, at=_at(case.settled, 11))


def _opened(case: Case, unit: Unit, opener: Actor) -> FollowUp:
    title, asked = case.title, case.asked
    duty = duty_for(unit, case.ref, case.opened) if case.ref else None
    if duty is not None:
        title, asked = title_of(duty), asked_of(duty)
    return services.open_follow_up(
        actor=opener, unit=unit, recipient=recipients_in(unit, case.opened)[0], deadline=case.deadline,
        title=title, asked=asked, origin_kind=DUTY if case.ref else BY_HAND, origin_ref=case.ref,
        at=_at(case.opened, 9),
    )  # fmt: skip


def _actor(username: str) -> Actor:
    return actor_for(User.objects.select_related("person").get(username=username))


def _recorder(code: str) -> Actor:
    return _actor(f"{code.replace('_', '-')}-officer")


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
