"""Remembering answers about the organisation while many vouchers are written and the tree stands still.

An import or the demo year asks the same few questions (which line, which book, which packs) thousands of times. Inside
`standing_still()` each answer is looked up once; outside it every question goes to the database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_answers: ContextVar[dict[Any, Any] | None] = ContextVar("organisation_answers", default=None)


@contextmanager
def standing_still() -> Iterator[None]:
    """Promise that no unit, placement or book changes inside the block."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def remembered(question: Callable[P, T]) -> Callable[P, T]:
    """Let a question with hashable arguments be answered once inside `standing_still()`."""

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = (question.__name__, args, tuple(kwargs.items()))
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        found: T = answers[key]
        return found

    return ask
