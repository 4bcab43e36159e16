"""Units and the books that agencies keep."""

from datetime import date

from django.db import models


class Unit(models.Model):
    """An administrative unit or a Party body that one holds (组织、单位).

    `unit_type` and `nature` are codes of the catalogue. `position` is the organisational order among siblings: lists
    follow it, never a figure.
    """

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=80)
    short_name = models.CharField("简称", max_length=40, blank=True)
    search_key = models.CharField(max_length=400, editable=False)
    unit_type = models.CharField("类型", max_length=40)
    nature = models.CharField("性质", max_length=40, blank=True)
    position = models.PositiveIntegerField("顺序", default=0)
    founded_on = models.DateField("成立日期")
    abolished_on = models.DateField("撤销日期", null=True, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.short_name or self.name

    def exists_on(self, day: date) -> bool:
        """True when the unit had been founded and not yet abolished on that day."""
        return self.founded_on <= day and (self.abolished_on is None or day < self.abolished_on)


class Book(models.Model):
    """The books of one agency (账套): which packs it has adopted and which day it takes for today.

    A fixed date serves a demo or a book kept for a past year; empty means the calendar.
    """

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="book")
    packs = models.JSONField("采用的目录包", default=list)
    fixed_date = models.DateField("账面日期", null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.unit}账"
