"""YAML files as plain values plus the line where each value stands."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from yibenzhang.kernel.errors import BookError

Path_ = tuple[str | int, ...]

# The C parser reads the shipped packs several times faster; wheels without it fall back to Python.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a pack: where it stands, what is wrong and how to mend it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行 {self.field}：{self.message}"


class PackError(BookError):
    """A pack that cannot be used; `problems` lists every fault found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("目录有误，请改正后再启动：\n" + "\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass
class Source:
    """A parsed file: its values, and line numbers by path (`kinds, 3, fields, 0, type`)."""

    name: str
    text: str
    values: dict[str, Any]
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """Line of the value at path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_source(path: Path, name: str) -> Source:
    """Parse one pack file.

    Raises PackError for bytes that are no UTF-8, broken YAML, a repeated key, or a top level that is no mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
        loader = _Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise PackError([Problem(name, 1, "格式", "最外层应是“键: 值”，例如 kinds: …")])
        source = Source(name, text, {})
        source.values = _build(loader, node, (), source)
    except UnicodeDecodeError:
        raise PackError([Problem(name, 1, "编码", "文件不是 UTF-8，请另存为 UTF-8。")]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "有不能显示的字符"
        message = f"YAML 写法有误（{reason}），请检查缩进、引号和特殊字符。"
        raise PackError([Problem(name, mark.line + 1 if mark else 1, "格式", message)]) from None
    return source


def _build(loader: yaml.SafeLoader, node: yaml.Node, path: Path_, source: Source) -> Any:
    source.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(loader.construct_object(key_node))
            if key in values:
                line = key_node.start_mark.line + 1
                raise PackError([Problem(source.name, line, key, "同一处写了两次，请删去一个。")])
            values[key] = _build(loader, value_node, (*path, key), source)
            source.lines[(*path, key)] = key_node.start_mark.line + 1
        return values
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, (*path, index), source) for index, item in enumerate(node.value)]
    try:
        return loader.construct_object(node, deep=True)
    except ValueError:
        where = str(path[-1])
        message = "这个值不成立（例如日期不存在），请改正。"
        raise PackError([Problem(source.name, source.lines[path], where, message)]) from None
