"""Drafts, issued versions and the figures in them. Issued rows are append-only (triggers in migration 0002)."""

from django.conf import settings
from django.db import models

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.vouchers.models import CatalogueVersion


class Report(models.Model):
    """A report being written or issued (报告). `text` is the draft; `seen` the values its writer last saw.

    `revision` counts saves: who saves on an older one is shown both texts instead of overwriting.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEW = "review", "送审"
        ISSUED = "issued", "已定稿"

    structure = models.CharField("报告结构", max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports", verbose_name="单位")
    period = models.CharField("期间", max_length=24)
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文", blank=True)
    seen = models.JSONField(default=dict)
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
    source = models.CharField("来源", max_length=60, blank=True)
    editor = models.CharField("责任编辑", max_length=30, blank=True)
    contributor = models.CharField("供稿", max_length=60, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="送审人",
    )

    class Meta:
        ordering = ["-saved_at", "-id"]
        indexes = [models.Index(fields=["structure", "unit", "period"], name="report_structure_unit")]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        """The period reported on."""
        return parse_period(self.period)

    @property
    def structure_name(self) -> str:
        """Chinese name of the structure; the code itself when a pack has since dropped it."""
        found = current_catalogue().report_structures.get(self.structure)
        return found.name if found else self.structure

    @property
    def is_open(self) -> bool:
        """May still be edited."""
        return self.state != self.State.ISSUED


class IssuedReport(models.Model):
    """A version as issued: text, figures, position of the ledger and a digest over all of it. Never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文")
    position = models.BigIntegerField("账面位置")
    day = models.DateField("成文日期")
    catalogue_version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("来源", max_length=60, blank=True)
    editor = models.CharField("责任编辑", max_length=30, blank=True)
    contributor = models.CharField("供稿", max_length=60, blank=True)
    digest = models.CharField("摘要值", max_length=64)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="issued_once_a_number")]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"


class IssuedFigure(models.Model):
    """A number of an issued version. `indicator` is empty for one a person vouched for (人工核定)."""

    issued = models.ForeignKey(IssuedReport, on_delete=models.PROTECT, related_name="figures")
    number = models.PositiveIntegerField("序号")
    token = models.TextField()
    indicator = models.CharField("指标", max_length=80, blank=True, db_index=True)
    name = models.CharField("指标名称", max_length=80, blank=True)
    shown = models.CharField("文中", max_length=80)
    value = models.CharField("数值", max_length=80, blank=True)
    position = models.BigIntegerField("账面位置")
    vouchers = models.PositiveIntegerField("凭证笔数", default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["issued", "number"], name="figure_once_a_number")]

    def __str__(self) -> str:
        return f"{self.name}{self.shown}"


class IssuedBlock(models.Model):
    """A chart or a photograph of an issued version, with all it shows: nothing is drawn from the ledger or evidence again.

    `content` holds a chart's title, note and points, or a photograph's caption, voucher, and the digests of the evidence
    and of `image`, the small JPEG kept here.
    """

    issued = models.ForeignKey(IssuedReport, on_delete=models.PROTECT, related_name="blocks")
    number = models.PositiveIntegerField("序号")
    token = models.TextField()
    indicator = models.CharField("指标", max_length=80, blank=True, db_index=True)
    content = models.JSONField()
    position = models.BigIntegerField("账面位置")
    image = models.BinaryField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["issued", "number"], name="block_once_a_number")]

    def __str__(self) -> str:
        return self.shown

    @property
    def name(self) -> str:
        """图 or 照片."""
        return "图" if self.indicator else "照片"

    @property
    def shown(self) -> str:
        """The words under it."""
        return str(self.content.get("title") or self.content.get("caption"))


class ReceivedPage(models.Model):
    """A published page of another unit, received here (收到的发布页): who says what, as of when, under which digest.

    Its figures stand beside our own and may be quoted with their source. They never enter the ledger.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="received_pages", verbose_name="收到单位"
    )
    title = models.CharField("标题", max_length=120)
    origin = models.CharField("发布单位", max_length=120)
    origin_code = models.CharField("发布单位代码", max_length=60)
    period = models.CharField("期间", max_length=24)
    published_on = models.DateField("发布日期")
    version = models.PositiveSmallIntegerField("版次")
    position = models.BigIntegerField("账面位置")
    digest = models.CharField("摘要值", max_length=64)
    file_name = models.CharField("文件名", max_length=200)
    file_digest = models.CharField("文件摘要值", max_length=64)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="收件人"
    )
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "digest"], name="page_received_once_a_unit"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        """The period reported on."""
        return parse_period(self.period)

    @property
    def citation(self) -> str:
        """How a figure taken from here names its source."""
        return (
            f"据{self.origin}《{self.title}》（{self.published_on:%Y-%m-%d}发布，摘要值{self.digest[:12]}）"
        )


class ReceivedFigure(models.Model):
    """A figure as the page states it (收到的数字), in the terms of whoever published it."""

    page = models.ForeignKey(ReceivedPage, on_delete=models.CASCADE, related_name="figures")
    number = models.PositiveIntegerField("序号")
    indicator = models.CharField("指标", max_length=80, db_index=True)
    name = models.CharField("指标名称", max_length=80)
    definition = models.TextField("口径", blank=True)
    unit_code = models.CharField("单位代码", max_length=60)
    unit_name = models.CharField("单位", max_length=120)
    period = models.CharField("期间", max_length=24)
    programme = models.CharField("专题", max_length=60, blank=True)
    programme_name = models.CharField("专题名称", max_length=80, blank=True)
    scope = models.CharField("范围", max_length=8)
    least_month = models.BooleanField("每月至少", default=False)
    value = models.CharField("数值", max_length=80)
    measure = models.CharField("计量单位", max_length=20)
    shown = models.CharField("文中", max_length=80)
    vouchers = models.PositiveIntegerField("凭证笔数")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="received_once_a_number")]

    def __str__(self) -> str:
        return f"{self.name}{self.shown}"
