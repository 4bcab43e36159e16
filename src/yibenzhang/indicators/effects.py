"""What a reversal does to the figures: every figure of the voucher's accounts, before and after (冲销影响)."""

from dataclasses import dataclass, replace
from datetime import date

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator, Programme
from yibenzhang.indicators.figures import Figure, figure
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Entry
from yibenzhang.organisation.models import LineageMember, Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.models import Voucher


@dataclass(frozen=True)
class Effect:
    """One figure that moves. `programme` is None for the figure over all programmes."""

    indicator: Indicator
    unit: Unit
    programme: Programme | None
    before: Figure
    after: Figure


def reversal_effects(voucher: Voucher) -> list[Effect]:
    """Every yearly figure that reversing this posted voucher changes, or that its reversal changed.

    Units are those of the postings and their superiors, from the unit upwards; years are that of the event and, for
    stocks and streaks, each year since. Empty when the voucher was never posted.
    """
    entry = voucher.entries.filter(kind=Entry.POSTING).first()
    if entry is None:
        return []
    reversal = Entry.objects.filter(reverses=entry).first()
    accounts = set(entry.postings.values_list("account", flat=True))
    catalogue = current_catalogue()
    programmes = [""] + [
        row.programme for row in voucher.programmes.order_by("id") if row.programme in catalogue.programmes
    ]
    found = []
    units = _line_of(entry)
    for indicator in catalogue.indicators.values():
        if accounts.isdisjoint(indicator.all_accounts()):
            continue
        for year in _years(indicator, voucher.event_date, today_for(voucher.unit)):
            for unit in units:
                for programme in programmes:
                    question = Question(unit, parse_period(str(year)), programme, indicator.scope)
                    found.append(_effect(indicator, question, entry, reversal))
    return [effect for effect in found if _differs(effect)]


def _line_of(entry: Entry) -> list[Unit]:
    lines = entry.postings.values("lineage_id")
    members = LineageMember.objects.filter(lineage_id__in=lines).select_related("ancestor")
    return list(dict.fromkeys(member.ancestor for member in members.order_by("-depth", "ancestor_id")))


def _years(indicator: Indicator, event: date, today: date) -> range:
    lasting = indicator.timing == "stock" or indicator.aggregation == "streak"
    return range(event.year, (max(today.year, event.year) if lasting else event.year) + 1)


def _effect(indicator: Indicator, question: Question, entry: Entry, reversal: Entry | None) -> Effect:
    programme = current_catalogue().programmes.get(question.programme)
    if reversal is None:
        before, after = question, replace(question, without=entry.number)
    else:
        before = replace(question, position=reversal.number - 1)
        after = replace(question, position=reversal.number)
    return Effect(indicator, question.unit, programme, figure(indicator, before), figure(indicator, after))


def _differs(effect: Effect) -> bool:
    return (effect.before.state, effect.before.value) != (effect.after.state, effect.after.value)
