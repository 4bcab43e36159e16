"""Characters: folding for matching, and the repair of pages that a mirror site converted and littered with pinyin."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Chinese clause punctuation must stay what it is: 12，345人 is no thousands separator.
for _char in "，；：！？（）":
    _FULL_WIDTH.pop(ord(_char))
_FOLD = _FULL_WIDTH | {
    ord("　"): ord(" "),
    ord("\xa0"): ord(" "),
    ord("﹪"): ord("%"),
    ord("•"): ord("·"),
    ord("・"): ord("·"),
}


def fold(text: str) -> str:
    """Half-width figures and letters for full-width ones, one character for one, so that positions hold."""
    return text.translate(_FOLD)


_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêɑɡ"
_ANNOTATION = re.compile(
    rf"(?<=([㐀-鿿\U00020000-\U0002fa1f]))[(（]\s*([A-Za-z{_TONED}{_TONED.upper()}v:·]{{1,7}}[1-5]?)\s*[)）]"
)
_PLAIN_LETTERS = str.maketrans({"ɑ": "a", "ɡ": "g", "ü": "v"})
# What OpenCC leaves, because outside polluted pages it may be right: 著 stands for 着 before and behind these.
_ZHE = re.compile(
    r"(?<=[沿接跟随凭借本朝向顺围绕有带随穿看走想站坐听拿握怀伴意味])著|著(?=[力眼手重陆装落急想实])"
)
_TERMS = {"台帐": "台账", "帐号": "账号", "衝": "冲"}
_MIN_TRADITIONAL = 0.03


def is_traditional(text: str, simplified: str) -> bool:
    """True when a noticeable share of the Chinese characters change on conversion; a name or a quotation is not enough."""
    chinese = sum("一" <= char <= "鿿" for char in text)
    changed = sum(a != b for a, b in zip(text, simplified, strict=False))
    return len(text) == len(simplified) and changed >= 3 and changed > _MIN_TRADITIONAL * chinese


def strip_pinyin(text: str) -> str:
    """Pinyin readings in brackets out: 當(dāng)前 → 當前. 重量(kg), 增長(GDP) and 党(工)委 stay.

    A bracket with a tone mark goes when it is a reading of the character before it. Without tones it goes only where
    the text has several such, for a single (he) may be anything.
    """
    candidates = list(_ANNOTATION.finditer(text))
    if not candidates:
        return text
    readings = {char: _readings(char) for char in {match[1] for match in candidates}}
    verified = [match for match in candidates if _plain(match[2]) in readings[match[1]]]
    toned = [match for match in verified if _has_tone(match[2])]
    gone = verified if len(verified) >= 3 else toned
    if len(toned) >= 3:  # a littered page: readings the dictionary lacks go too, when they carry a tone mark
        gone = sorted(
            {*gone, *(match for match in candidates if _has_tone(match[2]))}, key=lambda match: match.start()
        )
    pieces, position = [], 0
    for match in gone:
        pieces.append(text[position : match.start()])
        position = match.end()
    return "".join([*pieces, text[position:]])


def _readings(char: str) -> set[str]:
    from pypinyin import Style, pinyin  # its dictionary takes 0.3 s; only littered pages need it

    found: set[str] = set()
    for written in {char, _converter().convert(char)}:
        for reading in pinyin(written, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]:
            found.add(reading.replace("ü", "v"))
    return found


def _plain(reading: str) -> str:
    lowered = reading.lower().rstrip("12345").replace("u:", "v").translate(_PLAIN_LETTERS)
    bare = "".join(
        c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c) or c == "\u0308"
    )
    return unicodedata.normalize("NFC", bare).replace("ü", "v")


def _has_tone(reading: str) -> bool:
    return any(char in _TONED for char in reading.lower()) or reading[-1:].isdigit()


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplify(texts: list[str]) -> tuple[list[str], list[str]]:
    """Texts with pinyin stripped and, where they are Traditional, converted; and the names of the repairs made."""
    whole = "\n".join(texts)
    stripped = strip_pinyin(whole)
    simplified = _converter().convert(stripped)
    repairs = ["strip_pinyin"] if stripped != whole else []
    if is_traditional(stripped, simplified) or (repairs and simplified != stripped):
        repairs.append("t2s")
        for wrong, right in _TERMS.items():
            simplified = simplified.replace(wrong, right)
        stripped = _ZHE.sub("着", simplified)
    return stripped.split("\n"), repairs


_SPACE = re.compile(r"[ \u3000]+")


def close_up(text: str) -> str:
    """Blanks that only typesetting put there out: between figures and characters, and beside punctuation.

    A blank between two Chinese words stays, once (names in a row), and so does one between Latin words.
    """
    text = _SPACE.sub(" ", text)
    text = re.sub(
        r"(?<![\d.,])(\d{1,3}) (?=\d{3}(?!\d) ?[\u4e00-\u9fff%％])", r"\1", text
    )  # GB/T 15835: 1 286件
    text = re.sub(r"(?<=\d) ?([+＋·.]) ?(?=\d)", r"\1", text)
    text = re.sub(
        r"(?<=[\d０-９%％.]) (?=[\u4e00-\u9fff％%，。、；：）”])|(?<=[\u4e00-\u9fff，。、；：（“])\s(?=[\d０-９])",
        "",
        text,
    )
    text = re.sub(r" (?=[，。、；：！？）》”’％])|(?<=[，。、；：！？（《“‘]) ", "", text)
    return text.strip(" ")
