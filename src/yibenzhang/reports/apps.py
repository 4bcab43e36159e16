from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports."""

    name = "yibenzhang.reports"
    verbose_name = "报告"
