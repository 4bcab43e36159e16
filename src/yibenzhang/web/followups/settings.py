"""Two settings: the interval of reminders in a book, and where one's own digest goes."""

from django.conf import settings as site
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from yibenzhang.access.models import Role
from yibenzhang.access.scope import units_for
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.models import Contact
from yibenzhang.followups.queries import interval_for
from yibenzhang.followups.services import set_contact, set_interval
from yibenzhang.organisation.queries import book_of, today_for
from yibenzhang.web.followups.forms import ContactForm, IntervalForm
from yibenzhang.web.requests import actor_of, needs


@needs(Role.ADMINISTRATOR)
def interval(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    """The interval of the administrator's book, and which years' holidays are at hand."""
    actor = actor_of(request)
    unit = units_for(actor, Role.ADMINISTRATOR).first()
    book = book_of(unit) if unit else None
    if unit is None or book is None:
        raise Http404
    form = IntervalForm(request.POST or None, initial={"workdays": interval_for(unit)})
    if request.method == "POST" and form.is_valid():
        set_interval(book=book, workdays=form.cleaned_data["workdays"], actor=actor)
        return redirect("followups:list")
    workdays = current_workdays()
    today = today_for(unit)
    context = {
        "form": form,
        "book": book,
        "years": workdays.years.values(),
        "problems": workdays.problems,
        "missing": workdays.missing([today, today.replace(year=today.year + 1, day=1)]),
    }
    return render(request, "followups/interval.html", context, status=422 if form.errors else 200)


@needs()
def contact(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    """The reader's own address and whether a digest is wanted."""
    actor = actor_of(request)
    kept = Contact.objects.filter(user=actor.user).first()
    begun = {"email": kept.email, "wants_digest": kept.wants_digest} if kept else {}
    form = ContactForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        set_contact(actor=actor, **form.cleaned_data)
        return redirect("followups:list")
    context = {"form": form, "is_on": bool(site.EMAIL_HOST)}
    return render(request, "followups/contact.html", context, status=422 if form.errors else 200)
