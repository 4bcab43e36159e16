from django.apps import AppConfig


class ReliefConfig(AppConfig):
    """The relief account."""

    name = "yibenzhang.relief"
    verbose_name = "减负账"
