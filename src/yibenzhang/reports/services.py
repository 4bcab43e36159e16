"""Writing a report: create, save, send for review, issue. The only writers of its tables."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.report_structure import ReportStructure
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period
from yibenzhang.ledger.queries import position
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.reports.composition import Composition
from yibenzhang.reports.digest import digest_of
from yibenzhang.reports.freezing import blocks_to_keep, figures_to_keep
from yibenzhang.reports.marks import Seen, remembered
from yibenzhang.reports.models import IssuedBlock, IssuedFigure, IssuedReport, Report
from yibenzhang.reports.paragraphs import tidy, tidy_line
from yibenzhang.reports.queries import composed
from yibenzhang.reports.structures import next_period, rolled_forward, skeleton, structure_for
from yibenzhang.reports.tokens import FigureToken
from yibenzhang.vouchers.models import CatalogueVersion

MOST_FIGURES = 5_000


class ReportStateError(BookError):
    """The report is not in the state this act needs."""


class ReportConflictError(BookError):
    """Somebody else saved meanwhile; `theirs` is the report as it stands now. Nothing was overwritten."""

    def __init__(self, theirs: Report) -> None:
        who = theirs.saved_by.label
        super().__init__(f"{who}刚保存过这份报告，您的修改没有覆盖它。请对照两份内容后再保存。", field="text")
        self.theirs = theirs


@transaction.atomic
def create_report(
    *, structure: ReportStructure, unit: Unit, period: Period, actor: User, title: str = "", text: str = ""
) -> Report:
    """Begin a report with the structure's words, or with `text`; raises BookError when the unit does not write it."""
    structure_for(structure.code, unit)
    start = skeleton(structure, unit, period)
    report = Report(
        structure=structure.code, unit=unit, period=period.code, title=(title or start.title)[:120],
        text=tidy(text or start.text), source=unit.name[:60], contributor=unit.name[:60],
        created_by=actor, saved_by=actor,
    )  # fmt: skip
    report.seen = _seen_now(composed(report), {})
    report.save()
    record(actor=actor, verb="report.create", subject=f"{report.pk} {report}")
    return report


@transaction.atomic
def roll_forward(report: Report, *, actor: User) -> Report:
    """Next year's draft from this one: the same words, the new period's figures."""
    old = report.span
    period = next_period(old)
    new = create_report(
        structure=current_catalogue().report_structure(report.structure),
        unit=report.unit,
        period=period,
        actor=actor,
        title=rolled_forward(report.title, old, period),
        text=rolled_forward(report.text, old, period),
    )
    new.follows, new.editor = report, report.editor
    new.save()
    return new


@transaction.atomic
def save_report(
    report: Report, *, text: str, revision: int, actor: User, title: str = "", source: str = "", editor: str = "",
    contributor: str = "",
) -> Report:  # fmt: skip
    """Save a draft written on `revision`; figures new in the text are seen as they are now.

    Raises ReportConflictError when another save came between, ReportStateError when it is issued.
    """
    held = Report.objects.select_for_update().select_related("saved_by", "unit").get(pk=report.pk)
    if not held.is_open:
        raise ReportStateError("报告已定稿，不能再改。需要改时请先“另出一版”。")
    if held.revision != revision:
        raise ReportConflictError(held)
    held.text = tidy(text)
    held.title = tidy_line(title, 120) or held.title
    held.source, held.editor = tidy_line(source, 60) or held.source, tidy_line(editor, 30) or held.editor
    held.contributor = tidy_line(contributor, 60) or held.contributor
    composition = composed(held)
    if len(composition.marks) > MOST_FIGURES:
        count = len(composition.marks)
        raise BookError(
            f"正文里有 {count:,} 处数字，超过 {MOST_FIGURES:,} 处。请拆成几份报告。", field="text"
        )
    held.seen = _seen_now(composition, held.seen)
    held.revision, held.saved_by = revision + 1, actor
    held.save()
    return held


@transaction.atomic
def accept_changes(report: Report, *, actor: User, keys: Iterable[str] | None = None) -> Report:
    """Take over the present values of these figures (all changed ones when None): 换成新值."""
    held = Report.objects.select_for_update().select_related("unit").get(pk=report.pk)
    if not held.is_open:
        raise ReportStateError("报告已定稿，不能再改。需要改时请先“另出一版”。")
    wanted = None if keys is None else set(keys)
    kept = {key: value for key, value in held.seen.items() if wanted is not None and key not in wanted}
    held.seen = _seen_now(composed(held, seen=kept), kept)
    held.revision, held.saved_by = held.revision + 1, actor
    held.save()
    return held


