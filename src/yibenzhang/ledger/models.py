"""Entries, postings and closings. Database triggers refuse UPDATE and DELETE on all three (migration 0002)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from yibenzhang.organisation.models import Book, Lineage, Person, Unit
from yibenzhang.vouchers.models import Matter, Voucher


class Entry(models.Model):
    """One act of posting: a voucher's lines, or their reversal. `number` is the position in the ledger, gapless.

    `book_month` (yyyymm) is the open month of the books it went into; the event date stays on the postings. `digest`
    covers the voucher and the lines as posted, `line_digests` each line, `head` chains all of it under a key that is not
    in the database.
    """

    POSTING, REVERSAL = "posting", "reversal"
    number = models.BigIntegerField("入账序号", primary_key=True)
    kind = models.CharField(max_length=8, choices=[(POSTING, "入账"), (REVERSAL, "冲销")])
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="entries")
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by", db_column="reverses"
    )
    book = models.ForeignKey(Book, on_delete=models.PROTECT, null=True, related_name="entries")
    book_month = models.IntegerField("账期")
    posted_on = models.DateField("入账日期")
    posted_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("原因", blank=True)
    line_digests = models.TextField()
    digest = models.CharField(max_length=64)
    head = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher"], condition=models.Q(kind="posting"), name="voucher_posted_once"
            )
        ]
        indexes = [models.Index(fields=["posted_on"], name="entry_posted_on")]

    def __str__(self) -> str:
        return f"第{self.number}笔"


class Posting(models.Model):
    """One line (分录): unit, account, date, quantity, and what it was about.

    `sign` is 1 for a posting and −1 for its reversal line, which copies everything else and negates the quantity.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings", db_index=False)
    line = models.PositiveSmallIntegerField()
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    lineage = models.ForeignKey(Lineage, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.CharField("科目", max_length=80)
    event_date = models.DateField("日期")
    month = models.IntegerField("月份")
    quantity = models.BigIntegerField("数量")
    sign = models.SmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    term = models.SmallIntegerField("届次", null=True)

    class Meta:
        db_table = "ledger_posting"
        constraints = [models.UniqueConstraint(fields=["entry", "line"], name="line_once_an_entry")]
        indexes = [
            models.Index(
                fields=["account", "month", "lineage", "entry", "sign", "quantity", "voucher", "event_date"],
                name="posting_figures",
            ),
            models.Index(fields=["lineage", "month"], name="posting_lineage_month"),
            models.Index(fields=["person"], name="posting_person", condition=models.Q(person__isnull=False)),
            models.Index(fields=["matter"], name="posting_matter", condition=models.Q(matter__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.quantity:+d}"


class Closing(models.Model):
    """A month of a book closed, or opened again with a reason (结账、反结账). The newest row of a month rules."""

    CLOSED, REOPENED = "closed", "reopened"
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="closings")
    month = models.IntegerField("账期")
    act = models.CharField(max_length=8, choices=[(CLOSED, "结账"), (REOPENED, "反结账")])
    position = models.BigIntegerField("账面位置")
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("原因", blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.month} {self.get_act_display()}"
