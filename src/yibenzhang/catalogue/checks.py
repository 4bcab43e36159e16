"""Cross-references inside and between packs: what points at nothing, what is declared twice, what contradicts."""

from collections.abc import Iterator
from dataclasses import dataclass

from yibenzhang.catalogue.schema import FieldSpec, Indicator, Kind, PackFile, PostingRule
from yibenzhang.catalogue.source import Path_, Problem, Source

Parsed = list[tuple[str, Source, PackFile]]
SECTIONS = (
    "unit_types",
    "natures",
    "choices",
    "accounts",
    "kinds",
    "matter_kinds",
    "programmes",
    "indicators",
)


@dataclass(frozen=True)
class _Known:
    codes: dict[str, set[str]]
    options: dict[str, set[str]]
    states: dict[str, set[str]]
    measures: dict[str, str]
    option_accounts: dict[str, list[str]]


def find_problems(parsed: Parsed) -> list[Problem]:
    """Every broken reference, repeated code and contradiction, with its place and remedy."""
    known = _gather(parsed)
    problems = list(_repeated(parsed))
    for _, source, file in parsed:
        for index, choice in enumerate(file.choices):
            for number, option in enumerate(choice.options):
                if option.account and option.account not in known.measures:
                    path = ("choices", index, "options", number, "account")
                    problems.append(_at(source, path, f"没有科目 {option.account}，请先在 accounts 声明。"))
        for index, kind in enumerate(file.kinds):
            problems += [_at(source, path, text) for path, text in _kind(kind, ("kinds", index), known)]
        for index, entry in enumerate(file.indicators):
            problems += [
                _at(source, path, text) for path, text in _indicator(entry, ("indicators", index), known)
            ]
        for index, programme in enumerate(file.programmes):
            for number, line in enumerate(programme.plan):
                if line.indicator not in known.codes["indicators"]:
                    path = ("programmes", index, "plan", number, "indicator")
                    problems.append(_at(source, path, f"没有指标 {line.indicator}，请先声明或改正。"))
        for index, matter in enumerate(file.matter_kinds):
            for number, code in enumerate(matter.links_to):
                if code not in known.codes["matter_kinds"]:
                    path = ("matter_kinds", index, "links_to", number)
                    problems.append(_at(source, path, f"没有事项种类 {code}，请先声明或改正。"))
    return problems


def _at(source: Source, path: Path_, text: str) -> Problem:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return Problem(source.name, source.line(path), where, text)


def _gather(parsed: Parsed) -> _Known:
    codes: dict[str, set[str]] = {section: set() for section in SECTIONS}
    known = _Known(codes, {}, {}, {}, {})
    for _, _, file in parsed:
        for section in SECTIONS:
            codes[section] |= {entry.code for entry in getattr(file, section)}
        for choice in file.choices:
            known.options[choice.code] = {option.code for option in choice.options}
            known.option_accounts[choice.code] = [
                option.account for option in choice.options if option.account
            ]
        known.states.update({m.code: {state.code for state in m.states} for m in file.matter_kinds})
        known.measures.update({account.code: account.measure for account in file.accounts})
    return known


def _repeated(parsed: Parsed) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for _, source, file in parsed:
        for section in SECTIONS:
            for index, entry in enumerate(getattr(file, section)):
                earlier = seen.setdefault((section, entry.code), source.name)
                where = (section, index, "code")
                if earlier != source.name or _count(getattr(file, section), entry.code, index):
                    yield _at(source, where, f"{entry.code} 已在 {earlier} 声明过，请换一个代码或删去一处。")


def _count(entries: list[object], code: str, before: int) -> bool:
    return any(getattr(entry, "code", None) == code for entry in entries[:before])


def _kind(kind: Kind, at: Path_, known: _Known) -> Iterator[tuple[Path_, str]]:
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
    if not kind.posts:
        yield (*at, "posts"), "至少要有一条入账规则，否则这笔记录不进任何数字。"


