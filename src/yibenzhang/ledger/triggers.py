"""Database triggers that keep the ledger append-only, for SQLite and PostgreSQL."""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("ledger_posting", "ledger_entry", "ledger_closing")
REFUSAL = "台账只增不改，请用红字冲销"
CLOSED = "该账期已结账"
_NEWEST = "SELECT act FROM ledger_closing WHERE book_id = NEW.book_id AND month = NEW.book_month ORDER BY id DESC LIMIT 1"


def install(db: BaseDatabaseWrapper) -> None:
    """Create the triggers: no UPDATE, no DELETE, no entry into a closed month."""
    with db.cursor() as cursor:
        for statement in _statements(db.vendor):
            cursor.execute(statement)


def remove(db: BaseDatabaseWrapper) -> None:
    """Drop the triggers (for undoing the migration)."""
    with db.cursor() as cursor:
        for name, table in expected():
            on = f" ON {table}" if db.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def expected() -> list[tuple[str, str]]:
    """(trigger, table) that a sound book has."""
    keep = [(f"{table}_no_{act}", table) for table in TABLES for act in ("update", "delete")]
    return [*keep, ("ledger_entry_open_month", "ledger_entry")]


def missing() -> list[str]:
    """Triggers that are not there: somebody took the guard away."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name, _ in expected() if name not in present]


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        keep = [
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for table in TABLES
            for act in ("update", "delete")
        ]
        closed = (
            f"CREATE TRIGGER ledger_entry_open_month BEFORE INSERT ON ledger_entry WHEN ({_NEWEST}) = 'closed' "
            f"BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
        )
        return [*keep, closed]
    functions = [
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE OR REPLACE FUNCTION ledger_open_month() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF ({_NEWEST}) = 'closed' THEN RAISE EXCEPTION '{CLOSED}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    ]
    keep = [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse()"
        for table in TABLES
        for act in ("update", "delete")
    ]
    closed = (
        "CREATE TRIGGER ledger_entry_open_month BEFORE INSERT ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION ledger_open_month()"
    )
    return [*functions, *keep, closed]
