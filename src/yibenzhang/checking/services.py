"""Keeping an article and its checks: run in steps, so that a long text shows progress and a stopped run goes on."""

import time
from typing import Any

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.checking.aliases import accepted_aliases
from yibenzhang.checking.article import Setting
from yibenzhang.checking.checker import Checker, Choice
from yibenzhang.checking.models import Check, CheckedArticle, Ruling
from yibenzhang.checking.results import reading_of, result_of
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.queries import position as newest_position
from yibenzhang.reading.model import Reading
from yibenzhang.vouchers.evidence_gate import MARK

MOST_CLAIMS = 2_000
CLASSIFIED = "文中带有密级标志，已拒收，系统没有保留它。涉密稿件不得在本系统处理，请按保密规定处置，并告知本单位保密人员。"


@transaction.atomic
def keep_article(
    reading: Reading, setting: Setting, *, by: User, file_name: str = "", original: bytes | None = None
) -> Check:
    """Keep an article with its first check, still without results. All or nothing.

    `original` is kept for Word documents only. Raises BookError for a text with a classification mark, without figures,
    or with more figures than can be looked at.
    """
    if MARK.search(f"{reading.title or ''}\n{reading.clean_text}"):
        raise BookError(CLASSIFIED, field="text")
    if not reading.claims:
        raise BookError("文中没有可核对的数字。请检查是否贴全了正文。", field="text")
    if len(reading.claims) > MOST_CLAIMS:
        raise BookError(
            f"文中有 {len(reading.claims)} 处数字，超过 {MOST_CLAIMS} 处，请拆成几份。", field="text"
        )
    article = CheckedArticle.objects.create(
        unit=setting.unit,
        period_code=setting.period.code,
        title=(reading.title or reading.clean_text.strip().split("\n")[0])[:60],
        file_name=file_name[:200],
        reading=reading.as_prediction(),
        notes=list(setting.notes),
        original=original,
        brought_by=by,
    )
    record(actor=by, verb="checking.keep", subject=article.title, note=f"{len(reading.claims)} 处数字")
    return begin_check(article, by=by)


def begin_check(article: CheckedArticle, *, by: User) -> Check:
    """A new check at the newest position of the ledger, still without results."""
    return Check.objects.create(article=article, position=newest_position(), made_by=by)


def locked_check(key: int) -> Check:
    """The check with its article, its row locked; the user's own file stays where it is."""
    rows = Check.objects.select_for_update(of=("self",)).select_related("article__unit")
    return rows.defer("article__original").get(pk=key)


@transaction.atomic
def advance(check: Check, *, seconds: float) -> bool:
    """Check further claims for about this long (one at least); True when all are done.

    The row is locked, so that two browsers at once do the work once.
    """
    locked = locked_check(check.pk)
    reading = reading_of(locked.article.reading)
    started, results = time.monotonic(), list(locked.results)
    if len(results) < len(reading.claims):
        checker, choices = checker_of(locked, reading), choices_of(locked.article)
        for claim in reading.claims[len(results) :]:
            results.append(result_of(checker.check(claim, choices.get(claim.id))))
            if time.monotonic() - started > seconds:
                break
        locked.results = results
        locked.save(update_fields=["results"])
    check.results = results
    return len(results) >= len(reading.claims)


def checker_of(check: Check, reading: Reading) -> Checker:
    """The checker for an article at the position of a check."""
    article = check.article
    setting = Setting(article.unit, article.period, tuple(article.notes))
    return Checker(reading, setting, position=check.position, aliases=accepted_aliases(article.unit))


def choices_of(article: CheckedArticle) -> dict[str, Choice]:
    """Indicators that people have chosen for figures of the article, by claim."""
    return {
        claim: Choice(ruling.indicator, ruling.programme, f"由{ruling.made_by.label}指定按这个指标核对")
        for claim, ruling in newest_rulings(article).items()
        if ruling.act == Ruling.Act.REMATCH
    }


def newest_rulings(article: CheckedArticle) -> dict[str, Ruling]:
    """The ruling in force for each claim that has one."""
    rows = article.rulings.select_related("made_by__person").order_by("id")
    return {ruling.claim: ruling for ruling in rows}


def result_anew(check: Check, claim: str) -> dict[str, Any]:
    """The verdict on one claim again at the check's position, after a ruling."""
    reading = reading_of(check.article.reading)
    found = next(item for item in reading.claims if item.id == claim)
    choice = choices_of(check.article).get(claim)
    return result_of(checker_of(check, reading).check(found, choice))
