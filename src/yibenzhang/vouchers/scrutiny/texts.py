"""Texts: near-identical to another voucher's, another unit's name left in, a date later than the event."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from rapidfuzz import fuzz

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of, superiors_on, units_below
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.scrutiny.finding import Finding

SHORTEST, ALIKE = 40, 90  # characters from which texts are compared; likeness out of 100 that is worth a look
LOOKED_BACK, MOST = timedelta(days=800), 400
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def text_of(voucher: Voucher) -> str:
    """What was written: paragraphs, texts and the agenda, without the title."""
    parts: list[str] = []
    for value in voucher.values.values():
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, list):
            parts += [str(item.get("text", "")) for item in value if isinstance(item, dict)]
    return "\n".join(part for part in parts if part)


def near_identical(voucher: Voucher, known: QuerySet[Voucher]) -> Iterator[Finding]:
    """The voucher of the same kind whose text is nearly the same, of this unit or another the reader may see."""
    text = text_of(voucher)
    if len(text) < SHORTEST:
        return
    others = known.filter(kind=voucher.kind, event_date__gte=voucher.event_date - LOOKED_BACK).exclude(
        pk=voucher.pk
    )
    others = others.exclude(state=Voucher.State.DRAFT).select_related("unit").order_by("-event_date", "-pk")
    best: tuple[float, Voucher] | None = None
    for other in others[:MOST]:
        likeness = fuzz.ratio(text, text_of(other), score_cutoff=ALIKE)
        if likeness and (best is None or likeness > best[0]):
            best = likeness, other
    if best:
        other = best[1]
        fact = f"文字与{other.unit}{other.event_date}的“{other.title}”几乎相同"
        yield Finding(fact, f"凭证 {other.number}，逐字比较", other)


def names_of_others(voucher: Voucher) -> Iterator[Finding]:
    """Names of units of the same type in the same book that stand in the text and have no part in the event."""
    book = book_of(voucher.unit)
    text = f"{voucher.title}\n{text_of(voucher)}"
    if book is None:
        return
    part = {row.unit_id for row in voucher.participants.all()}
    part |= {unit.pk for unit in superiors_on(voucher.unit, voucher.event_date)}
    own = f"{voucher.unit.name}{voucher.unit.short_name}"
    units = units_below([book.unit_id]).filter(unit_type=voucher.unit.unit_type).exclude(pk__in=part)
    for unit in units:
        name = next((name for name in (unit.name, unit.short_name) if len(name) >= 4 and name in text), "")
        if name and name not in own:
            yield Finding(f"文中出现“{name}”，不是本单位，也没有列为参加单位", "凭证的标题和文字")


def studied_too_early(voucher: Voucher) -> Iterator[Finding]:
    """A speech or document that was published after the event at which it was studied, by the day the recorder gave."""
    kind = current_catalogue().kinds.get(voucher.kind)
    last = voucher.end_date or voucher.event_date
    for spec in kind.fields if kind else []:
        given = voucher.values.get(spec.code)
        if not spec.published or not isinstance(given, str) or not given:
            continue
        day = date.fromisoformat(given)
        if day > last:
            what = str(voucher.values.get("material") or "所学的材料")
            fact = f"“{what}”{_written(day)}发布，晚于学习的{_written(last)}"
            yield Finding(fact, f"凭证上填写的{spec.name}")


def dated_later(voucher: Voucher) -> Iterator[Finding]:
    """A full date in title or text that is later than the event: what was studied may not have been published yet."""
    last = voucher.end_date or voucher.event_date
    for year, month, day in dict.fromkeys(_DAY.findall(f"{voucher.title}\n{text_of(voucher)}")):
        try:
            written = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if written > last:
            fact = f"文中的{year}年{month}月{day}日晚于活动日{_written(last)}"
            yield Finding(fact, "凭证的标题和文字")


def missing_units(voucher: Voucher) -> Iterator[Finding]:
    """Units of the event that did not exist on its day, by the register as it stands now."""
    units = [voucher.unit, *(row.unit for row in voucher.participants.select_related("unit"))]
    kind = current_catalogue().kinds.get(voucher.kind)
    asked = [spec.code for spec in kind.fields if spec.type == "unit"] if kind else []
    codes = [str(voucher.values.get(code) or "") for code in asked]
    for unit in [*units, *Unit.objects.filter(code__in=codes)]:
        if not unit.exists_on(voucher.event_date):
            yield Finding(f"{unit}在{voucher.event_date}还未成立或已撤销", "组织登记的成立和撤销日期")


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
