"""Accounts and grants: who may sign in, and what they may do where, from when to when."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.access.people import people_for
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
    if person and not people_for(actor, Role.ADMINISTRATOR).filter(pk=person.pk).exists():
        raise AccessError(
            "这位同志不在您的管理范围内，请核对姓名，或由他所在单位的管理员开账号。", field="name"
        )
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
    """Give an account a new password; every session of it ends, since sessions are bound to the password.

    Raises AccessError unless everything the account opens today lies where the actor administers: whoever sets a
    password could sign in with it, and must gain nothing by that.
    """
    if user.pk == actor.user.pk:
        raise AccessError("自己的密码请用“改密码”。")
    opened = Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.localdate()), user=user)
    units = set(opened.values_list("unit_id", flat=True))
    if not units or units_for(actor, Role.ADMINISTRATOR).filter(pk__in=units).count() < len(units):
        raise AccessError(
            "这个账号在您的管理范围以外有授权，或已没有授权；请由管得到它全部授权的管理员重设密码。"
        )
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
