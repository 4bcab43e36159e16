"""Plans, what they hold, how they were amended, and which vouchers fulfil them."""

from datetime import date

from django.conf import settings
from django.db import models

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Person, Unit
from yibenzhang.vouchers.models import Voucher


class Plan(models.Model):
    """A unit's plan for a year (工作计划): key points, centre-group study or training.

    `revision` counts saves of a draft and amendments of an issued plan: who saves on an older one overwrites nothing.
    """

    class Sort(models.TextChoices):
        KEY_POINTS = "key_points", "工作要点"
        CENTRE_GROUP = "centre_group", "中心组学习计划"
        TRAINING = "training", "培训计划"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ISSUED = "issued", "已印发"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    sort = models.CharField("种类", max_length=16, choices=Sort.choices)
    title = models.CharField("名称", max_length=120)
    document_number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="沿用",
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-year", "unit__position", "unit_id", "sort", "id"]
        indexes = [models.Index(fields=["year", "sort", "unit"], name="plan_year_sort_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """May still be edited as a whole; afterwards items are amended one by one."""
        return self.state == self.State.DRAFT


class PlanItem(models.Model):
    """One thing intended (计划事项、任务), as it stands now; what it was before is kept in its amendments.

    `month` or `deadline` says when. `kind` is the kind of voucher that fulfils it, empty for any. `values` holds what
    only one sort asks: how many times, materials of a study, audience, expected persons, days, host and place of a class.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("内容", max_length=200)
    month = models.PositiveSmallIntegerField("月份", null=True, blank=True)
    deadline = models.DateField("完成时限", null=True, blank=True)
    kind = models.CharField("凭证种类", max_length=60, blank=True)
    lead = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="led_plan_items", verbose_name="牵头单位"
    )
    people = models.ManyToManyField(Person, related_name="+", blank=True, verbose_name="人员")
    programmes = models.JSONField("专题", default=list)
    values = models.JSONField(default=dict)
    origin = models.CharField("来源", max_length=120, blank=True)
    is_cancelled = models.BooleanField("已取消", default=False)

    class Meta:
        ordering = ["plan_id", "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_item_number_once")]
        indexes = [models.Index(fields=["lead", "plan"], name="plan_item_lead")]

    def __str__(self) -> str:
        return self.text

    @property
    def due_label(self) -> str:
        """When it is meant to be done, for people: 3月 or 10月31日前."""
        if self.deadline:
            year = "" if self.deadline.year == self.plan.year else f"{self.deadline.year}年"
            return f"{year}{self.deadline.month}月{self.deadline.day}日前"
        return f"{self.month}月" if self.month else ""

    @property
    def starts_on(self) -> date:
        """First day of the month it is planned for: before it nothing is expected."""
        if self.month:
            return date(self.plan.year, self.month, 1)
        return self.deadline.replace(day=1) if self.deadline else date(self.plan.year, 1, 1)

    @property
    def kind_name(self) -> str:
        """Chinese name of the kind of voucher; empty when any fulfils it."""
        kind = current_catalogue().kinds.get(self.kind)
        return kind.name if kind else self.kind

    @property
    def times(self) -> int:
        """How many of the lead's vouchers fulfil it."""
        return int(self.values.get("times", 1))

    @property
    def origin_label(self) -> str:
        """Where the task comes from: its own document, else the plan's number and title."""
        return self.origin or f"{self.plan.document_number}《{self.plan.title}》"


class PlanItemUnit(models.Model):
    """A supporting unit (配合单位): its vouchers count as contributions, the lead's voucher fulfils the task."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="supporting")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="supported_plan_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="plan_item_unit_once")]

    def __str__(self) -> str:
        return f"{self.unit}"


class PlanMilestone(models.Model):
    """A step on the way (节点), done when somebody writes so with a day."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="milestones")
    due = models.DateField("时限")
    text = models.CharField("节点", max_length=100)
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return f"{self.due} {self.text}"


class PlanProgress(models.Model):
    """How far a task has come, in the words of a unit that leads or supports it (进展)."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="progress")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField("日期")
    text = models.CharField("进展", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class PlanAmendment(models.Model):
    """A change of an issued plan (调整): what the item said before and after, on which day and why. Never changed."""

    class Act(models.TextChoices):
        CHANGED = "changed", "调整"
        CANCELLED = "cancelled", "取消"
        ADDED = "added", "增加"

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="amendments")
    act = models.CharField("做法", max_length=10, choices=Act.choices)
    day = models.DateField("日期")
    reason = models.CharField("理由", max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_act_display()}：{self.reason}"


class PlanFulfilment(models.Model):
    """A voucher recorded for an item (计划↔凭证). Whether it fulfils it follows from the voucher's state and unit."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="fulfilments")
    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="plan_fulfilments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "voucher"], name="plan_fulfilment_once")]

    def __str__(self) -> str:
        return f"{self.item} ← {self.voucher}"
