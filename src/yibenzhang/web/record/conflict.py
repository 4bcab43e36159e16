"""Two people changed the same voucher: both versions side by side, and nothing typed is lost."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.stored import entry_of
from yibenzhang.web.record.sheet import Sheet
from yibenzhang.web.vouchers.answers import Answer, answers_of

CONTROL = {"csrfmiddlewaretoken", "revision", "voucher", "act"}


@dataclass(frozen=True)
class Difference:
    """One question with both answers."""

    label: str
    typed: str
    stored: str

    @property
    def differs(self) -> bool:
        """True when the versions disagree."""
        return self.typed != self.stored


def conflict_page(request: HttpRequest, sheet: Sheet, message: str) -> HttpResponse:
    """Answer 409 with what was typed and what is stored; either can be taken on."""
    voucher = sheet.voucher
    if voucher is None:
        raise ValueError("a voucher that does not exist cannot be in conflict")
    voucher.refresh_from_db()
    context = {
        "message": message,
        "voucher": voucher,
        "kind": sheet.entry.kind,
        "differences": _compare(sheet.entry, entry_of(voucher)),
        "typed": [
            (name, value) for name, values in request.POST.lists() if name not in CONTROL for value in values
        ],
        "lost_files": [file.name for file in request.FILES.getlist("files")],
    }
    return render(request, "record/conflict.html", context, status=409)


def _compare(typed: Entry, stored: Entry) -> list[Difference]:
    mine, theirs = _by_label(answers_of(typed)), _by_label(answers_of(stored))
    labels = list(dict.fromkeys([*mine, *theirs]))
    return [Difference(label, mine.get(label, ""), theirs.get(label, "")) for label in labels]


def _by_label(answers: list[Answer]) -> dict[str, str]:
    return {answer.label: answer.text for answer in answers}
