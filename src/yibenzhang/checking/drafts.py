"""有稿无证: a figure a text states and the ledger knows nothing of becomes a draft voucher, with the text as evidence.

The draft is marked by its source and stays a draft: only what a person has completed, submitted and had approved counts.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator, Kind, PostingRule
from yibenzhang.checking.models import CheckedArticle
from yibenzhang.checking.results import Line, reading_of
from yibenzhang.checking.verdicts import Stated
from yibenzhang.indicators.matching.matcher import Matcher
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import packs_of, today_for
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.evidence import attach
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.services import save_draft

LONGEST_TITLE = 60
_CLAUSES = re.compile(r"[，,；;。：:、！？]")


@dataclass(frozen=True)
class Guess:
    """A kind of record that could prove a figure, and the answers the text gives already."""

    kind: Kind
    values: dict[str, object] = field(default_factory=dict)


def guesses(line: Line, unit: Unit) -> list[Guess]:
    """Kinds that post to what the figure counts, in the unit's packs; empty without an indicator."""
    indicator = line.indicator
    if indicator is None:
        return []
    catalogue, packs = current_catalogue(), set(packs_of(unit))
    found: dict[str, Guess] = {}
    for account in indicator.all_accounts():
        for kind in catalogue.kinds_by_account.get(account, []):
            rule = _rule(kind, indicator)
            if rule and catalogue.home[("kinds", kind.code)] in packs:
                found.setdefault(kind.code, Guess(kind, _values(kind, rule, indicator, line)))
    return list(found.values())


def _rule(kind: Kind, indicator: Indicator) -> PostingRule | None:
    """How the kind adds to what the indicator counts; None when it only closes it."""
    catalogue, wanted = current_catalogue(), set(indicator.all_accounts())
    fitting = (rule for rule in kind.posts if wanted & set(catalogue.accounts_of(kind, rule)))
    return next((rule for rule in fitting if not rule.closes), None)


def _values(kind: Kind, rule: PostingRule, indicator: Indicator, line: Line) -> dict[str, object]:
    """The choices under which the rule posts to the indicator, and the stated number where a field asks for it."""
    catalogue, wanted = current_catalogue(), set(indicator.all_accounts())
    values: dict[str, object] = {code: options[0] for code, options in rule.when.items() if options}
    spec = kind.field(rule.account[1:-1]) if rule.account.startswith("{") else None
    if spec is not None:
        chosen = next((option.code for option in catalogue.options(spec) if option.account in wanted), None)
        values |= {spec.code: chosen} if chosen else {}
    return values | _quantity(kind, rule, line)


def _quantity(kind: Kind, rule: PostingRule, line: Line) -> dict[str, object]:
    spec = kind.field(rule.quantity) if isinstance(rule.quantity, str) else None
    if spec is None or spec.type not in {"integer", "money"}:
        return {}
    claim = line.claim
    value = Stated.of(claim.value, None, claim.approx, claim.unit, claim.text).value
    return {spec.code: int(value)} if value.denominator == 1 else {}


def title_for(line: Line) -> str:
    """The clause the figure stands in, without the marks around it."""
    sentence, figure = line.claim.sentence, line.claim.text
    clause = next((part for part in _CLAUSES.split(sentence) if figure in part), "")
    return clause.strip(" “”\t")[:LONGEST_TITLE] or line.claim.measure or figure


def programmes_for(article: CheckedArticle, line: Line, day: date) -> list[str]:
    """The programme the figure was matched in, else the one its paragraph names and plans, when it was on that day."""
    catalogue, packs = current_catalogue(), packs_of(article.unit)
    text = article.reading["clean_text"]
    start = text.rfind("\n", 0, line.claim.start) + 1
    paragraph = text[start:].partition("\n")[0]
    code = line.result["programme"]
    named = [catalogue.programmes[code]] if code else Matcher(catalogue, packs).stated_programmes(paragraph)
    indicator = line.result["indicator"]
    return [
        each.code
        for each in named
        if (code or any(plan.indicator == indicator for plan in each.plan))
        and each.starts <= day
        and (each.ends is None or day <= each.ends)
    ][:1]


def day_for(article: CheckedArticle, unit: Unit) -> date:
    """The day to begin with: the article's own when it lies in the period, else the period's last day so far."""
    period, today = article.period, today_for(unit)
    stated = reading_of(article.reading).date
    if stated and period.contains(day := date.fromisoformat(stated)) and day <= today:
        return day
    return max(period.start, min(period.last_day, today))


def source_of(article: CheckedArticle, line: Line) -> str:
    """How the draft says where it comes from."""
    return f"有稿无证：据《{article.title[:60]}》第 {line.number} 处“{line.claim.text[:20]}”补记"


@transaction.atomic
def start_draft(
    article: CheckedArticle, line: Line, *, guess: Guess, unit: Unit, title: str, day: date, by: User
) -> Voucher:
    """Start a draft voucher for a figure with the article's text attached as evidence.

    Raises EntryError when the unit may not record the kind or did not exist on the day.
    """
    programmes = programmes_for(article, line, day)
    entry = Entry(unit, guess.kind, title, day, values=dict(guess.values), programmes=programmes)
    voucher = save_draft(entry, preparer=by, source=source_of(article, line)[:120])
    attach(voucher, f"{article.title[:60]}.txt", article_text(article).encode(), by)
    return voucher


def article_text(article: CheckedArticle) -> str:
    """The article as a text file: title, origin and clean text."""
    kept = article.reading
    head = [
        kept["title"] or article.title,
        f"来源：{kept['source']}" if kept["source"] else "",
        kept["date"] or "",
    ]
    return "\n".join([*(each for each in head if each), "", kept["clean_text"], ""])
