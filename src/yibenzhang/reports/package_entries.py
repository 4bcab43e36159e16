"""What an inspection package says of one figure, one chart, one photograph, and of the records behind them."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import TraceLine, trace
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.models import IssuedBlock, IssuedFigure
from yibenzhang.reports.tokens import ChartToken, FigureToken, split
from yibenzhang.vouchers.models import Attachment, Voucher, VoucherPerson


def figure_entry(row: IssuedFigure, evaluator: Evaluator) -> dict[str, Any]:
    """A figure with what it counts and the lines it comes to; one a person vouched for has none."""
    (token,) = split(row.token)
    base = {
        "number": row.number,
        "indicator": row.indicator,
        "name": row.name,
        "shown": row.shown,
        "value": row.value,
    }
    answer = evaluator.resolved(token) if isinstance(token, FigureToken) else None
    if answer is None or answer.indicator is None or answer.question is None:
        return {**base, "lines": [], "aggregation": "", "months": []}
    question = replace(answer.question, position=row.position)
    monthly = isinstance(token, FigureToken) and token.display == "each_month"
    today = row.issued.day
    months = [m.code for m in question.period.months() if m.last_day < today] if monthly else []
    return {
        **base,
        "definition": answer.indicator.definition,
        "period": question.period.code,
        "programme": question.programme,
        "as_of": row.position,
        "aggregation": answer.indicator.aggregation,
        "months": months,
        "lines": [_line(line, row.issued.digest) for line in trace(answer.indicator, question)],
    }


def block_entry(row: IssuedBlock, evaluator: Evaluator) -> dict[str, Any]:
    """A chart with the lines of each bar, or a photograph with the record it belongs to and its file."""
    (token,) = split(row.token)
    if not isinstance(token, ChartToken):
        number = row.content["voucher"].partition("-")[2]
        return {"number": row.number, "file": f"照片/{row.number}.jpg", "record": int(number)}
    asked = evaluator.resolved(token.figure)
    if asked.indicator is None or asked.question is None:
        raise ValueError("an issued chart has an indicator")
    points = []
    for point in row.content["points"]:
        question = replace(_of_point(asked.question, token, point["code"]), position=row.position)
        lines = trace(asked.indicator, question) if point["value"] is not None else []
        salted = [_line(line, row.issued.digest) for line in lines]
        points.append({"label": point["label"], "value": point["value"], "lines": salted})
    return {
        "number": row.number,
        "indicator": row.indicator,
        "title": row.content["title"],
        "definition": asked.indicator.definition,
        "as_of": row.position,
        "aggregation": asked.indicator.aggregation,
        "points": points,
    }


def _of_point(question: Question, token: ChartToken, code: str) -> Question:
    if token.by != "unit":
        return replace(question, period=parse_period(code))
    if code == question.unit.code:
        return replace(question, scope="self")
    return replace(question, unit=Unit.objects.get(code=code), scope="subtree")


def _line(line: TraceLine, salt: str) -> dict[str, Any]:
    key = pseudonym(salt, line.key) if line.person else line.key
    return {
        "record": line.voucher, "entry": line.entry, "day": _day(line.day), "quantity": line.quantity, "key": key,
        "role": line.role,
    }  # fmt: skip


def pseudonym(salt: str, key: str) -> str:
    """Who a person is inside one package: the same all through it, another in every other."""
    return hashlib.sha256(f"{salt}|{key}".encode()).hexdigest()[:12]


def records_of(keys: Iterable[int], salt: str, *, named: bool = False) -> list[dict[str, Any]]:
    """The vouchers, with the digest they were posted under and those of their evidence.

    Without `named` nobody's name is in it: also not in the names of files. With it each record lists its people under the
    keys that the lines of the figures use.
    """
    wanted = list(keys)
    people: dict[int, list[tuple[str, str]]] = {}
    for row in VoucherPerson.objects.filter(voucher_id__in=wanted).select_related("person").order_by("id"):
        person = (pseudonym(salt, row.person.key), row.person.name)
        if person not in people.setdefault(row.voucher_id, []):
            people[row.voucher_id].append(person)
    evidence: dict[int, list[dict[str, Any]]] = {}
    for file in Attachment.objects.filter(voucher_id__in=wanted).order_by("id"):
        name = file.name
        for _, hidden in () if named else people.get(file.voucher_id, []):
            name = name.replace(hidden, "某同志")
        evidence.setdefault(file.voucher_id, []).append(
            {"name": name, "sha256": file.sha256, "size": file.size}
        )
    rows = Voucher.objects.filter(pk__in=wanted).select_related("unit").prefetch_related("entries")
    return [
        {
            "number": voucher.pk,
            "voucher": voucher.number,
            "kind": voucher.kind_name,
            "unit": voucher.unit.name,
            "day": _day(voucher.event_date),
            "digests": [entry.digest for entry in voucher.entries.all()],
            "evidence": evidence.get(voucher.pk, []),
            **(
                {"people": [{"key": key, "name": name} for key, name in people.get(voucher.pk, [])]}
                if named
                else {}
            ),
        }
        for voucher in rows.order_by("pk")
    ]


def _day(day: date) -> str:
    return day.isoformat()
