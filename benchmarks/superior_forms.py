"""A superior's form of 400 cells: taken in, shown, filled and issued, against the same figures' tables read by one SQL pass.

python -m benchmarks.superior_forms [small|large]
"""

import io
import sys

from benchmarks.home import LARGE, SMALL, open_home
from benchmarks.timing import measure

CELLS = 400
HEADS = ("2024年", "上半年", "一季度", "二季度", "三季度", "四季度", "上年", "9月")


def main(size_name: str) -> None:
    """Print the report."""
    open_home(SMALL if size_name == "small" else LARGE)
    from django.conf import settings
    from django.db import connection, transaction
    from django.test import Client

    from yibenzhang.access.models import User
    from yibenzhang.kernel.periods import parse_period
    from yibenzhang.ledger.models import Posting
    from yibenzhang.organisation.models import Unit
    from yibenzhang.superior_forms.editions import issue_form
    from yibenzhang.superior_forms.filler import Filler
    from yibenzhang.superior_forms.filling import annotated, clean
    from yibenzhang.superior_forms.gate import admit
    from yibenzhang.superior_forms.models import SuperiorForm
    from yibenzhang.superior_forms.services import create_form

    settings.ALLOWED_HOSTS = ["testserver"]
    unit, user = Unit.objects.get(code="bureau-0"), User.objects.get(username="bench")
    period = parse_period("2024")
    names = indicators(unit)
    file = admit("统计表.xlsx", workbook([name for name, _ in names]))

    def plain_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT p.account, p.month, SUM(p.quantity), COUNT(*) FROM ledger_posting p WHERE p.month BETWEEN 202301 "
                "AND 202412 AND p.lineage_id IN (SELECT lineage_id FROM organisation_lineagemember WHERE ancestor_id = %s) "
                "GROUP BY p.account, p.month",
                [unit.pk],
            )
            cursor.fetchall()

    def taken_in() -> SuperiorForm:
        return create_form(unit=unit, period=period, file=file, actor=user)

    client = Client()
    client.force_login(user)
    with transaction.atomic():
        floor = measure("one GROUP BY by account and month", plain_sql, runs=5)
        print(f"{Posting.objects.count():,} postings")
        print(floor.line(floor))
        print(measure("form taken in, proposals for each cell", taken_in, runs=3).line(floor))
        form = taken_in()
        codes = dict(names)
        cells = list(form.cells.all())
        for cell in cells:
            cell.kind, cell.indicator = "figure", codes[cell.field.rows[-1]]
            cell.save()
        print(f"{len(cells)} cells")

        def answered() -> bytes:
            return clean(form, Filler(form).answers(form.cells.all()))

        def noted() -> bytes:
            found = Filler(form).answers(form.cells.all(), counted=True)
            return annotated(form, found, clean(form, found), 1)

        print(measure("filled file", answered, runs=5).line(floor))
        print(measure("filled file with sources", noted, runs=3).line(floor))
        print(measure("page of the form", lambda: client.get(f"/forms/{form.pk}/"), runs=9).line(floor))
        chief = User.objects.create(username="bench-chief")
        issue_form(form, actor=chief)
        print(
            measure("page of the issued form", lambda: client.get(f"/forms/{form.pk}/"), runs=5).line(floor)
        )
        transaction.set_rollback(True)


def indicators(unit) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """(name, code) of indicators the book has figures of, as many as make the cells."""
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.indicators.batches import figures
    from yibenzhang.indicators.selection import Question
    from yibenzhang.kernel.periods import parse_period

    catalogue = current_catalogue()
    answers = figures(catalogue.indicators.values(), Question(unit, parse_period("2024")))
    found = sorted(answers, key=lambda answer: answer.value is None)[: CELLS // len(HEADS)]
    return [(answer.indicator.name, answer.indicator.code) for answer in found]


def workbook(names: list[str]) -> bytes:
    """A form with a row for each name and a column for each period."""
    import xlsxwriter

    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        line = book.add_format({"border": 1})
        sheet = book.add_worksheet("统计表")
        sheet.merge_range(0, 0, 0, len(HEADS), "党建工作统计表（2024年度）")
        for column, text in enumerate(("项目", *HEADS)):
            sheet.write_string(1, column, text, line)
        for row, name in enumerate(names, start=2):
            sheet.write_string(row, 0, name, line)
            for column in range(1, len(HEADS) + 1):
                sheet.write_blank(row, column, None, line)
    return kept.getvalue()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "large")
