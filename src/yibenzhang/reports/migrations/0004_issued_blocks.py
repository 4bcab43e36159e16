"""Charts and photographs of issued reports, guarded against UPDATE and DELETE like their figures."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from yibenzhang.reports import triggers


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(editor.connection, triggers.BLOCKS)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    triggers.remove(editor.connection, triggers.BLOCKS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_second_person_and_received_pages")]

    operations = [
        migrations.CreateModel(
            name="IssuedBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("token", models.TextField()),
                (
                    "indicator",
                    models.CharField(blank=True, db_index=True, max_length=80, verbose_name="指标"),
                ),
                ("content", models.JSONField()),
                ("position", models.BigIntegerField(verbose_name="账面位置")),
                ("image", models.BinaryField(null=True)),
                (
                    "issued",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="blocks",
                        to="reports.issuedreport",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("issued", "number"), name="block_once_a_number")
                ],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
