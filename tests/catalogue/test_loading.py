"""Loading: every fault of a broken pack is named with file, line, field and remedy; a sound pack needs no code."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from yibenzhang.catalogue.loading import PACKS, catalogue_of, load_packs
from yibenzhang.catalogue.source import PackError, Problem
from yibenzhang.ledger.rules import VoucherFacts, post

SOUND = """\
pack: own
title: 本单位的包
accounts:
  - {code: club.meeting, name: 读书会, measure: 次}
kinds:
  - code: book_club
    name: 读书会
    group: 理论学习
    recorded_by: [branch]
    fields:
      - {code: attendees, name: 谁参加, type: people}
    posts:
      - {account: club.meeting}
unit_types:
  - {code: branch, name: 党支部, party_body: true}
indicators:
  - code: club.meetings
    name: 读书会
    measure: 次
    group: 理论学习
    definition: 举办读书会的次数。
    aggregation: distinct
    key: event
    accounts: [club.meeting]
"""


def _load(folder: Path, text: str | bytes, name: str = "pack.yaml") -> list[Problem]:
    own = folder / "own"
    own.mkdir(exist_ok=True)
    (own / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        load_packs([own])
    except PackError as error:
        return error.problems
    return []


def test_a_sound_pack_loads(tmp_path: Path) -> None:
    assert _load(tmp_path, SOUND) == []


@pytest.mark.parametrize(
    ("right", "wrong", "line", "field", "remedy"),
    [
        ("posts:\n      - {account: club.meeting}", "posts:\n      - {account: club.metting}", 13, "kinds.1.posts.1.account",
         "没有科目 club.metting，请先在 accounts 声明。"),
        ("accounts: [club.meeting]", "accounts: [club.meetin]", 24, "indicators.1.accounts", "没有科目 club.meetin"),
        ("recorded_by: [branch]", "recorded_by: [brunch]", 9, "kinds.1.recorded_by.1", "没有单位类型 brunch"),
        ("    group: 理论学习\n    recorded_by", "    groop: 理论学习\n    recorded_by", 8, "kinds.1.groop", "请检查拼写或删去"),
        ("type: people", "type: poeple", 11, "kinds.1.fields.1.type", "只能取"),
        ("type: people", "type: people, required: true", 11, "kinds.1.fields.1.required", "必填项须写 basis"),
        ("type: people", "type: choice", 11, "kinds.1.fields.1.type", "选择题须写 options"),
        ("type: people", "type: choice, default: c, options: [{code: a, name: 甲}]", 11, "kinds.1.fields.1.default",
         "默认值 c 不在选项里"),
        ("type: people", "type: matter, matter_kind: gift", 11, "kinds.1.fields.1.matter_kind", "没有事项种类 gift"),
        ("{account: club.meeting}", '{account: club.meeting, quantity: "count:nobody"}', 13, "kinds.1.posts.1.quantity",
         "没有这样的字段"),
        ("{account: club.meeting}", "{account: club.meeting, per: person, of: nobody}", 13, "kinds.1.posts.1.of",
         "须写一个人员字段"),
        ("{account: club.meeting}", "{account: club.meeting, when: {programme: [nothing]}}", 13,
         "kinds.1.posts.1.when.programme", "nothing 不是 programme 的选项"),
        ("{account: club.meeting}", '{account: "{attendees}"}', 13, "kinds.1.posts.1.account", "单选字段"),
        ("code: book_club", "code: Book-Club", 6, "kinds.1.code", "小写字母"),
        ("    key: event\n", "", 17, "indicators.1.key", "event、person 或 matter"),
        ("aggregation: distinct", "aggregation: ratio", 22, "indicators.1.aggregation", "numerator 和 denominator"),
        ("key: event", "key: event\n    timing: stock\n    timing: flow", 25, "timing", "写了两次"),
        ("pack: own", "pack: owl", 1, "pack", "与文件夹同名"),
        ("title: 本单位的包", "extends: [bass]", 2, "extends.1", "没有包 bass"),
        ("  - {code: club.meeting, name: 读书会, measure: 次}", "  - {code: club.meeting, name: 读书会", 5, "格式", "YAML"),
        ("  - {code: club.meeting, name: 读书会, measure: 次}",
         "  - {code: club.meeting, name: 读书会, measure: 次}\n  - {code: club.meeting, name: 沙龙, measure: 次}", 5,
         "accounts.2.code", "已在 own/pack.yaml 声明过"),
    ],
)  # fmt: skip
def test_one_fault_is_named_with_its_place_and_remedy(
    tmp_path: Path, right: str, wrong: str, line: int, field: str, remedy: str
) -> None:
    assert right in SOUND
    found = [(p.file, p.line, p.field, p.message) for p in _load(tmp_path, SOUND.replace(right, wrong, 1))]
    assert [item for item in found if item[:3] == ("own/pack.yaml", line, field) and remedy in item[3]], found


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("", 1, "最外层应是"),
        ("pack: own\ntitle: !python/name:os.system x\n", 2, "YAML"),
        ("pack: own\ntitle: 本\x07包\n", 1, "YAML"),
        ("programmes:\n  - {code: a, name: 甲,\n     starts: 2024-13-45}\n", 3, "日期不存在"),
        ("programmes:\n  - {code: a, name: 甲, starts: 2024-08-02, ends: 2024-08-01}\n", 2, "早于开始日期"),
    ],
)
def test_an_odd_file_is_refused_in_words(tmp_path: Path, text: str, line: int, remedy: str) -> None:
    assert [p for p in _load(tmp_path, text) if p.line == line and remedy in p.message]


def test_all_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    _load(tmp_path, "kinds: [", "broken.yaml")
    _load(tmp_path, "title: 气象".encode("gb18030"), "encoded.yaml")
    _load(tmp_path, "- 一\n- 二\n", "listed.yaml")
    text = SOUND.replace("{account: club.meeting}", "{account: club.gone}").replace(
        "recorded_by: [branch]", "recorded_by: [x]"
    )
    problems = _load(tmp_path, text)
    assert {p.file for p in problems} == {
        f"own/{name}.yaml" for name in ("broken", "encoded", "listed", "pack")
    }
    assert {p.field for p in problems if p.file == "own/pack.yaml"} == {
        "kinds.1.recorded_by.1",
        "kinds.1.posts.1.account",
    }
    assert "UTF-8" in next(p.message for p in problems if p.file == "own/encoded.yaml")
    message = str(PackError(problems))
    assert all(str(problem) in message for problem in problems)
    assert "own/pack.yaml 第 13 行 kinds.1.posts.1.account：没有科目 club.gone" in message


def test_an_agency_adds_a_kind_and_an_indicator_by_editing_a_pack(tmp_path: Path) -> None:
    """A new kind of record, its account and its figure come from text alone, and posting follows them."""
    shutil.copytree(PACKS, tmp_path / "packs")
    shipped = load_packs(sorted((tmp_path / "packs").iterdir()))
    assert "mentoring" not in shipped.kinds

    (tmp_path / "packs" / "geology" / "mentoring.yaml").write_text(
        """\
