"""What no pack may ask or measure: barred things in names and definitions, and numbers that an indicator already gives."""

from collections.abc import Iterator

from yibenzhang.catalogue.barred import barred_in, refusal
from yibenzhang.catalogue.kind_checks import Found, Known
from yibenzhang.catalogue.schema import Kind, PackFile
from yibenzhang.catalogue.source import Path_

_SUFFIXES = ("次数", "场次", "人次", "人数", "数量", "期数", "个数", "金额", "数")


def barred_problems(file: PackFile) -> Iterator[Found]:
    """Barred measures in the wording of requirements, kinds, their fields, indicators and programmes' plans.

    Media coverage and leaders' comments may be kinds, accounts and indicators (archive), but no requirement (AF-07).
    """
    for index, rule in enumerate(file.requirements):
        at: Path_ = ("requirements", index)
        yield from _wording((*at, "name"), rule.name, assessed=True)
        yield from _wording((*at, "note"), rule.note)
        yield from _wording((*at, "needs_facts"), rule.needs_facts)
    for index, kind in enumerate(file.kinds):
        yield from _kind(kind, ("kinds", index))
    for index, entry in enumerate(file.indicators):
        at = ("indicators", index)
        yield from _wording((*at, "name"), entry.name)
        yield from _wording((*at, "definition"), entry.definition)
        for number, alias in enumerate(entry.aliases):
            yield from _wording((*at, "aliases", number), alias)
    for index, account in enumerate(file.accounts):
        yield from _wording(("accounts", index, "name"), account.name)
    for index, programme in enumerate(file.programmes):
        for number, line in enumerate(programme.plan):
            yield from _wording(("programmes", index, "plan", number, "note"), line.note, assessed=True)


def repeated_problems(kind: Kind, at: Path_, known: Known) -> Iterator[Found]:
    """Numbers a kind would have people type although an indicator computes them from other records (AF-06)."""
    for number, field in enumerate(kind.fields):
        if field.type not in {"integer", "money"}:
            continue
        feeds = {rule.account for rule in kind.posts if rule.quantity == field.code}
        code = known.named.get(field.name) or known.named.get(_bare(field.name))
        if code and not feeds & set(known.read_by.get(code, [])):
            yield (
                (*at, "fields", number, "name"),
                f"“{field.name}”台账已有（指标 {code}），由凭证自动算出，不得再填。请删去这个字段，或让它入账到该指标的科目。",
            )


def _kind(kind: Kind, at: Path_) -> Iterator[Found]:
    for place in ("name", "title_hint", "evidence_hint"):
        yield from _wording((*at, place), getattr(kind, place))
    for number, field in enumerate(kind.fields):
        yield from _wording((*at, "fields", number, "name"), field.name)
        yield from _wording((*at, "fields", number, "hint"), field.hint)


def _wording(at: Path_, text: str, *, assessed: bool = False) -> Iterator[Found]:
    for found in barred_in(text, assessed=assessed):
        yield at, refusal(found)


def _bare(name: str) -> str:
    """A field's name without its counting word: 主题党日次数 is 主题党日."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name
