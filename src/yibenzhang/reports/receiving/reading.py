"""From the bytes of a published page, or of an inspection package that holds one, to facts that agree with themselves.

A page is only parsed, never shown or run. It is refused when its facts, its visible words and its digest do not say the
same; every refusal names the first place that differs.
"""

import hashlib
import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from yibenzhang.kernel.scanning import scan
from yibenzhang.reports import verify_package
from yibenzhang.reports.paragraphs import paragraphs
from yibenzhang.reports.receiving.facts import Facts, UnreadablePageError, facts_from
from yibenzhang.reports.tokens import DeclaredToken, FigureToken, Piece

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
MOST_FILES = 100
PAGE_NAME = "报告.html"


@dataclass(frozen=True)
class Brought:
    """A page whose facts hold together, and the digest of the file it came in."""

    facts: Facts
    file_digest: str


def read_published(data: bytes) -> Brought:
    """The facts of a published page (.html) or inspection package (.zip); raises UnreadablePageError otherwise."""
    if not data:
        raise UnreadablePageError("文件是空的，请重新选择。", field="file")
    if len(data) > LARGEST:
        size = LARGEST // 1024 // 1024
        raise UnreadablePageError(f"文件超过 {size} MB，不像发布的网页。请检查选的文件。", field="file")
    scan("网页", data)
    page = _unpacked(data) if data.startswith(b"PK\x03\x04") else data
    root = _parsed(page)
    facts = facts_from(_block(root))
    for problem in (_wrong_digest(facts), _wrong_facts(facts), _wrong_words(facts, root)):
        if problem:
            raise UnreadablePageError(
                f"{problem}。网页可能被改过，没有收下。请向{facts.unit_name}要原件。", field="file"
            )
    return Brought(facts, hashlib.sha256(data).hexdigest())


