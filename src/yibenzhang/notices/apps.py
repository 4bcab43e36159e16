from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices."""

    name = "yibenzhang.notices"
    verbose_name = "通知"
