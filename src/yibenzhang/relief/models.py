"""The suggestion box, which keeps nothing about who writes, and the one assumption of the relief account."""

from django.conf import settings
from django.db import models

from yibenzhang.organisation.models import Book, Unit


class Suggestion(models.Model):
    """A suggestion or complaint (意见) to a bureau. Whoever wrote it is not kept, nor any moment finer than the day.

    `code` is given to the writer alone and finds the case again; `unit` is what the writer chose to name. Who handles it
    is named, for that is an office.
    """

    class Category(models.TextChoices):
        REPEATED = "repeated", "重复填报"
        DEFINITION = "definition", "指标口径"
        SYSTEM = "system", "系统使用"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        RECEIVED = "received", "已收到"
        HANDLING = "handling", "办理中"
        ANSWERED = "answered", "已答复"

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="suggestions", verbose_name="账套")
    code = models.CharField("查询码", max_length=12, unique=True)
    category = models.CharField("类别", max_length=12, choices=Category.choices)
    text = models.TextField("内容")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及单位"
    )
    day = models.DateField("日期")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.RECEIVED)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["book", "state"], name="suggestion_book_state")]

    def __str__(self) -> str:
        return f"{self.get_category_display()}（{self.day}）"


class Assumption(models.Model):
    """How many minutes one entry is taken to cost in a bureau (每笔估算分钟), set by its administrator; none by default."""

    book = models.OneToOneField(Book, on_delete=models.CASCADE, related_name="relief_assumption")
    minutes = models.PositiveSmallIntegerField("每笔分钟", null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField("设定日期")

    def __str__(self) -> str:
        return f"{self.book}：{self.minutes}"
