"""Checked articles (核过的稿件): the text as read, each check with the position it was made at, rulings, learnt aliases."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Book, Unit


class CheckedArticle(models.Model):
    """A text as it was read, for a unit and a period. `reading` is what `reading.Reading.as_prediction` gives.

    `original` keeps the bytes of a Word document only, so that comments can be written into the user's own file.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="单位")
    period_code = models.CharField("期间", max_length=40)
    title = models.CharField("标题", max_length=200)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    reading = models.JSONField()
    notes = models.JSONField(default=list)
    original = models.BinaryField(null=True)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        """The period the figures are checked for."""
        return parse_period(self.period_code)


class Check(models.Model):
    """One run over an article at a position of the ledger. `results` has an item for each claim, in text order.

    Fewer results than claims means that the run is still under way; it goes on where it stopped.
    """

    article = models.ForeignKey(CheckedArticle, on_delete=models.CASCADE, related_name="checks")
    position = models.BigIntegerField("账面位置")
    results = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.article}（第{self.position}笔）"


class Ruling(models.Model):
    """What a person decided on one figure (人工判定). The newest of a claim rules; earlier ones stay."""

    class Act(models.TextChoices):
        CONFIRM = "confirm", "确认"
        REMATCH = "rematch", "改配"
        DISMISS = "dismiss", "不核"

    article = models.ForeignKey(CheckedArticle, on_delete=models.CASCADE, related_name="rulings")
    claim = models.CharField(max_length=20)
    act = models.CharField(max_length=8, choices=Act.choices)
    indicator = models.CharField("指标", max_length=80, blank=True)
    programme = models.CharField("专题", max_length=60, blank=True)
    note = models.CharField("说明", max_length=400, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.claim} {self.get_act_display()}"


class AliasProposal(models.Model):
    """A wording that somebody confirmed to mean an indicator (别名). Accepted ones are merged over the catalogue's."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待定"
        ACCEPTED = "accepted", "采用"
        REJECTED = "rejected", "不采用"

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="alias_proposals")
    indicator = models.CharField("指标", max_length=80)
    alias = models.CharField("别名", max_length=60)
    article = models.ForeignKey(CheckedArticle, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["book", "indicator", "alias"], name="alias_proposed_once")
        ]

    def __str__(self) -> str:
        return f"{self.alias} → {self.indicator}"
