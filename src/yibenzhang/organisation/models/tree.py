"""The dated tree, what it was on any day, and who guides whom."""

from django.db import models

from yibenzhang.organisation.models.dated import Dated
from yibenzhang.organisation.models.units import Unit


class Placement(Dated):
    """Under which unit a unit hangs, from–to. An empty parent is a root."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="child_placements")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="one_placement_a_day")]

    def __str__(self) -> str:
        return f"{self.unit} ← {self.parent}"


class Lineage(Dated):
    """A unit's line of superiors while it did not change: what a posting freezes at its event date.

    Derived from placements and never altered once a posting could point at it: a re-hang closes the line and opens the
    next, so past figures stay.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lineages")
    path = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["unit", "valid_from"], name="lineage_unit_from")]

    def __str__(self) -> str:
        return self.path


class LineageMember(models.Model):
    """Each superior in a line, the unit itself included. `depth` counts from the root, 0."""

    lineage = models.ForeignKey(Lineage, on_delete=models.CASCADE, related_name="members")
    ancestor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ancestor", "lineage"], name="ancestor_once_a_line")]

    def __str__(self) -> str:
        return f"{self.lineage_id}:{self.depth}"


class Guidance(Dated):
    """Who leads or guides whom among Party bodies; apart from the tree, and dated.

    `leads` is the organisational superior, `guides` a body whose Party relations are kept elsewhere (属地管理). `reviews`
    says that this superior examines the subordinate's vouchers.
    """

    LEADS, GUIDES = "leads", "guides"
    superior = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="guided")
    subordinate = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="guided_by")
    kind = models.CharField(max_length=10, choices=[(LEADS, "领导"), (GUIDES, "指导")])
    reviews = models.BooleanField("审核凭证", default=True)

    def __str__(self) -> str:
        return f"{self.superior} → {self.subordinate}"


class UnitEvent(models.Model):
    """An entry in a unit's history: founded, renamed, merged, split, abolished, re-hung."""

    FOUNDED, RENAMED, MERGED, SPLIT, ABOLISHED, REHUNG = (
        "founded",
        "renamed",
        "merged",
        "split",
        "abolished",
        "rehung",
    )
    KINDS = [
        (FOUNDED, "成立"),
        (RENAMED, "更名"),
        (MERGED, "合并"),
        (SPLIT, "分设"),
        (ABOLISHED, "撤销"),
        (REHUNG, "改隶"),
    ]
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=KINDS)
    happened_on = models.DateField("日期")
    other = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["happened_on", "id"]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.get_kind_display()}"
