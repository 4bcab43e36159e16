"""Bytes to text: byte-order marks, UTF-8, GB18030, Big5, UTF-16 and wrong declarations.

Pages declare gb2312 and send UTF-8, or the reverse, so declarations are only a tie-break; what decides is whether the
bytes are valid and how ordinary the Chinese is that they make.
"""

import codecs
import re

from yibenzhang.reading.model import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)|encoding\s*=\s*[\"']([A-Za-z0-9_-]+)[\"']", re.IGNORECASE
)
# The most frequent characters of such articles in both scripts, and their punctuation.
_ORDINARY = frozenset(
    "的一是在不了有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之"
    "进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心"
    "反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级"
    "少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共"
    "權收證改清己美再採轉更單風切打白教速花帶安場身車例真務具萬每目至達走積示議聲報鬥完類八離華名確才科張信馬節話米整空元況今集溫傳土許步群廣石記需段研界拉林律叫且究觀"
    "這來個國們時會說為學對產動實現進發經種過還關點體開機業與內線應間樣從書記黨組織員設書導幹務"
    "，。、；：“”（）《》！？　"
)


def decode(data: bytes) -> str:
    """The text of bytes in whatever encoding they are. Raises ``ReadError`` for what is no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff")
    if b"\x00" in data[:4096]:
        return _without_mark(data)
    try:
        return _undouble(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _legacy(data)


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte-order mark has zero bytes on one side only, next to ASCII characters."""
    sample = data[:4096]
    for name, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        other = sample[1 - side :: 2].count(0)
        if sample[side::2].count(0) > 2 * other:
            text = data[: len(data) // 2 * 2].decode(name, errors="replace")
            if _ordinary_share(text) > 0.2:
                return text
    raise ReadError("这是二进制文件，不是文字。请上传 .docx、.pdf、.html 或 .txt 文件，或直接粘贴文字。")


def _legacy(data: bytes) -> str:
    match = _DECLARED.search(data[:4096])
    declared = ((match[1] or match[2]) if match else b"").decode("ascii").lower()
    candidates = []
    for name in ("gb18030", "big5hkscs", "utf-8"):
        text = data.decode(name, errors="replace")
        lost = text.count("\ufffd") / max(1, len(text))
        bonus = 0.02 if declared and declared[:3] == name[:3] else 0.0
        candidates.append((_ordinary_share(text) - 3 * lost + bonus, text))
    score, text = max(candidates)
    if score < 0.05:
        raise ReadError("认不出文字编码，读出来是乱码。请另存为 UTF-8 编码的文本后再试。")
    return text


def _undouble(text: str) -> str:
    """UTF-8 that was once read as GBK or Latin-1 and saved again (鍏氬缓, å…š) is turned back."""
    for name in ("gb18030", "latin-1", "cp1252"):
        sample = text[:3000].encode(name, errors="ignore").decode("utf-8", errors="ignore")
        ordinary = sum(char in _ORDINARY for char in sample)
        if (
            ordinary > 0.15 * len(text[:3000])
            and _ordinary_share(sample) > _ordinary_share(text[:3000]) + 0.3
        ):
            return text.encode(name, errors="ignore").decode("utf-8", errors="ignore")
    return text


def _ordinary_share(text: str) -> float:
    """Share of ordinary Chinese characters among all that are not plain ASCII."""
    foreign = [char for char in text[:20_000] if char > "\x7f"]
    if not foreign:
        return 0.5 if text.strip() else 0.0
    return sum(char in _ORDINARY for char in foreign) / len(foreign)
