"""Writing the audit log."""

from typing import Any

from yibenzhang.audit.models import AuditEntry


def record(*, actor: Any, verb: str, subject: str, note: str = "") -> None:
    """Add one line inside the caller's transaction, so that no act is kept without it.

    `actor` is the signed-in user, or None for the terminal. `verb` is namespaced, for example `ledger.post`.
    """
    AuditEntry.objects.create(actor=actor, verb=verb, subject=subject[:200], note=note)
