"""What a kind of record may refer to: its fields, its posting rules and their conditions."""

from collections.abc import Iterator
from dataclasses import dataclass

from yibenzhang.catalogue.schema import FieldSpec, Kind, PostingRule
from yibenzhang.catalogue.source import Path_

Found = tuple[Path_, str]
PEOPLE = {"person", "people", "attendance"}


@dataclass(frozen=True)
class Known:
    """What all packs together declare, by section and by list."""

    codes: dict[str, set[str]]
    options: dict[str, set[str]]
    states: dict[str, set[str]]
    measures: dict[str, str]
    option_accounts: dict[str, list[str]]
    barred: set[str]  # accounts that may enter no evaluation and no requirement
    read_by: dict[str, list[str]]  # accounts that an indicator reads
    named: dict[str, str]  # indicators by their names and aliases


def kind_problems(kind: Kind, at: Path_, known: Known) -> Iterator[Found]:
    """What is wrong in one kind: place inside the file and the remedy in words."""
    for number, code in enumerate(kind.recorded_by):
        if code not in known.codes["unit_types"]:
            yield (*at, "recorded_by", number), f"没有单位类型 {code}，请先在 unit_types 声明或改正。"
    seen: set[str] = set()
    for number, field in enumerate(kind.fields):
        path = (*at, "fields", number)
        if field.code in seen:
            yield (*path, "code"), f"字段 {field.code} 写了两次，请换一个代码。"
        seen.add(field.code)
        yield from _field(field, path, known)
    for number, rule in enumerate(kind.posts):
        yield from _rule(kind, rule, (*at, "posts", number), known)
    if kind.educates:
        yield from _education(kind, (*at, "educates"), known)
    if not kind.posts:
        yield (*at, "posts"), "至少要有一条入账规则，否则这笔记录不进任何数字。"


def _education(kind: Kind, at: Path_, known: Known) -> Iterator[Found]:
    if kind.educates and kind.educates.sort not in known.options.get("education_sorts", set()):
        yield (*at, "sort"), f"选项表 education_sorts 里没有 {kind.educates.sort}，请先声明或改正。"
    field = kind.field(kind.educates.of) if kind.educates else None
    if field is None or field.type not in PEOPLE:
        yield (*at, "of"), "of 须写本种类的一个人员字段，覆盖面按它的名单计算。"


def _field(field: FieldSpec, at: Path_, known: Known) -> Iterator[Found]:
    if field.required and not field.basis:
        yield (*at, "required"), "必填项须写 basis（依据）：没有它会少哪个数字或违反哪一条；否则改为选填。"
    if field.choices and field.choices not in known.options:
        yield (*at, "choices"), f"没有选项表 {field.choices}，请先在 choices 声明。"
    if field.type in {"choice", "choices"} and not field.choices and not field.options:
        yield (*at, "type"), "选择题须写 options 或 choices。"
    codes = _options(field, known)
    if field.type == "choice" and field.default is not None and codes and field.default not in codes:
        yield (*at, "default"), f"默认值 {field.default} 不在选项里，请改成 {'、'.join(sorted(codes))} 之一。"
    for number, option in enumerate(field.options):
        if option.account and option.account not in known.measures:
            yield (*at, "options", number, "account"), f"没有科目 {option.account}，请先在 accounts 声明。"
    if field.type == "matter" and not field.matter_kind:
        yield (*at, "type"), "事项字段须写 matter_kind。"
    if field.published and field.type != "date":
        yield (*at, "published"), "只有日期字段可以写 published。"
    if field.matter_kind and field.matter_kind not in known.states:
        yield (*at, "matter_kind"), f"没有事项种类 {field.matter_kind}，请先在 matter_kinds 声明。"
    elif field.matter_kind and field.moves_to and field.moves_to not in known.states[field.matter_kind]:
        yield (*at, "moves_to"), f"事项种类 {field.matter_kind} 没有状态 {field.moves_to}。"


def _rule(kind: Kind, rule: PostingRule, at: Path_, known: Known) -> Iterator[Found]:
    if rule.account.startswith("{"):
        spec = kind.field(rule.account.strip("{}"))
        if spec is None or spec.type != "choice":
            yield (*at, "account"), f"{rule.account} 须是本种类的一个单选字段。"
        elif not (known.option_accounts.get(spec.choices or "") or any(o.account for o in spec.options)):
            yield (*at, "account"), f"字段 {spec.code} 的选项都没有写 account。"
    elif rule.account not in known.measures:
        yield (*at, "account"), f"没有科目 {rule.account}，请先在 accounts 声明。"
    expected = {"person": PEOPLE, "matter": {"matter"}}.get(rule.per)
    of = kind.field(rule.of) if rule.of else None
    if expected and (of is None or of.type not in expected):
        yield (
            (*at, "of"),
            f"per 为 {rule.per} 时，of 须写一个{'人员' if rule.per == 'person' else '事项'}字段。",
        )
    if isinstance(rule.quantity, str):
        source = kind.field(rule.quantity.removeprefix("count:"))
        counted = rule.quantity.startswith("count:")
        types = {"people", "attendance", "choices"} if counted else {"integer", "money"}
        if source is None or source.type not in types:
            yield (
                (*at, "quantity"),
                f"数量取自 {rule.quantity}，但没有这样的字段（整数、金额，或 count:人员字段）。",
            )
    for code, wanted in rule.when.items():
        yield from _condition(kind, code, wanted, at, known)
    if rule.term and kind.field(rule.term) is None:
        yield (*at, "term"), f"届次字段 {rule.term} 不存在。"


def _condition(kind: Kind, code: str, wanted: list[str], at: Path_, known: Known) -> Iterator[Found]:
    if code == "programme":
        possible = known.codes["programmes"] | {"*"}
    elif (field := kind.field(code)) is None or field.type not in {"choice", "choices"}:
        yield (*at, "when", code), f"条件里的字段 {code} 不存在，或不是选择题。"
        return
    else:
        possible = _options(field, known)
    for value in wanted:
        if value not in possible:
            yield (*at, "when", code), f"条件里的 {value} 不是 {code} 的选项。"


def _options(field: FieldSpec, known: Known) -> set[str]:
    if field.choices:
        return known.options.get(field.choices, set())
    return {option.code for option in field.options}
