from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "yibenzhang.web"