def _field(field: FieldSpec, at: Path_, known: _Known) -> Iterator[tuple[Path_, str]]:
    if field.required and not field.basis:
        yield (*at, "required"), "必填项须写 basis（依据）：没有它会少哪个数字或违反哪一条；否则改为选填。"
    if field.choices and field.choices not in known.options:
        yield (*at, "choices"), f"没有选项表 {field.choices}，请先在 choices 声明。"
    if field.type in {"choice", "choices"} and not field.choices and not field.options:
        yield (*at, "type"), "选择题须写 options 或 choices。"
    for number, option in enumerate(field.options):
        if option.account and option.account not in known.measures:
            yield (*at, "options", number, "account"), f"没有科目 {option.account}，请先在 accounts 声明。"
    if field.type == "matter" and not field.matter_kind:
        yield (*at, "type"), "事项字段须写 matter_kind。"
    if field.matter_kind and field.matter_kind not in known.states:
        yield (*at, "matter_kind"), f"没有事项种类 {field.matter_kind}，请先在 matter_kinds 声明。"
    elif field.matter_kind and field.moves_to and field.moves_to not in known.states[field.matter_kind]:
        yield (*at, "moves_to"), f"事项种类 {field.matter_kind} 没有状态 {field.moves_to}。"


def _rule(kind: Kind, rule: PostingRule, at: Path_, known: _Known) -> Iterator[tuple[Path_, str]]:
    if rule.account.startswith("{"):
        spec = kind.field(rule.account.strip("{}"))
        if spec is None or spec.type != "choice":
            yield (*at, "account"), f"{rule.account} 须是本种类的一个单选字段。"
        elif not (known.option_accounts.get(spec.choices or "") or [o for o in spec.options if o.account]):
            yield (*at, "account"), f"字段 {spec.code} 的选项都没有写 account。"
    elif rule.account not in known.measures:
        yield (*at, "account"), f"没有科目 {rule.account}，请先在 accounts 声明。"
    expected = {"person": {"person", "people", "attendance"}, "matter": {"matter"}}.get(rule.per)
    of = kind.field(rule.of) if rule.of else None
    if expected and (of is None or of.type not in expected):
        yield (
            (*at, "of"),
            f"per 为 {rule.per} 时，of 须写一个{'人员' if rule.per == 'person' else '事项'}字段。",
        )
    if isinstance(rule.quantity, str):
        source = kind.field(rule.quantity.removeprefix("count:"))
        wanted = (
            {"people", "attendance", "choices"}
            if rule.quantity.startswith("count:")
            else {"integer", "money"}
        )
        if source is None or source.type not in wanted:
            yield (
                (*at, "quantity"),
                f"数量取自 {rule.quantity}，但没有这样的字段（整数、金额，或 count:人员字段）。",
            )
    for code in rule.when:
        if code != "programme" and kind.field(code) is None:
            yield (*at, "when", code), f"条件里的字段 {code} 不存在。"
    if rule.term and kind.field(rule.term) is None:
        yield (*at, "term"), f"届次字段 {rule.term} 不存在。"


def _indicator(entry: Indicator, at: Path_, known: _Known) -> Iterator[tuple[Path_, str]]:
    for code in entry.all_accounts():
        if code not in known.measures:
            yield (*at, "accounts"), f"没有科目 {code}，请先在 accounts 声明。"
    if entry.aggregation == "ratio":
        if entry.numerator is None or entry.denominator is None:
            yield (*at, "aggregation"), "比率须写 numerator 和 denominator。"
        return
    if not entry.accounts:
        yield (*at, "accounts"), "至少写一个科目。"
    if entry.aggregation == "distinct" and entry.key is None:
        yield (*at, "key"), "去重计数须写 key：event、person 或 matter。"
    if entry.timing == "stock" and entry.aggregation != "distinct":
        yield (*at, "timing"), "stock（期末在册）只能用于 distinct。"
    if entry.aggregation == "sum":
        different = {known.measures[code] for code in entry.accounts if code in known.measures}
        if len(different) > 1:
            yield (*at, "accounts"), f"不同计量（{'、'.join(sorted(different))}）不能相加，请拆成几个指标。"
