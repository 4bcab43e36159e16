"""Rules = rows: every stored line is what the voucher's own catalogue says it should be."""

from collections.abc import Iterator

from yibenzhang.ledger.facts import catalogue_for, facts_of
from yibenzhang.ledger.models import Entry
from yibenzhang.ledger.rules import post

CONTENT = ("people", "matters", "programmes", "participants")


def differences() -> Iterator[str]:
    """Entries whose lines differ from what posting their voucher anew would give, as sentences; none on a sound book."""
    rows = Entry.objects.select_related("voucher").prefetch_related(
        "postings", *(f"voucher__{name}" for name in CONTENT)
    )
    for entry in rows.order_by("number").iterator(chunk_size=500):
        sign = 1 if entry.kind == Entry.POSTING else -1
        wanted = [
            (line.account, line.unit, line.lineage, sign * line.quantity, line.person, line.matter, line.term)
            for line in post(facts_of(entry.voucher), catalogue_for(entry.voucher))
        ]
        given = [
            (p.account, p.unit_id, p.lineage_id, p.quantity, p.person_id, p.matter_id, p.term)
            for p in sorted(entry.postings.all(), key=lambda posting: posting.line)
        ]
        if wanted != given:
            yield f"第 {entry.number} 笔（凭证 {entry.voucher.number}）的分录与入账规则不符。"
