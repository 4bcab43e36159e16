"""The audit log."""

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One act: who, verb, on what, with which result. The subject is kept as text so that it outlives its row."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField("动作", max_length=40)
    subject = models.CharField("对象", max_length=200)
    note = models.TextField("说明", blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
