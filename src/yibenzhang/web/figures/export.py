"""Figures as workbooks: the list for a unit and period, and one figure with the postings behind it."""

from collections.abc import Iterator

from django.http import FileResponse, HttpRequest

from yibenzhang.access.scope import Actor, restrict
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.exchange.sheets import Sheet, write_sheets
from yibenzhang.indicators.breakdown import by_month
from yibenzhang.indicators.figures import WORDS, Figure, figure
from yibenzhang.indicators.trace import iterate
from yibenzhang.ledger.models import Posting
from yibenzhang.web.figures.detail import parts_of
from yibenzhang.web.figures.listing import offered, rows_of
from yibenzhang.web.figures.views import indicator_or_404
from yibenzhang.web.filters import SCOPES, Reading, read
from yibenzhang.web.ledger.export import XLSX, masked, provenance, sees_names
from yibenzhang.web.requests import needs

CHUNK = 2000
LIST_COLUMNS = [
    ("类别", 14), ("指标", 28), ("代码", 30), ("数值", 12), ("计量单位", 10), ("状态", 10), ("已入账单位", 12),
    ("应记单位", 10), ("口径", 60), ("考核", 12),
]  # fmt: skip
POSTING_COLUMNS = [
    ("发生日期", 12), ("凭证号", 12), ("摘要", 44), ("单位", 24), ("科目", 24), ("数量", 10), ("计量单位", 10),
    ("人员", 10), ("事项", 32), ("作用", 10),
]  # fmt: skip
ROLES = {"numerator": "分子", "denominator": "分母"}


def cells(answer: Figure) -> list[object]:
    """Value, measure, state: 0 is a number, 未记 and 不适用 are words beside an empty cell."""
    measure = answer.indicator.measure if answer.indicator.aggregation != "ratio" else "比率"
    return [answer.number, measure, WORDS.get(answer.state, "有数")]


@needs()
def list_export(request: HttpRequest) -> FileResponse:
    """All indicators in force for the unit."""
    reading = read(request)
    rows = (
        [
            row.figure.indicator.group, row.figure.indicator.name, row.figure.indicator.code, *cells(row.figure),
            row.recorded, row.expected, row.figure.indicator.definition, "不进考核" if row.no_assessment else "",
        ]
        for row in rows_of(offered(reading.unit), reading)
    )  # fmt: skip
    sheet = Sheet("指标", LIST_COLUMNS, rows, _notes(reading))
    return _answer(reading, [sheet], f"指标-{reading.unit}-{reading.period.code}.xlsx")


@needs()
def detail_export(request: HttpRequest, code: str) -> FileResponse:
    """One figure, its months and sub-units, and every posting behind it."""
    reading, indicator = read(request), indicator_or_404(code)
    question = reading.question()
    answer = figure(indicator, question)
    notes = [("指标", indicator.name), ("口径", indicator.definition), *_notes(reading)]
    values = [["全部", *cells(answer)]]
    months = [[each.question.period.label, *cells(each)] for each in by_month(indicator, question)]
    parts = parts_of(indicator, reading) if reading.scope == "subtree" else []
    units = [
        [f"{part.unit.name}（本级）" if part.is_self else part.unit.name, *cells(part.figure)]
        for part in parts
    ]
    head = [("范围", 30), ("数值", 12), ("计量单位", 10), ("状态", 10)]
    sheets = [
        Sheet("数值", head, [*values, *months, *units], notes),
        Sheet("构成", POSTING_COLUMNS, _postings(indicator, reading)),
    ]
    return _answer(reading, sheets, f"{indicator.name}-{reading.unit}-{reading.period.code}.xlsx")


def _notes(reading: Reading) -> list[tuple[str, str]]:
    notes = [("单位", f"{reading.unit.name}（{SCOPES[reading.scope]}）"), ("期间", reading.period.label)]
    if reading.programme:
        notes.append(("专题", reading.programme_name))
    if reading.as_of:
        notes.append(("账面时点", reading.as_of))
    return [*notes, *provenance(reading.actor)]


def _postings(indicator: Indicator, reading: Reading) -> Iterator[list[object]]:
    clear = sees_names(reading.actor)
    batch: list[tuple[int, str]] = []
    for line in iterate(indicator, reading.question()):
        batch.append((line.posting, line.role))
        if len(batch) == CHUNK:
            yield from _named(batch, reading.actor, clear=clear)
            batch = []
    yield from _named(batch, reading.actor, clear=clear)


def _named(batch: list[tuple[int, str]], actor: Actor, *, clear: bool) -> Iterator[list[object]]:
    accounts = current_catalogue().accounts
    rows = restrict(Posting.objects.filter(pk__in=[key for key, _ in batch]), actor)
    known = {row.pk: row for row in rows.select_related("voucher", "unit", "person", "matter")}
    for key, role in batch:
        row = known.get(key)
        if row is not None:
            account = accounts.get(row.account)
            yield [
                row.event_date, row.voucher.number, row.voucher.title, row.unit.name,
                account.name if account else row.account, row.quantity, account.measure if account else "",
                masked(row.person.name, clear=clear) if row.person else "",
                row.matter.title if row.matter else "", ROLES.get(role, "计入"),
            ]  # fmt: skip


def _answer(reading: Reading, sheets: list[Sheet], name: str) -> FileResponse:
    actor = reading.actor
    file = write_sheets(sheets)
    record(actor=actor.user, verb="figures.export", subject=reading.unit.name, note=name)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
