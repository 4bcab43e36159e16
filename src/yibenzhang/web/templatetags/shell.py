"""Template tags of the shell: navigation, icons, status marks, form controls."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# Symbol of each kind of status; the meaning of a symbol never changes (✓ done, ◐ waits for someone, …).
SYMBOLS = {
    "ok": "ok",
    "wait": "half",
    "late": "late",
    "chg": "late",
    "bad": "bad",
    "todo": "todo",
    "hint": "todo",
    "na": "na",
    "none": "na",
    "fut": "fut",
    "hand": "hand",
}
# Kind of status of each voucher state.
VOUCHER_KINDS = {"draft": "todo", "submitted": "wait", "returned": "late", "posted": "ok", "reversed": "na"}


@dataclass(frozen=True)
class Entry:
    """One place the navigation leads to."""

    view: str
    icon: str
    label: str
    needs: str = ""  # a variable of the context (may_record, …) without which the entry is not shown
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Navigation:
    """What the shell shows: the groups of the sidebar, the recording button, and where the reader is."""

    record: Entry | None
    home: Entry | None
    groups: list[tuple[str, list[Entry]]]
    tabs: list[Entry]
    is_top_level: bool


HOME = Entry("workbench", "desk", "工作台")
RECORD = Entry("record:choose", "pen", "记一笔", needs="may_record")
GROUPS = (
    (
        "记账",
        (
            Entry("vouchers:list", "voucher", "凭证"),
            Entry("vouchers:review", "review", "审核", needs="may_review"),
        ),
    ),
    (
        "部署",
        (
            Entry("responsibility:list", "tree", "责任清单"),
            Entry("plans:list", "report", "工作计划"),
            Entry("followups:list", "clock", "督办"),
            Entry("notices:list", "info", "通知"),
        ),
    ),
    (
        "看账",
        (
            Entry("ledger:list", "ledger", "台账"),
            Entry("requirements:matrix", "law", "规定动作"),
            Entry("figures:list", "matrix", "指标"),
            Entry("matters:list", "report", "事项"),
            Entry("programmes:list", "link", "专题"),
            Entry("organisation:tree", "tree", "组织"),
            Entry("people:list", "user", "人员"),
        ),
    ),
    (
        "用账",
        (
            Entry("reports:list", "report", "报告"),
            Entry("superior_forms:list", "matrix", "上级报表"),
            Entry("checking:new", "proof", "核稿"),
            Entry("exchange:import", "up", "导入"),
            Entry("relief:account", "scale", "减负账"),
            Entry("accounts:list", "user", "账号", needs="may_administer"),
        ),
    ),
)
# The bottom bar of narrow screens; the rest is behind 更多.
TAB_VIEWS = ("ledger:list", "requirements:matrix")


def _resolve(entry: Entry) -> Entry | None:
    """Return the entry with its URL, or None when this installation has no such page."""
    try:
        return replace(entry, url=reverse(entry.view))
    except NoReverseMatch:
        return None


def _mark_current(entries: list[Entry], path: str) -> list[Entry]:
    """Mark the entry whose URL is the longest beginning of `path`; the root only stands for itself."""
    fitting = [e.url for e in entries if path == e.url or (e.url != "/" and path.startswith(e.url))]
    longest = max(fitting, key=len, default=None)
    return [replace(entry, is_current=entry.url == longest) for entry in entries]


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> Navigation:
    """Return the navigation for the page being rendered, without pages that do not exist or that the
    reader's roles do not open."""
    request = context.get("request")
    path = request.path if request else ""
    places = [HOME, RECORD, *(entry for _, entries in GROUPS for entry in entries)]
    open_to_reader = [place for place in places if not place.needs or context.get(place.needs)]
    resolved = [entry for place in open_to_reader if (entry := _resolve(place))]
    by_view = {entry.view: entry for entry in _mark_current(resolved, path)}
    groups = [(title, [by_view[e.view] for e in entries if e.view in by_view]) for title, entries in GROUPS]
    return Navigation(
        record=by_view.get(RECORD.view),
        home=by_view.get(HOME.view),
        groups=[(title, entries) for title, entries in groups if entries],
        tabs=[by_view[view] for view in TAB_VIEWS if view in by_view],
        is_top_level=any(entry.url == path for entry in by_view.values()),
    )


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """Return one of the sprite's icons (partials/sprite.html); always put a word next to it."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>',
        f" {css_class}" if css_class else "",
        name,
    )


@register.simple_tag
def symbol(kind: str, css_class: str = "") -> SafeString:
    """Return the symbol of a kind of status, for places that bring their own word."""
    return format_html(
        '<svg class="sym{}" aria-hidden="true"><use href="#s-{}"/></svg>',
        f" {css_class}" if css_class else "",
        SYMBOLS[kind],
    )


@register.inclusion_tag("partials/status.html")
def status(kind: str, text: str, fill: bool = False) -> dict[str, object]:
    """Show a status: colour, symbol and word together. Kinds are the keys of SYMBOLS."""
    return {"kind": kind, "symbol": SYMBOLS[kind], "text": text, "fill": fill}


@register.filter
def voucher_kind(state: str) -> str:
    """Return the kind of status that a voucher state (草稿, 待审, …) is shown as."""
    return VOUCHER_KINDS[state]


@register.filter
def thousands(number: int | None) -> str:
    """Write an integer with commas and a true minus sign: 1,286 and −6; nothing for None."""
    return "" if number is None else f"{number:,}".replace("-", "\N{MINUS SIGN}")


@register.filter
def control(field: BoundField) -> SafeString:
    """Render a form field's widget in the look of the design, by the kind of widget it has."""
    widget = field.field.widget
    if isinstance(widget, Select):
        return format_html('<span class="sel sel--field">{}</span>', field.as_widget())
    if isinstance(widget, (CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect)):
        return field.as_widget()
    look = "ta" if isinstance(widget, Textarea) else "inp"
    return field.as_widget(attrs={"class": f"{look} {widget.attrs.get('class', '')}".strip()})
