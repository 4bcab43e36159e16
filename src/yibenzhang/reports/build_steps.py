"""The steps of each kind of build: what is asked of the ledger first, a few questions a step, then document, page, package."""

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import Any

from yibenzhang.indicators.trace import composition as made_of
from yibenzhang.kernel.errors import BookError
from yibenzhang.reports import edition
from yibenzhang.reports.builds import RESULT, Build, Step
from yibenzhang.reports.charts import from_data, report_chart
from yibenzhang.reports.docx.document import document_of
from yibenzhang.reports.edition import Edition
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.models import IssuedReport
from yibenzhang.reports.package import evaluator_of as package_evaluator
from yibenzhang.reports.package import files_of, manifest_of, packed
from yibenzhang.reports.package_entries import block_entry, figure_entry
from yibenzhang.reports.page import page_of
from yibenzhang.reports.pdf import pdf_of
from yibenzhang.reports.queries import evaluator_of
from yibenzhang.reports.tokens import ChartToken, FigureToken, split

AT_ONCE = 5


def steps_of(build: Build) -> list[Step]:
    """All steps in order; the last one makes the result."""
    if build.form == "package" and build.issued:
        return list(_package(build, build.issued))
    asked = [] if build.issued else list(_questions(build))
    annotated = build.form == "sources"
    if build.form == "html":
        return [*asked, Step(RESULT, "排网页", lambda: page_of(_ready(build)).encode())]
    document = Step("report.docx", "排公文", lambda: document_of(_ready(build), annotated=annotated))
    if build.form != "pdf":
        return [*asked, Step(RESULT, document.text, document.make)]
    return [*asked, document, Step(RESULT, "转成 PDF", lambda: _pdf(build))]


def _pdf(build: Build) -> bytes:
    source = (build.folder / "report.docx").read_bytes()
    return pdf_of(source, is_wanted=build.folder.exists)


def _questions(build: Build) -> Iterator[Step]:
    """Figures and charts of a draft, a few a step, all at the position the build was begun at."""
    pieces = split(build.report.text)
    figures = {piece.key: piece for piece in pieces if isinstance(piece, FigureToken)}
    charts = {str(piece): piece for piece in pieces if isinstance(piece, ChartToken)}
    for number, some in enumerate(_in_batches(figures.values())):
        yield Step(
            f"figures-{number:03}.json",
            f"算数字，共 {len(figures)} 处",
            partial(_answers, build, some),
        )
    for number, token in enumerate(charts.values()):
        yield Step(f"chart-{number:03}.json", f"画图，共 {len(charts)} 张", partial(_drawn, build, token))


def _answers(build: Build, tokens: Iterable[FigureToken]) -> bytes:
    evaluator = evaluator_of(build.report, position=build.position)
    found = []
    for token in tokens:
        answer = evaluator.answer(token)
        asked = answer.indicator and answer.question and answer.value is not None
        vouchers = made_of(answer.indicator, answer.question).vouchers if asked else 0  # type: ignore[arg-type]
        value = None if answer.value is None else str(answer.value)
        found.append({"token": str(token), "value": value, "message": answer.message, "vouchers": vouchers})
    return _json(found)


def _drawn(build: Build, token: ChartToken) -> bytes:
    try:
        chart = report_chart(token, evaluator_of(build.report, position=build.position))
    except BookError:
        return _json(None)
    return _json({"token": str(token), "chart": chart.as_data()})


def _ready(build: Build) -> Edition:
    """The issued version, or the draft from the answers that lie in the folder: nothing is asked twice."""
    if build.issued:
        return edition.of_issued(build.issued)
    evaluator = evaluator_of(build.report, position=build.position)
    vouchers: dict[str, int] = {}
    for path in sorted(build.folder.glob("figures-*.json")):
        for each in json.loads(path.read_bytes()):
            (token,) = split(each["token"])
            if isinstance(token, FigureToken):
                value = None if each["value"] is None else Fraction(each["value"])
                evaluator.remember(token, value, each["message"])
                vouchers[token.key] = each["vouchers"]
    for path in sorted(build.folder.glob("chart-*.json")):
        if kept := json.loads(path.read_bytes()):
            evaluator.drawn[kept["token"]] = from_data(kept["chart"])
    return edition.of_draft(build.report, evaluator=evaluator, vouchers=vouchers)


def _package(build: Build, issued: IssuedReport) -> Iterator[Step]:
    rows = list(issued.figures.order_by("number"))
    blocks = list(issued.blocks.defer("image").order_by("number"))

    def entries(some: Iterable[Any], entry: Any) -> bytes:
        evaluator: Evaluator = package_evaluator(issued)
        return _json([entry(row, evaluator) for row in some])

    for number, some in enumerate(_in_batches(rows)):
        yield Step(
            f"figures-{number:03}.json",
            f"收集 {len(rows)} 处数字的记录",
            partial(entries, some, figure_entry),
        )
    for number, block in enumerate(blocks):
        yield Step(
            f"block-{number:03}.json",
            f"收集 {len(blocks)} 处图和照片的记录",
            partial(entries, [block], block_entry),
        )
    yield Step(RESULT, "打包", lambda: _packed(build, issued))


def _packed(build: Build, issued: IssuedReport) -> bytes:
    figures, blocks = (
        [each for path in sorted(build.folder.glob(pattern)) for each in json.loads(path.read_bytes())]
        for pattern in ("figures-*.json", "block-*.json")
    )
    return packed(issued, files_of(issued, manifest_of(issued, figures, blocks)))


def _in_batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    left = list(items)
    return (left[place : place + AT_ONCE] for place in range(0, len(left), AT_ONCE))


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
