"""What every view needs of a request: who asks, and how a refusal becomes an answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponseBase

from yibenzhang.access.models import User
from yibenzhang.access.scope import Actor, actor_for

P = ParamSpec("P")


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in actor, read once a request."""
    kept = cast("Actor | None", getattr(request, "_actor", None))
    if kept is None:
        kept = actor_for(cast(User, request.user))
        request._actor = kept  # type: ignore[attr-defined]
    return kept


def needs(
    *roles: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Let a view be reached by these roles only (by anyone with a grant when none is named); others get a 404."""

    def wrap(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Any:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not actor_of(request).has(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        checked.roles = roles  # type: ignore[attr-defined]
        return checked

    return wrap
