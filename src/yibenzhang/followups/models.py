"""Follow-ups, what happened to them (append-only), the interval of reminders, and where digests go."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from yibenzhang.organisation.models import Book, Person, Unit
from yibenzhang.vouchers.models import Voucher

DUTY = "duty"
BY_HAND = "by_hand"
OPEN_STATES = ("open", "answered")


class FollowUp(models.Model):
    """A matter that a superior asks a unit to settle (督办), by a day, of a named person.

    `origin_kind` and `origin_ref` say what it is about without naming packages above: a duty as `ZB-06/2023-11`, or an item
    of another kind by its own key. Without a ref it stands by itself. `is_advice`: the rule says 一般, so screens say 提醒.
    """

    class State(models.TextChoices):
        OPEN = "open", "待办"
        ANSWERED = "answered", "已回复"
        CLOSED = "closed", "已办结"
        WITHDRAWN = "withdrawn", "已撤回"

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="follow_ups", verbose_name="承办单位"
    )
    recipient = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="承办人")
    origin_kind = models.CharField("来自", max_length=30, default=BY_HAND)
    origin_ref = models.CharField(max_length=120, blank=True)
    title = models.CharField("事项", max_length=120)
    asked = models.TextField("要办什么", max_length=500)
    is_advice = models.BooleanField("只作提醒", default=False)
    deadline = models.DateField("办结期限")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    opener_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="督办单位")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("发起日期")

    class Meta:
        ordering = ["deadline", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "origin_kind", "origin_ref"],
                condition=Q(state__in=OPEN_STATES) & ~Q(origin_ref=""),
                name="one_open_follow_up_a_gap",
            )
        ]
        indexes = [models.Index(fields=["unit", "state"], name="follow_up_unit_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Not yet closed or withdrawn."""
        return self.state in OPEN_STATES

    @property
    def word(self) -> str:
        """What it is called: 提醒 where the rule says 一般, 督办 otherwise."""
        return "提醒" if self.is_advice else "督办"


class FollowUpEvent(models.Model):
    """A step in a follow-up's history. Triggers refuse UPDATE and DELETE (migration 0002).

    `day` is the day of the book, `at` the moment; `voucher` the one that closed it or that an answer points to.
    """

    class Step(models.TextChoices):
        OPENED = "opened", "发起"
        REMINDED = "reminded", "催办"
        ANSWERED = "answered", "回复"
        CLOSED = "closed", "办结"
        WITHDRAWN = "withdrawn", "撤回"

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=10, choices=Step.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField("日期")
    at = models.DateTimeField()
    text = models.TextField("说明", blank=True)
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.day} {self.get_step_display()}"


class ReminderInterval(models.Model):
    """How many working days lie between two reminders about one matter, for each book; five where none is set."""

    USUAL, SHORTEST, LONGEST = 5, 3, 30
    book = models.OneToOneField(Book, on_delete=models.PROTECT, related_name="reminder_interval")
    workdays = models.PositiveSmallIntegerField(
        "催办间隔", default=USUAL, validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)]
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.book}：{self.workdays}个工作日"


class Contact(models.Model):
    """Where a user wants the digest sent, by the user's own choice; kept apart from the account (最小必要)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField("邮箱", max_length=120)
    wants_digest = models.BooleanField("要邮件摘要", default=False)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.user.get_username()


class Digest(models.Model):
    """A digest sent to a user on a day, and the follow-ups it listed. At most one a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField("日期")
    at = models.DateTimeField()
    follow_ups = models.ManyToManyField(FollowUp, related_name="digests")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.user_id}"
