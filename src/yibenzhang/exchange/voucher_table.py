"""The sheet of a voucher kind: built-in columns and the kind's own fields."""

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import FieldSpec, Kind
from yibenzhang.exchange.columns import Column, Table

ATTENDANCE = {"实到": "present", "请假": "excused", "缺席": "absent", "列席": "observer"}
EVERYBODY = "全员"
DEFAULT_AGENDA = "other"

HEAD = [
    Column("unit", "单位代码", required=True, note="记账单位的代码，见“单位”表。"),
    Column("event_date", "日期", type="date", required=True, note="实际开展的日期，例如 2024-08-01。"),
    Column("title", "标题", required=True, width=40, note="一句话说清做了什么，120 字以内。"),
]
TAIL = [
    Column("number", "凭证号", export_only=True, note="导出时给出，导入时不看。"),
    Column("state", "状态", export_only=True, note="导出时给出。标为“已冲销”的行不导入。"),
]
_TYPES = {"integer": "integer", "money": "integer", "date": "date"}
_HINTS = {
    "money": "以元为单位的整数。",
    "integer": "整数，不带单位。",
    "choices": "可填几项，用分号隔开。",
    "person": "写姓名；重名或不在本单位的写 姓名#编号。",
    "people": "写姓名，用分号隔开；重名或不在本单位的写 姓名#编号。",
    "attendance": "写姓名，用分号隔开，实到不用标注，其余写 姓名（请假）、姓名（缺席）、姓名（列席）。"
    "全体到会写“全员”，例如：全员；某某（请假）。",
    "matter": "写事项的名称；同名的写 名称#编号。",
    "agenda": "每项一行，写 类别｜内容，例如：理论学习｜学习全会精神。",
    "unit": "写单位代码。",
}


def table_of(kind: Kind) -> Table:
    """The sheet of a kind. Headings are made unique by adding the field's code."""
    programmes = {entry.name: entry.code for entry in current_catalogue().programmes.values()}
    columns = list(HEAD)
    if kind.spans_days:
        columns.append(Column("end_date", "结束日期", type="date", note="跨几天的写最后一天，一天的不填。"))
    taken = {column.heading for column in [*HEAD, *TAIL]} | {"专题", "参加单位"}
    for spec in kind.fields:
        heading = f"{spec.name}（元）" if spec.type == "money" else spec.name
        if heading in taken:
            heading = f"{heading}（{spec.code}）"
        taken.add(heading)
        columns.append(_column(spec, heading))
    columns.append(
        Column("programme", "专题", options=programmes, is_list=True, note="专题名称，几个的用分号隔开。")
    )
    if kind.joint:
        columns.append(
            Column("participants", "参加单位", is_list=True, note="联合开展的其他单位代码，用分号隔开。")
        )
    return Table(kind.code, kind.name, [*columns, *TAIL])


def field_code(spec: FieldSpec) -> str:
    """The column code of a kind's field; apart from the built-in ones."""
    return f"field.{spec.code}"


def _column(spec: FieldSpec, heading: str) -> Column:
    options = {option.name: option.code for option in current_catalogue().options(spec)}
    note = " ".join(part for part in (spec.hint, _HINTS.get(spec.type, "")) if part)
    if spec.required:
        note = f"必填：{spec.basis}。{note}"
    return Column(
        field_code(spec),
        heading,
        type=_TYPES.get(spec.type, "text"),
        note=note,
        required=spec.required and not spec.creates,
        options=options if spec.type in {"choice", "choices"} else {},
        is_list=spec.type == "choices",
        width=24 if spec.type in {"people", "attendance", "paragraph", "agenda"} else 16,
    )
