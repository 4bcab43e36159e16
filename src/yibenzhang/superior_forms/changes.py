"""What has moved since a form was issued: cell by cell, with the vouchers that moved it."""

from dataclasses import dataclass, replace

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.reversals import Taken, reversed_under
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import rests_on, trace
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.superior_forms.answers import Answer
from yibenzhang.superior_forms.editions import decided_as
from yibenzhang.superior_forms.filler import Filler
from yibenzhang.superior_forms.models import EditionCell, FormEdition
from yibenzhang.vouchers.models import Voucher

NEW, REVERSED, ENDED = "新入账", "已冲销", "不再计入"


@dataclass(frozen=True)
class Change:
    """A cell whose number is no longer what was sent; `lines` are (voucher, word)."""

    row: EditionCell
    now: str
    lines: tuple[tuple[Voucher, str], ...]


def changes_since(edition: FormEdition) -> list[Change]:
    """Every figure whose present value differs from the issued one."""
    rows = {row.number: row for row in edition.cells.exclude(indicator="")}
    cells = [cell for cell in decided_as(edition) if cell.number in rows]
    found = []
    for answer in Filler(edition.form, day=edition.day).answers(cells):
        row = rows[answer.cell.number]
        value = "" if answer.value is None else str(answer.value)
        if value != row.value:
            found.append(Change(row, answer.shown or answer.word, tuple(_moved(answer, edition.position))))
    return found


def reversed_since(edition: FormEdition) -> list[EditionCell]:
    """The cells that rested on a voucher reversed since, also where the number stayed."""
    filler = Filler(edition.form, edition.position, edition.day)
    cells = [cell for cell in decided_as(edition) if cell.kind == cell.Kind.FIGURE]
    taken = []
    for cell in cells:
        indicator = filler.catalogue.indicators.get(cell.indicator)
        question = filler.question_of(cell, indicator) if indicator else None
        if indicator and question:
            taken.append(Taken(cell.number, indicator, question))
    hit = reversed_under(taken)
    return [row for row in edition.cells.order_by("number") if row.number in hit]


def cells_using(voucher: Voucher) -> list[EditionCell]:
    """Cells of issued forms that this voucher stood behind, computed from the ledger as it was then."""
    entry = voucher.entries.filter(kind=Entry.POSTING).first()
    if entry is None:
        return []
    accounts = set(Posting.objects.filter(entry=entry).values_list("account", flat=True))
    indicators = {
        each.code: each
        for each in current_catalogue().indicators.values()
        if accounts & set(each.all_accounts())
    }
    rows = EditionCell.objects.filter(
        kind=EditionCell.Kind.FIGURE, indicator__in=indicators, edition__position__gte=entry.number
    )
    rows = rows.select_related("edition__form__unit").defer("edition__content", "edition__form__content")
    found = []
    for row in rows.order_by("edition_id", "number"):
        filler = Filler(row.edition.form, row.edition.position)
        question = filler.question_of(row, indicators[row.indicator])
        if question and rests_on(indicators[row.indicator], question, entry.number):
            found.append(row)
    return found


def _moved(answer: Answer, position: int) -> list[tuple[Voucher, str]]:
    if answer.indicator is None or answer.question is None:
        return []
    return moved(answer.indicator, answer.question, position)


def moved(indicator: Indicator, question: Question, position: int) -> list[tuple[Voucher, str]]:
    """The vouchers that came into a figure after a position, or went out of it."""
    then = {line.posting: line.voucher for line in trace(indicator, replace(question, position=position))}
    now = {line.posting: line.voucher for line in trace(indicator, replace(question, position=0))}
    came = {voucher for posting, voucher in now.items() if posting not in then}
    went = {voucher for posting, voucher in then.items() if posting not in now}
    gone = set(
        Entry.objects.filter(kind=Entry.REVERSAL, voucher__in=went).values_list("voucher_id", flat=True)
    )
    vouchers = Voucher.objects.filter(pk__in=came | went).order_by("event_date", "pk")
    return [(each, NEW if each.pk in came else REVERSED if each.pk in gone else ENDED) for each in vouchers]