def _parsed(page: bytes) -> Any:
    try:
        text = page.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadablePageError(
            "这不是本系统发布的网页（编码不是 UTF-8）。请用发布单位给的原文件，不要另存。", field="file"
        ) from error
    try:
        return html.document_fromstring(
            text.replace("\x00", ""), parser=html.HTMLParser(no_network=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadablePageError("读不出这张网页，可能没有下载完整。请重新下载。", field="file") from error


def _block(root: Any) -> str:
    found = root.xpath('//script[@id="facts"]')
    if not found:
        raise UnreadablePageError(
            "网页里没有机器可读的数字。请用本系统“导出 › 发布网页”得到的 .html，或迎检包 .zip。", field="file"
        )
    if len(found) > 1 or found[0].get("type") != "application/json":
        raise UnreadablePageError("网页里的数据块不止一份，或类型不对，没有收下。", field="file")
    return found[0].text or ""


def _wrong_digest(facts: Facts) -> str:
    canonical = json.dumps(facts.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    same = hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest() == facts.digest
    return "" if same else "摘要值与内容不一致"


def _wrong_facts(facts: Facts) -> str:
    """The readable fields against the content that the digest covers."""
    content = facts.content
    stated = (
        facts.title,
        facts.unit,
        facts.period,
        facts.published_on.isoformat(),
        facts.version,
        facts.as_of,
    )
    sealed = tuple(content.get(key) for key in ("title", "unit", "period", "day", "number", "position"))
    for name, one, other in zip(
        ("标题", "单位", "期间", "发布日期", "版次", "账面位置"), stated, sealed, strict=True
    ):
        if one != other:
            return f"{name}与定稿不一致"
    rows = _sealed_rows(content)
    if rows is None:
        return "定稿的数字清单不完整"
    numbers = [fact.number for fact in facts.figures]
    if len(set(numbers)) != len(numbers) or not set(numbers) <= set(rows):
        return "数字的编号与定稿不一致"
    for fact in facts.figures:
        token, shown, value, position = rows[fact.number]
        same = (shown, value, position) == (fact.shown, str(fact.amount), fact.as_of)
        if not same or token.removeprefix("{{").rstrip("}").split("|")[0] != fact.indicator:
            return f"第 {fact.number} 处“{fact.shown}”与定稿不一致"
    return ""


def _sealed_rows(content: dict[str, Any]) -> dict[int, tuple[str, str, str, int]] | None:
    """Figures of the content by number: token, shown, value, position; None when they are not as we write them."""
    found: dict[int, tuple[str, str, str, int]] = {}
    rows = content.get("figures")
    if not isinstance(rows, list) or not isinstance(content.get("text"), str):
        return None
    for row in rows:
        if not isinstance(row, list) or [type(part) for part in row] != [int, str, str, str, int]:
            return None
        found[row[0]] = (row[1], row[2], row[3], row[4])
    return found


def _wrong_words(facts: Facts, root: Any) -> str:
    """What a reader of the page sees, against the words as issued."""
    rows = _sealed_rows(facts.content) or {}
    if _squeezed("".join(root.xpath("//h1[1]//text()"))) != _squeezed(facts.title):
        return "网页上的标题与定稿不一致"
    visible = {each.get("id"): _squeezed(each.text_content()) for each in root.iter("data")}
    for number, (_, shown, _, _) in rows.items():
        if visible.get(f"f{number}") != _squeezed(shown):
            return f"网页上第 {number} 处数字不是定稿的“{shown[:40]}”"
    shown_in_order = iter([rows[number][1] for number in sorted(rows)])
    words, place = _squeezed("".join(root.xpath("//article//text()"))), 0
    for paragraph in paragraphs(facts.content["text"]):
        line = _squeezed("".join(_shown(piece, shown_in_order) for piece in paragraph.pieces))
        place = words.find(line, place)
        if place < 0:
            return f"网页正文第 {paragraph.number + 1} 段与定稿不一致"
        place += len(line)
    return ""


def _shown(piece: Piece, figures: Any) -> str:
    if isinstance(piece, str):
        return piece
    return str(next(figures, "")) if isinstance(piece, FigureToken | DeclaredToken) else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _unpacked(data: bytes) -> bytes:
    """The page inside an inspection package whose files and figures all agree."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _files(archive)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise UnreadablePageError("压缩包打不开，可能没有下载完整。请重新下载。", field="file") from error
    for name in (PAGE_NAME, "manifest.json", "SHA256SUMS"):
        if name not in files:
            raise UnreadablePageError(f"这不是迎检包：里面没有 {name}。", field="file")
    try:
        manifest = json.loads(files["manifest.json"])
        problems = [
            *_wrong_sums(files), *verify_package.wrong_digest(manifest), *verify_package.wrong_figures(manifest),
        ]  # fmt: skip
    except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError, RecursionError) as error:
        raise UnreadablePageError("迎检包里的 manifest.json 不完整，没有收下。", field="file") from error
    if problems:
        raise UnreadablePageError(f"{problems[0]}。迎检包可能被改过，没有收下。请要原件。", field="file")
    return files[PAGE_NAME]


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES or sum(each.file_size for each in entries) > LARGEST_UNPACKED:
        raise UnreadablePageError("压缩包解开后太大，不像迎检包，没有打开。", field="file")
    return {each.filename: _bounded(archive, each) for each in entries if not each.is_dir()}


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        content = file.read(LARGEST_UNPACKED + 1)
    if len(content) != entry.file_size:
        raise UnreadablePageError("压缩包里的文件大小与目录不符，没有打开。", field="file")
    return content


def _wrong_sums(files: dict[str, bytes]) -> list[str]:
    sums = files["SHA256SUMS"].decode("utf-8").splitlines()
    named = {name: digest for digest, _, name in (line.partition("  ") for line in sums)}
    problems = [f"缺少文件 {name}" for name in named if name not in files]
    problems += [f"多出文件 {name}" for name in files if name not in named and name != "SHA256SUMS"]
    return problems + [
        f"文件 {name} 被改过"
        for name, digest in named.items()
        if name in files and hashlib.sha256(files[name]).hexdigest() != digest
    ]
