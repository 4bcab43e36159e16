from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "yibenzhang.ledger"
    verbose_name = "台账"
