from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """Follow-up."""

    name = "yibenzhang.followups"
    verbose_name = "督办"
