"""`yibenzhang init`: a new book with its agency and first administrator, or an older book brought up to date."""

from __future__ import annotations

import getpass
import re
import sys
from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home
from yibenzhang.kernel.errors import BookError

if TYPE_CHECKING:
    from yibenzhang.access.models import User
    from yibenzhang.organisation.models import Unit

SUMMARY = "新建账本（单位、目录包、第一个管理员），升级旧版本建的账本，或改换目录包"
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def configure(parser: Parser) -> None:
    """Options of the command; what is left out is asked for."""
    add_home(parser)
    parser.add_argument("--name", metavar="名称", help="单位全称，例如 澜江省某局")
    parser.add_argument("--code", metavar="代码", help="单位代码，小写字母、数字和连字符")
    parser.add_argument("--type", metavar="类型", default="bureau", help="单位类型的代码，默认 bureau")
    parser.add_argument("--packs", metavar="包", help="采用的目录包，用逗号分开，例如 base,geology")
    parser.add_argument("--founded", metavar="日期", help="单位成立日期，早于要补记的记录；默认 1949-10-01")
    parser.add_argument("--admin", metavar="账号", help="第一个管理员的登录账号")
    parser.add_argument(
        "--password-stdin", action="store_true", help="从标准输入读管理员密码的一行，不在屏幕上问"
    )
    parser.examples(
        "yibenzhang init --home /srv/book",
        "yibenzhang init --home /srv/book --name 澜江省某局 --code mouju --packs base --admin zhangli "
        "--password-stdin < 密码文件",
        "yibenzhang init --home /srv/book --code mouju --packs base,own",
    )


def run(options: Namespace) -> int:
    """Make the book, or bring it up to date when it already has an agency."""
    founded = _day(options.founded or "1949-10-01")
    open_book(options.home, create=True)
    from django.db import transaction

    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.organisation.models import Book
    from yibenzhang.organisation.services import adopt_packs

    if Book.objects.exists() and options.packs:
        return _adopt(options)
    if Book.objects.exists():
        print(f"{options.home} 里已有账本，已是当前版本，没有改动任何记录。")
        return 0
    known = current_catalogue().packs
    name = options.name or _asked("单位全称")
    code = options.code or _asked("单位代码（小写字母、数字、连字符）")
    chosen = options.packs or _asked(f"目录包（可选 {'、'.join(known)}，用逗号分开）", default="base")
    packs = [pack.strip() for pack in chosen.split(",") if pack.strip()]
    if not CODE.fullmatch(code):
        raise BookError("单位代码只能用小写字母、数字和连字符，例如 mouju。", field="code")
    username = options.admin or _asked("管理员账号")
    password = _password(options.password_stdin)
    with transaction.atomic():
        unit = _found(name, code, options.type, founded)
        book = Book.objects.create(unit=unit)
        adopt_packs(book, packs)
        _administrator(username, password, unit)
    print(f"账本已建好：{options.home}（{name}，目录包 {'、'.join(book.packs)}）")
    print(f"下一步：yibenzhang serve --home {options.home}，用账号 {username} 登录。")
    return 0


def _adopt(options: Namespace) -> int:
    """Change the packs an agency uses; with several agencies in the book `--code` says which."""
    from yibenzhang.organisation.models import Book
    from yibenzhang.organisation.services import adopt_packs

    books = Book.objects.filter(unit__code=options.code) if options.code else Book.objects.all()
    if books.count() != 1:
        codes = "、".join(Book.objects.values_list("unit__code", flat=True))
        raise BookError(f"请用 --code 写明是哪个单位的账：{codes}。", field="code")
    book = books.get()
    adopt_packs(book, [pack.strip() for pack in options.packs.split(",") if pack.strip()])
    print(f"{book.unit.name}现在采用目录包 {'、'.join(book.packs)}。重新启动后生效。")
    return 0


def _found(name: str, code: str, unit_type: str, on: date) -> Unit:
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.organisation.services import OrganisationError, found_unit

    kind = current_catalogue().unit_types.get(unit_type)
    if kind is None or kind.party_body:
        agencies = [one for one in current_catalogue().unit_types.values() if not one.party_body]
        options = "、".join(f"{one.code}（{one.name}）" for one in agencies)
        raise OrganisationError(f"单位类型 {unit_type} 不能建账，可选：{options}。", field="type")
    return found_unit(code=code, name=name, unit_type=unit_type, parent=None, on=on)


def _administrator(username: str, password: str, unit: Unit) -> User:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from yibenzhang.access.models import Grant, Role, User
    from yibenzhang.audit.services import record

    user = User(username=username)
    try:
        user.username_validator(username)
        validate_password(password, user)
    except ValidationError as error:
        raise BookError("".join(error.messages), field="admin") from error
    user.set_password(password)
    user.save()
    Grant.objects.create(user=user, unit=unit, role=Role.ADMINISTRATOR, valid_from=timezone.localdate())
    record(actor=None, verb="book.create", subject=unit.name, note=f"管理员 {username}")
    return user


def _asked(question: str, default: str = "") -> str:
    if not sys.stdin.isatty():
        raise BookError(f"缺少{question.split('（')[0]}。请用选项写明，见 yibenzhang init --help。")
    hint = f"［{default}］" if default else ""
    while True:
        answer = input(f"{question}{hint}：").strip() or default
        if answer:
            return answer


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BookError("缺少管理员密码。请在终端里运行，或用 --password-stdin 从标准输入给出。")
    password = getpass.getpass("管理员密码（至少 10 位，不显示）：")
    if getpass.getpass("再输一遍：") != password:
        raise BookError("两次输入的密码不一样，请重新运行。")
    return password


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BookError(f"日期应写成 2024-08-01，现为 {text}。") from None
