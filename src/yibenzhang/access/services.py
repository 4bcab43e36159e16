"""Accounts and grants: who may sign in, and what they may do where, from when to when."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.access.scope import Actor, units_for
from yibenzhang.access.signing_in import forget
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Person, Unit


class AccessError(BookError):
    """A change of accounts or grants the rules refuse."""


@transaction.atomic
def open_account(
    *, username: str, password: str, person: Person | None, unit: Unit, role: str, on: date, actor: Actor
) -> User:
    """Open a personal account with its first grant.

    Raises AccessError when the name is taken or odd, the password too weak, or the unit outside what the actor
    administers.
    """
    user = User(username=username.strip(), person=person)
    try:
        user.username_validator(user.username)
    except ValidationError:
        raise AccessError("账号只能用字母、数字和 @ . + - _。", field="username") from None
    if User.objects.filter(username=user.username).exists():
        raise AccessError(f"账号 {user.username} 已经有人用，请换一个。", field="username")
    _set_password(user, password)
    record(actor=actor.user, verb="access.open", subject=user.username)
    grant_role(user=user, unit=unit, role=role, on=on, actor=actor)
    return user


@transaction.atomic
def grant_role(*, user: User, unit: Unit, role: str, on: date, actor: Actor) -> Grant:
    """Give a role on a unit and everything below it from a day on; nobody changes their own grants."""
    _may_change(user, unit, actor)
    if role not in Role.values:
        raise AccessError("没有这个角色，请从列表中选。", field="role")
    if Grant.objects.filter(user=user, unit=unit, role=role, valid_to=None).exists():
        raise AccessError("这个账号已有同样的授权。", field="role")
    record(actor=actor.user, verb="access.grant", subject=f"{user.username} {unit} {Role(role).label}")
    return Grant.objects.create(user=user, unit=unit, role=role, valid_from=on)


@transaction.atomic
def end_grant(grant: Grant, *, on: date, actor: Actor) -> None:
    """End a grant; from that day on it opens nothing."""
    _may_change(grant.user, grant.unit, actor)
    grant.valid_to = max(on, grant.valid_from)
    grant.save(update_fields=["valid_to"])
    record(
        actor=actor.user,
        verb="access.end",
        subject=f"{grant.user.username} {grant.unit} {grant.get_role_display()}",
    )


@transaction.atomic
def reset_password(user: User, *, password: str, actor: Actor) -> None:
    """Give an account a new password; every session of it ends, since sessions are bound to the password."""
    if user.pk == actor.user.pk:
        raise AccessError("自己的密码请用“改密码”。")
    _set_password(user, password)
    forget(user.username)
    record(actor=actor.user, verb="access.password", subject=user.username)


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise AccessError("".join(error.messages), field="password") from None
    user.set_password(password)
    user.save()


def _may_change(user: User, unit: Unit, actor: Actor) -> None:
    if user.pk == actor.user.pk:
        raise AccessError("不能改自己的授权，请由另一位管理员办理。")
    if not units_for(actor, Role.ADMINISTRATOR).filter(pk=unit.pk).exists():
        raise AccessError("这个单位不在您的管理范围内，请另选。", field="unit")
