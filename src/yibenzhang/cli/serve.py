"""`yibenzhang serve`: the pages of an existing book."""

from argparse import Namespace

from yibenzhang.cli.book import open_book
from yibenzhang.cli.listening import add_address, allow_host, listen, open_browser, run_server
from yibenzhang.cli.parser import Parser, add_home

SUMMARY = "打开账本的网页服务"


def configure(parser: Parser) -> None:
    """Options of the command."""
    add_home(parser)
    add_address(parser)
    parser.add_argument("--browser", action="store_true", help="同时打开浏览器")
    parser.examples(
        "yibenzhang serve --home /srv/book",
        "YIBENZHANG_HOSTS=dj.example.cn yibenzhang serve --host 0.0.0.0 --port 8080",
    )


def run(options: Namespace) -> int:
    """Serve until interrupted."""
    allow_host(options.host)
    open_book(options.home)
    server, address = listen(options.host, options.port)

    def ready() -> None:
        print(f"账本 {options.home} 已打开：{address}（按 Ctrl-C 停止）", flush=True)
        if options.browser:
            open_browser(address)

    run_server(server, ready=ready)
    return 0
