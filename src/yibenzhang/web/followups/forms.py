"""Forms of the follow-up pages."""

from datetime import date
from typing import Any

from django import forms

from yibenzhang.followups.models import ReminderInterval
from yibenzhang.followups.queries import recipients_in
from yibenzhang.organisation.models import Person, Unit
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.organisation.forms import day_field, text_field


def _words(label: str, required: str, *, rows: int = 3, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=500, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}),
        required=bool(required), error_messages={"required": required, "max_length": "请缩短到 500 字以内。"},
    )  # fmt: skip


class OpeningForm(forms.Form):
    """What is asked of whom by when. `why` appears once something is asked for that the ledger knows."""

    title = text_field("事项", 120)
    recipient = forms.ModelChoiceField(
        Person.objects.none(), label="承办人", empty_label=None,
        error_messages={"required": "请选承办人。", "invalid_choice": "承办人请从列表中选。"},
    )  # fmt: skip
    asked = _words("要办什么", "请写明要办什么。", help_text="能从台账看到的不用再要；不要照片、截图、打卡。")
    deadline = day_field("办结期限")
    why = _words("为什么还要报", "", rows=2, help_text="台账已有的数字，确需再报的写明理由。")

    def __init__(self, *args: Any, unit: Unit, day: date, asks_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = recipients_in(unit, day)
        field = self.fields["recipient"]
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in people])  # type: ignore[attr-defined]
        field.choices = [(person.pk, person.name) for person in people]  # type: ignore[attr-defined]
        if not asks_why:
            del self.fields["why"]


class AnswerForm(forms.Form):
    """What was done, and the voucher that shows it."""

    text = _words(
        "办理情况", "请写明办理情况，例如“11月20日已补记”。", help_text="一两句话即可，不用另写材料。"
    )
    voucher = forms.ModelChoiceField(Voucher.objects.none(), label="凭证", required=False, empty_label="不附")

    def __init__(self, *args: Any, vouchers: list[Voucher], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_vouchers(self.fields["voucher"], vouchers)


class CloseForm(forms.Form):
    """By which voucher, or for which reason, a matter is closed."""

    voucher = forms.ModelChoiceField(
        Voucher.objects.none(), label="凭证", required=False, empty_label="不用凭证"
    )
    reason = _words("理由", "", rows=2, help_text="没有凭证时写明，例如“情况已核实，当月野外停工”。")

    def __init__(self, *args: Any, vouchers: list[Voucher], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_vouchers(self.fields["voucher"], vouchers)


class WithdrawForm(forms.Form):
    """Why a follow-up is taken back."""

    reason = _words("撤回的理由", "请写明撤回的理由，例如对象选错。", rows=2)


class IntervalForm(forms.Form):
    """How many working days lie between two reminders about one matter."""

    workdays = forms.IntegerField(
        label="同一事项几个工作日内只催一次", min_value=ReminderInterval.SHORTEST, max_value=ReminderInterval.LONGEST,
        widget=forms.NumberInput(attrs={"class": "inp--s"}),
        error_messages={
            "required": "请填几个工作日。", "invalid": "请填整数。",
            "min_value": f"最少 {ReminderInterval.SHORTEST} 个工作日。", "max_value": f"最多 {ReminderInterval.LONGEST} 个工作日。",
        },
    )  # fmt: skip


class ContactForm(forms.Form):
    """Where the user's own digest goes."""

    email = forms.EmailField(
        label="邮箱", required=False, max_length=120, help_text="只用来发督办摘要；清空保存即删除。",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "邮箱写法不对，请写成 name@example.cn。"},
    )  # fmt: skip
    wants_digest = forms.BooleanField(label="工作日给我发一封督办摘要", required=False)

    def clean(self) -> dict[str, Any]:
        """No digest without an address."""
        data = super().clean() or {}
        if data.get("wants_digest") and not data.get("email") and not self.errors:
            self.add_error("email", "要收邮件摘要，请填邮箱。")
        return data


def offer_vouchers(field: forms.Field, vouchers: list[Voucher]) -> None:
    """Let a field choose among these vouchers, named by number, day and title."""
    field.queryset = Voucher.objects.filter(pk__in=[voucher.pk for voucher in vouchers])  # type: ignore[attr-defined]
    empty = field.empty_label  # type: ignore[attr-defined]
    field.choices = [("", empty), *((v.pk, f"{v.number} {v.event_date:%m-%d} {v.title}") for v in vouchers)]  # type: ignore[attr-defined]
