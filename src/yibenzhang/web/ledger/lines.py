"""Postings as lines of a page: account and measure in words, totals that never mix measures."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.models import Posting


@dataclass(frozen=True)
class Line:
    """A posting with its account in words."""

    posting: Posting
    account: str
    measure: str

    @property
    def about(self) -> str:
        """The person or matter the line is about."""
        return str(self.posting.person or self.posting.matter or "")


@dataclass(frozen=True)
class Total:
    """What the lines of one account come to; an account has one measure, so nothing is mixed."""

    code: str
    account: str
    measure: str
    lines: int
    quantity: int
    no_assessment: bool


def lines_of(postings: Iterable[Posting]) -> list[Line]:
    """The postings with their words."""
    accounts = current_catalogue().accounts
    return [
        Line(
            posting,
            accounts[posting.account].name if posting.account in accounts else posting.account,
            accounts[posting.account].measure if posting.account in accounts else "",
        )
        for posting in postings
    ]


def with_names(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """The same rows with all that a line shows, in one query."""
    return rows.select_related("entry", "voucher", "unit", "person", "matter").defer(
        "voucher__values", "voucher__search_key", "entry__line_digests", "matter__search_key"
    )


def totals_of(rows: QuerySet[Posting]) -> list[Total]:
    """Totals by account, in the order of the catalogue."""
    sums = rows.order_by().values("account").annotate(lines=Count("id"), quantity=Sum("quantity"))
    found = {row["account"]: row for row in sums}
    catalogue = current_catalogue()
    return [
        Total(
            code,
            account.name,
            account.measure,
            found[code]["lines"],
            found[code]["quantity"],
            account.no_assessment,
        )
        for code, account in catalogue.accounts.items()
        if code in found
    ]
