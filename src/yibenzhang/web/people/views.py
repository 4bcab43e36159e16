"""Lists of people and the page of one: the minimum of data, dated."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.models import Role
from yibenzhang.access.people import people_for
from yibenzhang.access.scope import get_in_scope, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Membership, Post, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import today_for, units_below
from yibenzhang.vouchers.queries import visible_to
from yibenzhang.web.filters import unit_choices
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.people.facts import editable_ids
from yibenzhang.web.requests import actor_of, needs


@needs()
def people_list(request: HttpRequest) -> HttpResponse:
    """People of a unit and everything below it, found by name or pinyin."""
    actor = actor_of(request)
    day = today_for(actor.home_unit())
    rows = people_for(actor)
    code = request.GET.get("unit", "")
    unit = get_in_scope(Unit.objects.all(), actor, by="self", code=code) if code else None
    if unit is not None:
        below = units_below([unit.pk]).values("pk")
        members = Membership.objects.filter(on_day(day), unit__in=below).values("person_id")
        rows = rows.filter(pk__in=members) | rows.filter(
            pk__in=Post.objects.filter(on_day(day), unit__in=below).values("person_id")
        )
    text = request.GET.get("q", "").strip()[:40]
    for word in text.lower().split():
        rows = rows.filter(search_key__contains=word)
    held = Post.objects.filter(on_day(day)).select_related("unit")
    belongs = Membership.objects.filter(on_day(day)).select_related("unit")
    rows = rows.order_by("id").prefetch_related(
        Prefetch("memberships", belongs, to_attr="now_in"), Prefetch("posts", held, to_attr="now_held")
    )
    context = {
        "unit": unit,
        "units": unit_choices(actor, day),
        "q": text,
        "page": page_of(rows, page_number(request)),
        "may_register": actor.has(Role.ADMINISTRATOR, Role.PREPARER),
    }
    return render(request, "people/list.html", context)


@needs()
def people_detail(request: HttpRequest, key: str) -> HttpResponse:
    """A person's memberships and posts, and the vouchers within the reader's scope that name them."""
    actor = actor_of(request)
    person = people_for(actor).get(key=key)
    units = restrict(Unit.objects.all(), actor, by="self").values("pk")
    vouchers = visible_to(actor).filter(people__person=person)
    names = {option.code: option.name for option in current_catalogue().choices["audiences"]}
    editable = editable_ids(actor)
    context = {
        "person": person,
        "audiences": [names.get(code, code) for code in person.audiences],
        "memberships": person.memberships.filter(unit__in=units)
        .select_related("unit")
        .order_by("-valid_from"),
        "posts": person.posts.filter(unit__in=units).select_related("unit").order_by("-valid_from"),
        "page": page_of(
            vouchers.select_related("unit").defer("values").order_by("-event_date", "-id").distinct(),
            page_number(request),
            size=20,
        ),
        "editable": editable,
        "may_edit": bool(editable),
    }
    return render(request, "people/detail.html", context)
