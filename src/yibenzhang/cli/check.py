"""`yibenzhang check`: the figures of a text against the ledger."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibenzhang.cli.asking import position_of, unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.files import why
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.periods import parse_period

if TYPE_CHECKING:
    from yibenzhang.checking.article import Setting
    from yibenzhang.checking.outputs.findings import Findings
    from yibenzhang.checking.results import Line
    from yibenzhang.reading.model import Reading

SUMMARY = "核稿：逐个核对一篇稿件里的数字与台账是否一致"


def configure(parser: Parser) -> None:
    """Options of the command."""
    parser.add_argument("file", type=Path, metavar="文件", help="稿件：.txt、.html、.docx 或有文字的 .pdf")
    add_home(parser)
    parser.add_argument("--unit", metavar="代码", default="", help="按这个单位核对；不写时从稿件里认")
    parser.add_argument("--period", metavar="期间", default="", help="按这个期间核对；不写时从稿件里认")
    parser.add_argument("--as-of", metavar="日期或序号", default="", help="按那时的账核对；不写时按最新的账")
    parser.add_argument("--strict", action="store_true", help="有“不一致”时以退出码 1 结束")
    parser.add_argument(
        "--html", type=Path, metavar="文件", help="另存一页核稿单：标好的稿件、逐个数字、背后的记录"
    )
    parser.add_argument(
        "--docx", type=Path, metavar="文件", help="另存带批注的 Word 文档；来稿是 .docx 时原样保留，只加批注"
    )
    add_json(parser)
    parser.examples(
        "yibenzhang check 工作总结.docx --unit geology --period 2023 --docx 批注稿.docx",
        "yibenzhang check page.html --json",
        "yibenzhang check page.html --html 核稿单.html --strict",
    )


def run(options: Namespace) -> int:
    """Print verdicts; 0 whether or not figures agree, 1 with `--strict` when any is 不一致."""
    period = parse_period(options.period) if options.period else None
    data, reading = _read(options.file)
    open_book(options.home)
    from yibenzhang.checking.aliases import accepted_aliases
    from yibenzhang.checking.article import find_setting
    from yibenzhang.checking.checker import check
    from yibenzhang.checking.results import lines_of, result_of
    from yibenzhang.checking.verdicts import DIFFERS
    from yibenzhang.ledger.queries import position as newest_position
    from yibenzhang.organisation.models import Unit

    unit = unit_of(options.unit) if options.unit else None
    setting = find_setting(reading, units=list(Unit.objects.all()), unit=unit, period=period)
    position = position_of(options.as_of, setting.unit) or newest_position()
    checked = check(reading, setting, position=position, aliases=accepted_aliases(setting.unit))
    lines = lines_of(reading, [result_of(item) for item in checked])
    _save(options, _findings(reading, setting, lines, position), data)
    if options.json:
        print_json(_as_json(reading, setting, lines, position))
    else:
        _print_report(reading, setting, lines, position)
    return 1 if options.strict and any(line.verdict == DIFFERS for line in lines) else 0


def _read(path: Path) -> tuple[bytes, Reading]:
    from yibenzhang.kernel.errors import BookError
    from yibenzhang.reading import read_page
    from yibenzhang.reading.files import MAX_BYTES

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # one byte more tells that it is too long
            size = path.stat().st_size
    except OSError as error:
        raise BookError(f"打不开 {path}：{why(error)}。请核对文件名。") from error
    if size > MAX_BYTES:
        raise BookError(
            f"{path} 有 {size // 1024 // 1024} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限。请只取正文部分。"
        )
    return data, read_page(data, filename=path.name)


def _findings(reading: Reading, setting: Setting, lines: list[Line], position: int) -> Findings:
    from django.utils import timezone

    from yibenzhang.checking.outputs.findings import Findings

    return Findings(
        reading=reading,
        unit=setting.unit,
        period=setting.period,
        position=position,
        notes=setting.notes,
        lines=lines,
        at=timezone.now(),
    )


def _save(options: Namespace, findings: Findings, data: bytes) -> None:
    """Write the outputs asked for. Raises BookError when a file cannot be written."""
    from yibenzhang.checking.outputs.sheet import sheet
    from yibenzhang.checking.outputs.word import annotated
    from yibenzhang.kernel.errors import BookError

    wanted: list[tuple[Path, bytes]] = []
    if options.html:
        wanted.append((options.html, sheet(findings).encode()))
    if options.docx:
        wanted.append((options.docx, annotated(findings, data)))
    for path, content in wanted:
        try:
            path.write_bytes(content)
        except OSError as error:
            raise BookError(f"写不进 {path}：{why(error)}。请换一个地方。") from error


def _as_json(reading: Reading, setting: Setting, lines: list[Line], position: int) -> dict[str, Any]:
    page = reading.as_prediction()
    claims = [{**read, **line.result} for read, line in zip(page["claims"], lines, strict=True)]
    head = {
        "unit": setting.unit.code,
        "period": setting.period.code,
        "as_of": position,
        "notes": list(setting.notes),
    }
    return {**head, **page, "claims": claims}


def _print_report(reading: Reading, setting: Setting, lines: list[Line], position: int) -> None:
    print(
        f"《{reading.title or '无标题'}》 {setting.unit.name} {setting.period.label}（账面第 {position} 笔）"
    )
    for note in setting.notes:
        print(f"· {note}")
    rows = [
        [line.number, line.claim.text, line.word, line.result["shown"], line.name if line.indicator else "",
         "；".join(line.result["reasons"])]
        for line in lines
    ]  # fmt: skip
    print_table(["序号", "文中", "结论", "账上", "指标", "理由"], rows, right=[0, 3])
    words = [line.word for line in lines]
    print(
        "合计 " + str(len(words)) + " 处：" + "，".join(f"{w} {words.count(w)}" for w in dict.fromkeys(words))
    )
    for found in reading.inconsistencies:
        print(f"文内不一致：{found.why}")
