"""From pack folders to one validated catalogue."""

import hashlib
import os
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.checks import find_problems
from yibenzhang.catalogue.schema import PackFile
from yibenzhang.catalogue.source import PackError, Path_, Problem, Source, read_source

PACKS = Path(__file__).resolve().parent.parent / "packs"

_REMEDIES = {
    "missing": "缺少这一项，请补上。",
    "extra_forbidden": "没有这一项，请检查拼写或删去。",
    "string_type": "应是文字，请加引号。",
    "int_type": "应是整数。",
    "int_parsing": "应是整数。",
    "bool_type": "应是 true 或 false。",
    "bool_parsing": "应是 true 或 false。",
    "list_type": "应是列表，每项以“- ”开头。",
    "dict_type": "应是“键: 值”。",
    "model_type": "应是“键: 值”。",
    "date_from_datetime_parsing": "应是日期，例如 2024-08-01。",
    "date_type": "应是日期，例如 2024-08-01。",
    "string_too_short": "不能为空。",
    "too_short": "至少写一项。",
    "greater_than_equal": "数字太小，请改正。",
    "less_than_equal": "数字太大，请改正。",
    "string_too_long": "太长，请缩短到 60 字以内。",
    "string_pattern_mismatch": "代码只能用小写字母、数字和下划线，以字母开头；科目和指标用点分段；规定动作形如 ZB-01。",
}


def pack_folders() -> list[Path]:
    """The shipped packs, then those an agency keeps in its home (`packs/` beside the book)."""
    roots = [PACKS]
    home = os.environ.get("YIBENZHANG_HOME")
    if home and (Path(home) / "packs").is_dir():
        roots.append(Path(home) / "packs")
    return [folder for root in roots for folder in sorted(root.iterdir()) if folder.is_dir()]


def load_packs(folders: list[Path], *, checked: bool = True) -> Catalogue:
    """Read, validate and merge the packs in these folders (name of the folder = code of the pack).

    Raises PackError listing every fault with file, line, field and remedy. A pack that `extends` another may come from
    a different folder; a code may be declared once only. Without `checked` the references between entries are trusted.
    """
    parsed: list[tuple[str, Source, PackFile]] = []
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.yaml")):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            try:
                source = read_source(path, name)
            except PackError as error:
                problems += error.problems
                continue
            digest.update(f"{name}\0{source.text}\0".encode())
            try:
                parsed.append((folder.name, source, PackFile.model_validate(source.values)))
            except ValidationError as error:
                problems += translated(error, source)
    if checked:
        problems += find_problems(parsed)
    if problems:
        raise PackError(sorted(problems, key=lambda problem: (problem.file, problem.line)))
    files = [(pack, file) for pack, _, file in parsed]
    texts = {source.name: source.text for _, source, _ in parsed}
    return Catalogue.merge(files, version=digest.hexdigest()[:16], texts=texts)


@cache
def current_catalogue() -> Catalogue:
    """The catalogue in force, read once per process."""
    return load_packs(pack_folders())


def catalogue_of(texts: dict[str, str]) -> Catalogue:
    """The catalogue as it was, from the file texts kept with a version (`Catalogue.texts`).

    It was checked when it came into force; a rule made since must not close the books written under it.
    """
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_packs([path for path in sorted(Path(folder).iterdir()) if path.is_dir()], checked=False)


def translated(error: ValidationError, source: Source) -> list[Problem]:
    """What pydantic found wrong in a file, as problems with line, field and remedy."""
    found = []
    for item in error.errors(include_url=False):
        path: Path_ = tuple(part for part in item["loc"] if isinstance(part, (str, int)))
        remedy = _REMEDIES.get(item["type"])
        if item["type"] in {"literal_error", "enum"}:
            remedy = f"只能取 {item['ctx']['expected'].replace(' or ', '、').replace(', ', '、')}。"
        where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        found.append(Problem(source.name, source.line(path), where, remedy or f"写法不对（{item['msg']}）。"))
    return found
