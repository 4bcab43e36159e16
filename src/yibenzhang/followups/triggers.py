"""Database triggers: the history of a follow-up is only ever added to."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "followups_followupevent"
REFUSAL = "督办的经过只增不改"


def install(db: BaseDatabaseWrapper) -> None:
    """Create the triggers: no UPDATE, no DELETE."""
    with db.cursor() as cursor:
        if db.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION followups_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for name, act in expected():
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {TABLE} {_body(db.vendor)}")


def remove(db: BaseDatabaseWrapper) -> None:
    """Drop the triggers (for undoing the migration)."""
    with db.cursor() as cursor:
        for name, _ in expected():
            on = f" ON {TABLE}" if db.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def expected() -> list[tuple[str, str]]:
    """(trigger, act) that a sound book has."""
    return [(f"{TABLE}_no_{act.lower()}", act) for act in ("UPDATE", "DELETE")]


def _body(vendor: str) -> str:
    if vendor == "sqlite":
        return f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return "FOR EACH ROW EXECUTE FUNCTION followups_refuse()"
