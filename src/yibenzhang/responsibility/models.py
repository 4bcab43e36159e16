"""Lists, their items as worded from day to day, what the responsible say, and what the half-year review found."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from yibenzhang.organisation.models import Person, Unit
from yibenzhang.plans.models import PlanItem
from yibenzhang.vouchers.models import Matter, Voucher


class ResponsibilityList(models.Model):
    """What a tier body, or a post in it, answers for in a year (责任清单).

    A draft goes to its recipients and has no `unit` yet; issuing makes one list of it for each of them. `revision` counts
    changes of a draft and of an issued list: who acts on an older one overwrites nothing.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        ISSUED = "issued", "已印发"
        REVIEWED = "reviewed", "已半年检查"

    issued_by = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="issued_lists", verbose_name="印发单位"
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="responsibility_lists",
        verbose_name="责任单位",
    )
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=80)
    document_number = models.CharField("文号", max_length=40, blank=True)
    post = models.CharField("岗位", max_length=20, blank=True)
    holder = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="任职人"
    )
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    issued_on = models.DateField("印发日期", null=True)
    issued_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="issued_together"
    )
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-year", "issued_by__position", "unit__position", "post", "id"]
        indexes = [models.Index(fields=["year", "unit"], name="responsibility_year_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", unit=None) | (~Q(state="draft") & Q(unit__isnull=False)),
                name="issued_list_has_a_unit",
            ),
            models.UniqueConstraint(
                fields=["issued_by", "unit", "year", "title", "post"],
                condition=~Q(state="draft"),
                name="list_issued_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """May still be edited; afterwards items are amended one by one."""
        return self.state == self.State.DRAFT

    @property
    def answers(self) -> str:
        """Who answers, in words: the unit, and the post in it where the list is a post's."""
        if self.unit is None:
            return self.post
        return f"{self.unit}{self.post}" + (f"（{self.holder}）" if self.holder else "")


class Recipient(models.Model):
    """A unit that a draft will go to."""

    list = models.ForeignKey(ResponsibilityList, on_delete=models.CASCADE, related_name="recipients")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["unit__position", "unit_id"]
        constraints = [models.UniqueConstraint(fields=["list", "unit"], name="recipient_once")]

    def __str__(self) -> str:
        return str(self.unit)


class ResponsibilityItem(models.Model):
    """An item of a list (事项). What it says stands in its versions; `origin` is the superior's item it was split from."""

    list = models.ForeignKey(ResponsibilityList, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField("序号")
    origin = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="split_into", verbose_name="来源事项"
    )
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number", "id"]

    def __str__(self) -> str:
        return f"{self.list} 第{self.number}项"

    @property
    def current(self) -> "ItemVersion":
        """The wording in force now."""
        return list(self.versions.all())[-1]

    def version_on(self, day: date) -> "ItemVersion":
        """The wording in force on a day; the first one for days before it."""
        versions = list(self.versions.all())
        return next((each for each in reversed(versions) if each.valid_from <= day), versions[0])


class ItemVersion(models.Model):
    """What an item says from a day on. Never changed once issued: an amendment is a further version with its reason.

    `shown_by` says what shows progress: a duty of the rules, an indicator that must reach `needed`, the life of a matter,
    an item of an issued plan, or the word of the responsible. `milestones` is a list of {"name", "due", "state"}: `due` as ISO date, `state` a state
    of the matter that reaches it, empty when it is stated.
    """

    class ShownBy(models.TextChoices):
        STATED = "stated", "由责任单位自述"
        REQUIREMENT = "requirement", "看规定动作"
        INDICATOR = "indicator", "看指标"
        MATTER = "matter", "看事项的状态"
        PLAN = "plan", "看工作计划"

    class Covers(models.TextChoices):
        OWN = "own", "本级自己做的"
        ALL = "all", "本级和所属各级做的"

    item = models.ForeignKey(ResponsibilityItem, on_delete=models.CASCADE, related_name="versions")
    valid_from = models.DateField("自")
    text = models.CharField("事项", max_length=300)
    basis = models.CharField("依据", max_length=120, blank=True)
    deadline = models.DateField("期限")
    lead = models.CharField("责任人", max_length=40, blank=True)
    shown_by = models.CharField("进展看什么", max_length=12, choices=ShownBy.choices, default=ShownBy.STATED)
    requirement = models.CharField("规定动作", max_length=8, blank=True)
    indicator = models.CharField("指标", max_length=80, blank=True)
    needed = models.PositiveIntegerField("应达到", default=0)
    covers = models.CharField("统计范围", max_length=4, choices=Covers.choices, default=Covers.OWN)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="+")
    plan_item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, null=True, related_name="+")
    business_goal = models.CharField("服务的业务目标", max_length=200, blank=True)
    business_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="+")
    milestones = models.JSONField(default=list)
    is_dropped = models.BooleanField("不再要求", default=False)
    reason = models.CharField("变更理由", max_length=200, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class Statement(models.Model):
    """What the responsible say of an item or of one of its milestones (自述), with a voucher if they like."""

    item = models.ForeignKey(ResponsibilityItem, on_delete=models.PROTECT, related_name="statements")
    milestone = models.CharField("节点", max_length=60, blank=True)
    on = models.DateField("日期")
    text = models.CharField("进展", max_length=500)
    is_done = models.BooleanField("已完成", default=False)
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.on} {self.text[:20]}"


class Review(models.Model):
    """What the superior noted of an item at the half-year review (半年检查), and the state seen then. Once an item."""

    item = models.OneToOneField(ResponsibilityItem, on_delete=models.PROTECT, related_name="review")
    on = models.DateField("检查日期")
    seen = models.CharField("当时状态", max_length=20)
    note = models.CharField("检查意见", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.on} {self.seen}"
