"""The demo year: a made-up province, two real years of figures, every one of them earned by vouchers.

`prepare(progress)` fills an empty, migrated book; `accounts()` tells how to sign in to it.
"""

from yibenzhang.demo.cast import DemoAccount, accounts
from yibenzhang.demo.preparation import prepare

__all__ = ["DemoAccount", "accounts", "prepare"]
