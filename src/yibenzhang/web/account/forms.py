"""Opening an account, granting a role, a new password."""

from typing import Any

from django import forms
from django.utils import timezone

from yibenzhang.access.models import Role
from yibenzhang.access.people import people_for
from yibenzhang.access.scope import Actor, get_in_scope
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.web.filters import unit_choices
from yibenzhang.web.organisation.forms import day_field, text_field


def password_field(label: str) -> forms.CharField:
    """A password typed twice is a password typed once and shown to nobody: the receiver changes it at first use."""
    return forms.CharField(
        label=label,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 位，不能全是数字。请当面告知本人，并请本人登录后自行修改。",
        error_messages={"required": "请填写密码。"},
    )


class GrantForm(forms.Form):
    """A role on a unit from a day on."""

    unit = forms.ChoiceField(
        label="单位", error_messages={"required": "请选单位。", "invalid_choice": "单位请从列表中选。"}
    )
    role = forms.ChoiceField(
        label="角色",
        choices=Role.choices,
        help_text="填报人记账；审核人审核下级的凭证；查阅人只看；管理员管组织和账号，不记账也不审核。",
        error_messages={"required": "请选角色。", "invalid_choice": "角色请从列表中选。"},
    )
    on = day_field("自哪天起")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        day = today_for(actor.home_unit())
        self.fields["unit"].choices = unit_choices(actor, day, Role.ADMINISTRATOR)  # type: ignore[attr-defined]
        self.fields["on"].initial = timezone.localdate()

    def chosen_unit(self) -> Unit:
        """The unit chosen, within what the actor administers."""
        code = self.cleaned_data["unit"]
        return get_in_scope(Unit.objects.all(), self.actor, Role.ADMINISTRATOR, by="self", code=code)


class AccountForm(GrantForm):
    """A new account: for whom, which name, first password, first role."""

    name = text_field(
        "姓名", 40, help_text="填写人员名册里的姓名；名册里没有的，只用账号名显示。", required=False
    )
    username = text_field("账号", 60, help_text="字母、数字，例如 qixiang-zhang。")
    password = password_field("初始密码")
    field_order = ["name", "username", "password", "unit", "role", "on"]

    def clean(self) -> dict[str, Any]:
        """Find the person meant; several of one name are told apart by the unit."""
        data = super().clean() or {}
        name = data.get("name", "").strip()
        if not name or not data.get("unit"):
            return data
        named = people_for(self.actor, Role.ADMINISTRATOR).filter(name=name)
        here = named.filter(memberships__unit__code=data["unit"]).distinct()
        found = list((here if here.exists() else named)[:2])
        if len(found) > 1:
            self.add_error("name", "名册里有几位同名的同志，请先选他所在的支部作单位，建好后再加其他授权。")
        data["person"] = found[0] if len(found) == 1 else None
        return data


class PasswordForm(forms.Form):
    """A new password for somebody else."""

    password = password_field("新密码")
