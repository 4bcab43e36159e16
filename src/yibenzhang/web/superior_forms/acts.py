"""What is done with a form as a whole: take the sure proposals, learn from last year's, issue, open again, throw away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yibenzhang.access.models import Role
from yibenzhang.superior_forms import editions, services
from yibenzhang.superior_forms.answers import BARRED, DECLARED, FILLED, UNRECORDED
from yibenzhang.superior_forms.consistency import contradictions
from yibenzhang.superior_forms.examples import learn_from_example
from yibenzhang.superior_forms.fields import FOOTER
from yibenzhang.superior_forms.filler import Filler
from yibenzhang.superior_forms.reading import grids_of
from yibenzhang.superior_forms.repeats import repeats
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.superior_forms.access import fillable, issuable
from yibenzhang.web.superior_forms.forms import ExampleForm

FILLERS = (Role.PREPARER, Role.APPROVER)


@needs(*FILLERS)
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Accept all sure proposals, choose how 不适用 is written, open an issued form again, or throw a draft away."""
    form = fillable(request, pk)
    user = actor_of(request).user
    if act == "accept":
        services.accept_sure(form, actor=user)
    elif act == "dashes":
        services.set_dashes(form, dashes=request.POST.get("dashes") == "1", actor=user)
    elif act == "reopen":
        editions.reopen_form(form, actor=user)
    elif act == "discard":
        services.discard_form(form, actor=user)
        return redirect("superior_forms:list")
    else:
        raise Http404
    return redirect("superior_forms:detail", form.pk)


@needs(*FILLERS)
@require_http_methods(["GET", "POST"])
def example(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload last year's filled form: each number tells which indicator it was."""
    form = fillable(request, pk)
    upload = ExampleForm(request.POST or None, request.FILES or None)
    learnt = None
    if request.method == "POST" and upload.is_valid():
        user = actor_of(request).user
        learnt = learn_from_example(form, upload.cleaned_data["example"], actor=user)
        taken = services.accept_sure(form, actor=user)
        context = {"form": form, "upload": ExampleForm(), "learnt": learnt, "taken": taken}
        return render(request, "superior_forms/example.html", context)
    status = 422 if upload.errors else 200
    return render(request, "superior_forms/example.html", {"form": form, "upload": upload}, status=status)


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and freeze (定稿); the page names beforehand what stays empty and what does not fit together."""
    form = issuable(request, pk)
    if request.method == "POST":
        editions.issue_form(form, actor=actor_of(request).user)
        return redirect("superior_forms:detail", form.pk)
    answers = Filler(form).answers(form.cells.all())
    context = {
        "form": form,
        "filled": sum(
            1 for each in answers if each.state in {FILLED, DECLARED} and each.field.kind != FOOTER
        ),
        "declared": [each for each in answers if each.state == DECLARED],
        "gaps": [each for each in answers if each.state in {UNRECORDED, BARRED}],
        "blocked": editions.undecided(answers),
        "refusal": editions.needs_second_person(form, actor_of(request).user),
        "contradictions": contradictions(grids_of(form.file_kind, form.data), answers),
        "repeats": repeats(form, answers),
    }
    return render(request, "superior_forms/issue.html", context)
