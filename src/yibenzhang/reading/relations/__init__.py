"""Figures of one text that must fit each other (数字打架): sums, percentages, growth, the same thing said twice.

A finding must be certain enough to be shown to a person, so every rule asks for wording that states the relation.
Counts that merely look alike are no finding: 133 and 128 livelihood projects of two programmes are two figures.
"""

from collections.abc import Sequence

from yibenzhang.reading.model import Claim, Inconsistency
from yibenzhang.reading.relations.context import sentences
from yibenzhang.reading.relations.repeats import find_repeats
from yibenzhang.reading.relations.shares import find_shares
from yibenzhang.reading.relations.sums import find_sums
from yibenzhang.reading.relations.tables import find_table_sums


def find_inconsistencies(claims: Sequence[Claim], clean_text: str) -> tuple[Inconsistency, ...]:
    """Every contradiction among the claims of a clean text, with its reason in Chinese."""
    parts = sentences(claims, clean_text)
    found = [
        *find_sums(parts),
        *find_shares(parts),
        *find_table_sums(claims, clean_text),
        *find_repeats(claims, clean_text),
    ]
    unique = {frozenset(one.claims): one for one in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda one: min(one.claims)))
