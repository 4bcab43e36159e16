"""Forms of the tier above, what was decided for each cell, what is remembered, and the frozen editions."""

import base64

from django.conf import settings
from django.db import models

from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.superior_forms.fields import Field, field_of
from yibenzhang.vouchers.models import CatalogueVersion


class FormSeries(models.Model):
    """A form that comes again every year (年年来的一张表), with what was learnt about its cells."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="form_series")
    title = models.CharField("表名", max_length=120)
    superior = models.CharField("报给", max_length=80)

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """What a cell is filled with: an indicator, a hand-entered value, nothing, or the unit's name and the day.

    `rule` says which period (superior_forms.wording), `target` the code of another unit than the form's own.
    """

    class Kind(models.TextChoices):
        OPEN = "", "待定"
        FIGURE = "figure", "取台账的数"
        DECLARED = "declared", "人工核定"
        LEFT = "left", "不填"
        NOBODY = "nobody", "没人记"
        FOOTER = "footer", "单位和日期"

    kind = models.CharField("怎么填", max_length=10, choices=Kind.choices, default=Kind.OPEN, blank=True)
    indicator = models.CharField("指标", max_length=80, blank=True)
    programme = models.CharField("专题", max_length=60, blank=True)
    rule = models.CharField("期间", max_length=12, blank=True)
    target = models.CharField("单位", max_length=60, blank=True)

    class Meta:
        abstract = True


class FormMapping(Decision):
    """What a cell of a series is filled with, by its labels; found again next year wherever the cell stands.

    `pattern` is the key without the name of a subordinate unit, so that a new row of the same column is understood.
    """

    series = models.ForeignKey(FormSeries, on_delete=models.CASCADE, related_name="mappings")
    key = models.CharField(max_length=240)
    pattern = models.CharField(max_length=240, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "key"], name="one_mapping_a_cell")]

    def __str__(self) -> str:
        return f"{self.key}：{self.indicator or self.get_kind_display()}"


class SuperiorForm(models.Model):
    """One year's form as it arrived (上级报表). `content` is the file in base64: a backup is text."""

    class State(models.TextChoices):
        OPEN = "open", "填报中"
        ISSUED = "issued", "已定稿"

    series = models.ForeignKey(FormSeries, on_delete=models.PROTECT, related_name="forms")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="superior_forms", verbose_name="单位"
    )
    period = models.CharField("期间", max_length=24)
    title = models.CharField("表名", max_length=120)
    superior = models.CharField("报给", max_length=80)
    file_name = models.CharField("文件", max_length=200)
    file_kind = models.CharField(max_length=4)
    content = models.TextField()
    digest = models.CharField("摘要值", max_length=64)
    dashes = models.BooleanField("不适用的格子填“—”", default=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-period", "unit__position", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        """The period the form is about."""
        return parse_period(self.period)

    @property
    def data(self) -> bytes:
        """The file as it arrived."""
        return base64.b64decode(self.content)

    @property
    def is_open(self) -> bool:
        """May still be filled."""
        return self.state == self.State.OPEN


class FormCell(Decision):
    """A blank of a form with what was decided for it. `revision` counts decisions, so that two people do not overwrite."""

    form = models.ForeignKey(SuperiorForm, on_delete=models.CASCADE, related_name="cells")
    number = models.PositiveIntegerField("序号")
    key = models.CharField(max_length=240)
    pattern = models.CharField(max_length=240, blank=True)
    asked = models.JSONField()
    unit_asked = models.CharField(max_length=60, blank=True)
    text = models.CharField("填写", max_length=200, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    source = models.CharField("出处", max_length=200, blank=True)
    hint = models.CharField("提示", max_length=200, blank=True)
    proposals = models.JSONField(default=list)
    origin = models.CharField(max_length=12, blank=True)
    revision = models.PositiveIntegerField(default=1)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="cell_once_a_number")]

    def __str__(self) -> str:
        return self.field.label

    @property
    def field(self) -> Field:
        """What the form asks here."""
        return field_of(self.asked)


class FormEdition(models.Model):
    """A form as it was sent: the file, the position of the ledger, a digest. Never changed."""

    form = models.ForeignKey(SuperiorForm, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField("版次")
    position = models.BigIntegerField("账面位置")
    day = models.DateField("填报日期")
    catalogue_version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()
    digest = models.CharField("摘要值", max_length=64)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="edition_once_a_number")]

    def __str__(self) -> str:
        return f"{self.form}（第{self.number}版）"

    @property
    def data(self) -> bytes:
        """The filled file."""
        return base64.b64decode(self.content)


class EditionCell(Decision):
    """A cell of an edition: what was asked, what was written, and on how many vouchers it rests."""

    edition = models.ForeignKey(FormEdition, on_delete=models.PROTECT, related_name="cells")
    number = models.PositiveIntegerField("序号")
    label = models.TextField()
    state = models.CharField(max_length=16)
    value = models.CharField("数值", max_length=80, blank=True)
    shown = models.CharField("填写", max_length=200, blank=True)
    vouchers = models.PositiveIntegerField("凭证笔数", default=0)
    reason = models.CharField("理由", max_length=200, blank=True)
    source = models.CharField("出处", max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="edition_cell_once_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.shown}"
