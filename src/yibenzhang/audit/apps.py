from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit log."""

    name = "yibenzhang.audit"
