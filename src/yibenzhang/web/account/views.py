"""Accounts of an administrator's units."""

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.access.services import end_grant, grant_role, open_account, reset_password
from yibenzhang.kernel.errors import BookError
from yibenzhang.web.account.forms import AccountForm, GrantForm, PasswordForm
from yibenzhang.web.requests import actor_of, needs


def grants_for(actor: Actor) -> QuerySet[Grant]:
    """Grants on units the actor administers."""
    return restrict(
        Grant.objects.select_related("user__person", "unit"), actor, Role.ADMINISTRATOR, by="unit"
    )


@needs(Role.ADMINISTRATOR)
def accounts(request: HttpRequest) -> HttpResponse:
    """Everyone who holds a grant here, by name of account."""
    rows: dict[int, tuple[User, list[Grant]]] = {}
    for grant in grants_for(actor_of(request)).order_by("user__username", "id"):
        rows.setdefault(grant.user_id, (grant.user, []))[1].append(grant)
    return render(request, "accounts/list.html", {"rows": list(rows.values()), "today": timezone.localdate()})


@needs(Role.ADMINISTRATOR)
def new(request: HttpRequest) -> HttpResponse:
    """Open an account."""
    actor = actor_of(request)
    form = AccountForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = open_account(
                username=data["username"],
                password=data["password"],
                person=data.get("person"),
                unit=form.chosen_unit(),
                role=data["role"],
                on=data["on"],
                actor=actor,
            )
            return redirect("accounts:detail", user.pk)
        except BookError as error:
            form.add_error(error.field or None, error.message)
    return _form(request, form, "开账号", "开账号")


@needs(Role.ADMINISTRATOR)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account and its grants."""
    user = _user(request, pk)
    grants = grants_for(actor_of(request)).filter(user=user).order_by("id")
    context = {
        "account": user,
        "grants": grants,
        "today": timezone.localdate(),
        "is_self": user.pk == request.user.pk,
    }
    return render(request, "accounts/detail.html", context)


@needs(Role.ADMINISTRATOR)
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a further role."""
    user, actor = _user(request, pk), actor_of(request)
    form = GrantForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            grant_role(user=user, unit=form.chosen_unit(), role=data["role"], on=data["on"], actor=actor)
            return redirect("accounts:detail", pk)
        except BookError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    return _form(request, form, f"给 {user.label} 授权", "授权", user)


@require_POST
@needs(Role.ADMINISTRATOR)
def end(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    """End a grant today."""
    _user(request, pk)
    found = grants_for(actor_of(request)).get(pk=grant_pk, user_id=pk)
    end_grant(found, on=timezone.localdate(), actor=actor_of(request))
    return redirect("accounts:detail", pk)


@needs(Role.ADMINISTRATOR)
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a new password to somebody else's account."""
    user = _user(request, pk)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reset_password(user, password=form.cleaned_data["password"], actor=actor_of(request))
            return redirect("accounts:detail", pk)
        except BookError as error:
            form.add_error("password", error.message)
    return _form(request, form, f"重设 {user.label} 的密码", "重设密码", user)


def _user(request: HttpRequest, pk: int) -> User:
    return User.objects.get(pk__in=grants_for(actor_of(request)).values("user_id"), pk=pk)


def _form(
    request: HttpRequest, form: Form, heading: str, verb: str, account: User | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "verb": verb, "account": account}
    return render(request, "accounts/form.html", context, status=422 if form.errors else 200)
