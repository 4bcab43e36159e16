"""Search keys of Chinese names: the name, its pinyin and its initials."""

from functools import lru_cache


@lru_cache(maxsize=20_000)
def search_key(name: str) -> str:
    """Lower-case key that a typed fragment is looked up in: `主题党日 zhutidangri ztdr`."""
    from pypinyin import Style, lazy_pinyin  # the dictionary takes 0.1 s; only searches need it

    full = "".join(lazy_pinyin(name))
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{name} {full} {initials}".lower()


def matches(fragment: str, name: str) -> bool:
    """True when every word of the typed fragment occurs in the name's search key."""
    key = search_key(name)
    return all(part in key for part in fragment.lower().split())
