"""Notices of the demo year: issued with receipts, one that nobody has opened, one that waits for issue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from yibenzhang.access.models import Grant, User
from yibenzhang.notices.models import Notice
from yibenzhang.notices.queries import units_addressed
from yibenzhang.notices.services import Wording, issue_notice, receive, submit_notice, write_notice
from yibenzhang.organisation.models import Unit


@dataclass(frozen=True)
class DemoNotice:
    """A notice of a bureau. `to` are types of unit; `received` says how many have tapped 收到; no `on` is not issued."""

    bureau: str
    sender: str
    on: date | None
    wording: Wording
    to: tuple[str, ...] = ("branch", "general_branch")
    received: int = 0


METEO, GEO = "meteo", "geo"
AGENCIES = {METEO: "meteorology_agency_committee", GEO: "geology_agency_committee"}
NOTICES = [
    DemoNotice(METEO, AGENCIES[METEO], date(2024, 2, 26), Wording(
        "关于印发机关党建2024年工作要点的通知",
        "各支部：\n现印发机关党建2024年工作要点，请结合业务抓好落实。\n做了什么按月记账，完成情况由台账自动汇总，"
        "不需要另写总结，不需要报送贯彻落实情况。",
        "部署全年机关党建工作", "机党〔2024〕3号", about="/plans/",
    ), received=99),
    DemoNotice(METEO, AGENCIES[METEO], date(2024, 7, 24), Wording(
        "关于学习贯彻全会精神的通知",
        "各支部：\n请在8月底前安排一次集中学习，由支部书记领学，联系本处室改革事项讨论。\n会议按平常方式记账即可，照片和心得自愿。",
        "安排全会精神的集中学习", "机党〔2024〕11号", act_by=date(2024, 8, 31),
    ), received=99),
    DemoNotice(METEO, AGENCIES[METEO], date(2024, 10, 21), Wording(
        "关于核对2024年培训结业人数的通知",
        "各支部：\n省里的培训年报按结业人数统计，请核对本支部选送人员是否结业，报送参训人数中已结业的人数。",
        "填省里的培训年报", "机党〔2024〕17号",
        kept_reason="台账记的是参加培训的人数，年报要结业人数，口径不同",
        act_by=date(2024, 11, 8),
    ), received=16),
    DemoNotice(METEO, AGENCIES[METEO], date(2024, 11, 20), Wording(
        "关于做好年度组织生活会准备的通知",
        "各支部：\n年度组织生活会和民主评议党员安排在明年2月前。会前请开展谈心谈话，会议内容以党章和上级通知为准。\n"
        "会后按平常方式记一笔，系统会同时计入组织生活会和民主评议两项规定动作。",
        "安排年度组织生活会", "机党〔2024〕20号",
    ), received=5),
    DemoNotice(METEO, AGENCIES[METEO], None, Wording(
        "关于征集2025年党员教育培训需求的通知",
        "各支部：\n请提出希望安排的课程和时间，可以不提。课程定下后写进年度计划，支部不用另报计划。",
        "编制明年的培训计划",
    )),
    DemoNotice(GEO, AGENCIES[GEO], date(2023, 9, 11), Wording(
        "关于主题教育专题读书班安排的通知",
        "各支部：\n专题读书班分两期举办，名单由局机关党委办公室与各支部商定。参训人次由主办方登记，支部不用再报。",
        "安排专题读书班", "地质机党〔2023〕14号",
    ), received=99),
    DemoNotice(GEO, AGENCIES[GEO], date(2023, 12, 18), Wording(
        "关于2023年度支部书记述职评议的通知",
        "各支部：\n述职评议会定于明年1月中旬召开。述职数字直接从台账取，一律不要求另附材料；述职稿不超过1500字。",
        "安排年度述职评议", "地质机党〔2023〕21号",
    ), received=4),
]  # fmt: skip


def prepare_notices() -> None:
    """Write the notices into a filled demo book; does nothing when there are any."""
    if Notice.objects.exists():
        return
    tappers = _tappers()
    for spec in NOTICES:
        unit = Unit.objects.get(code=spec.sender)
        writer, issuer = (
            User.objects.get(username=f"{spec.bureau}-{post}") for post in ("committee", "chief")
        )
        chosen = [entry for entry in units_addressed(unit) if entry.unit_type in spec.to]
        notice = write_notice(unit=unit, wording=spec.wording, recipients=chosen, actor=writer)
        submit_notice(notice, actor=writer)
        if spec.on:
            issue_notice(notice, actor=issuer, on=spec.on)
            _tap(notice, spec, tappers)


def _tappers() -> dict[int, User]:
    """Somebody who records for each unit."""
    grants: Iterable[Grant] = Grant.objects.filter(role="preparer").select_related("user").order_by("id")
    found: dict[int, User] = {}
    for grant in grants:
        found.setdefault(grant.unit_id, grant.user)
    return found


def _tap(notice: Notice, spec: DemoNotice, tappers: dict[int, User]) -> None:
    """The first units answer over the next days; the branch one signs in to has not opened the last one."""
    quiet = {"meteo_b10", "geo_t1_b2"} if spec.received < 99 else set()
    rows = [row for row in notice.recipients.select_related("unit", "notice") if row.unit.code not in quiet]
    for number, row in enumerate(rows[: spec.received]):
        user = tappers.get(row.unit_id)
        if user and spec.on:
            day = spec.on + timedelta(days=number % 4)
            receive(row, actor=user, on=day, at=datetime.combine(day, time(1, 20), tzinfo=UTC))
