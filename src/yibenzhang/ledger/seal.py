"""Digests and the keyed chain over the ledger (security.md D1).

A plain chain can be recomputed by whoever edits the rows and says nothing of a tail cut off. So the head is an HMAC under
a key that lies outside the database, and every head is written to a log outside it as well.
"""

import hashlib
import hmac
import json
from datetime import date, datetime
from typing import Any

from django.conf import settings

from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.vouchers.models import Voucher

GENESIS = "0" * 64
CONTENT = ("people", "matters", "programmes", "participants", "attachments")  # what `content_digest` reads


def line_digest(posting: Posting) -> str:
    """Short digest of one line, to name the very row that was altered."""
    parts = [
        posting.line, posting.voucher_id, posting.unit_id, posting.lineage_id, posting.account,
        posting.event_date.isoformat(), posting.month, posting.quantity, posting.sign,
        posting.person_id, posting.matter_id, posting.term,
    ]  # fmt: skip
    return hashlib.sha256(_canonical(parts)).hexdigest()[:16]


def content_digest(voucher: Voucher) -> str:
    """Digest of all that a posted voucher says, evidence digests included, names of people not."""
    content = {
        "kind": voucher.kind,
        "catalogue": voucher.catalogue_version_id,
        "unit": [voucher.unit_id, voucher.lineage_id],
        "title": voucher.title,
        "days": [voucher.event_date, voucher.end_date],
        "values": voucher.values,
        "people": sorted((row.field, row.person_id, row.attendance) for row in voucher.people.all()),
        "matters": sorted((row.field, row.matter_id, row.moves_to) for row in voucher.matters.all()),
        "programmes": sorted(row.programme for row in voucher.programmes.all()),
        "participants": sorted((row.unit_id, row.lineage_id) for row in voucher.participants.all()),
        "evidence": sorted((row.sha256, row.name) for row in voucher.attachments.all()),
        "recorded": [voucher.recorded_on, voucher.preparer_id, voucher.on_behalf_of_id, voucher.corrects_id],
    }
    return hashlib.sha256(_canonical(content)).hexdigest()


def entry_digest(entry: Entry, content: str) -> str:
    """Digest of an entry: what was posted, by whom, when, into which month, with which lines."""
    parts = [
        entry.number, entry.kind, entry.voucher_id, entry.reverses_id, entry.book_id, entry.book_month,
        entry.posted_on, int(entry.posted_at.timestamp()), entry.actor_id, entry.reason, entry.line_digests, content,
    ]  # fmt: skip
    return hashlib.sha256(_canonical(parts)).hexdigest()


def chain_head(previous: str, digest: str) -> str:
    """The next head of the chain."""
    return hmac.new(settings.LEDGER_KEY, f"{previous}{digest}".encode(), hashlib.sha256).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    ).encode()


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")
