"""Run as a script: post one more voucher of the small world, with a file attached."""

from __future__ import annotations

import sys
from datetime import date


def main(digest: str, size: int) -> None:
    """Record, attach, submit, approve."""
    import django

    django.setup()
    from yibenzhang.access.models import User
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.ledger.services import post_voucher
    from yibenzhang.organisation.models import Unit
    from yibenzhang.vouchers.entry import Entry
    from yibenzhang.vouchers.models import Attachment
    from yibenzhang.vouchers.services import save_draft, submit_voucher

    secretary, reviewer = (User.objects.get(username=name) for name in ("secretary", "reviewer"))
    entry = Entry(
        unit=Unit.objects.get(code="geo-branch-1"),
        kind=current_catalogue().kind("theme_party_day"),
        title="有佐证的主题党日",
        event_date=date(2023, 9, 9),
    )
    voucher = save_draft(entry, preparer=secretary)
    Attachment.objects.create(
        voucher=voucher, name="纪要.pdf", sha256=digest, size=size, content_type="application/pdf"
    )
    submit_voucher(entry, voucher, actor=secretary)
    post_voucher(voucher, actor=reviewer)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
