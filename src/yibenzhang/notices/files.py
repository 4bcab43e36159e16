"""Files of a notice (附件): through the same gate as evidence, in a folder of their own beside it.

Of their own because evidence forgets bytes that no voucher has any more.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.kept_bytes import keep
from yibenzhang.notices.models import Notice, NoticeFile
from yibenzhang.notices.services import NoticeStateError
from yibenzhang.vouchers.evidence_gate import EvidenceError, inspect

MOST_FILES = 10


@transaction.atomic
def attach(notice: Notice, name: str, data: bytes, *, actor: User) -> NoticeFile:
    """Check a file and add it to an open notice; the same bytes again change nothing.

    Raises EvidenceError when the file is refused, NoticeStateError when the notice has gone out.
    """
    if not Notice.objects.select_for_update().get(pk=notice.pk).is_open:
        raise NoticeStateError("通知已发出，附件不能再改。")
    name, kept, content_type = inspect(name, data)
    digest = hashlib.sha256(kept).hexdigest()
    existing = notice.files.filter(sha256=digest).first()
    if existing is not None:
        return existing
    if notice.files.count() >= MOST_FILES:
        raise EvidenceError(f"一份通知最多附 {MOST_FILES} 个文件，请合并后再传。", field="files")
    keep(path_of(digest), kept)
    record(actor=actor, verb="notice.attach", subject=f"{notice.pk} {name}", note=digest)
    return NoticeFile.objects.create(
        notice=notice, name=name, sha256=digest, size=len(kept), content_type=content_type
    )


@transaction.atomic
def detach(file: NoticeFile, *, actor: User) -> None:
    """Take a file off an open notice. The bytes go when no other notice has them."""
    if not file.notice.is_open:
        raise NoticeStateError("通知已发出，附件不能再改。")
    record(actor=actor, verb="notice.detach", subject=f"{file.notice_id} {file.name}")
    digest = file.sha256
    file.delete()
    transaction.on_commit(lambda: _forget_unused([digest]))


@transaction.atomic
def discard_notice(notice: Notice, *, actor: User) -> None:
    """Throw away a notice that has not gone out (删除草稿), with its files."""
    held = Notice.objects.select_for_update().get(pk=notice.pk)
    if not held.is_open:
        raise NoticeStateError("通知已发出，不能删除。")
    digests = list(held.files.values_list("sha256", flat=True))
    record(actor=actor, verb="notice.discard", subject=f"{held.pk} {held}")
    held.delete()
    transaction.on_commit(lambda: _forget_unused(digests))


def open_file(file: NoticeFile) -> BinaryIO:
    """The kept bytes, open for reading. Raises EvidenceError when they are missing from the store."""
    try:
        return path_of(file.sha256).open("rb")
    except OSError:
        raise EvidenceError(
            f"“{file.name}”不在存放处，请告诉管理员从备份恢复，编号 {file.sha256[:12]}。"
        ) from None


def path_of(digest: str) -> Path:
    """Where the bytes of this digest are kept; a backup of the evidence takes them along."""
    return Path(settings.EVIDENCE_ROOT) / "notices" / digest[:2] / digest


def _forget_unused(digests: list[str]) -> None:
    used = set(NoticeFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    for digest in set(digests) - used:
        path_of(digest).unlink(missing_ok=True)
