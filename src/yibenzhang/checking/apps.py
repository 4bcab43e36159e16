from django.apps import AppConfig


class CheckingConfig(AppConfig):
    """Checked articles, rulings on their figures, aliases learnt from them."""

    name = "yibenzhang.checking"
    verbose_name = "核稿"
