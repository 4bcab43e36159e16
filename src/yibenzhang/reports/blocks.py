"""What stands between the paragraphs of a report: charts (图) and photographs (照片), each with what is wrong with it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.bars import Drawing, drawn
from yibenzhang.kernel.errors import BookError
from yibenzhang.reports.charts import ReportChart, report_chart
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.photographs import Photograph, claims_in, photograph
from yibenzhang.reports.tokens import BlockToken, ChartToken


@dataclass(frozen=True)
class Block:
    """A chart or a photograph; with a `problem` neither could be had, and the report may not be issued.

    `number` counts all blocks of a text, `rank` the charts: 图1, 图2.
    """

    token: BlockToken
    chart: ReportChart | None = None
    photograph: Photograph | None = None
    problem: str = ""
    number: int = 0
    rank: int = 0

    @property
    def shown(self) -> str:
        """A block has no words in the running text."""
        return ""

    @property
    def anchor(self) -> str:
        """Its name inside a page: b2."""
        return f"b{self.number}"

    @property
    def kind_name(self) -> str:
        """图 or 照片."""
        return "图" if isinstance(self.token, ChartToken) else "照片"

    @property
    def words(self) -> str:
        """Title or caption: what the reader sees under it, else what the token says."""
        if self.chart:
            return self.chart.title
        if self.photograph:
            return self.photograph.caption
        token = self.token
        if not isinstance(token, ChartToken):
            return token.caption
        indicator = current_catalogue().indicators.get(token.indicator)
        return token.title or (indicator.name if indicator else token.indicator)


def block_of(token: BlockToken, evaluator: Evaluator) -> Block:
    """The block of a token as of the evaluator's position."""
    try:
        _check_words(token.title if isinstance(token, ChartToken) else token.caption)
        if isinstance(token, ChartToken):
            return Block(token, chart=report_chart(token, evaluator))
        return Block(token, photograph=photograph(token, evaluator.unit))
    except BookError as error:
        return Block(token, problem=error.message)


def _check_words(words: str) -> None:
    """A number under a picture has no figure behind it, so it never passes silently."""
    if numbers := claims_in(words):
        raise BookError(f"图题或照片说明里的“{numbers[0]}”没有对应台账，请改成不带数字的话，数字写进正文。")


def rows_of(blocks: Iterable[Block]) -> list[list[Block]]:
    """Blocks as they stand on the page: photographs by twos, everything else alone."""
    rows: list[list[Block]] = []
    for block in blocks:
        if block.photograph and rows and len(rows[-1]) == 1 and rows[-1][0].photograph:
            rows[-1].append(block)
        else:
            rows.append([block])
    return rows


@dataclass(frozen=True)
class Shown:
    """A block for a template: `drawing` of a chart, or `src` of a photograph."""

    block: Block
    drawing: Drawing | None
    src: str


def shown(blocks: Iterable[Block], src: Callable[[Block], str]) -> list[list[Shown]]:
    """The rows of `reports/blocks.html`; `src` says where a page finds a photograph."""
    return [
        [
            Shown(
                block,
                drawn(block.chart.chart) if block.chart else None,
                src(block) if block.photograph and not block.problem else "",
            )
            for block in row
        ]
        for row in rows_of(blocks)
    ]
