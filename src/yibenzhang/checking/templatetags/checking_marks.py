"""Template filter of the sheet: look up the mark of a figure."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def of_number(marks: dict[int, dict[str, Any]], number: int) -> dict[str, Any]:
    """Return the mark of the figure of this number."""
    return marks[number]
