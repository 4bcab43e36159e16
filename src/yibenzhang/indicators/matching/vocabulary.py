"""Names of indicators as bags of two-character pieces, weighted by how rare a piece is among all names.

Chinese writes no word borders; overlapping pairs of characters stand for words. A piece that occurs in many names (党员,
活动) says little, one that occurs in a single name says much.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.schema import Indicator

_NOT_WORDS = re.compile(r"[^\w]|[\d_]")


def pieces(text: str) -> frozenset[str]:
    """The two-character pieces of a text, marks and digits left out (pieces do not bridge them)."""
    found: set[str] = set()
    for run in _NOT_WORDS.sub(" ", text).split():
        found.update(run[i : i + 2] for i in range(len(run) - 1))
        if len(run) == 1:
            found.add(run)
    return frozenset(found)


class Vocabulary:
    """The names and aliases of the indicators one agency uses."""

    def __init__(
        self,
        catalogue: Catalogue,
        indicators: Iterable[Indicator],
        aliases: Mapping[str, Sequence[str]],
    ) -> None:
        self.catalogue = catalogue
        self.names = [
            (indicator, name, pieces(name))
            for indicator in indicators
            for name in (indicator.name, *indicator.aliases, *aliases.get(indicator.code, ()))
        ]

    @cached_property
    def rarity(self) -> dict[str, float]:
        """Weight of each piece: the fewer indicators use it, the more it says."""
        users: Counter[str] = Counter()
        for code in {indicator.code for indicator, _, _ in self.names}:
            own = (bag for indicator, _, bag in self.names if indicator.code == code)
            users.update(frozenset().union(*own))
        total = len({indicator.code for indicator, _, _ in self.names}) or 1
        return {piece: 0.3 + math.log(1 + total / count) for piece, count in users.items()}

    def weight(self, bag: Iterable[str]) -> float:
        """Total weight of some pieces."""
        return sum(self.rarity.get(piece, 0.3) for piece in bag)
