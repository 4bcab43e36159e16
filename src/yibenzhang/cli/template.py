"""`yibenzhang template`: a blank workbook to fill in."""

from argparse import Namespace
from pathlib import Path

from yibenzhang.cli.book import open_book
from yibenzhang.cli.files import check_target
from yibenzhang.cli.parser import Parser, add_home
from yibenzhang.kernel.errors import BookError

SUMMARY = "生成导入用的空白模板"


def configure(parser: Parser) -> None:
    """Options of the command."""
    parser.add_argument(
        "kind", choices=("vouchers", "units", "people", "matters"), metavar="种类",
        help="vouchers 凭证、units 单位、people 人员、matters 事项",
    )  # fmt: skip
    add_home(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="写到哪里，例如 模板.xlsx")
    parser.add_argument(
        "--kinds", metavar="代码", default="", help="只要这些凭证种类的表，用逗号分开；不写时每个种类一张"
    )
    parser.examples(
        "yibenzhang template people --out 人员模板.xlsx",
        "yibenzhang template vouchers --kinds theme_party_day,party_lecture --out 凭证模板.xlsx",
    )


def run(options: Namespace) -> int:
    """Write the template."""
    return write_blank(
        options.home, options.kind, options.out, [code for code in options.kinds.split(",") if code]
    )


def write_blank(home: Path, kind: str, out: Path, voucher_kinds: list[str]) -> int:
    """Write a template to a new file."""
    if out.exists():
        raise BookError(f"{out} 已存在，请换一个文件名，以免盖掉已填的内容。", field="out")
    check_target(out, ".xlsx")
    open_book(home)
    from yibenzhang.exchange.services import write_template

    write_template(out, kind, voucher_kinds)
    print(f"模板已写到 {out}")
    return 0
