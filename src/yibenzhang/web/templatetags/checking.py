"""Template tags of the checking pages: the kind of status of a verdict, and where its figure is explained."""

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from yibenzhang.checking.marking import KINDS
from yibenzhang.checking.models import Check, CheckedArticle
from yibenzhang.checking.results import Line

register = template.Library()


@register.filter
def verdict_kind(line: Line) -> str:
    """Return the kind of status (colour and sign) a line's verdict is shown as."""
    return KINDS[line.verdict]


@register.simple_tag
def figure_url(line: Line, article: CheckedArticle, check: Check) -> str:
    """Return the page of the figure behind a line, as it stood at the check."""
    query = {
        "unit": article.unit.code,
        "period": line.result["period"] or article.period_code,
        "programme": line.result["programme"] or "",
        "scope": line.result["scope"] or "subtree",
        "as_of": check.position or "",
    }
    given = {key: value for key, value in query.items() if value}
    return f"{reverse('figures:detail', args=[line.result['indicator']])}?{urlencode(given)}"
