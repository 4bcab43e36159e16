"""The backup file: a zip with a manifest of digests. Nothing is unpacked before all of it has been checked.

Free of Django, so that a home can be filled before any setting is read.
"""

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from yibenzhang.kernel.errors import BookError

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE, DUMP = "book.sqlite3", "dump.jsonl"
Progress = Callable[[str, int, int], None]


class ArchiveError(BookError):
    """A backup that is damaged or cannot be used here."""


@dataclass
class Manifest:
    """What a backup holds. `head` is the newest head of the chain; `files` maps names to SHA-256 and size."""

    version: str
    made_at: str
    entries: int
    head: str
    with_keys: bool
    format: int = FORMAT
    files: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def is_dump(self) -> bool:
        """True when the tables are a logical dump and must be loaded."""
        return DUMP in self.files


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(out: Path, members: Iterable[tuple[str, Path]], manifest: Manifest, progress: Progress) -> None:
    """Write these files and the manifest; `out` appears only when it is complete.

    Raises ArchiveError when it exists already or cannot be written.
    """
    if out.exists():
        raise ArchiveError(f"{out} 已存在，请换一个文件名，以免盖掉旧备份。")
    partial = out.with_name(f"{out.name}.part")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, (name, path) in enumerate(members, start=1):
                manifest.files[name] = (digest_of(path), path.stat().st_size)
                archive.write(path, name)
                progress("写入备份", number, 0)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        partial.replace(out)
    except OSError as error:
        raise ArchiveError(
            f"备份没有写成（{error.strerror or error}）。请检查目录权限和剩余空间。"
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def read_manifest(path: Path, progress: Progress) -> Manifest:
    """Check every file of a backup against the manifest.

    Raises ArchiveError naming the first file that is missing, changed or strange.
    """
    if not path.is_file():
        raise ArchiveError(f"找不到备份文件 {path}，请核对路径。")
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _parse(archive.read(MANIFEST))
            names = [name for name in archive.namelist() if name != MANIFEST]
            if sorted(names) != sorted(manifest.files):
                odd = next(iter(set(names) ^ set(manifest.files)), names[0])
                raise ArchiveError(f"备份里的 {odd} 与清单对不上：文件缺失或被加入。请换一份备份。")
            for number, name in enumerate(names, start=1):
                _check(archive, name, manifest.files[name])
                progress("检查备份", number, len(names))
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise ArchiveError("备份文件不完整或已损坏，不能恢复。请换一份备份。") from error
    return manifest


def _parse(data: bytes) -> Manifest:
    manifest = Manifest(**json.loads(data))
    if manifest.format != FORMAT:
        raise ArchiveError(f"备份的格式是 {manifest.format}，本版本只认 {FORMAT}。请用写出它的版本恢复。")
    return manifest


def _check(archive: zipfile.ZipFile, name: str, expected: tuple[str, int]) -> None:
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or "\\" in name:
        raise ArchiveError(f"备份里的路径 {name} 不正常，不能恢复。")
    found, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            while chunk := file.read(1 << 20):
                found.update(chunk)
                size += len(chunk)
    except (zipfile.BadZipFile, zlib.error) as error:
        raise ArchiveError(f"备份里的 {name} 已损坏，不能恢复。请换一份备份。") from error
    if [found.hexdigest(), size] != list(expected):
        raise ArchiveError(f"备份里的 {name} 被改动过，不能恢复。请换一份备份。")


def unpack(path: Path, home: Path, *, keys: Path | None, progress: Progress) -> Manifest:
    """Fill an empty home from a backup that has passed every check. `keys` is a folder with the keys kept apart.

    Raises ArchiveError, before anything is touched, when the home is not empty, a key is missing or the backup bad.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise ArchiveError(f"{home} 不是空目录。恢复不会覆盖已有的账本，请用 --home 另指一个空目录。")
    manifest = read_manifest(path, progress)
    if keys is not None and not (keys / "ledger.key").is_file():
        raise ArchiveError(f"{keys} 里没有 ledger.key，请核对 --keys。")
    if keys is None and not manifest.with_keys:
        raise ArchiveError("备份里没有密钥，请用 --keys 指明另行保存的 keys 目录。")
    partial = home.with_name(f"{home.name}.restoring")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        with zipfile.ZipFile(path) as archive:
            for number, name in enumerate(manifest.files, start=1):
                archive.extract(name, partial)
                progress("恢复文件", number, len(manifest.files))
        if keys is not None:
            shutil.copytree(keys, partial / "keys", dirs_exist_ok=True)
        for key in (partial / "keys").glob("*"):
            key.chmod(0o600)
        if home.exists():
            home.rmdir()
        partial.replace(home)
    except OSError as error:
        raise ArchiveError(f"没有恢复成（{error.strerror or error}）。请检查目录权限和剩余空间。") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return manifest
