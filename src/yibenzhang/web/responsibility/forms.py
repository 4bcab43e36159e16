"""Forms of the pages about lists."""

from datetime import date
from typing import Any

from django import forms

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import packs_of
from yibenzhang.plans.models import PlanItem
from yibenzhang.requirements.duties import rules_for
from yibenzhang.responsibility.lines import read_milestones, read_text
from yibenzhang.responsibility.models import ItemVersion
from yibenzhang.responsibility.wording import Milestone, ShownBy, Wording
from yibenzhang.vouchers.models import Matter
from yibenzhang.web.organisation.forms import day_field, text_field

FEW = 4  # from here on all branches may be ticked at once


class HeadForm(forms.Form):
    """What a draft is called and whom it goes to; `lines` begins its items."""

    title = text_field("清单名称", 80)
    recipients = forms.MultipleChoiceField(
        label="下达给", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请选清单下达给谁。"},
        help_text="可选多个。印发后各得一份，各自办、各自拆。",
    )  # fmt: skip
    all_branches = forms.BooleanField(required=False)
    post = forms.CharField(
        label="岗位", max_length=20, required=False, widget=forms.TextInput(attrs={"list": "posts"}),
        help_text="给岗位的清单才填，例如书记。整个组织的清单不填。",
    )  # fmt: skip
    document_number = text_field("文号", 40, required=False)

    def __init__(
        self, *args: Any, issuer: Unit, units: list[Unit], with_issuer: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in [*units, *([issuer] if with_issuer else [])]}
        self.branches = [unit.code for unit in units if unit.unit_type == "branch"]
        self.fields["all_branches"].label = f"全部支部（{len(self.branches)} 个）"
        if len(self.branches) < FEW:
            del self.fields["all_branches"]
        shorts = [str(unit) for unit in units]
        names = [(unit.code, unit.name if shorts.count(str(unit)) > 1 else str(unit)) for unit in units]
        own = [(issuer.code, f"{issuer}自己（本级制定）")] if with_issuer else []
        self.fields["recipients"].choices = [*names, *own]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """全部支部 stands for ticking every one of them."""
        data = super().clean() or {}
        if data.get("all_branches"):
            data["recipients"] = [*data.get("recipients", []), *self.branches]
            self.errors.pop("recipients", None)
        return data

    def chosen_units(self) -> list[Unit]:
        """The recipients chosen, in organisational order."""
        return [self.units[code] for code in self.units if code in self.cleaned_data["recipients"]]


class NewListForm(HeadForm):
    """A new draft with its first items."""

    lines = forms.CharField(
        label="事项", required=False, max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono"}),
        help_text="从 Word 或 Excel 整段粘贴：一行一项，依次是事项、依据、期限、责任人，用 Tab 隔开。也可以先不填，进去再逐项加。",
    )  # fmt: skip
    field_order = ["title", "recipients", "all_branches", "post", "document_number", "lines"]

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_lines(self) -> Any:
        """Read the lines; each that cannot be read is named."""
        pasted = read_text(self.cleaned_data["lines"], self.year)
        if pasted.faults:
            raise forms.ValidationError(pasted.faults)
        return pasted.lines


class LinesForm(forms.Form):
    """Many items pasted at once into a draft."""

    lines = forms.CharField(
        label="粘贴多行", max_length=60_000, widget=forms.Textarea(attrs={"rows": 6, "class": "mono"}),
        error_messages={"required": "请先粘贴内容。"},
        help_text="一行一项，依次是事项、依据、期限、责任人，用 Tab 隔开（从 Word 表格或 Excel 复制就是这样）。",
    )  # fmt: skip


