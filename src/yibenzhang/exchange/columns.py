"""What a sheet of exchange looks like: its columns, the same for template, export and import."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from yibenzhang.kernel.errors import BookError

# Personal data the book must not hold (security.md P2): a column so named is refused, not read.
FORBIDDEN = (
    "身份证", "证件号", "护照", "手机", "电话", "住址", "家庭", "配偶", "子女", "婚姻", "健康", "病史", "体检",
    "宗教", "银行", "账户", "卡号", "人脸", "指纹", "照片", "行踪", "定位", "档案", "处分", "籍贯", "出生",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column: code inside the program, heading in the sheet, and what may stand in it.

    `options` maps the words offered in a list to their codes. An `export_only` column is written for readers and ignored
    on import. `is_list` cells hold several items, one a line or parted by a Chinese semicolon.
    """

    code: str
    heading: str
    type: str = "text"
    note: str = ""
    required: bool = False
    options: dict[str, str] = field(default_factory=dict)
    is_list: bool = False
    export_only: bool = False
    width: int = 16


@dataclass(frozen=True)
class Table:
    """A sheet: code, name and columns."""

    code: str
    name: str
    columns: Sequence[Column]

    def column(self, code: str) -> Column:
        """The column of that code."""
        return next(column for column in self.columns if column.code == code)


class RefusedColumnError(BookError):
    """A column holds personal data that the book does not keep."""


def check_headings(headings: Sequence[str], known: Sequence[str]) -> None:
    """Raise RefusedColumnError when a heading names personal data; nothing of the file is kept then."""
    for heading in headings:
        word = next((word for word in FORBIDDEN if word in heading), None)
        if word and heading not in known:
            raise RefusedColumnError(
                f"列“{heading}”含{word}，属于本系统不收集的个人信息。请删去这一列再导入；文件没有保存。",
                field=heading,
            )
