"""Programmes (专题): the list, and the page of one."""

from dataclasses import dataclass, replace

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.scope import restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import PlanLine, Programme
from yibenzhang.indicators.batches import figures
from yibenzhang.indicators.figures import Figure, is_adopted
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.ledger.models import Posting
from yibenzhang.organisation.models import LineageMember
from yibenzhang.organisation.queries import packs_of
from yibenzhang.vouchers.models import Voucher, VoucherProgramme
from yibenzhang.web.filters import Reading, bar, read
from yibenzhang.web.pages import page_by_key, page_number
from yibenzhang.web.requests import needs


@dataclass(frozen=True)
class Planned:
    """A line of the plan beside the figure that shows it."""

    line: PlanLine
    figure: Figure


@needs()
def programmes_list(request: HttpRequest) -> HttpResponse:
    """Programmes in force for the unit, with how many vouchers have been posted to each."""
    reading, catalogue = read(request), current_catalogue()
    packs = packs_of(reading.unit)
    posted = _vouchers(reading).order_by().values_list("programmes__programme")
    counts = dict(posted.annotate(n=Count("id")))
    rows = [
        (programme, counts.get(code, 0), _is_running(programme, reading))
        for code, programme in catalogue.programmes.items()
        if catalogue.home[("programmes", code)] in packs
    ]
    return render(request, "programmes/list.html", {"reading": reading, "bar": bar(reading), "rows": rows})


def _is_running(programme: Programme, reading: Reading) -> bool:
    return programme.starts <= reading.today and (programme.ends is None or reading.today <= programme.ends)


@needs()
def programmes_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One programme for a unit: its plan against figures, every figure it has, its vouchers."""
    programme = current_catalogue().programmes.get(code)
    if programme is None:
        raise Http404
    reading = replace(read(request), programme=code)
    if not request.GET.get("period"):
        reading = replace(reading, period=_window(programme, reading))
    question = reading.question()
    links = VoucherProgramme.objects.filter(programme=code).values("voucher_id")
    vouchers = _vouchers(reading).filter(pk__in=links).order_by("-event_date", "-id")
    context = {
        "programme": programme,
        "reading": reading,
        "bar": bar(reading),
        "is_running": _is_running(programme, reading),
        "plan": _plan(programme, question),
        "figures": _figures(programme, question),
        "page": page_by_key(vouchers, page_number(request), with_=("unit",)),
    }
    return render(request, "programmes/detail.html", context)


def _window(programme: Programme, reading: Reading) -> Period:
    """The programme's own window so far, or to its end."""
    last = min(programme.ends or reading.today, reading.today)
    if last < programme.starts:
        last = programme.starts
    return parse_period(f"{programme.starts}..{last}")


def _vouchers(reading: Reading) -> QuerySet[Voucher]:
    below = LineageMember.objects.filter(ancestor=reading.unit).values("lineage_id")
    rows = restrict(Voucher.objects.filter(state=Voucher.State.POSTED), reading.actor)
    return rows.filter(
        lineage_id__in=below, event_date__gte=reading.period.start, event_date__lt=reading.period.stop
    )


def _plan(programme: Programme, question: Question) -> list[Planned]:
    indicators = current_catalogue().indicators
    lines = [line for line in programme.plan if line.indicator in indicators]
    answers = figures([indicators[line.indicator] for line in lines], question)
    return [Planned(line, answer) for line, answer in zip(lines, answers, strict=True)]


def _figures(programme: Programme, question: Question) -> list[Figure]:
    """Every indicator with postings in the programme, apart from those already in the plan."""
    catalogue, packs = current_catalogue(), packs_of(question.unit)
    planned = {line.indicator for line in programme.plan}
    links = VoucherProgramme.objects.filter(programme=programme.code).values("voucher_id")
    accounts = set(
        Posting.objects.filter(voucher__in=links).order_by().values_list("account", flat=True).distinct()
    )
    wanted = [
        each
        for each in catalogue.indicators.values()
        if each.code not in planned
        and each.aggregation != "ratio"
        and accounts & set(each.accounts)
        and is_adopted(each, packs)
    ]
    return [answer for answer in figures(wanted, question) if answer.value is not None]
