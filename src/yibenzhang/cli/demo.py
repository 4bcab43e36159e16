"""`yibenzhang demo`: a book with a made-up province and two real years of figures."""

from argparse import Namespace

from yibenzhang.cli.book import open_book
from yibenzhang.cli.listening import add_address, allow_host, listen, open_browser, run_server
from yibenzhang.cli.parser import Parser, add_home
from yibenzhang.cli.terminal import Progress, print_table

SUMMARY = "准备演示账本并打开网页（再次运行保留已有数据）"


def configure(parser: Parser) -> None:
    """Options of the command."""
    add_home(parser)
    add_address(parser)
    parser.add_argument("--no-browser", action="store_true", help="不打开浏览器")
    parser.add_argument("--no-serve", action="store_true", help="只准备数据，不打开网页服务")
    parser.examples(
        "yibenzhang demo",
        "yibenzhang demo --home demo-home --port 8080 --no-browser",
        "yibenzhang demo --home demo-home --no-serve",
    )


def run(options: Namespace) -> int:
    """Prepare the demo book, then serve it until interrupted."""
    allow_host(options.host)
    open_book(options.home, create=True)
    from yibenzhang.demo import accounts, prepare

    progress = Progress()
    prepare(progress)
    progress.finish()
    print(f"演示账本已备好：{options.home}")
    if options.no_serve:
        return 0
    server, address = listen(options.host, options.port)

    def ready() -> None:
        print(f"网页地址：{address}（按 Ctrl-C 停止）")
        print("演示账号：")
        rows = [(one.role, one.unit, one.username, one.password, one.sees) for one in accounts()]
        print_table(["身份", "单位", "账号", "密码", "能做什么"], rows)
        print("", flush=True)
        if not options.no_browser:
            open_browser(address)

    run_server(server, ready=ready)
    return 0
