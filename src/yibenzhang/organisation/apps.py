from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Organisation."""

    name = "yibenzhang.organisation"
    verbose_name = "组织"
