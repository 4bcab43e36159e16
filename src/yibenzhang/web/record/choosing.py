"""Choosing a kind of record: by group, by what was recorded last, or by typing Chinese, pinyin or initials."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.models import Role
from yibenzhang.catalogue.schema import Kind
from yibenzhang.kernel.text import matches
from yibenzhang.web.record.drafting import kinds_open_to, recent_kinds
from yibenzhang.web.record.planned import planned_item
from yibenzhang.web.requests import actor_of, needs


@dataclass(frozen=True)
class Group:
    """Kinds under one heading."""

    name: str
    kinds: list[Kind]


@needs(Role.PREPARER)
def choose(request: HttpRequest) -> HttpResponse:
    """The kinds open to the user; `q` narrows them."""
    actor = actor_of(request)
    text = request.GET.get("q", "").strip()[:60]
    kinds = kinds_open_to(actor)
    found = [kind for kind in kinds if _fits(kind, text)]
    carried = request.GET.copy()  # what the chosen kind's form is to begin with; `q` only chooses
    carried.pop("q", None)
    item = planned_item(actor, request.GET.get("plan_item", ""))
    recent = recent_kinds(actor.user) if not text else []
    by_code = {kind.code: kind for kind in found}
    groups: dict[str, list[Kind]] = {}
    for kind in found:
        groups.setdefault(kind.group, []).append(kind)
    context = {
        "q": text,
        "total": len(kinds),
        "found": len(found),
        "recent": [by_code[code] for code in recent if code in by_code],
        "groups": [Group(name, members) for name, members in groups.items()],
        "carried": carried.urlencode(),
        "planned": [item] if item else [],
        "passed": [(name, value) for name, values in carried.lists() for value in values],
    }
    template = "record/kinds.html" if request.headers.get("HX-Request") else "record/choose.html"
    return render(request, template, context)


def _fits(kind: Kind, text: str) -> bool:
    return not text or any(matches(text, name) for name in (kind.name, *kind.aliases, kind.group))
