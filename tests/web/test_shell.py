"""The shell's template tags: navigation, status marks, form controls."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.urls import include, path

from yibenzhang.web.templatetags.shell import SYMBOLS, VOUCHER_KINDS


def _page(request: object) -> None:
    """Never called: the tests only resolve URLs."""


def _section(prefix: str, namespace: str, *names: tuple[str, str]) -> object:
    return path(prefix, include(([path(route, _page, name=name) for route, name in names], namespace)))


urlpatterns = [
    path("", _page, name="workbench"),
    _section("vouchers/", "vouchers", ("", "list"), ("review/", "review")),
    _section("ledger/", "ledger", ("", "list")),
]


def render(source: str, path_of_page: str = "/", **values: object) -> str:
    """Render template source with the shell's tags for a page at this path."""
    context = Context({"request": RequestFactory().get(path_of_page), **values})
    return Template("{% load shell %}" + source).render(context)


NAVIGATION = '{% navigation as nav %}{% include "partials/nav.html" with label="主导航" %}'


@override_settings(ROOT_URLCONF=__name__)
def test_navigation_leaves_out_pages_that_do_not_exist() -> None:
    html = render(NAVIGATION)
    assert "台账" in html
    assert "指标" not in html
    assert "用账" not in html, "a group without pages has no heading"


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("path_of_page", "label"),
    [("/", "工作台"), ("/vouchers/17/", "凭证"), ("/vouchers/review/", "审核"), ("/ledger/", "台账")],
)
def test_navigation_marks_the_one_section_the_page_belongs_to(path_of_page: str, label: str) -> None:
    html = render(NAVIGATION, path_of_page, may_review=True)
    assert html.count('aria-current="page"') == 1
    assert label in html.split('aria-current="page"')[1].split("</a>")[0]


@override_settings(ROOT_URLCONF=__name__)
def test_navigation_offers_review_only_to_reviewers() -> None:
    assert "审核" in render(NAVIGATION, may_review=True)
    assert "审核" not in render(NAVIGATION, may_review=False)


@override_settings(ROOT_URLCONF=__name__)
def test_navigation_counts_what_waits_only_when_something_waits() -> None:
    assert 'class="count">6' in render(NAVIGATION, may_review=True, waiting_count=6)
    assert "count" not in render(NAVIGATION, may_review=True, waiting_count=0)


@pytest.mark.parametrize("state", VOUCHER_KINDS)
def test_every_voucher_state_is_shown_with_symbol_and_word(state: str) -> None:
    html = render("{% status state|voucher_kind '字' %}", state=state)
    assert f"#s-{SYMBOLS[VOUCHER_KINDS[state]]}" in html
    assert "字" in html


def test_every_symbol_is_in_the_sprite() -> None:
    sprite = render('{% include "partials/sprite.html" %}')
    assert all(f'id="s-{symbol}"' in sprite for symbol in SYMBOLS.values())


def test_thousands_has_commas_a_true_minus_and_nothing_for_no_record() -> None:
    assert render("{{ n|thousands }}", n=-1286) == "−1,286"
    assert render("{{ n|thousands }}", n=0) == "0"
    assert render("{{ n|thousands }}", n=None) == ""


class Example(forms.Form):
    title = forms.CharField(label="活动主题", error_messages={"required": "填写活动主题"})
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"class": "tall"}))
    kind = forms.ChoiceField(label="种类", required=False, choices=[("a", "甲")])


def test_an_invalid_form_names_what_to_change_and_keeps_what_was_entered() -> None:
    form = Example({"note": "<已写>"})
    field = '{% include "partials/field.html" with field=form.title %}{% include "partials/field.html" with field=form.note %}'
    html = render('{% include "partials/errsum.html" %}' + field, form=form)
    assert '<a href="#id_title">填写活动主题</a>' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_error"' in html
    assert "&lt;已写&gt;" in html


def test_controls_take_the_look_of_their_kind_and_keep_their_own_classes() -> None:
    form = Example()
    assert 'class="inp"' in render("{{ form.title|control }}", form=form)
    assert 'class="ta tall"' in render("{{ form.note|control }}", form=form)
    assert render("{{ form.kind|control }}", form=form).startswith('<span class="sel')


def test_a_status_text_is_escaped() -> None:
    assert "<b>" not in render("{% status 'ok' text %}", text="<b>")
