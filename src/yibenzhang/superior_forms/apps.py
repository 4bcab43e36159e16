from django.apps import AppConfig


class SuperiorFormsConfig(AppConfig):
    """The superior's own statistics forms."""

    name = "yibenzhang.superior_forms"
    verbose_name = "上级报表"
