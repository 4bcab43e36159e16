"""All tables as JSON lines, for databases that cannot be copied as a file; loads into any engine."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from yibenzhang.ledger.models import Closing

# Filled by migrating, or worth nothing in another place.
LEFT_OUT = {"contenttypes.contenttype", "auth.permission", "sessions.session"}
BATCH = 1000


def _tables() -> list[type[models.Model]]:
    """Every table with content of the book; closings last, for a closed month takes no entries."""
    found = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    kept = [model for model in found if model._meta.label_lower not in LEFT_OUT]
    return sorted(kept, key=lambda model: model is Closing)


def write_dump(path: Path) -> None:
    """Write all rows; the caller holds a transaction in which they do not change."""
    with path.open("w", encoding="utf-8") as file:
        for model in _tables():
            names = [field.attname for field in model._meta.concrete_fields]
            head = {"table": model._meta.label_lower, "columns": names}
            file.write(json.dumps(head) + "\n")
            rows = model._base_manager.order_by("pk").values_list(*names)
            for row in rows.iterator(chunk_size=BATCH):
                file.write(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n")


@transaction.atomic
def load_dump(path: Path, progress: Callable[[int], None]) -> None:
    """Fill migrated, empty tables; `progress` is told the number of rows so far."""
    tables = {model._meta.label_lower: model for model in _tables()}
    done = 0
    with path.open(encoding="utf-8") as file:
        lines: Iterator[Any] = (json.loads(line) for line in file)
        insert: Callable[[list[Any]], None] | None = None
        waiting: list[Any] = []
        for line in lines:
            if isinstance(line, dict):
                if insert:
                    insert(waiting)
                waiting, insert = [], _inserter(tables[line["table"]], line["columns"])
                continue
            waiting.append(line)
            if insert and len(waiting) == BATCH:
                insert(waiting)
                done += len(waiting)
                waiting = []
                progress(done)
        if insert:
            insert(waiting)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables.values())):
            cursor.execute(statement)


def _inserter(model: type[models.Model], columns: list[str]) -> Callable[[list[Any]], None]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  names of our own models

    def insert(rows: list[Any]) -> None:
        values = [
            [
                field.get_db_prep_save(_python(field, value), connection)
                for field, value in zip(fields, row, strict=True)
            ]
            for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)

    return insert


def _python(field: Any, value: Any) -> Any:
    """A foreign key's value is what the key it points at holds."""
    target = field.target_field if field.is_relation else field
    return target.to_python(value)
