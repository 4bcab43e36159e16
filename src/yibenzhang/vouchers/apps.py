from django.apps import AppConfig


class VouchersConfig(AppConfig):
    """Vouchers."""

    name = "yibenzhang.vouchers"
    verbose_name = "凭证"
