from django.apps import AppConfig


class ResponsibilityConfig(AppConfig):
    """Responsibility lists."""

    name = "yibenzhang.responsibility"
    verbose_name = "责任清单"
