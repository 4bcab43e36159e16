"""Database triggers that keep issued forms as they were sent, for SQLite and PostgreSQL."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("superior_forms_formedition", "superior_forms_editioncell")
REFUSAL = "已定稿的上级报表不能改，请另出一版"


def install(db: BaseDatabaseWrapper) -> None:
    """Create the triggers: no UPDATE, no DELETE."""
    with db.cursor() as cursor:
        if db.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION superior_forms_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for name, table, act in expected():
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {_body(db.vendor)}")


def remove(db: BaseDatabaseWrapper) -> None:
    """Drop the triggers (for undoing the migration)."""
    with db.cursor() as cursor:
        for name, table, _ in expected():
            on = f" ON {table}" if db.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def expected() -> list[tuple[str, str, str]]:
    """(trigger, table, act) that a sound book has."""
    return [(f"{table}_no_{act.lower()}", table, act) for table in TABLES for act in ("UPDATE", "DELETE")]


def _body(vendor: str) -> str:
    if vendor == "sqlite":
        return f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return "FOR EACH ROW EXECUTE FUNCTION superior_forms_refuse()"
