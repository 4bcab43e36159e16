"""In whose name the terminal writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yibenzhang.cli.parser import Parser
from yibenzhang.kernel.errors import BookError

if TYPE_CHECKING:
    from yibenzhang.access.models import User


def add_user(parser: Parser) -> None:
    """`--user`: whose act it is."""
    parser.add_argument(
        "--user", metavar="账号", default="",
        help="以谁的名义导入（凭证的填报人，不能再由本人审核）；不写时是账本最早的管理员",
    )  # fmt: skip


def user_of(username: str) -> User:
    """The user of that name, the first administrator when empty; raises BookError when there is none."""
    from yibenzhang.access.models import Grant, Role, User

    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise BookError(f"没有账号 {username}，或已停用。请用 --user 写明一个在用的账号。", field="user")
        return user
    grants = Grant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True, valid_to=None)
    grant = grants.select_related("user").order_by("id").first()
    if grant is None:
        raise BookError("账本里没有管理员，请用 --user 写明以谁的名义导入。", field="user")
    return grant.user
