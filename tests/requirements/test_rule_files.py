"""A broken rule names file, line, field and remedy."""

import shutil
from pathlib import Path

import pytest

from yibenzhang.catalogue.loading import PACKS, load_packs
from yibenzhang.catalogue.source import PackError

SOUND = """\
pack: own
title: 本单位的规定
extends: [base]
requirements:
  - code: DW-01
    name: 每月读书会
    binds: {unit_types: [branch], natures: [retired]}
    measure: {indicator: life.theme_party_days}
    cadence: month
    grace_days: 3
    strength: local
    document: 本单位读书会办法
    valid_from: 2024-01-01
    verified: true
    exempts:
      - {natures: [retired], reason: 离退休支部自愿}
"""
FAULTS = [
    ("code: DW-01", "code: dw1", 5, "requirements.1.code", "形如 ZB-01"),
    ("[branch]", "[brunch]", 7, "requirements.1.binds.unit_types.1", "没有单位类型 brunch"),
    ("natures: [retired]}", "natures: [tired]}", 7, "requirements.1.binds.natures", "没有单位性质 tired"),
    ("life.theme_party_days", "life.nothing", 8, "requirements.1.measure.indicator", "没有指标 life.nothing"),
    ("life.theme_party_days", "publicity.leader_instructions", 8, "requirements.1.measure.indicator", "不得列为规定动作"),
    ("{indicator: life.theme_party_days}", "{}", 8, "requirements.1.measure", "恰好写一种"),
    ("{indicator: life.theme_party_days}", "{fact: term_election}", 9, "requirements.1.cadence", "只能是 term"),
    ("cadence: month", "cadence: daily", 9, "requirements.1.cadence", "只能取"),
    ("grace_days: 3", "grace_days: -3", 10, "requirements.1.grace_days", "数字太小"),
    ("strength: local", "strength: must", 11, "requirements.1.strength", "只能取"),
    ("    document: 本单位读书会办法\n", "", 5, "requirements.1.document", "请补上"),
    ("2024-01-01\n", "2024-01-01\n    valid_to: 2023-01-01\n", 14, "requirements.1.valid_to", "须晚于生效日期"),
    ("verified: true", "verified: true\n    due_by: 3", 15, "requirements.1.due_by", "只用于 cadence: year"),
    ("{natures: [retired], reason", "{reason", 16, "requirements.1.exempts.1", "须写明条件"),
    ("    measure: {indicator: life.theme_party_days}\n", "", 5, "requirements.1.measure", "needs_facts"),
    ("{indicator: life.theme_party_days}", "{programme: {accounts: [a.b], programme: x}}", 8,
     "requirements.1.measure.programme.accounts", "没有科目 a.b"),
    ("{indicator: life.theme_party_days}", "{agenda: {kinds: [no_kind], items: [study]}}", 8,
     "requirements.1.measure.agenda.kinds", "没有凭证种类 no_kind"),
    ("{indicator: life.theme_party_days}", "{follow: {after: life.theme_party_day, by: [life.talk_members]}}", 8,
     "requirements.1.measure.follow", "恰好写一个"),
]  # fmt: skip


def load(folder: Path, text: str) -> list[tuple[int, str, str]]:
    own = folder / "own"
    own.mkdir()
    (own / "requirements.yaml").write_text(text, encoding="utf-8")
    if not (folder / "base").exists():
        shutil.copytree(PACKS / "base", folder / "base")
    try:
        load_packs([folder / "base", own])
    except PackError as error:
        assert all(problem.file == "own/requirements.yaml" for problem in error.problems), error.message
        return [(problem.line, problem.field, problem.message) for problem in error.problems]
    return []


def test_an_agency_declares_its_own_rule(tmp_path: Path) -> None:
    assert load(tmp_path, SOUND) == []


@pytest.mark.parametrize(("right", "wrong", "line", "field", "remedy"), FAULTS)
def test_a_fault_is_named(tmp_path: Path, right: str, wrong: str, line: int, field: str, remedy: str) -> None:
    found = load(tmp_path, SOUND.replace(right, wrong, 1))
    assert any(at == line and where == field and remedy in text for at, where, text in found), found
