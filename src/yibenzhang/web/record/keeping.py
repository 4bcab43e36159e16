"""Keeping what was typed: the draft and its files are stored before anything is refused."""

from dataclasses import dataclass, field, replace

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from yibenzhang.access.models import User
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.entry import Entry, EntryError, Fault
from yibenzhang.vouchers.evidence import attach, detach
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.services import save_draft
from yibenzhang.web.record.reading import Reading
from yibenzhang.web.record.typed import key_of, keys_of


@dataclass
class Kept:
    """The draft as stored (None when not even a draft could be kept) and what was refused on the way."""

    voucher: Voucher | None
    faults: list[Fault] = field(default_factory=list)


def keep(
    request: HttpRequest, reading: Reading, *, actor: User, voucher: Voucher | None, on_behalf_of: User | None
) -> Kept:
    """Store the entry as a draft, then add and remove its files.

    Raises VoucherStateError when somebody else changed or decided the voucher meanwhile; nothing is stored then.
    """
    revision = key_of(request.POST.get("revision", ""))
    faults: list[Fault] = []
    try:
        kept = _save(reading.entry, actor, voucher, revision, on_behalf_of)
    except EntryError as error:
        # A date on which the unit was not in the tree cannot be stored. The draft takes today's, the page keeps the
        # date as typed, and the message says what to change.
        faults += error.faults
        stand_in = replace(reading.entry, event_date=today_for(reading.entry.unit), participants=[])
        try:
            kept = _save(stand_in, actor, voucher, revision, on_behalf_of)
        except EntryError:
            return Kept(voucher, faults)
    return Kept(kept, [*faults, *_files(request, kept, actor)])


def _save(
    entry: Entry, actor: User, voucher: Voucher | None, revision: int | None, on_behalf_of: User | None
) -> Voucher:
    with transaction.atomic():
        return save_draft(
            entry, preparer=actor, voucher=voucher, revision=revision, on_behalf_of=on_behalf_of
        )


def _files(request: HttpRequest, voucher: Voucher, actor: User) -> list[Fault]:
    faults = []
    for row in voucher.attachments.filter(pk__in=keys_of(request.POST.getlist("drop_file"))):
        detach(row, actor)
    for file in request.FILES.getlist("files"):
        if isinstance(file, UploadedFile):
            try:
                attach(voucher, file.name or "", file.read(), actor)
            except BookError as error:
                faults.append(Fault("files", error.message))
    return faults
