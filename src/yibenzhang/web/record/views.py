"""The recording form: new, again after a refusal, or an open voucher."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role, User
from yibenzhang.access.scope import Actor
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Kind
from yibenzhang.ledger.preview import preview as preview_of
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import reviewers_of, today_for
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.queries import editable_by, visible_to
from yibenzhang.vouchers.services import VoucherStateError, allowed_kinds, faults_of, submit_voucher
from yibenzhang.vouchers.stored import entry_of
from yibenzhang.web.record.conflict import conflict_page
from yibenzhang.web.record.drafting import (
    copied_entry,
    fresh_entry,
    last_vouchers,
    principals,
    unit_to_record,
    units_recording,
)
from yibenzhang.web.record.keeping import keep
from yibenzhang.web.record.planned import items_behind, link_planned, planned_item
from yibenzhang.web.record.prefill import begun, known_of
from yibenzhang.web.record.questions import Question
from yibenzhang.web.record.reading import Reading, read_form
from yibenzhang.web.record.sheet import Sheet
from yibenzhang.web.record.typed import key_of
from yibenzhang.web.requests import actor_of, needs


@needs(Role.PREPARER)
def new(request: HttpRequest, kind: str) -> HttpResponseBase:
    """A new record of a kind; the query string may say the unit, an earlier voucher (`copy`), an item of a plan
    (`plan_item`) and answers known beforehand (see `prefill`)."""
    if request.method == "POST":
        return _post(request, _kind(kind))
    actor, spec = actor_of(request), _kind(kind)
    units = units_recording(actor, spec)
    known = known_of(request, actor, spec, units)
    unit = unit_to_record(actor, spec, units, request.GET.get("unit", "") or known.unit)
    if spec not in allowed_kinds(unit):
        raise Http404
    last = last_vouchers(unit, spec)
    entry = _start(actor, spec, unit, last, request.GET.get("copy", ""))
    return _page(request, Sheet(actor, begun(entry, known, actor), units, last=last, item=known.item))


def _start(actor: Actor, kind: Kind, unit: Unit, last: list[Voucher], copy: str) -> Entry:
    origin = key_of(copy)
    if origin is None:
        return fresh_entry(kind, unit, last)
    return copied_entry(visible_to(actor).select_related("unit").get(pk=origin, kind=kind.code), unit)


@needs(Role.PREPARER)
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An open voucher again; one that is no longer open is shown instead."""
    actor = actor_of(request)
    voucher = editable_by(actor, pk)
    if request.method == "POST":
        return _post(request, _kind(voucher.kind), voucher)
    if not voucher.is_open:
        return redirect("vouchers:detail", voucher.pk)
    entry = entry_of(voucher)
    sheet = Sheet(actor, Reading(entry), units_recording(actor, entry.kind), voucher)
    sheet.last, sheet.on_behalf_of = last_vouchers(entry.unit, entry.kind), voucher.on_behalf_of_id
    return _page(request, sheet)


@require_POST
@needs(Role.PREPARER)
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """What the form would post, as a fragment for the page. Nothing is stored."""
    sheet = _sheet(request, _kind(kind), _named_voucher(request))
    context = _preview(sheet) | {"refreshed": _outdated(request, sheet), "entry": sheet.entry}
    context["errors"] = sheet.head_errors()
    if ",".join(item.code for item, _ in sheet.programmes) != request.POST.get("programmes_offered", ""):
        context["refresh_programmes"] = True
    return render(request, "record/previewed.html", context)


def _outdated(request: HttpRequest, sheet: Sheet) -> list[Question]:
    """Attendance lists of another day than the one now entered: membership is dated."""
    found = []
    for question in sheet.questions():
        shown = {
            name for name in request.POST if name.startswith(f"{question.name}.") and name[-1].isdecimal()
        }
        wanted = {f"{question.name}.{seat.person.pk}" for seat in question.seats}
        if question.seats and shown != wanted:
            found.append(question)
    return found


