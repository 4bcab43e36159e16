"""Serving the pages with waitress: one process, no other server."""

from __future__ import annotations

import errno
import os
import webbrowser
from argparse import ArgumentTypeError
from collections.abc import Callable
from typing import Any

from yibenzhang.cli.parser import Parser
from yibenzhang.kernel.errors import BookError

FIRST_PORT, TRIES = 8000, 20
EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - recognised, not chosen


def add_address(parser: Parser) -> None:
    """`--host` and `--port`."""
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="地址", help="监听地址，默认 127.0.0.1（只限本机）"
    )
    parser.add_argument(
        "--port", type=_port, metavar="端口",
        help=f"端口；不写时从 {FIRST_PORT} 起找一个空闲的",
    )  # fmt: skip


def allow_host(host: str) -> None:
    """Let the pages answer under the address they are served at; call before the book is opened.

    An address that stands for all interfaces says nothing about the name users type: that name must be given in
    YIBENZHANG_HOSTS.
    """
    known = os.environ.get("YIBENZHANG_HOSTS", "localhost,127.0.0.1,[::1]")
    if host not in EVERYWHERE and host not in known.split(","):
        os.environ["YIBENZHANG_HOSTS"] = f"{known},{f'[{host}]' if ':' in host else host}"


def listen(host: str, port: int | None) -> tuple[Any, str]:
    """A waitress server that already holds its port, and its address; raises BookError when the port is taken."""
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    application = get_wsgi_application()
    for candidate in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + TRIES):
        try:
            server = create_server(application, host=host, port=candidate, threads=8, ident="")
        except OSError as error:
            if error.errno == errno.EADDRINUSE and port is None:
                continue
            raise BookError(_advice(error, host, candidate)) from error
        shown = "127.0.0.1" if host in EVERYWHERE else host
        return server, f"http://{f'[{shown}]' if ':' in shown else shown}:{_bound_port(server, candidate)}/"
    raise BookError(f"{FIRST_PORT}–{FIRST_PORT + TRIES - 1} 的端口都被占用，请用 --port 指定一个空闲的端口。")


def run_server(server: Any, *, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C. `ready` runs once the port answers."""
    ready()
    try:
        server.run()
    finally:
        server.close()
    print("\n已停止。已提交的记录都已保存。")


def open_browser(address: str) -> None:
    """Show the sign-in page when there is a screen; without one the printed address serves."""
    try:
        webbrowser.open(address)
    except webbrowser.Error:
        print("没有找到浏览器，请自行打开上面的地址。")


def _bound_port(server: Any, asked: int) -> int:
    port = getattr(server, "effective_port", None)
    return int(port) if port else asked


def _advice(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被别的程序占用，请用 --port 换一个。"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}，请用 --port 换一个 1024 以上的。"
    return f"不能在 {host} 的端口 {port} 上监听（{error.strerror or error}），请检查 --host 和 --port。"


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise ArgumentTypeError("应在 0 到 65535 之间")
    return number
