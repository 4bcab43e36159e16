"""What is written down about duties: exemptions, which rules a book switched on or off, and keys to calendars."""

from django.conf import settings
from django.db import models

from yibenzhang.organisation.models import Book, Unit
from yibenzhang.organisation.models.dated import Dated


class Exemption(Dated):
    """A unit is excused from one requirement, from–to, by a named person with a reason (免除).

    `requirement` is a code of the catalogue. A duty is excused when the exemption holds on the last day of its window.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="exemptions")
    requirement = models.CharField("规定动作", max_length=8)
    reason = models.CharField("理由", max_length=200)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "requirement", "valid_from"], name="one_exemption_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.requirement}"


class RequirementChoice(Dated):
    """A book switches a rule on or off, from–to, by a named person with a reason (启用、停用).

    Outside all choices the pack's own word holds. A window is judged by what holds on its last day.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="requirement_choices")
    requirement = models.CharField("规定动作", max_length=8)
    is_on = models.BooleanField("启用")
    reason = models.CharField("理由", max_length=200)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "requirement", "valid_from"], name="one_choice_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.requirement} {'启用' if self.is_on else '停用'}"


class CalendarKey(models.Model):
    """The key in the address of a user's calendar; only its digest is kept, so the address cannot be read back."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user}"
