"""Evidence files (佐证材料) of a voucher, kept outside the web root under the digest of their bytes.

Never compulsory: a voucher without evidence is complete (regulations.md AF-04).
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.kept_bytes import keep
from yibenzhang.vouchers.evidence_gate import EvidenceError, inspect
from yibenzhang.vouchers.models import Attachment, Voucher
from yibenzhang.vouchers.pictures import likeness_of
from yibenzhang.vouchers.services import VoucherStateError

MOST_FILES = 30


@transaction.atomic
def attach(voucher: Voucher, name: str, data: bytes, actor: User) -> Attachment:
    """Check a file and add it to an open voucher; the same bytes again change nothing.

    Raises EvidenceError when the file is refused, VoucherStateError when the voucher is no longer open.
    """
    _must_be_open(voucher)
    name, kept, content_type = inspect(name, data)
    digest = hashlib.sha256(kept).hexdigest()
    existing = voucher.attachments.filter(sha256=digest).first()
    if existing is not None:
        return existing
    if voucher.attachments.count() >= MOST_FILES:
        raise EvidenceError(f"一笔凭证最多附 {MOST_FILES} 个文件，请合并后再传。", field="files")
    keep(evidence_path(digest), kept)
    record(actor=actor, verb="evidence.attach", subject=f"{voucher.number} {name}", note=digest)
    likeness = likeness_of(kept) if content_type.startswith("image/") else ""
    return Attachment.objects.create(
        voucher=voucher,
        name=name,
        sha256=digest,
        size=len(kept),
        content_type=content_type,
        likeness=likeness,
    )


@transaction.atomic
def detach(attachment: Attachment, actor: User) -> None:
    """Take a file off an open voucher. The bytes go when no other voucher has them."""
    _must_be_open(attachment.voucher)
    digest = attachment.sha256
    record(actor=actor, verb="evidence.detach", subject=f"{attachment.voucher.number} {attachment.name}")
    attachment.delete()
    transaction.on_commit(lambda: forget_unused([digest]))


def carry_over(origin: Voucher, target: Voucher) -> None:
    """Give a correcting voucher the evidence of the one it corrects: the files are kept once."""
    Attachment.objects.bulk_create(
        Attachment(
            voucher=target,
            name=row.name,
            sha256=row.sha256,
            size=row.size,
            content_type=row.content_type,
            likeness=row.likeness,
        )
        for row in origin.attachments.order_by("id")
    )


def forget_unused(digests: list[str]) -> None:
    """Delete kept bytes that no voucher has any more, after a detachment or a discarded draft."""
    used = set(Attachment.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    for digest in digests:
        if digest not in used:
            evidence_path(digest).unlink(missing_ok=True)


def open_evidence(attachment: Attachment) -> BinaryIO:
    """The kept bytes, open for reading. Raises EvidenceError when the file is missing from the store."""
    try:
        return evidence_path(attachment.sha256).open("rb")
    except OSError:
        raise EvidenceError(
            f"“{attachment.name}”不在存放处，请告诉管理员从备份恢复，编号 {attachment.sha256[:12]}。"
        ) from None


def evidence_path(digest: str) -> Path:
    """Where the bytes of this digest are kept."""
    return Path(settings.EVIDENCE_ROOT) / digest[:2] / digest


def _must_be_open(voucher: Voucher) -> None:
    states = [Voucher.State.DRAFT, Voucher.State.RETURNED]
    # The row is locked, so that nobody submits the voucher while its evidence changes.
    if not Voucher.objects.select_for_update().filter(pk=voucher.pk, state__in=states).exists():
        raise VoucherStateError("凭证已提交或入账，佐证材料不能再改。需要改请先撤回。")
