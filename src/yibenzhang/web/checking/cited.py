"""Checked articles that rest on a voucher, for the pages of that voucher."""

from dataclasses import dataclass

from yibenzhang.access.scope import Actor, restrict
from yibenzhang.checking.changes import articles_using
from yibenzhang.checking.models import CheckedArticle
from yibenzhang.checking.results import Line
from yibenzhang.vouchers.models import Voucher


@dataclass(frozen=True)
class Quoted:
    """An article with its figures that used the voucher; `is_seen` says whether the reader may open it."""

    article: CheckedArticle
    lines: list[Line]
    is_seen: bool


def quoted_in(actor: Actor, voucher: Voucher) -> list[Quoted]:
    """Checked articles whose newest check used this voucher; those of units out of reach keep their names."""
    found = articles_using(voucher)
    keys = {check.article_id for check, _ in found}
    rows = restrict(CheckedArticle.objects.filter(pk__in=keys), actor, by="unit")
    visible = set(rows.values_list("pk", flat=True))
    return [Quoted(check.article, lines, check.article_id in visible) for check, lines in found]
