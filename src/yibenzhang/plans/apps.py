from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans."""

    name = "yibenzhang.plans"
    verbose_name = "工作计划"
