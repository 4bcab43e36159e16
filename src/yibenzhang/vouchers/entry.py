"""What a preparer enters, before it is a voucher: checked as a whole, every fault with its field."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from yibenzhang.catalogue.schema import FieldSpec, Kind
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Person, Unit
from yibenzhang.vouchers.models import Matter

LONGEST_TITLE = 120
LONGEST = {"text": 200, "paragraph": 4000}


@dataclass(frozen=True)
class Fault:
    """One thing to change: the field's code and what to do."""

    field: str
    message: str


class EntryError(BookError):
    """An entry that cannot be submitted yet; `faults` lists everything to change, in form order."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("；".join(fault.message for fault in faults), field=faults[0].field)
        self.faults = faults


@dataclass
class Entry:
    """The content of a voucher.

    `values` answers fields that hold plain data: text, integer, money in yuan, ISO date, option code or codes, agenda
    (list of {"text", "kind"}). `people` maps a field to persons with their attendance. `matters` maps a field to an
    existing matter, or to the title of one to open.
    """

    unit: Unit
    kind: Kind
    title: str
    event_date: date
    end_date: date | None = None
    values: dict[str, object] = field(default_factory=dict)
    people: dict[str, list[tuple[Person, str]]] = field(default_factory=dict)
    matters: dict[str, Matter | str] = field(default_factory=dict)
    programmes: list[str] = field(default_factory=list)
    participants: list[Unit] = field(default_factory=list)


def find_faults(entry: Entry, *, today: date, option_codes: dict[str, set[str]]) -> list[Fault]:
    """Everything that keeps this entry from being submitted, in the order of the form.

    `today` is the book's day: what has not happened yet cannot be recorded. `option_codes` gives the permitted codes of
    each choice field.
    """
    faults = list(_head_faults(entry, today))
    for spec in entry.kind.fields:
        message = _field_fault(entry, spec, option_codes.get(spec.code, set()))
        if message:
            faults.append(Fault(spec.code, message))
    return faults


def _head_faults(entry: Entry, today: date) -> list[Fault]:
    faults = []
    if not entry.title.strip():
        faults.append(Fault("title", "请写标题，说清做了什么。"))
    elif len(entry.title) > LONGEST_TITLE:
        faults.append(Fault("title", f"标题有 {len(entry.title)} 字，请缩短到 {LONGEST_TITLE} 字以内。"))
    if entry.event_date > today:
        faults.append(Fault("event_date", "日期晚于今天，请填实际开展的日期。"))
    elif not entry.unit.exists_on(entry.event_date):
        faults.append(Fault("event_date", f"{entry.unit}当日未成立或已撤销，请核对日期或换单位。"))
    if entry.end_date is not None:
        if entry.end_date < entry.event_date:
            faults.append(Fault("end_date", "结束日期早于开始日期，请改正。"))
        elif entry.end_date > today:
            faults.append(Fault("end_date", "结束日期晚于今天，请办结后再记，或先存草稿。"))
        elif entry.end_date - entry.event_date > timedelta(days=731):
            faults.append(Fault("end_date", "起止超过两年，请核对年份。"))
    for unit in entry.participants:
        if not unit.exists_on(entry.event_date):
            faults.append(Fault("participants", f"参加单位{unit}当日未成立或已撤销，请移除。"))
    return faults


def _field_fault(entry: Entry, spec: FieldSpec, options: set[str]) -> str:
    if spec.type in {"person", "people", "attendance"}:
        given: object = entry.people.get(spec.code)
    elif spec.type == "matter":
        given = entry.matters.get(spec.code) or (entry.title if spec.creates else None)
    else:
        given = entry.values.get(spec.code)
    if given is None or given == "" or given == []:
        return f"请填写{spec.name}（{spec.basis}）。" if spec.required else ""
    if spec.type in LONGEST:
        length = len(str(given))
        limit = LONGEST[spec.type]
        return f"{spec.name}有 {length} 字，请缩短到 {limit} 字以内。" if length > limit else ""
    if spec.type in {"integer", "money"}:
        return _number_fault(spec, given)
    if spec.type == "date" and not _is_date(given):
        return f"{spec.name}看不懂，请写成 2024-08-31 这样的日期。"
    if spec.type == "agenda" and not _is_agenda(given, options):
        return f"{spec.name}有一项没写议题或没选类别，请补上。"
    if spec.type == "choice" and given not in options:
        return f"{spec.name}没有这个选项，请从列表中选。"
    if spec.type == "choices" and not (isinstance(given, list) and set(given) <= options):
        return f"{spec.name}里有列表以外的选项，请重新选。"
    if spec.type == "person" and isinstance(given, list) and len(given) > 1:
        return f"{spec.name}只能填一人，请去掉其余的人。"
    if isinstance(given, Matter) and given.kind != spec.matter_kind:
        return f"{spec.name}选错了事项种类，请重新选。"
    return ""


def _is_date(given: object) -> bool:
    try:
        return bool(date.fromisoformat(str(given)))
    except ValueError:
        return False


def _is_agenda(given: object, options: set[str]) -> bool:
    return isinstance(given, list) and all(
        isinstance(item, dict) and item.get("text") and (not options or item.get("kind") in options)
        for item in given
    )


def _number_fault(spec: FieldSpec, given: object) -> str:
    unit = "（元）" if spec.type == "money" else ""
    if not isinstance(given, int) or isinstance(given, bool):
        return f"{spec.name}{unit}应是整数，请只写数字。"
    low = spec.minimum if spec.minimum is not None else 0
    if given < low:
        return f"{spec.name}{unit}不能小于 {low}，请核对。"
    high = spec.maximum if spec.maximum is not None else 10**12
    if given > high:
        return f"{spec.name}{unit}不能大于 {high}，请核对。"
    return ""
