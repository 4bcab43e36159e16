"""`yibenzhang import`: bring in a workbook, all or nothing."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from yibenzhang.cli.actors import add_user, user_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.template import write_blank
from yibenzhang.cli.terminal import Progress, print_json, print_table
from yibenzhang.kernel.errors import BookError

if TYPE_CHECKING:
    from yibenzhang.exchange.findings import Findings

SUMMARY = "从 .xlsx 导入凭证、单位、人员或事项，有一处不对就一行也不写"
KINDS = ("vouchers", "units", "people", "matters")
SHOWN = 50


def configure(parser: Parser) -> None:
    """Options of the command."""
    parser.add_argument(
        "kind", choices=KINDS, metavar="种类", help="vouchers 凭证、units 单位、people 人员、matters 事项"
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="文件", help="按模板填好的 .xlsx")
    add_home(parser)
    parser.add_argument("--dry-run", action="store_true", help="只核对，逐行说明会怎样，不写入")
    parser.add_argument("--template", action="store_true", help="不导入，只生成空白模板，配合 --out")
    parser.add_argument("--out", type=Path, metavar="文件", help="模板写到哪里")
    add_user(parser)
    add_json(parser)
    parser.examples(
        "yibenzhang import people 人员.xlsx --dry-run",
        "yibenzhang import vouchers 2024年凭证.xlsx --user zhangli",
        "yibenzhang import vouchers --template --out 模板.xlsx",
    )


def run(options: Namespace) -> int:
    """0 when the file is or could be brought in, 1 when rows are faulty."""
    if options.template:
        if options.out is None:
            raise BookError("请用 --out 写明模板写到哪里。", field="out")
        return write_blank(options.home, options.kind, options.out, [])
    if options.file is None:
        raise BookError("请写明要导入的文件。", field="file")
    open_book(options.home)
    from yibenzhang.exchange.lookup import Reach
    from yibenzhang.exchange.services import FaultyFileError, bring_in, check_file

    progress, everything = Progress(), Reach.everything()
    added = 0
    try:
        if options.dry_run:
            findings = check_file(options.file, options.kind, reach=everything, progress=progress)
        else:
            user = user_of(options.user)
            brought = bring_in(
                options.file, options.kind, user=user, file_name=options.file.name, reach=everything, progress=progress
            )  # fmt: skip
            added, findings = brought.added, brought.findings
    except FaultyFileError as error:
        findings = error.findings
    except KeyboardInterrupt:
        progress.finish()
        print("已中断，没有写入任何一行。", file=sys.stderr)
        return 130
    progress.finish()
    _print(options, findings, added)
    return 0 if findings.is_clean else 1


def _print(options: Namespace, findings: Findings, added: int) -> None:
    if options.json:
        print_json(
            {
                "dry_run": options.dry_run,
                "clean": findings.is_clean,
                "added": added,
                "summary": findings.summary,
                "rows": [asdict(outcome) for outcome in findings.outcomes],
                "faults": [asdict(fault) for fault in findings.faults],
            }
        )
        return
    print(findings.summary)
    if findings.faults:
        rows = [(f.sheet, f.row or "", f.column, f.message) for f in findings.faults[:SHOWN]]
        print_table(["工作表", "行", "列", "问题"], rows, right=[1])
        if len(findings.faults) > SHOWN:
            print(f"……共 {len(findings.faults)} 处，用 --json 看全部。")
        print("没有写入任何一行。请改好后再导入。")
    elif options.dry_run:
        print("核对通过，没有写入。去掉 --dry-run 即可导入。")
    else:
        print(
            f"已导入 {added} 行。"
            + ("凭证在待审，由审核人入账。" if options.kind == "vouchers" and added else "")
        )
