"""Tables that are only ever added to: database triggers that refuse UPDATE and DELETE, on SQLite and PostgreSQL.

A package with such tables names them in its `triggers.py`; its migrations install the guard. `missing` looks at all of
them, so that taking one away is noticed wherever it stood.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import autodiscover_modules

_guards: list["AppendOnly"] = []


class AppendOnly:
    """The guard of a package's tables. `refusal` is what the database says to whoever tries."""

    def __init__(self, package: str, tables: Sequence[str], refusal: str) -> None:
        self.package, self.tables, self.refusal = package, tuple(tables), refusal
        _guards.append(self)

    def install(self, db: BaseDatabaseWrapper, tables: Sequence[str] = ()) -> None:
        """Create the triggers of these tables, by default of all."""
        function = f"{self.package}_refuse"
        body = f"BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END"
        with db.cursor() as cursor:
            if db.vendor == "postgresql":
                body = f"FOR EACH ROW EXECUTE FUNCTION {function}()"
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{self.refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
                )
            for name, table, act in self.expected(tables):
                cursor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} {body}")

    def remove(self, db: BaseDatabaseWrapper, tables: Sequence[str] = ()) -> None:
        """Drop the triggers (for undoing a migration)."""
        with db.cursor() as cursor:
            for name, table, _ in self.expected(tables):
                on = f" ON {table}" if db.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")

    def expected(self, tables: Sequence[str] = ()) -> list[tuple[str, str, str]]:
        """(trigger, table, act) that a sound book has."""
        acts = ("UPDATE", "DELETE")
        return [(f"{table}_no_{act.lower()}", table, act) for table in tables or self.tables for act in acts]


def guards() -> list[AppendOnly]:
    """The guards of all installed packages."""
    autodiscover_modules("triggers")
    return _guards


def missing() -> list[str]:
    """Triggers that are not where they belong: somebody took a guard away."""
    wanted = [(name, table) for guard in guards() for name, table, _ in guard.expected()]
    present = triggers_in_place()
    return [name for name, table in wanted if (name, table) not in present]


def triggers_in_place() -> set[tuple[str, str]]:
    """All triggers that work, each with its table: one of the right name elsewhere guards nothing."""
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return set(cursor.fetchall())
