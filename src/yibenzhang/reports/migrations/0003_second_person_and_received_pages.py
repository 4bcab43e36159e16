import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0001_initial"),
        ("reports", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="送审人",
            ),
        ),
        migrations.CreateModel(
            name="ReceivedPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("origin", models.CharField(max_length=120, verbose_name="发布单位")),
                ("origin_code", models.CharField(max_length=60, verbose_name="发布单位代码")),
                ("period", models.CharField(max_length=24, verbose_name="期间")),
                ("published_on", models.DateField(verbose_name="发布日期")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版次")),
                ("position", models.BigIntegerField(verbose_name="账面位置")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要值")),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("file_digest", models.CharField(max_length=64, verbose_name="文件摘要值")),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收件人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_pages",
                        to="organisation.unit",
                        verbose_name="收到单位",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReceivedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("indicator", models.CharField(db_index=True, max_length=80, verbose_name="指标")),
                ("name", models.CharField(max_length=80, verbose_name="指标名称")),
                ("definition", models.TextField(blank=True, verbose_name="口径")),
                ("unit_code", models.CharField(max_length=60, verbose_name="单位代码")),
                ("unit_name", models.CharField(max_length=120, verbose_name="单位")),
                ("period", models.CharField(max_length=24, verbose_name="期间")),
                ("programme", models.CharField(blank=True, max_length=60, verbose_name="专题")),
                ("programme_name", models.CharField(blank=True, max_length=80, verbose_name="专题名称")),
                ("scope", models.CharField(max_length=8, verbose_name="范围")),
                ("least_month", models.BooleanField(default=False, verbose_name="每月至少")),
                ("value", models.CharField(max_length=80, verbose_name="数值")),
                ("measure", models.CharField(max_length=20, verbose_name="计量单位")),
                ("shown", models.CharField(max_length=80, verbose_name="文中")),
                ("vouchers", models.PositiveIntegerField(verbose_name="凭证笔数")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="reports.receivedpage",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddConstraint(
            model_name="receivedpage",
            constraint=models.UniqueConstraint(fields=("unit", "digest"), name="page_received_once_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="receivedfigure",
            constraint=models.UniqueConstraint(fields=("page", "number"), name="received_once_a_number"),
        ),
    ]
