"""Cross-references inside and between packs: what points at nothing, what is declared twice, what contradicts."""

from collections.abc import Iterator

from yibenzhang.catalogue.barred_checks import barred_problems, repeated_problems
from yibenzhang.catalogue.kind_checks import Found, Known, kind_problems
from yibenzhang.catalogue.requirement_checks import requirement_problems
from yibenzhang.catalogue.schema import Indicator, PackFile
from yibenzhang.catalogue.source import Path_, Problem, Source
from yibenzhang.catalogue.structure_checks import structure_problems

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
    "requirements",
    "report_structures",
)


def find_problems(parsed: Parsed) -> list[Problem]:
    """Every broken reference, repeated code and contradiction, with its place and remedy."""
    known = _gather(parsed)
    folders = {pack for pack, _, _ in parsed}
    problems = list(_repeated(parsed))
    for pack, source, file in parsed:
        found = [*_header(pack, file, folders), *_lists(file, known), *_programmes(file, known)]
        found += barred_problems(file)
        for index, kind in enumerate(file.kinds):
            found += kind_problems(kind, ("kinds", index), known)
            found += repeated_problems(kind, ("kinds", index), known)
        for index, entry in enumerate(file.indicators):
            found += _indicator(entry, ("indicators", index), known)
        for index, rule in enumerate(file.requirements):
            found += requirement_problems(rule, ("requirements", index), known)
        for index, structure in enumerate(file.report_structures):
            found += structure_problems(structure, ("report_structures", index), known)
        problems += [_at(source, path, text) for path, text in found]
    return problems


def _header(pack: str, file: PackFile, folders: set[str]) -> Iterator[Found]:
    if file.pack not in {None, pack}:
        yield ("pack",), f"包的代码须与文件夹同名，请改成 {pack}。"
    for number, name in enumerate(file.extends):
        if name not in folders:
            yield ("extends", number), f"没有包 {name}，请先放好它的文件夹或改正。"


def _lists(file: PackFile, known: Known) -> Iterator[Found]:
    for index, choice in enumerate(file.choices):
        for number, option in enumerate(choice.options):
            if option.account and option.account not in known.measures:
                yield (
                    ("choices", index, "options", number, "account"),
                    f"没有科目 {option.account}，请先在 accounts 声明。",
                )
    for index, matter in enumerate(file.matter_kinds):
        for number, code in enumerate(matter.links_to):
            if code not in known.codes["matter_kinds"]:
                yield ("matter_kinds", index, "links_to", number), f"没有事项种类 {code}，请先声明或改正。"


def _programmes(file: PackFile, known: Known) -> Iterator[Found]:
    for index, programme in enumerate(file.programmes):
        if programme.ends and programme.ends < programme.starts:
            yield ("programmes", index, "ends"), "结束日期早于开始日期，请改正。"
        for number, line in enumerate(programme.plan):
            if line.indicator not in known.codes["indicators"]:
                yield (
                    ("programmes", index, "plan", number, "indicator"),
                    f"没有指标 {line.indicator}，请先声明或改正。",
                )


def _at(source: Source, path: Path_, text: str) -> Problem:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return Problem(source.name, source.line(path), where, text)


def _gather(parsed: Parsed) -> Known:
    codes: dict[str, set[str]] = {section: set() for section in SECTIONS}
    known = Known(codes, {}, {}, {}, {}, set(), {}, {})
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
        known.barred.update(account.code for account in file.accounts if account.no_assessment)
        known.read_by.update({entry.code: entry.all_accounts() for entry in file.indicators})
        known.named.update({name: e.code for e in file.indicators for name in (e.name, *e.aliases)})
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


def _indicator(entry: Indicator, at: Path_, known: Known) -> Iterator[Found]:
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
