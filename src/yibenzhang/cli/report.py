"""`yibenzhang report`: list, build, issue, compare and publish reports."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from yibenzhang.cli import receiving
from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.files import check_target, write_file
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yibenzhang.organisation.models import Unit
    from yibenzhang.reports.changes import Line
    from yibenzhang.reports.edition import Edition
    from yibenzhang.reports.models import IssuedReport

SUMMARY = "报告：列出、生成公文、定稿、比对、发布、收下"


def configure(parser: Parser) -> None:
    """Sub-commands and their options."""
    acts = parser.add_subparsers(title="做什么", metavar="动作", required=True, dest="act")
    for name, summary, action in (
        ("list", "列出报告结构和已有的报告", _list),
        ("build", "生成公文 .docx 或 .pdf（已定稿的按定稿，否则按现在的账）", _build),
        ("publish", "生成可发布的网页 .html，数字可机读", _publish),
        ("issue", "把送审的报告定稿", _issue),
        ("package", "把定稿、数字和所依据的记录打成迎检包 .zip", _package),
        ("diff", "列出定稿以来变动的数字和引起变动的凭证", _diff),
    ):
        act = acts.add_parser(name, help=summary, description=f"{summary}。")
        add_home(act)
        if name == "list":
            act.add_argument("--unit", metavar="代码", default="", help="只列这个单位的")
        else:
            act.add_argument("structure", metavar="结构", help="结构代码，例如 geology-highlights")
            act.add_argument("--unit", required=True, metavar="代码", help="单位代码，例如 geology")
            act.add_argument("--period", required=True, metavar="期间", help="例如 2023、2024H1")
        if name in {"build", "publish", "package"}:
            act.add_argument("--out", required=True, type=Path, metavar="文件", help="写到哪个文件")
        if name in {"build", "publish"}:
            act.add_argument("--draft", action="store_true", help="用草稿，即使已有定稿")
        if name == "build":
            act.add_argument(
                "--sources", action="store_true", help="附数据来源：每个数字加批注，文末加附件表"
            )
        if name == "publish":
            act.add_argument("--url", metavar="网址", default="", help="页面将放在哪个网址，写进二维码")
            act.add_argument("--editor", metavar="姓名", default="", help="责任编辑，不写时用报告里的")
        if name == "package":
            act.add_argument("--names", action="store_true", help="列出人员姓名；不写时只有代号")
        if name == "issue":
            act.add_argument("--user", required=True, metavar="账号", help="由谁定稿")
        if name in {"list", "diff"}:
            add_json(act)
        act.set_defaults(act=action)
    receiving.configure(acts)
    parser.examples(
        "yibenzhang report build geology-highlights --unit geology --period 2023 --out 十大亮点.docx",
        "yibenzhang report build geology-highlights --unit geology --period 2023 --out 十大亮点.pdf",
        "yibenzhang report publish meteorology-focuses --unit meteorology --period 2024 --out 四个聚焦.html",
        "yibenzhang report diff geology-highlights --unit geology --period 2023",
    )


def run(options: Namespace) -> int:
    """Do what was asked."""
    if getattr(options, "period", ""):
        parse_period(options.period)
    open_book(options.home)
    return int(options.act(options))


def _list(options: Namespace) -> int:
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.reports.models import Report

    reports = Report.objects.select_related("unit").order_by("unit__position", "structure", "-period", "-id")
    if options.unit:
        reports = reports.filter(unit=unit_of(options.unit))
    rows = [
        (each.structure, each.unit.code, each.period, each.get_state_display(), each.title)
        for each in reports
    ]
    structures = current_catalogue().report_structures.values()
    if options.json:
        keys = ("structure", "unit", "period", "state", "title")
        print_json(
            {
                "structures": [{"code": each.code, "name": each.name} for each in structures],
                "reports": [dict(zip(keys, row, strict=True)) for row in rows],
            }
        )
        return 0
    print_table(["结构", "名称", "字数建议"], [(s.code, s.name, s.characters or "") for s in structures])
    if rows:
        print()
        print_table(["结构", "单位", "期间", "状态", "标题"], rows)
    return 0


def _build(options: Namespace) -> int:
    from yibenzhang.reports.docx.document import document_of

    check_target(options.out, ".docx", ".pdf")
    edition = _edition(options)
    document = document_of(edition, annotated=options.sources)
    if options.out.suffix.lower() == ".pdf":
        from yibenzhang.reports.pdf import pdf_of

        document = pdf_of(document)
    _say(edition, options.out, replaced=write_file(options.out, document))
    return 0


def _publish(options: Namespace) -> int:
    from dataclasses import replace

    from yibenzhang.reports.page import page_of

    check_target(options.out, ".html")
    edition = _edition(options)
    if options.editor:
        edition = replace(edition, editor=options.editor)
    replaced = write_file(options.out, page_of(edition, url=options.url).encode())
    _say(edition, options.out, replaced=replaced)
    return 0


def _issue(options: Namespace) -> int:
    from yibenzhang.access.models import User
    from yibenzhang.access.scope import actor_for
    from yibenzhang.reports.permissions import may_issue
    from yibenzhang.reports.services import issue_report

    unit = unit_of(options.unit)
    user = User.objects.filter(username=options.user).first()
    report = _report(options, unit)
    if user is None or not may_issue(actor_for(user), unit):
        raise BookError(f"账号 {options.user} 不存在，或不能为{unit}定稿。", field="user")
    if report is None:
        raise BookError(f"{unit}还没有这份报告，请先在网页上写。")
    issued = issue_report(report, actor=user)
    print(
        f"已定稿：《{issued.title}》第{issued.number}版，账面第 {issued.position} 笔，摘要值 {issued.digest}"
    )
    return 0


def _package(options: Namespace) -> int:
    from yibenzhang.reports.package import package_of

    check_target(options.out, ".zip")
    issued = _issued(options, unit_of(options.unit))
    if issued is None:
        raise BookError("这份报告还没有定稿，定稿后才能打迎检包。")
    write_file(options.out, package_of(issued, named=options.names))
    print(
        f"已写入 {options.out}：《{issued.title}》第{issued.number}版。解开后运行 python verify.py 可以核对。"
    )
    return 0


def _diff(options: Namespace) -> int:
    from yibenzhang.reports.changes import changes_since
    from yibenzhang.reports.moved_charts import charts_moved

    issued = _issued(options, unit_of(options.unit))
    if issued is None:
        raise BookError("这份报告还没有定稿，无从比对。")
    moved, charts = changes_since(issued), charts_moved(issued)
    if options.json:
        print_json([*(change.as_data() for change in moved), *(chart.as_data() for chart in charts)])
        return 0
    print(f"《{issued.title}》定稿时账面第 {issued.position} 笔，定稿以来变动 {len(moved)} 处")
    for change in moved:
        same = "" if change.is_moved else "（数字没变，凭证换了）"
        print(f"{change.row.name}：文中 {change.row.shown}，现在 {change.now}{same}")
        _print_lines(change.lines)
    for chart in charts:
        bars = "，".join(f"{name}由{then}变为{now}" for name, then, now in chart.bars) or chart.problem
        print(f"图“{chart.row}”：{bars}")
        _print_lines(chart.lines)
    return 0


def _print_lines(lines: Iterable[Line]) -> None:
    rows = [(line.word, line.voucher.number, line.voucher.title, line.voucher.event_date) for line in lines]
    print_table(["变动", "凭证号", "摘要", "日期"], rows)


def _edition(options: Namespace) -> Edition:
    """The issued version when there is one, else the draft, else the structure's own words with present figures."""
    from yibenzhang.reports import edition
    from yibenzhang.reports.structures import structure_for

    unit = unit_of(options.unit)
    issued = None if options.draft else _issued(options, unit)
    if issued is not None:
        return edition.of_issued(issued)
    report = _report(options, unit)
    if report is not None:
        return edition.of_draft(report)
    return edition.of_structure(structure_for(options.structure, unit), unit, parse_period(options.period))


def _report(options: Namespace, unit: Unit):  # type: ignore[no-untyped-def]
    from yibenzhang.reports.queries import report_for

    return report_for(options.structure, unit, options.period)


def _issued(options: Namespace, unit: Unit) -> IssuedReport | None:
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.reports.queries import issued_for

    found = issued_for(options.structure, unit, options.period)
    if found is None:
        current_catalogue().report_structure(options.structure)  # a misspelt structure is told as such
    return found


def _say(edition: Edition, path: Path, *, replaced: bool) -> None:
    counts = edition.text.counts
    state = f"定稿第{edition.number}版" if edition.digest else "草稿"
    print(
        f"已写入 {path}{'（原有文件已替换）' if replaced else ''}：《{edition.title}》，{state}，"
        f"账面第 {edition.position} 笔，数字 {sum(counts.values())} 处"
    )
    for mark in edition.text.open_marks:
        print(f"  {mark.word}：{mark.shown}　{mark.message}")
    for block in edition.text.broken_blocks:
        print(f"  {block.kind_name}放不出来：{block.words}　{block.problem}")
