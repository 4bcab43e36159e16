"""What keeps the ledger append-only in the database: no UPDATE, no DELETE, no entry into a closed month."""

from django.db.backends.base.base import BaseDatabaseWrapper

from yibenzhang.audit import append_only
from yibenzhang.audit.append_only import AppendOnly

CLOSED = "该账期已结账"
OPEN_MONTH = "ledger_entry_open_month"
_NEWEST = "SELECT act FROM ledger_closing WHERE book_id = NEW.book_id AND month = NEW.book_month ORDER BY id DESC LIMIT 1"
guard = AppendOnly(
    "ledger", ["ledger_posting", "ledger_entry", "ledger_closing"], "台账只增不改，请用红字冲销"
)


def install(db: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    guard.install(db)
    with db.cursor() as cursor:
        if db.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER {OPEN_MONTH} BEFORE INSERT ON ledger_entry WHEN ({_NEWEST}) = 'closed' "
                f"BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
            )
            return
        cursor.execute(
            "CREATE OR REPLACE FUNCTION ledger_open_month() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF ({_NEWEST}) = 'closed' THEN RAISE EXCEPTION '{CLOSED}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER {OPEN_MONTH} BEFORE INSERT ON ledger_entry "
            "FOR EACH ROW EXECUTE FUNCTION ledger_open_month()"
        )


def remove(db: BaseDatabaseWrapper) -> None:
    """Drop the triggers (for undoing the migration)."""
    guard.remove(db)
    with db.cursor() as cursor:
        on = " ON ledger_entry" if db.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {OPEN_MONTH}{on}")


def missing() -> list[str]:
    """Guards that are not there, those of the packages above the ledger included."""
    closing = [] if (OPEN_MONTH, "ledger_entry") in append_only.triggers_in_place() else [OPEN_MONTH]
    return [*append_only.missing(), *closing]
