"""Keeping a published page of another unit. The only writer of its tables; the ledger is never touched."""

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units
from yibenzhang.reports.models import ReceivedFigure, ReceivedPage
from yibenzhang.reports.receiving.facts import Fact, Facts
from yibenzhang.reports.receiving.reading import read_published


@transaction.atomic
def receive_page(data: bytes, *, unit: Unit, actor: User | None, file_name: str = "") -> ReceivedPage:
    """Keep a page's figures for `unit` (收下); `actor` is None for the terminal. All or nothing.

    Raises UnreadablePageError for what is no page or disagrees with itself, BookError when it is the unit's own or has
    been received before.
    """
    brought = read_published(data)
    facts = brought.facts
    own = Unit.objects.filter(pk__in=own_units(unit)).values_list("code", flat=True)
    if facts.unit in set(own):
        raise BookError(f"这是{facts.unit_name}自己发布的，不用收：数字就在本账里。", field="file")
    Unit.objects.select_for_update().get(pk=unit.pk)  # two who bring the same page at once keep it once
    before = ReceivedPage.objects.filter(unit=unit, digest=facts.digest).first()
    if before:
        raise BookError(f"《{before.title}》第{before.version}版已经收过，不用再收。", field="file")
    page = ReceivedPage.objects.create(
        unit=unit, title=facts.title, origin=facts.unit_name, origin_code=facts.unit, period=facts.period,
        published_on=facts.published_on, version=facts.version, position=facts.as_of, digest=facts.digest,
        file_name=file_name[:200], file_digest=brought.file_digest, received_by=actor,
    )  # fmt: skip
    ReceivedFigure.objects.bulk_create(_row(page, facts, fact) for fact in facts.figures)
    record(actor=actor, verb="report.receive", subject=f"{page.pk} {page}", note=facts.digest)
    return page


def _row(page: ReceivedPage, facts: Facts, fact: Fact) -> ReceivedFigure:
    return ReceivedFigure(
        page=page, number=fact.number, indicator=fact.indicator, name=fact.name, definition=fact.definition,
        unit_code=fact.unit, unit_name=fact.unit_name or facts.unit_name, period=fact.period,
        programme=fact.programme or "", programme_name=fact.programme_name, scope=fact.scope,
        least_month=fact.least_month, value=str(fact.amount), measure=fact.measure, shown=fact.shown,
        vouchers=fact.vouchers,
    )  # fmt: skip
