"""Database triggers that keep issued reports as they were issued, for SQLite and PostgreSQL."""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

FIGURES = ("reports_issuedreport", "reports_issuedfigure")
BLOCKS = ("reports_issuedblock",)
TABLES = (*FIGURES, *BLOCKS)
REFUSAL = "已定稿的报告不能改，请另出一版"


def install(db: BaseDatabaseWrapper, tables: Sequence[str] = TABLES) -> None:
    """Create the triggers of these tables: no UPDATE, no DELETE."""
    with db.cursor() as cursor:
        if db.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
        for name, table, act in expected(tables):
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {_body(db.vendor)}")


def remove(db: BaseDatabaseWrapper, tables: Sequence[str] = TABLES) -> None:
    """Drop the triggers (for undoing a migration)."""
    with db.cursor() as cursor:
        for name, table, _ in expected(tables):
            on = f" ON {table}" if db.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def expected(tables: Sequence[str] = TABLES) -> list[tuple[str, str, str]]:
    """(trigger, table, act) that a sound book has."""
    return [(f"{table}_no_{act.lower()}", table, act) for table in tables for act in ("UPDATE", "DELETE")]


def _body(vendor: str) -> str:
    if vendor == "sqlite":
        return f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return "FOR EACH ROW EXECUTE FUNCTION reports_refuse()"
