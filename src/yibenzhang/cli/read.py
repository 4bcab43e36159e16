"""`yibenzhang read FILE`: clean text and figures of a page or draft, without a database and without the web framework."""

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from yibenzhang.cli.files import why
from yibenzhang.cli.parser import Parser

if TYPE_CHECKING:
    from yibenzhang.reading import Claim, Reading

_UNREADABLE = 2
_APPROX = {
    "at_least": "以上",
    "more_than": "超",
    "about": "约",
    "nearly": "近",
    "less_than": "不足",
    "at_most": "至多",
}
_KINDS = {"achievement": "成效", "cadence": "频次", "duration": "时长"}
_COLUMNS = (("编号", 6), ("原文", 22), ("数值", 18), ("类别", 6), ("统计对象", 36), ("章节", 10))


def parser() -> Parser:
    """The options of the command."""
    made = Parser(prog="yibenzhang read", description="读稿：从网页、文档或文字里读出正文和数字")
    made.add_argument("file", metavar="文件", help="要读的 .txt、.html、.docx 或 .pdf 文件；- 表示标准输入")
    output = made.add_mutually_exclusive_group()
    output.add_argument("--json", action="store_true", help="输出一个 JSON 对象：元数据、数字、正文")
    output.add_argument("--text", action="store_true", help="只输出正文")
    return made


def run_read(argv: Sequence[str]) -> int:
    """Read one file and print it. Exit status 0, or 2 with the reason when the input cannot be read."""
    options = parser().parse_args(argv)
    try:
        data = sys.stdin.buffer.read() if options.file == "-" else Path(options.file).read_bytes()
    except OSError as error:
        print(f"打不开文件 {options.file}：{why(error)}", file=sys.stderr)
        return _UNREADABLE
    from yibenzhang.reading import ReadError, read_page  # after the options: --help must not wait for lxml

    try:
        reading = read_page(data, filename=options.file)
    except ReadError as error:
        print(f"{options.file}：{error}", file=sys.stderr)
        return _UNREADABLE
    if options.json:
        print(json.dumps(reading.as_prediction(), ensure_ascii=False, indent=1))
    elif options.text:
        print(reading.clean_text)
    else:
        print("\n".join(_table(reading)))
    return 0


def _table(reading: "Reading") -> Iterator[str]:
    for name, value in (
        ("标题", reading.title),
        ("日期", reading.date),
        ("来源", reading.source),
        ("责任编辑", reading.editor),
    ):
        yield f"{name}：{value or '—'}"
    yield f"正文 {len(reading.clean_text)} 字，图片说明 {len(reading.captions)} 条，数字 {len(reading.claims)} 个"
    yield ""
    yield "  ".join(_pad(name, width) for name, width in _COLUMNS).rstrip()
    for claim in reading.claims:
        cells = (claim.id, claim.text, _value(claim), _KINDS[claim.kind], claim.measure, claim.section)
        yield "  ".join(_pad(cell, width) for cell, (_, width) in zip(cells, _COLUMNS, strict=True)).rstrip()
    if reading.inconsistencies:
        yield ""
        yield "文内不一致："
        for found in reading.inconsistencies:
            yield f"  {'、'.join(found.claims)}  {found.why}"


def _value(claim: "Claim") -> str:
    upper = f"–{claim.value_max}" if claim.value_max is not None else ""
    qualifier = _APPROX[claim.approx] if claim.approx else ""
    return f"{claim.value}{upper} {claim.unit} {qualifier}".rstrip()


def _pad(text: str, width: int) -> str:
    """Text cut or filled to a number of terminal columns; Chinese characters take two."""
    shown, used = "", 0
    for char in text:
        columns = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if used + columns > width:
            break
        shown, used = shown + char, used + columns
    return shown + " " * (width - used)
