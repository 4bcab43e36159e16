"""A closing may carry the moment it was made, for books kept for a past year."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.AlterField("closing", "at", models.DateTimeField(default=django.utils.timezone.now))
    ]
