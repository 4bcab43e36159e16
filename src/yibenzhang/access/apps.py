from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access."""

    name = "yibenzhang.access"
    verbose_name = "权限"
