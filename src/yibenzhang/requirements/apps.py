from django.apps import AppConfig


class RequirementsConfig(AppConfig):
    """Requirements."""

    name = "yibenzhang.requirements"
    verbose_name = "规定动作"
