"""The small bureau of the ledger's tests serves here too."""

from tests.ledger.conftest import bureau

__all__ = ["bureau"]