accounts:
  - {code: mentoring.pair, name: 导师帮带, measure: 人}
kinds:
  - code: mentoring
    name: 导师帮带
    group: 教育培训
    recorded_by: [branch]
    fields:
      - {code: apprentices, name: 帮带谁, type: people, required: true, basis: 按人去重计数}
    posts:
      - {account: mentoring.pair, per: person, of: apprentices}
indicators:
  - {code: mentoring.people, name: 导师帮带, measure: 人, group: 教育培训, aggregation: distinct, key: person,
     accounts: [mentoring.pair], definition: 得到帮带的人数，同一人只计一次。}
""",
        encoding="utf-8",
    )
    edited = load_packs(sorted((tmp_path / "packs").iterdir()))

    assert "mentoring" in {kind.code for kind in edited.kinds_for("branch", ["base", "geology"])}
    assert "mentoring" not in {kind.code for kind in edited.kinds_for("branch", ["base", "meteorology"])}
    assert edited.recorders(edited.indicator("mentoring.people")) == {"branch"}
    assert edited.version != shipped.version
    facts = VoucherFacts("mentoring", date(2024, 5, 8), [(1, 1)], people={"apprentices": [7, 9]})
    assert [(line.account, line.person, line.quantity) for line in post(facts, edited)] == [
        ("mentoring.pair", 7, 1),
        ("mentoring.pair", 9, 1),
    ]


def test_a_catalogue_is_rebuilt_from_the_texts_kept_with_its_version() -> None:
    shipped = load_packs(sorted(folder for folder in PACKS.iterdir() if folder.is_dir()))
    assert catalogue_of(shipped.texts) == shipped


def test_a_rule_made_since_does_not_close_the_books_written_under_an_older_catalogue() -> None:
    shipped = load_packs(sorted(folder for folder in PACKS.iterdir() if folder.is_dir()))
    older = {**shipped.texts, "base/old.yaml": "indicators:\n  - {code: old.rule, name: 旧, measure: 次, group: 旧,"
             " aggregation: sum, accounts: [gone.account], definition: 旧。}\n"}  # fmt: skip
    assert "old.rule" in catalogue_of(older).indicators
