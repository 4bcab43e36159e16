"""Evidence files go out as downloads only: never shown inside a page, never sniffed."""

from django.http import FileResponse, HttpRequest

from yibenzhang.audit.services import record
from yibenzhang.vouchers.evidence import open_evidence
from yibenzhang.vouchers.queries import visible_to
from yibenzhang.web.requests import actor_of, needs


@needs()
def download(request: HttpRequest, pk: int, key: int) -> FileResponse:
    """A file of a voucher in the reader's scope. Django writes the name by RFC 6266."""
    actor = actor_of(request)
    voucher = visible_to(actor).get(pk=pk)
    attachment = voucher.attachments.get(pk=key)
    record(actor=actor.user, verb="evidence.download", subject=f"{voucher.number} {attachment.name}")
    response = FileResponse(
        open_evidence(attachment),
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
