"""Template tags of the checking pages: the kind of status of a verdict, and where its figure is explained."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from yibenzhang.checking.marking import KINDS
from yibenzhang.checking.models import Check, CheckedArticle
from yibenzhang.checking.results import Line
from yibenzhang.web.templatetags.shell import symbol

register = template.Library()


@register.filter
def verdict_kind(line: Line) -> str:
    """Return the kind of status (colour and sign) a line's verdict is shown as."""
    return KINDS[line.verdict]


@register.simple_tag(takes_context=True)
def mark(context: template.Context, line: Line) -> SafeString:
    """Show a figure of the article with number, sign and verdict; it leads to its item in the list.

    A tag and no template: nothing may stand between a figure and the text beside it.
    """
    kind, selected = KINDS[line.verdict], context.get("selected")
    current = selected is not None and selected.line.number == line.number
    return format_html(
        '<a class="clm clm--{}" id="a{}" href="?c={}&amp;v={}#k{}"{}>{}<sup>{}{}</sup><span class="vh">（{}）</span></a>',
        kind,
        line.number,
        line.claim.id,
        context.get("verdict", ""),
        line.number,
        SafeString(' aria-current="true"') if current else "",
        line.claim.text,
        line.number,
        symbol(kind),
        line.word,
    )


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
