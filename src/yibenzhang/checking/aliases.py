"""Wordings an agency has confirmed (别名): proposed by whoever confirms a match, used once an administrator accepts."""

import re

from django.db import transaction
from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.models import AliasProposal, CheckedArticle
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of

SHORTEST, LONGEST = 3, 30
_MARKS = re.compile(r"[\d\s，。；：、！？,.;:!?“”\"'《》]+")


def accepted_aliases(unit: Unit) -> dict[str, list[str]]:
    """Accepted wordings of the unit's book by indicator, to be merged over the catalogue's."""
    found: dict[str, list[str]] = {}
    rows = AliasProposal.objects.filter(book=book_of(unit), state=AliasProposal.State.ACCEPTED)
    for indicator, alias in rows.values_list("indicator", "alias"):
        found.setdefault(indicator, []).append(alias)
    return found


def propose_alias(article: CheckedArticle, *, indicator: str, wording: str, by: User) -> AliasProposal | None:
    """Propose what a text counts as a further name of an indicator.

    Returns None where there is nothing to learn: no book, a wording too short or too long to be a name, or one that the
    catalogue has already. A wording once rejected stays rejected.
    """
    book, entry = book_of(article.unit), current_catalogue().indicator(indicator)
    alias = _MARKS.sub("", wording)
    known = {_MARKS.sub("", name) for name in (entry.name, *entry.aliases)}
    if book is None or not SHORTEST <= len(alias) <= LONGEST or alias in known:
        return None
    proposal, _ = AliasProposal.objects.get_or_create(
        book=book, indicator=indicator, alias=alias, defaults={"article": article, "proposed_by": by}
    )
    return proposal


@transaction.atomic
def decide_alias(proposal: AliasProposal, *, accept: bool, by: User) -> None:
    """Accept or reject a proposal; an earlier decision may be changed. Raises BookError when the wording is taken."""
    taken = AliasProposal.objects.filter(
        book=proposal.book, alias=proposal.alias, state=AliasProposal.State.ACCEPTED
    ).exclude(pk=proposal.pk)
    if accept and taken.exists():
        raise BookError(f"“{proposal.alias}”已是另一个指标的别名，请先把那一条改为不采用。")
    proposal.state = AliasProposal.State.ACCEPTED if accept else AliasProposal.State.REJECTED
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at"])
    record(actor=by, verb=f"alias.{proposal.state}", subject=str(proposal))
