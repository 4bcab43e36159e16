"""`yibenzhang report receive`: take over the figures of a published page."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.files import read_file
from yibenzhang.cli.parser import add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.errors import BookError

if TYPE_CHECKING:
    from yibenzhang.organisation.models import Unit

RECEIVE = "收下别的单位发布的网页，列出其中的数字并与本账对照"


def configure(acts: Any) -> None:
    """The sub-command and its options."""
    receive = acts.add_parser("receive", help=RECEIVE, description=f"{RECEIVE}。")
    add_home(receive)
    receive.add_argument("file", type=Path, metavar="文件", help="发布的网页 .html，或迎检包 .zip")
    receive.add_argument(
        "--unit",
        metavar="代码",
        default="",
        help="由谁收下；不写时是发布单位的上级，发布单位不在本账时是唯一的最上级",
    )
    add_json(receive)
    receive.set_defaults(act=_receive)


def _receive(options: Namespace) -> int:
    from yibenzhang.organisation.models import Unit
    from yibenzhang.reports.receiving.beside import beside
    from yibenzhang.reports.receiving.reading import read_published
    from yibenzhang.reports.receiving.services import receive_page

    data = read_file(options.file)
    unit = unit_of(options.unit) if options.unit else _receiver(read_published(data).facts.unit)
    page = receive_page(data, unit=unit, actor=None, file_name=options.file.name)
    lines = beside(page, Unit.objects.all())
    if options.json:
        keys = ("indicator", "unit_code", "period", "programme", "value", "measure", "shown")
        figures = [
            {**{key: getattr(line.row, key) for key in keys}, "state": line.state, "own": line.own}
            for line in lines
        ]
        print_json({"title": page.title, "unit": unit.code, "digest": page.digest, "figures": figures})
        return 0
    print(
        f"已由{unit}收下：{page.origin}《{page.title}》第{page.version}版，摘要值 {page.digest}，数字 {len(lines)} 个"
    )
    print_table(
        ["指标", "专题", "单位", "期间", "发布的数", "本账现在", "对照"],
        [
            (
                line.row.name,
                line.row.programme_name,
                line.row.unit_name,
                line.row.period,
                line.row.shown,
                line.own,
                line.word,
            )
            for line in lines
        ],
    )
    return 0


def _receiver(origin: str) -> Unit:
    """The tier above the publisher; for a publisher that is not in the book, the one unit nobody stands above."""
    from yibenzhang.organisation.models import Placement, Unit
    from yibenzhang.organisation.models.dated import on_day
    from yibenzhang.organisation.queries import superiors_on, today_for

    publisher = Unit.objects.filter(code=origin).first()
    if publisher is not None:
        candidates = superiors_on(publisher, today_for(publisher))[-2:-1]
    else:
        day = today_for(None)
        tops = Placement.objects.filter(on_day(day), parent=None).values("unit_id")
        candidates = list(Unit.objects.filter(pk__in=tops))
    if len(candidates) != 1:
        raise BookError("不知道由哪个单位收下，请用 --unit 写明单位代码。", field="unit")
    return candidates[0]