class ItemForm(forms.Form):
    """One item: what, by when, what shows progress, the business it serves, milestones."""

    text = forms.CharField(
        label="事项", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明要做的事。"}, help_text="写要做成什么，不写“报送材料”“拍照留痕”。",
    )  # fmt: skip
    basis = text_field("依据", 120, required=False, help_text="文件名和条号，例如《支部工作条例》第十六条。")
    deadline = day_field("期限")
    lead = text_field("责任人", 40, required=False, help_text="写职务即可，例如组织委员。")
    shown_by = forms.ChoiceField(
        label="进展看什么", choices=ShownBy.choices, widget=forms.RadioSelect, initial=ShownBy.STATED,
        help_text="能由台账算出的就选台账，责任单位不用另报。",
    )  # fmt: skip
    requirement = forms.ChoiceField(label="哪条规定动作", required=False)
    indicator = forms.ChoiceField(label="哪个指标", required=False)
    needed = forms.IntegerField(
        label="应达到",
        required=False,
        min_value=1,
        max_value=10**9,
        error_messages={"invalid": "请只写数字。"},
    )
    covers = forms.ChoiceField(
        label="统计范围", choices=ItemVersion.Covers.choices, required=False, initial=ItemVersion.Covers.OWN
    )
    matter = forms.ChoiceField(label="哪件事项", required=False)
    plan_item = forms.ChoiceField(label="哪份计划的哪一项", required=False)
    business_goal = text_field("服务的业务目标", 200, required=False)
    business_matter = forms.ChoiceField(label="服务的业务事项", required=False)
    milestones = forms.CharField(
        label="节点", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="改革事项可分节点，一行一个：名称，日期。看事项状态的再加一列状态名，例如：出台办法，9月30日，已完成。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, year: int, issuer: Unit, units: list[Unit], matters: list[Matter],
        planned: list[PlanItem], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.year, self.matters = year, {str(each.pk): each for each in matters}
        self.planned = {str(each.pk): each for each in planned}
        plans: dict[str, list[tuple[str, str]]] = {}
        for each in planned:
            plans.setdefault(each.plan.title, []).append((str(each.pk), f"{each.number}. {each.text}"))
        self._choices("plan_item", list(plans.items()))
        catalogue, packs = current_catalogue(), packs_of(issuer)
        types = {unit.unit_type for unit in units}
        rules = [rule for rule in rules_for(issuer) if not types or types & set(rule.binds.unit_types)]
        self._choices("requirement", [(rule.code, rule.name) for rule in rules])
        groups: dict[str, list[tuple[str, str]]] = {}
        for kept in catalogue.indicators.values():
            barred = any(catalogue.account(code).no_assessment for code in kept.all_accounts())
            if (
                kept.aggregation != "ratio"
                and not barred
                and catalogue.home["indicators", kept.code] in packs
            ):
                groups.setdefault(kept.group, []).append((kept.code, f"{kept.name}（{kept.measure}）"))
        self._choices("indicator", list(groups.items()))
        named = [(str(each.pk), f"{each.title}（{each.kind_name}，{each.unit}）") for each in matters]
        self._choices("matter", named)
        self._choices("business_matter", named)

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        field.choices = [("", "不选"), *choices]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = f"{field.label}请从列表中选。"

    def clean_milestones(self) -> Any:
        """Read the milestones; each line that cannot be read is named."""
        found, faults = read_milestones(self.cleaned_data["milestones"], self.year)
        if faults:
            raise forms.ValidationError(faults)
        return found

    def wording(self) -> Wording:
        """What was entered."""
        data = self.cleaned_data
        matter = self.matters.get(data["matter"])
        return Wording(
            text=data["text"], deadline=data["deadline"], basis=data["basis"], lead=data["lead"],
            shown_by=data["shown_by"], requirement=data["requirement"], indicator=data["indicator"],
            needed=data["needed"] or 0, covers=data["covers"] or ItemVersion.Covers.OWN, matter=matter,
            plan_item=self.planned.get(data["plan_item"]),
            business_goal=data["business_goal"], business_matter=self.matters.get(data["business_matter"]),
            milestones=tuple(Milestone(name, due, _state(word, matter)) for name, due, word in data["milestones"]),
        )  # fmt: skip


def _state(word: str, matter: Matter | None) -> str:
    """The code of a state by its name; the word itself when there is none, so that checking can name it."""
    kind = current_catalogue().matter_kinds.get(matter.kind) if matter else None
    return (
        next((state.code for state in kind.states if word in {state.name, state.code}), word)
        if kind
        else word
    )


def initial_of(version: ItemVersion) -> dict[str, object]:
    """The form's values for a wording that is kept already."""
    kind = current_catalogue().matter_kinds.get(version.matter.kind) if version.matter else None
    names = {state.code: state.name for state in kind.states} if kind else {}
    lines = [
        "，".join(
            part for part in (each["name"], each["due"], names.get(each["state"], each["state"])) if part
        )
        for each in version.milestones
    ]
    plain = {name: getattr(version, name) for name in (
        "text", "basis", "deadline", "lead", "shown_by", "requirement", "indicator", "covers", "business_goal")}  # fmt: skip
    return plain | {
        "needed": version.needed or None,
        "matter": version.matter_id or "",
        "plan_item": version.plan_item_id or "",
        "business_matter": version.business_matter_id or "",
        "milestones": "\n".join(lines),
    }


class StatementForm(forms.Form):
    """What the responsible say."""

    text = forms.CharField(
        label="进展", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写进展，一两句话即可。"},
    )  # fmt: skip
    milestone = forms.ChoiceField(label="说的是哪个节点", required=False)
    voucher = forms.CharField(
        label="凭证号", required=False, max_length=20, help_text="有凭证就写，例如 2024-0123；没有不用补。"
    )
    is_done = forms.BooleanField(label="已完成", required=False)

    def __init__(self, *args: Any, milestones: list[str], may_finish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if milestones:
            self.fields["milestone"].choices = [("", "整个事项"), *((name, name) for name in milestones)]  # type: ignore[attr-defined]
        else:
            del self.fields["milestone"]
        if not may_finish:
            del self.fields["is_done"]


class IssueForm(forms.Form):
    """The day of issue."""

    on = day_field("印发日期")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