def _seen_now(composition: Composition, before: Seen) -> Seen:
    """Values the writer has now seen: those of before stay, new figures come in, figures no longer there go."""
    seen: Seen = {}
    now = position()
    for mark in composition.marks:
        if isinstance(mark.token, FigureToken) and mark.answer and mark.answer.value is not None:
            key = mark.token.key
            seen[key] = before.get(key) or f"{remembered(mark.answer.value)}@{now}"
    return seen


def submit_report(report: Report, *, actor: User) -> Report:
    """Send for review (送审); whoever sends it does not issue it."""
    return _move(report, Report.State.DRAFT, Report.State.REVIEW, "report.submit", actor, submitted_by=actor)


def return_report(report: Report, *, actor: User) -> Report:
    """Back to the writer (退回修改)."""
    return _move(report, Report.State.REVIEW, Report.State.DRAFT, "report.return", actor)


def reopen_report(report: Report, *, actor: User) -> Report:
    """Write another version of an issued report (另出一版); the issued one stays as it is."""
    return _move(report, Report.State.ISSUED, Report.State.DRAFT, "report.reopen", actor)


@transaction.atomic
def _move(report: Report, before: str, after: str, verb: str, actor: User, **noted: User) -> Report:
    if not Report.objects.filter(pk=report.pk, state=before).update(state=after, **noted):
        raise ReportStateError("报告的状态已变，请刷新查看。")
    record(actor=actor, verb=verb, subject=f"{report.pk} {report}")
    report.refresh_from_db()
    return report


@transaction.atomic
def issue_report(report: Report, *, actor: User, at: datetime | None = None) -> IssuedReport:
    """Freeze a report under review (定稿): text, figures, position of the ledger, digest.

    Raises BookError naming what is left when a figure is unmatched or changed unseen, or when a second person is
    needed; ReportStateError in another state.
    """
    held = Report.objects.select_for_update().select_related("unit").get(pk=report.pk)
    if held.state != Report.State.REVIEW:
        raise ReportStateError("只有送审中的报告可以定稿，请先送审。")
    if refusal := needs_second_person(held, actor):
        raise BookError(refusal)
    now = position()
    text = composed(held, position=now)
    if not text.paragraphs:
        raise BookError("报告还没有正文，不能定稿。", field="text")
    if text.open_marks:
        first = "、".join(f"{mark.shown}（{mark.word}）" for mark in text.open_marks[:5])
        raise BookError(f"还有 {len(text.open_marks)} 处数字要处理，不能定稿：{first}。")
    if broken := text.broken_blocks:
        which = f"{broken[0].kind_name}“{broken[0].words}”，{broken[0].problem}"
        raise BookError(f"还有 {len(broken)} 处图或照片要处理，不能定稿：{which}")
    catalogue = current_catalogue()
    version, _ = CatalogueVersion.objects.get_or_create(
        version=catalogue.version, defaults={"texts": catalogue.texts}
    )
    issued = IssuedReport(
        report=held, number=held.versions.count() + 1, title=held.title, text=held.text, position=now,
        day=today_for(held.unit), catalogue_version=version, source=held.source, editor=held.editor,
        contributor=held.contributor, issued_by=actor, issued_at=at or timezone.now(),
    )  # fmt: skip
    figures, blocks = figures_to_keep(issued, text), blocks_to_keep(issued, text)
    issued.digest = digest_of(issued, figures, blocks)
    issued.save()
    for figure in figures:
        figure.issued = issued
    for block in blocks:
        block.issued = issued
    IssuedFigure.objects.bulk_create(figures)
    IssuedBlock.objects.bulk_create(blocks)
    Report.objects.filter(pk=held.pk).update(state=Report.State.ISSUED)
    report.refresh_from_db()
    record(actor=actor, verb="report.issue", subject=f"{held.pk} {issued}", note=issued.digest)
    return issued


def needs_second_person(report: Report, actor: User) -> str:
    """Why this user may not issue the report (四眼原则), empty when nothing stands against it.

    Who sent it for review, or wrote the words last, is judged by somebody else (DESIGN: who reviews whom).
    """
    if report.submitted_by_id == actor.pk:
        return "这份报告是您送审的，请由另一位审核人定稿。"
    if report.saved_by_id == actor.pk:
        return "您刚改过这份报告，请由另一位审核人定稿，或退回后由填报人重新保存、送审。"
    return ""
