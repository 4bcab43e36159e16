"""Entering facts about people: register, belong, hold a post, end either."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yibenzhang.access.models import Role
from yibenzhang.access.people import people_for
from yibenzhang.access.scope import Actor, get_in_scope, units_for
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Membership, Person, Post, Unit
from yibenzhang.organisation.outline import outline
from yibenzhang.organisation.people import appoint, end_membership, end_post, join_unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.organisation.services import register_person
from yibenzhang.web.organisation.forms import day_field, text_field
from yibenzhang.web.requests import actor_of, needs

ENDINGS = {"membership": "结束组织关系", "post": "登记离任"}
EDITORS = (Role.ADMINISTRATOR, Role.PREPARER)


def editable_ids(actor: Actor) -> set[int]:
    """Units whose people the actor may register."""
    if not actor.has(*EDITORS):
        return set()
    return set(units_for(actor, *EDITORS).values_list("pk", flat=True))


class FactForm(forms.Form):
    """A dated fact at a unit the actor keeps people for."""

    unit = forms.ChoiceField(
        label="所在组织", error_messages={"required": "请选组织。", "invalid_choice": "组织请从列表中选。"}
    )
    on = day_field("起始日期")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        day = today_for(actor.home_unit())
        roots = outline(units_for(actor, *EDITORS), day)
        nodes = [node for root in roots for node in root.walk()]
        self.fields["unit"].choices = [(n.unit.code, f"{'　' * n.depth}{n.unit}") for n in nodes]  # type: ignore[attr-defined]
        self.fields["on"].initial = day

    def chosen_unit(self) -> Unit:
        """The unit chosen, within what the actor may edit."""
        code = self.cleaned_data["unit"]
        return get_in_scope(Unit.objects.all(), self.actor, *EDITORS, by="self", code=code)


class RegisterForm(FactForm):
    """A new person with the membership."""

    name = text_field("姓名", 40)
    state = forms.ChoiceField(label="组织关系状态", choices=Membership.STATES)
    field_order = ["name", "unit", "state", "on"]


class MembershipForm(FactForm):
    """A membership."""

    state = forms.ChoiceField(label="组织关系状态", choices=Membership.STATES)
    field_order = ["unit", "state", "on"]


class PostForm(FactForm):
    """A post."""

    title = forms.ChoiceField(label="职务", choices=Post.TITLES)
    duty = text_field("分工", 40, required=False)
    field_order = ["unit", "title", "duty", "on"]


class EndForm(forms.Form):
    """When something ends."""

    on = day_field("结束日期", help_text="从这一天起不再有效。")


@needs(*EDITORS)
def register(request: HttpRequest) -> HttpResponse:
    """Register a person."""
    actor = actor_of(request)
    form = RegisterForm(request.POST or None, actor=actor)

    def act() -> Person:
        given = form.cleaned_data
        person = register_person(name=given["name"])
        join_unit(person=person, unit=form.chosen_unit(), state=given["state"], on=given["on"])
        return person

    return _answer(request, form, "登记人员", "people.register", act, None)


@needs(*EDITORS)
def add_membership(request: HttpRequest, key: str) -> HttpResponse:
    """Move a person to a branch, or change the state of membership."""
    actor = actor_of(request)
    person = people_for(actor, *EDITORS).get(key=key)
    form = MembershipForm(request.POST or None, actor=actor)

    def act() -> Person:
        given = form.cleaned_data
        join_unit(person=person, unit=form.chosen_unit(), state=given["state"], on=given["on"])
        return person

    return _answer(request, form, "登记组织关系", "people.membership", act, person)


@needs(*EDITORS)
def add_post(request: HttpRequest, key: str) -> HttpResponse:
    """Give a person a post."""
    actor = actor_of(request)
    person = people_for(actor, *EDITORS).get(key=key)
    form = PostForm(request.POST or None, actor=actor)

    def act() -> Person:
        given = form.cleaned_data
        appoint(
            person=person, unit=form.chosen_unit(), title=given["title"], duty=given["duty"], on=given["on"]
        )
        return person

    return _answer(request, form, "登记职务", "people.post", act, person)


@needs(*EDITORS)
def end_fact(request: HttpRequest, key: str, noun: str, pk: int) -> HttpResponse:
    """End a membership or a post."""
    actor = actor_of(request)
    person = people_for(actor, *EDITORS).get(key=key)
    form = EndForm(request.POST or None, initial={"on": today_for(actor.home_unit())})
    if noun not in ENDINGS:
        raise Http404
    facts: Any = person.memberships.all() if noun == "membership" else person.posts.all()
    fact = get_in_scope(facts, actor, *EDITORS, by="unit", pk=pk)

    def act() -> Person:
        if isinstance(fact, Membership):
            end_membership(fact, on=form.cleaned_data["on"])
        else:
            end_post(fact, on=form.cleaned_data["on"])
        return person

    return _answer(request, form, ENDINGS[noun], f"people.end_{noun}", act, person)


def _answer(
    request: HttpRequest, form: forms.Form, title: str, verb: str, act: Any, person: Person | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                done: Person = act()
                record(actor=actor_of(request).user, verb=verb, subject=done.key)
            # Who has just moved out of scope has no page here any more.
            is_seen = people_for(actor_of(request)).filter(pk=done.pk).exists()
            return redirect("people:detail", done.key) if is_seen else redirect("people:list")
        except BookError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    status = 422 if form.errors else 200
    return render(
        request, "people/fact.html", {"form": form, "heading": title, "person": person}, status=status
    )
