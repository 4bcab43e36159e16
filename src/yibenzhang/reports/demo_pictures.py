"""Photographs in the yearly reports of the demo: drawn evidence of records that stand behind the words."""

from yibenzhang.reports.models import Report
from yibenzhang.reports.photographs import caption_for, photographs_of
from yibenzhang.reports.tokens import PictureToken
from yibenzhang.vouchers.models import Attachment, Voucher

# Structure → the paragraph they stand under, by its first words, and the kinds of records they are taken from.
PLACES = {
    "geology-highlights": ("“一联五进”由班子成员带头", ("field_research", "field_research")),
    "meteorology-focuses": ("关键时候看担当", ("emergency_response", "theme_party_day")),
}


def illustrate(report: Report) -> None:
    """Put two photographs side by side into a draft; does nothing for other structures or without evidence."""
    words, kinds = PLACES.get(report.structure, ("", ()))
    chosen: list[Attachment] = []
    for kind in kinds:
        chosen += _pictures(report, kind, besides=chosen)[:1]
    if not chosen:
        return
    row = "".join(str(PictureToken(each.sha256, caption_for(each.voucher))) for each in chosen)
    lines = report.text.split("\n")
    place = next(number for number, line in enumerate(lines) if line.startswith(words))
    report.text = "\n".join([*lines[: place + 1], row, *lines[place + 1 :]])
    report.save()


def _pictures(report: Report, kind: str, *, besides: list[Attachment]) -> list[Attachment]:
    """Of posted records of the kind in the period, the newest first: the year's end is what its readers remember."""
    period = report.span
    rows = photographs_of(report.unit).filter(
        voucher__kind=kind, voucher__state=Voucher.State.POSTED, voucher__event_date__gte=period.start,
        voucher__event_date__lt=period.stop,
    )  # fmt: skip
    return list(rows.exclude(pk__in=[each.pk for each in besides]).order_by("-voucher__event_date", "id"))
