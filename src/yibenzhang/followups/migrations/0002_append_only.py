"""Guard the history of follow-ups against UPDATE and DELETE."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from yibenzhang.followups import triggers


def forwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(editor.connection)


def backwards(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    triggers.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("followups", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
