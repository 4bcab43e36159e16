"""Matters: things with a life of their own."""

from django.db import models

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Lineage, Unit
from yibenzhang.vouchers.models.vouchers import Voucher


class Matter(models.Model):
    """A problem, project, topic, brand, agreement, contact point… (事项).

    `state` and the two dates follow from its posted vouchers and are recomputed by `vouchers.matters.refresh`; they are
    kept only so that lists can filter by them. Empty state: nothing posted yet.
    """

    kind = models.CharField("种类", max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matters", verbose_name="责任单位")
    lineage = models.ForeignKey(Lineage, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=120)
    search_key = models.CharField(max_length=1000, editable=False)
    state = models.CharField("状态", max_length=40, blank=True)
    opened_on = models.DateField("开始日期", null=True)
    closed_on = models.DateField("办结日期", null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "lineage"], name="matter_kind_lineage")]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_name(self) -> str:
        """Chinese name of the kind."""
        kind = current_catalogue().matter_kinds.get(self.kind)
        return kind.name if kind else self.kind

    @property
    def state_name(self) -> str:
        """Chinese word for the state; 待入账 while none of its vouchers is posted."""
        kind = current_catalogue().matter_kinds.get(self.kind)
        names = {state.code: state.name for state in kind.states} if kind else {}
        return names.get(self.state, self.state) or "待入账"


class VoucherMatter(models.Model):
    """A matter in a field of a voucher, and the state it reaches when the voucher is posted."""

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="matters")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="appearances")
    field = models.CharField(max_length=60)
    moves_to = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["voucher", "field", "matter"], name="matter_once_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.moves_to}"


class MatterLink(models.Model):
    """One matter grew out of another: topic → problem → livelihood project."""

    source = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="leads_to")
    target = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="comes_from")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
