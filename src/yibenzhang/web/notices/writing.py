"""Writing a notice: what is barred or known already is told at once, with what was typed still in the form."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yibenzhang.indicators.screening import BarredAskError, KnownAskError
from yibenzhang.kernel.errors import BookError
from yibenzhang.notices.files import attach, detach
from yibenzhang.notices.models import Notice
from yibenzhang.notices.permissions import may_write, writing_units
from yibenzhang.notices.queries import visible_to
from yibenzhang.notices.services import save_notice, write_notice
from yibenzhang.organisation.models import Unit
from yibenzhang.vouchers.evidence_gate import LARGEST
from yibenzhang.web.notices.forms import NoticeForm
from yibenzhang.web.requests import actor_of, needs


@needs("preparer")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new notice in the name of one of the units the reader writes for; `about` and `title` may come with the link."""
    units = writing_units(actor_of(request))
    if not units:
        return render(request, "notices/nobody.html")
    asked = request.GET.get("unit", "")
    unit = next((unit for unit in units if unit.code == asked), None) or units[0]
    if asked and unit.code != asked:
        raise Http404
    return _page(request, unit, units, None)


@needs("preparer")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a notice that has not gone out."""
    actor = actor_of(request)
    notice = visible_to(actor).select_related("unit").get(pk=pk)
    if not may_write(actor, notice.unit):
        raise Http404
    if not notice.is_open:
        return redirect("notices:detail", notice.pk)
    return _page(request, notice.unit, [], notice)


def _page(request: HttpRequest, unit: Unit, units: list[Unit], notice: Notice | None) -> HttpResponse:
    hints = {key: request.GET[key] for key in ("title", "about") if key in request.GET}
    form = NoticeForm(
        request.POST or None, unit=unit, notice=notice, **({} if notice else {"initial": hints})
    )
    context: dict[str, Any] = {"form": form, "unit": unit, "units": units, "notice": notice}
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, unit, notice)
            return redirect("notices:detail", saved.pk)
        except BarredAskError as error:
            context["barred"] = error.found
            form.add_error("text", "正文里有不能要的内容，见上面各条。")
        except KnownAskError as error:
            context["known"] = error.known
            form.add_error("text", "正文要报的数字台账已有，请删去，或写明理由。")
        except BookError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    if notice is not None:
        context["files"] = notice.files.all()
    return render(request, "notices/write.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _save(request: HttpRequest, form: NoticeForm, unit: Unit, notice: Notice | None) -> Notice:
    user = actor_of(request).user
    revision = request.POST.get("revision", "")
    given: dict[str, Any] = {"wording": form.wording(), "recipients": form.recipients(), "actor": user}
    if notice is None:
        saved = write_notice(unit=unit, **given)
    else:
        saved = save_notice(notice, revision=int(revision) if revision.isdecimal() else 0, **given)
    for key in request.POST.getlist("drop"):
        for file in saved.files.filter(pk=int(key) if key.isdecimal() else 0):
            detach(file, actor=user)
    for sent in request.FILES.getlist("files"):
        data = sent.read(LARGEST + 1)  # what is larger is refused unread
        attach(saved, sent.name or "未命名", data, actor=user)
    return saved
