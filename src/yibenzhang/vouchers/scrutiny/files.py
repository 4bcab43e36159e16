"""Evidence files: the same as, or pictures nearly identical to, those of an earlier voucher."""

from collections.abc import Iterator

from django.db.models import QuerySet

from yibenzhang.vouchers.models import Attachment, Voucher
from yibenzhang.vouchers.pictures import are_alike
from yibenzhang.vouchers.scrutiny.finding import Finding

MOST, MOST_PICTURES = 3, 5000  # findings given, and pictures looked at, the newest first


def same_file(voucher: Voucher, known: QuerySet[Voucher]) -> Iterator[Finding]:
    """Evidence that is byte for byte the same as another voucher's."""
    own = dict(voucher.attachments.values_list("sha256", "name"))
    rows = Attachment.objects.filter(sha256__in=own, voucher__in=known.exclude(pk=voucher.pk))
    for row in rows.select_related("voucher__unit").order_by("pk")[:MOST]:
        other = row.voucher
        fact = f"附件“{own[row.sha256]}”与{other.unit}“{other.title}”的附件相同"
        yield Finding(fact, f"凭证 {other.number} 的附件", other)


def alike_pictures(voucher: Voucher, known: QuerySet[Voucher]) -> Iterator[Finding]:
    """Pictures that look like another voucher's, though resized, recompressed or brightened; equal bytes left apart."""
    own = list(voucher.attachments.exclude(likeness="").order_by("pk"))
    if not own:
        return
    rows = Attachment.objects.filter(voucher__in=known.exclude(pk=voucher.pk)).exclude(likeness="")
    rows = rows.exclude(sha256__in=[picture.sha256 for picture in own]).order_by("-pk")
    looked_at = list(rows.values_list("pk", "likeness")[:MOST_PICTURES])
    pairs = {key: mine for mine in own for key, likeness in looked_at if are_alike(mine.likeness, likeness)}
    for row in Attachment.objects.filter(pk__in=pairs).select_related("voucher__unit").order_by("pk")[:MOST]:
        other = row.voucher
        fact = f"图片“{pairs[row.pk].name}”与{other.unit}“{other.title}”的“{row.name}”几乎相同"
        yield Finding(fact, f"凭证 {other.number} 的附件，按画面比较", other)
