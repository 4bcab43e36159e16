"""The merged catalogue: look-ups by code, and what a unit may record under the packs it has adopted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from yibenzhang.catalogue.report_structure import ReportStructure
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.catalogue.schema import (
    Account,
    FieldSpec,
    Indicator,
    Kind,
    MatterKind,
    Option,
    PackFile,
    PostingRule,
    Programme,
    UnitType,
)
from yibenzhang.kernel.errors import BookError

T = TypeVar("T")


class UnknownCodeError(BookError):
    """A code the catalogue does not have."""


@dataclass(frozen=True)
class Catalogue:
    """Everything declared, by code. `home` says which pack an entry came from."""

    version: str
    texts: dict[str, str] = field(repr=False)
    packs: dict[str, str]
    unit_types: dict[str, UnitType]
    natures: dict[str, Option]
    choices: dict[str, list[Option]]
    accounts: dict[str, Account]
    kinds: dict[str, Kind]
    matter_kinds: dict[str, MatterKind]
    programmes: dict[str, Programme]
    indicators: dict[str, Indicator]
    requirements: dict[str, Requirement]
    report_structures: dict[str, ReportStructure]
    home: dict[tuple[str, str], str] = field(repr=False)

    @staticmethod
    def merge(files: list[tuple[str, PackFile]], *, version: str, texts: dict[str, str]) -> "Catalogue":
        """Merge validated files, packs in order, entries in the order written."""
        home: dict[tuple[str, str], str] = {}

        def gather(section: str) -> dict[str, Any]:
            found: dict[str, Any] = {}
            for pack, file in files:
                for entry in getattr(file, section):
                    found[entry.code] = entry
                    home[(section, entry.code)] = pack
            return found

        titles = {pack: file.title for pack, file in files if file.title}
        lists = {pack_list.code: pack_list.options for _, file in files for pack_list in file.choices}
        return Catalogue(
            version=version,
            texts=texts,
            packs=titles,
            unit_types=gather("unit_types"),
            natures=gather("natures"),
            choices=lists,
            accounts=gather("accounts"),
            kinds=gather("kinds"),
            matter_kinds=gather("matter_kinds"),
            programmes=gather("programmes"),
            indicators=gather("indicators"),
            requirements=gather("requirements"),
            report_structures=gather("report_structures"),
            home=home,
        )

    def options(self, spec: FieldSpec) -> list[Option]:
        """The options of a choice field, its own or those of the shared list."""
        return self.choices[spec.choices] if spec.choices else spec.options

    def kind(self, code: str) -> Kind:
        """The kind of that code; raises UnknownCodeError."""
        return self._get(self.kinds, code, "凭证种类")

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code; raises UnknownCodeError."""
        return self._get(self.indicators, code, "指标")

    def programme(self, code: str) -> Programme:
        """The programme of that code; raises UnknownCodeError."""
        return self._get(self.programmes, code, "专题")

    def requirement(self, code: str) -> Requirement:
        """The requirement of that code; raises UnknownCodeError."""
        return self._get(self.requirements, code, "规定动作")

    def account(self, code: str) -> Account:
        """The account of that code; raises UnknownCodeError."""
        return self._get(self.accounts, code, "科目")

    def report_structure(self, code: str) -> ReportStructure:
        """The structure of reports of that code; raises UnknownCodeError."""
        return self._get(self.report_structures, code, "报告结构")

    @staticmethod
    def _get(entries: dict[str, T], code: str, noun: str) -> T:
        if code not in entries:
            near = [key for key in entries if code.rsplit(".", 1)[-1] in key][:3]
            advice = f"是不是 {'、'.join(near)}？" if near else "请核对代码。"
            raise UnknownCodeError(f"目录里没有{noun}“{code}”，{advice}")
        return entries[code]

    def kinds_for(self, unit_type: str, packs: Iterable[str]) -> list[Kind]:
        """Kinds a unit of this type may record when its agency has adopted these packs."""
        adopted = set(packs)
        return [
            kind
            for kind in self.kinds.values()
            if unit_type in kind.recorded_by and self.home[("kinds", kind.code)] in adopted
        ]

    def structures_for(self, unit_type: str, packs: Iterable[str]) -> list[ReportStructure]:
        """Structures of reports a unit of this type writes when its agency has adopted these packs."""
        adopted = set(packs)
        return [
            structure
            for structure in self.report_structures.values()
            if unit_type in structure.unit_types
            and self.home[("report_structures", structure.code)] in adopted
        ]

    @cached_property
    def kinds_by_account(self) -> dict[str, list[Kind]]:
        """Which kinds can post to an account."""
        found: dict[str, list[Kind]] = {}
        for kind in self.kinds.values():
            for code in dict.fromkeys(code for rule in kind.posts for code in self.accounts_of(kind, rule)):
                found.setdefault(code, []).append(kind)
        return found

    def accounts_of(self, kind: Kind, rule: PostingRule) -> list[str]:
        """The accounts a rule may post to: the one it names, or those of the options of the field it names."""
        if not rule.account.startswith("{"):
            return [rule.account]
        spec = kind.field(rule.account[1:-1])
        return [option.account for option in self.options(spec) if option.account] if spec else []

    def recorders(self, indicator: Indicator) -> set[str]:
        """Types of unit that can record something this indicator counts."""
        kinds = (kind for code in indicator.all_accounts() for kind in self.kinds_by_account.get(code, []))
        return {unit_type for kind in kinds for unit_type in kind.recorded_by}

    def packs_of(self, indicator: Indicator) -> set[str]:
        """The packs whose kinds can feed this indicator, with the one that declares it."""
        kinds = (kind for code in indicator.all_accounts() for kind in self.kinds_by_account.get(code, []))
        return {self.home[("kinds", kind.code)] for kind in kinds}
