"""Files that commands read and write, and why that failed, in Chinese."""

import errno
from pathlib import Path

from yibenzhang.kernel.errors import BookError

REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的盘只能读",
    errno.ENOSPC: "磁盘满了",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
}


def why(error: OSError) -> str:
    """What went wrong with a file, in Chinese where we know it."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)


def read_file(path: Path) -> bytes:
    """The bytes of a file; raises BookError saying why it could not be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BookError(f"读不了 {path}：{why(error)}。请核对文件名。", field="file") from error


def check_target(path: Path, *suffixes: str) -> None:
    """Raise BookError when nothing of this kind can be written there; asked before long work begins."""
    if path.suffix.lower() not in suffixes:
        raise BookError(f"--out 应以 {' 或 '.join(suffixes)} 结尾，现为 {path}。", field="out")
    if path.is_dir():
        raise BookError(f"写不了 {path}：这是文件夹，不是文件。请换一个位置。", field="out")
    if not path.parent.is_dir():
        raise BookError(f"写不了 {path}：没有文件夹 {path.parent}。请先建好，或换一个位置。", field="out")


def write_file(path: Path, data: bytes) -> bool:
    """Write a whole file or leave what was there; True when it replaced another. Raises BookError saying why not."""
    replaced = path.exists()
    partial = path.with_name(f"{path.name}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BookError(f"写不了 {path}：{why(error)}。请换一个位置。", field="out") from error
    return replaced
