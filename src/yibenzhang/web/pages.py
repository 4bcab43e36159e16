"""Pages of long lists without counting them: one row more is read than shown, and the depth is capped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from yibenzhang.kernel.errors import BookError

T = TypeVar("T")
M = TypeVar("M", bound=Model)
DEEPEST = 200


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of rows. The number of pages is not known: counting would read them all."""

    rows: Sequence[T]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """True when there is a page before this one."""
        return self.number > 1

    @property
    def is_deepest(self) -> bool:
        """True when there is more, but not here: narrow the filter or export."""
        return self.number >= DEEPEST


def page_number(request: HttpRequest) -> int:
    """The page asked for; raises BookError for what is no number between 1 and the deepest page."""
    text = request.GET.get("page") or "1"
    if not (text.isdecimal() and len(text) < 6 and 1 <= int(text) <= DEEPEST):
        raise BookError(f"页码应在 1 到 {DEEPEST} 之间；更早的行请缩小条件，或导出后查看。", field="page")
    return int(text)


def page_of(rows: QuerySet[Any, T], number: int, *, size: int = 50) -> Page[T]:
    """This page of the rows."""
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(found[:size], number, len(found) > size and number < DEEPEST)


def page_by_key(rows: QuerySet[Any, M], number: int, *, with_: tuple[str, ...], size: int = 20) -> Page[M]:
    """This page, keys first: sorting many rows reads an index only, and only the rows shown are fetched."""
    start = (number - 1) * size
    keys = list(rows.values_list("pk", flat=True)[start : start + size + 1])
    found = rows.model._default_manager.select_related(*with_).in_bulk(keys[:size])
    shown = [found[key] for key in keys[:size] if key in found]
    return Page(shown, number, len(keys) > size and number < DEEPEST)
