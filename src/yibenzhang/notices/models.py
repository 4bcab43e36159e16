"""Notices (通知) and who they go to. A receipt is a fact of the recipient's row; nothing else is asked for."""

from django.conf import settings
from django.db import models

from yibenzhang.organisation.models import Unit


class Notice(models.Model):
    """A notice from a body to units below or guided. `act_by` is a day by which something happens, never a reply.

    `kept_reason` says why a figure the ledger knows is asked for all the same (AF-06); `about` is a page of this book.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEW = "review", "待签发"
        ISSUED = "issued", "已发出"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notices", verbose_name="发出单位")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("正文")
    document_number = models.CharField("文号", max_length=40, blank=True)
    purpose = models.CharField("做什么用", max_length=120)
    act_by = models.DateField("办理日期", null=True, blank=True)
    kept_reason = models.CharField("仍要报送的理由", max_length=200, blank=True)
    about = models.CharField("相关页面", max_length=200, blank=True)
    search_key = models.TextField(editable=False)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_on = models.DateField("发出日期", null=True, blank=True)

    class Meta:
        ordering = [models.F("issued_on").desc(nulls_last=True), "-id"]
        indexes = [models.Index(fields=["state", "issued_on"], name="notice_state_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """May still be edited."""
        return self.state != self.State.ISSUED


class Recipient(models.Model):
    """A unit a notice goes to, with its receipt (收到) once somebody there has tapped it."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="recipients")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="received_notices", verbose_name="收件单位"
    )
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_on = models.DateField("收到日期", null=True, blank=True)
    received_at = models.DateTimeField("收到时间", null=True, blank=True)

    class Meta:
        ordering = ["unit__position", "unit_id"]
        constraints = [models.UniqueConstraint(fields=["notice", "unit"], name="notice_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.notice} → {self.unit}"


class NoticeFile(models.Model):
    """A file of a notice (附件), kept outside the web root under the digest of its bytes."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["notice", "sha256"], name="notice_file_once")]

    def __str__(self) -> str:
        return self.name
