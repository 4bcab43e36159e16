"""`yibenzhang check`: the figures of a text against the ledger."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibenzhang.cli.asking import position_of, unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.periods import parse_period

if TYPE_CHECKING:
    from yibenzhang.checking.article import Setting
    from yibenzhang.checking.checker import CheckedClaim
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
    add_json(parser)
    parser.examples(
        "yibenzhang check 工作总结.docx --unit geology --period 2023",
        "yibenzhang check page.html --json",
    )


def run(options: Namespace) -> int:
    """Print verdicts; 0 whether or not figures agree, 1 with `--strict` when any is 不一致."""
    period = parse_period(options.period) if options.period else None
    reading = _read(options.file)
    open_book(options.home)
    from yibenzhang.checking.article import find_setting
    from yibenzhang.checking.checker import check
    from yibenzhang.checking.verdicts import DIFFERS
    from yibenzhang.organisation.models import Unit

    unit = unit_of(options.unit) if options.unit else None
    setting = find_setting(reading, units=list(Unit.objects.all()), unit=unit, period=period)
    position = position_of(options.as_of, setting.unit)
    checked = check(reading, setting, position=position)
    if options.json:
        print_json(_as_json(reading, setting, checked, position))
    else:
        _print_report(reading, setting, checked, position)
    return 1 if options.strict and any(item.verdict == DIFFERS for item in checked) else 0


def _read(path: Path) -> Reading:
    from yibenzhang.kernel.errors import BookError
    from yibenzhang.reading import read_page

    try:
        data = path.read_bytes()
    except OSError as error:
        raise BookError(f"打不开 {path}：{error.strerror}。请核对文件名。") from error
    return read_page(data, filename=path.name)


def _as_json(
    reading: Reading, setting: Setting, checked: list[CheckedClaim], position: int
) -> dict[str, Any]:
    page = reading.as_prediction()
    claims = [
        {
            **read,
            "verdict": item.verdict,
            "indicator": item.figure.indicator.code if item.figure else None,
            "programme": (item.figure.question.programme or None) if item.figure else None,
            "ledger_value": item.figure.number if item.figure else None,
            "reasons": list(item.reasons),
            "rivals": [rival.indicator.code for rival in item.rivals],
        }
        for read, item in zip(page["claims"], checked, strict=True)
    ]
    head = {
        "unit": setting.unit.code,
        "period": setting.period.code,
        "as_of": position,
        "notes": list(setting.notes),
    }
    return {**head, **page, "claims": claims}


def _print_report(reading: Reading, setting: Setting, checked: list[CheckedClaim], position: int) -> None:
    print(
        f"《{reading.title or '无标题'}》 {setting.unit.name} {setting.period.label}（账面第 {position} 笔）"
    )
    for note in setting.notes:
        print(f"· {note}")
    rows = [_row(number, item) for number, item in enumerate(checked, start=1)]
    print_table(["序号", "文中", "结论", "账上", "指标", "理由"], rows, right=[0, 3])
    words = [item.word for item in checked]
    print(
        "合计 " + str(len(words)) + " 处：" + "，".join(f"{w} {words.count(w)}" for w in dict.fromkeys(words))
    )
    for found in reading.inconsistencies:
        print(f"文内不一致：{found.why}")


def _row(number: int, item: CheckedClaim) -> list[object]:
    figure = item.figure
    shown = f"{figure.shown}{figure.measure}" if figure else ""
    name = figure.indicator.name if figure else ""
    return [number, item.claim.text, item.word, shown, name, "；".join(item.reasons)]
