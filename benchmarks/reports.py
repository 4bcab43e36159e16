"""A report with 200 figures and 20 charts: built as a document, and its page opened, against the same figures' tables read by
one SQL pass.

python -m benchmarks.reports [small|large]
"""

import sys

from benchmarks.home import LARGE, SMALL, open_home
from benchmarks.timing import measure

FIGURES, CHARTS = 200, 20


def main(size_name: str) -> None:
    """Print the report."""
    open_home(SMALL if size_name == "small" else LARGE)
    from django.conf import settings
    from django.db import connection, transaction
    from django.test import Client

    from yibenzhang.access.models import User
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.indicators.batches import figures
    from yibenzhang.indicators.charts import is_barred
    from yibenzhang.indicators.selection import Question
    from yibenzhang.kernel.periods import parse_period
    from yibenzhang.ledger.models import Posting
    from yibenzhang.organisation.models import Unit
    from yibenzhang.reports import edition
    from yibenzhang.reports.docx.document import document_of
    from yibenzhang.reports.services import create_report, issue_report, submit_report
    from yibenzhang.reports.structures import structure_for

    settings.ALLOWED_HOSTS = ["testserver"]
    unit, user = Unit.objects.get(code="bureau-0"), User.objects.get(username="bench")
    period = parse_period("2024")
    answers = figures(current_catalogue().indicators.values(), Question(unit, period))
    codes = [answer.indicator.code for answer in answers if answer.value is not None]
    months = ["", *(month.code for month in period.months())]
    tokens = [f"{{{{{code}|period={month}}}}}" for month in months for code in codes][:FIGURES]
    drawable = [
        each.indicator.code
        for each in answers
        if each.value and not is_barred(each.indicator) and each.indicator.aggregation != "ratio"
    ]
    charts = [
        f"{{{{chart:{code}|by={'unit' if n % 4 == 3 else 'month'}}}}}"
        for n, code in enumerate(drawable[:CHARTS])
    ]
    words = ["全年工作" + "，".join(tokens[n : n + 5]) + "。" for n in range(0, FIGURES, 5)]
    text = "\n".join([*words, *charts])

    def plain_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT p.account, p.month, SUM(p.quantity), COUNT(*) FROM ledger_posting p WHERE p.month BETWEEN 202401 "
                "AND 202412 AND p.lineage_id IN (SELECT lineage_id FROM organisation_lineagemember WHERE ancestor_id = %s) "
                "GROUP BY p.account, p.month",
                [unit.pk],
            )
            cursor.fetchall()

    client = Client()
    client.force_login(user)
    with transaction.atomic():
        structure = structure_for("brief", unit)
        report = create_report(structure=structure, unit=unit, period=period, actor=user, text=text)
        print(f"{Posting.objects.count():,} postings, {len(tokens)} figures, {len(charts)} charts")
        floor = measure("one GROUP BY by account and month", plain_sql, runs=5)
        print(floor.line(floor))
        build = measure("draft built as .docx with sources", lambda: build_document(report), runs=3)
        print(build.line(floor))
        print(measure("page of the draft", lambda: client.get(f"/reports/{report.pk}/"), runs=9).line(floor))
        reviewer = User.objects.get_or_create(username="bench-reviewer")[0]
        issued = (
            issue_report(submit_report(report, actor=user), actor=reviewer)
            if not report_open(report)
            else None
        )
        if issued:
            page = measure("page of the issued report", lambda: client.get(f"/reports/{report.pk}/"), runs=9)
            print(page.line(floor))
            ready = edition.of_issued(issued)
            print(
                measure("issued built as .docx", lambda: document_of(ready, annotated=True), runs=3).line(
                    floor
                )
            )
        transaction.set_rollback(True)


def report_open(report) -> int:  # type: ignore[no-untyped-def]
    """How many numbers and charts still stand in the way of issuing."""
    from yibenzhang.reports.queries import composed

    text = composed(report)
    return len(text.open_marks) + len(text.broken_blocks)


def build_document(report) -> bytes:  # type: ignore[no-untyped-def]
    """The draft as a document with sources: every figure computed and its vouchers counted."""
    from yibenzhang.reports import edition
    from yibenzhang.reports.docx.document import document_of

    return document_of(edition.of_draft(report), annotated=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "large")