def _post(request: HttpRequest, kind: Kind, voucher: Voucher | None = None) -> HttpResponseBase:
    """Keep the draft first, whatever was asked; then submit, or show the form again."""
    sheet = _sheet(request, kind, voucher or _named_voucher(request))
    act = request.POST.get("act", "draft")
    user = sheet.actor.user
    try:
        kept = keep(request, sheet.reading, actor=user, voucher=sheet.voucher, on_behalf_of=_principal(sheet))
        sheet.voucher = kept.voucher
        sheet.reading.faults += kept.faults
        if kept.voucher is not None:
            link_planned(sheet.actor, request.POST.get("plan_item", ""), kept.voucher)
        if act == "submit" and kept.voucher is not None:
            return _submit(request, sheet, kept.voucher)
    except VoucherStateError as error:
        if sheet.voucher is None:
            raise
        if act == "autosave":
            return _autosaved(
                request, sheet, "这笔凭证已被他人改动，没有自动保存；点“存为草稿”可以对照两个版本。"
            )
        return conflict_page(request, sheet, error.message)
    if act == "autosave":
        return _autosaved(request, sheet)
    if act == "draft" and sheet.voucher is not None and not kept.faults:
        return redirect(f"{reverse('record:edit', args=[sheet.voucher.pk])}?kept=1")
    return _page(request, sheet, moved=act)


def _submit(request: HttpRequest, sheet: Sheet, voucher: Voucher) -> HttpResponseBase:
    reading = sheet.reading
    named = {fault.field for fault in reading.faults}
    reading.faults += [fault for fault in faults_of(reading.entry) if fault.field not in named]
    if reading.faults:
        return _page(request, sheet, refused=True)
    submit_voucher(reading.entry, voucher, actor=sheet.actor.user)
    return redirect(f"{reverse('vouchers:detail', args=[voucher.pk])}?done=submitted")


def _sheet(request: HttpRequest, kind: Kind, voucher: Voucher | None) -> Sheet:
    actor, post = actor_of(request), request.POST
    units = units_recording(actor, kind)
    code = post.get("unit") or (voucher.unit.code if voucher else "")
    unit = unit_to_record(actor, kind, units, code)
    if kind not in allowed_kinds(unit):
        raise Http404
    known = [row.person for row in voucher.people.select_related("person")] if voucher else []
    reading = read_form(post, actor=actor, kind=kind, unit=unit, today=today_for(unit), known=known)
    return Sheet(
        actor,
        reading,
        units,
        voucher,
        last=last_vouchers(unit, kind),
        on_behalf_of=key_of(post.get("on_behalf_of", "")),
        item=planned_item(actor, post.get("plan_item", "")),
    )


def _named_voucher(request: HttpRequest) -> Voucher | None:
    """The draft that an earlier round of the same new form has already stored."""
    key = key_of(request.POST.get("voucher", ""))
    return editable_by(actor_of(request), key) if key else None


def _principal(sheet: Sheet) -> User | None:
    offered = principals(sheet.actor, sheet.entry.unit) if sheet.on_behalf_of else []
    return next((user for user in offered if user.pk == sheet.on_behalf_of), None)


def _autosaved(request: HttpRequest, sheet: Sheet, problem: str = "") -> HttpResponse:
    response = render(request, "record/autosaved.html", {"voucher": sheet.voucher, "problem": problem})
    if sheet.voucher is not None and not problem:
        response["HX-Replace-Url"] = reverse("record:edit", args=[sheet.voucher.pk])
    return response


def _page(request: HttpRequest, sheet: Sheet, *, refused: bool = False, moved: str = "") -> HttpResponse:
    entry, voucher = sheet.entry, sheet.voucher
    sheet.principals = principals(sheet.actor, entry.unit)
    questions = sheet.questions()
    for question in questions:
        if question.widget == "agenda" and moved == f"add:{question.code}":
            question.rows += [{"text": "", "kind": ""}] * 3
    faulty = bool(sheet.reading.faults)
    context = _preview(sheet) | {
        "sheet": sheet,
        "entry": entry,
        "kind": entry.kind,
        "voucher": voucher,
        "questions": questions,
        "errors": sheet.head_errors(),
        "summary": sheet.summary() if refused or faulty else [],
        "refused": refused,
        "kept": "kept" in request.GET,
        "attachments": list(voucher.attachments.order_by("id")) if voucher else [],
        "reviewers": reviewers_of(entry.unit, sheet.entry.event_date),
        "returned": _return_reason(voucher),
        "planned": items_behind(sheet.actor, voucher) if voucher else [sheet.item] if sheet.item else [],
    }
    return render(request, "record/form.html", context, status=422 if faulty and request.POST else 200)


def _return_reason(voucher: Voucher | None) -> str:
    if voucher is None or voucher.state != Voucher.State.RETURNED:
        return ""
    step = voucher.trail.filter(step="returned").order_by("-id").first()
    return step.reason if step else ""


def _preview(sheet: Sheet) -> dict[str, object]:
    return {"preview": preview_of(sheet.entry, voucher=sheet.voucher), "sheet": sheet}


def _kind(code: str) -> Kind:
    found = current_catalogue().kinds.get(code)
    if found is None:
        raise Http404
    return found
