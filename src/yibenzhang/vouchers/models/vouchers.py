"""A voucher, what it says and what happened to it."""

from django.conf import settings
from django.db import models

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Lineage, Person, Unit


class CatalogueVersion(models.Model):
    """The pack files as they were when a voucher was written, so that its postings can be computed again."""

    version = models.CharField(primary_key=True, max_length=16)
    texts = models.JSONField()
    adopted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.version


class Voucher(models.Model):
    """One piece of work, recorded once (凭证).

    `values` holds the answers to the kind's own fields by code. `lineage` is the unit's line of superiors on the event
    date. After posting nothing here changes but `state`, which becomes `reversed`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "待审"
        RETURNED = "returned", "已退回"
        POSTED = "posted", "已入账"
        REVERSED = "reversed", "已冲销"

    kind = models.CharField("种类", max_length=60)
    catalogue_version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="vouchers", verbose_name="单位")
    lineage = models.ForeignKey(Lineage, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=120)
    search_key = models.CharField(max_length=1000, editable=False)
    event_date = models.DateField("日期")
    end_date = models.DateField("结束日期", null=True, blank=True)
    values = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    recorded_on = models.DateField("记账日期")
    preparer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="更正",
    )
    source = models.CharField("来源", max_length=120, blank=True)

    class Meta:
        indexes = [
            # Holds all that counting by kind, unit and month asks for, so that no row is read.
            models.Index(fields=["state", "lineage", "event_date", "kind", "unit"], name="voucher_counts"),
            models.Index(fields=["lineage", "event_date"], name="voucher_lineage_date"),
            models.Index(fields=["unit", "kind", "event_date"], name="voucher_unit_kind_date"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """Number for people: year of recording and running number, `2024-1278`."""
        return f"{self.recorded_on.year}-{self.pk:04d}"

    @property
    def kind_name(self) -> str:
        """Chinese name of the kind; the code itself when a pack has since dropped it."""
        kind = current_catalogue().kinds.get(self.kind)
        return kind.name if kind else self.kind

    @property
    def is_late(self) -> bool:
        """Recorded in a later month than it happened: marked 补记."""
        last = self.end_date or self.event_date
        return (self.recorded_on.year, self.recorded_on.month) > (last.year, last.month)

    @property
    def is_open(self) -> bool:
        """May still be edited by its preparer."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}


class VoucherUnit(models.Model):
    """A further unit that took part in a joint event (联合开展)."""

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="participants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    lineage = models.ForeignKey(Lineage, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voucher", "unit"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.unit}"


class VoucherPerson(models.Model):
    """A person in a field of the voucher; for attendance also how they took part."""

    class Attendance(models.TextChoices):
        PRESENT = "present", "实到"
        EXCUSED = "excused", "请假"
        ABSENT = "absent", "缺席"
        OBSERVER = "observer", "列席"

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="people")
    field = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    attendance = models.CharField(max_length=8, choices=Attendance.choices, default=Attendance.PRESENT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voucher", "field", "person"], name="person_once_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.person}{self.get_attendance_display()}"


class VoucherProgramme(models.Model):
    """A programme the voucher belongs to. Stored once; figures filter by it, postings are never copied."""

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="programmes")
    programme = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "voucher"], name="programme_once")]

    def __str__(self) -> str:
        return self.programme


class Attachment(models.Model):
    """An evidence file, kept outside the web root under its digest. Never compulsory (AF-04)."""

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content_type = models.CharField(max_length=100)
    likeness = models.CharField(max_length=64, blank=True, default="")  # of a picture: `vouchers.pictures`
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class TrailEntry(models.Model):
    """A step of the voucher's way: who did what when, with the reason in full."""

    class Step(models.TextChoices):
        DRAFTED = "drafted", "起草"
        SUBMITTED = "submitted", "提交审核"
        RETURNED = "returned", "退回补正"
        POSTED = "posted", "审核入账"
        REVERSED = "reversed", "红字冲销"
        WITHDRAWN = "withdrawn", "撤回"
        EXPLAINED = "explained", "说明"
        EDITED = "edited", "改写"

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="trail")
    step = models.CharField(max_length=10, choices=Step.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_step_display()}"
