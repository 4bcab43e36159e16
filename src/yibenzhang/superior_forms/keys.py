"""What a blank is remembered by: its labels without years and numbering, told apart where they repeat."""

import hashlib
from collections import Counter
from dataclasses import replace

from yibenzhang.superior_forms.fields import FOOTER, Field
from yibenzhang.superior_forms.wording import folded, timeless

LONGEST_KEY = 240


def keyed(fields: list[Field], year: int) -> list[Field]:
    """The fields with their keys; where labels repeat, the section and at last the order tell them apart."""
    plain = [_key(each, year) for each in fields]
    often = Counter(plain)
    keys = [
        f"{timeless(each.section, year)}#{key}" if often[key] > 1 else key
        for each, key in zip(fields, plain, strict=True)
    ]
    seen: Counter[str] = Counter()
    found = []
    for each, key in zip(fields, keys, strict=True):
        seen[key] += 1
        found.append(replace(each, key=_short(key if seen[key] == 1 else f"{key}#{seen[key]}")))
    return found


def _short(key: str) -> str:
    """Keys are kept in an indexed column; what is longer ends in a digest."""
    if len(key) <= LONGEST_KEY:
        return key
    return key[: LONGEST_KEY - 17] + "~" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _key(each: Field, year: int) -> str:
    if each.kind == FOOTER:
        return f"footer:{folded(each.rows[0] if each.rows else each.text).split(':')[0][:60]}"
    rows = ">".join(timeless(label, year) for label in each.rows)
    columns = ">".join(timeless(label, year) for label in each.columns)
    return f"{rows}|{columns}"
