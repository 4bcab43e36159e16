"""Reports of the demo year: both bureaus' yearly reports issued, and one draft in progress."""

from datetime import UTC, date, datetime, time

from yibenzhang.access.models import User
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.queries import position_on
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of, today_for
from yibenzhang.reports.marks import remembered
from yibenzhang.reports.models import Report
from yibenzhang.reports.queries import evaluator_of
from yibenzhang.reports.services import create_report, issue_report, submit_report
from yibenzhang.reports.structures import structure_for
from yibenzhang.reports.tokens import FigureToken

ISSUED = (
    ("geology-highlights", "geology", "2023", "geo-committee"),
    ("meteorology-focuses", "meteorology", "2024", "meteo-committee"),
)
SEEN_ON = date(2023, 12, 8)
DRAFT = (
    "一、制度落实情况\n今年以来召开党组（党委）会议{{meeting.party_group}}，党建工作领导小组会议{{meeting.leading_group}}，"
    "讲党课{{life.party_lectures}}。\n"
    "二、学习情况\n全局上下开展主题党日{{life.theme_party_days}}，中心组理论学习{{study.centre_group}}。\n"
    "三、减负情况\n取消重复报表11张，基层填报更省力。"
)


def prepare_reports() -> None:
    """Write the reports into a filled demo book; does nothing when there are any.

    The draft holds a figure that was lower when its writer last saw it (已变) and a number without a figure (未匹配).
    """
    if Report.objects.exists():
        return
    for structure, unit, period, username in ISSUED:
        _issue(structure, Unit.objects.get(code=unit), period, User.objects.get(username=username))
    _draft(Unit.objects.get(code="geology"), User.objects.get(username="geo-committee"))


def _issue(structure: str, unit: Unit, period: str, actor: User) -> None:
    report = create_report(
        structure=structure_for(structure, unit), unit=unit, period=parse_period(period), actor=actor
    )
    report.editor = "党建一本账编辑部"
    report.save()
    submit_report(report, actor=actor)
    issue_report(report, actor=actor, at=datetime.combine(today_for(unit), time(9), tzinfo=UTC))


def _draft(unit: Unit, actor: User) -> None:
    report = create_report(
        structure=structure_for("responsibility-half-year", unit), unit=unit, period=parse_period("2023H2"),
        actor=actor, text=DRAFT,
    )  # fmt: skip
    then = position_on(SEEN_ON, book_of(unit))
    token = FigureToken("life.theme_party_days")
    seen = evaluator_of(report, position=then).answer(token)
    report.seen[token.key] = f"{remembered(seen.value)}@{then}"
    report.save()
