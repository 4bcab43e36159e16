"""Exemptions: the only thing about duties that is written down."""

from django.conf import settings
from django.db import models

from yibenzhang.organisation.models import Unit
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
