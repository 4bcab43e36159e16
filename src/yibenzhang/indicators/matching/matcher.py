"""Rank the indicators a mention may speak of. Nothing is guessed in silence: each candidate says why it is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.schema import Indicator, Programme
from yibenzhang.indicators.matching.measures import likeness
from yibenzhang.indicators.matching.mentions import Mention
from yibenzhang.indicators.matching.vocabulary import Vocabulary, pieces

NEAR, JOINED, AROUND, PARAGRAPH = 1.0, 0.9, 0.65, 0.2
ENOUGH = 0.52
# A name told only by the sentence around, not by the figure's own clause, reaches AROUND: it may be a part or a neighbour.
SURE = 0.68
CLOSE = 0.02


@dataclass(frozen=True)
class Candidate:
    """An indicator a mention may speak of. `score` is about 1 for a name said in full; `reasons` are for the reader.

    `told` is the share of the name that the text says, nearer words counting more.
    """

    indicator: Indicator
    name: str
    score: float
    reasons: tuple[str, ...]
    told: float = 1.0

    @property
    def is_sure(self) -> bool:
        """True when the figure's own clause says what is counted."""
        return self.told >= SURE


class Matcher:
    """Matches mentions against the indicators of some packs.

    `aliases` adds an agency's own wordings (indicator code → names) to those of the catalogue.
    """

    def __init__(
        self, catalogue: Catalogue, packs: list[str], aliases: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.catalogue = catalogue
        adopted = set(packs)
        self.indicators = [
            entry
            for entry in catalogue.indicators.values()
            if catalogue.home[("indicators", entry.code)] in adopted
        ]
        self.programmes = [
            entry
            for entry in catalogue.programmes.values()
            if catalogue.home[("programmes", entry.code)] in adopted
        ]
        self.vocabulary = Vocabulary(catalogue, self.indicators, aliases or {})

    def candidates(self, mention: Mention, *, most: int = 6) -> list[Candidate]:
        """Candidates whose measure fits and whose name is told by the text, best first, one for each indicator."""
        near = f"{mention.near} {mention.measure}"  # the measure of a table's cell stands in its row and head
        windows = [pieces(text) for text in (near, mention.joined, mention.around, mention.paragraph)]
        stated = {programme.code for programme in self.stated_programmes(mention.paragraph)}
        best: dict[str, Candidate] = {}
        for indicator, name, bag in self.vocabulary.names:
            fit = _fit(mention, indicator)
            if not fit or not bag & (windows[0] | windows[2]):
                continue
            told = self._told(bag, windows)
            score = told * (0.7 + 0.3 * fit) * _fullness(bag)
            if self._planned(indicator, stated):
                score *= 1.1
            found = best.get(indicator.code)
            if score > (found.score if found else 0):
                best[indicator.code] = Candidate(
                    indicator, name, score, _reasons(mention, indicator, name, told), told
                )
        return sorted(
            best.values(), key=lambda candidate: (-round(candidate.score, 3), -len(candidate.name))
        )[:most]

    def stated_programmes(self, paragraph: str) -> list[Programme]:
        """Programmes a paragraph names, the longest name first."""
        named = []
        for programme in self.programmes:
            names = [name for name in (programme.name, *programme.aliases) if name in paragraph]
            if names:
                named.append((max(map(len, names)), programme))
        return [programme for _, programme in sorted(named, key=lambda pair: -pair[0])]

    def _told(self, bag: frozenset[str], windows: list[frozenset[str]]) -> float:
        """Which share of a name the text says, nearer words counting more.

        In 联系县114个、社区54个 the 54 shares the verb, not the counties: without a word of its own clause, what is joined
        to it counts like the rest of the sentence.
        """
        total, said, seen = self.vocabulary.weight(bag), 0.0, frozenset[str]()
        joined = JOINED if bag & windows[0] else AROUND
        for weight, window in zip((NEAR, joined, AROUND, PARAGRAPH), windows, strict=True):
            said += weight * self.vocabulary.weight((bag & window) - seen)
            seen |= window
        return said / total if total else 0.0

    def _planned(self, indicator: Indicator, stated: set[str]) -> bool:
        return any(
            line.indicator == indicator.code
            for code in stated
            for line in self.catalogue.programmes[code].plan
        )


def _fit(mention: Mention, indicator: Indicator) -> float:
    if indicator.aggregation == "ratio":
        return likeness(mention.unit, "%")
    shown = indicator.display_measure or indicator.measure
    return max(likeness(mention.unit, indicator.measure), likeness(mention.unit, shown))


def _fullness(bag: frozenset[str]) -> float:
    """A long name fully said is surer than a short one."""
    return 0.82 + 0.18 * min(1.0, len(bag) / 6)


def _reasons(mention: Mention, indicator: Indicator, name: str, told: float) -> tuple[str, ...]:
    found = [f"文中所说与“{name}”相合 {round(told * 100)}%"]
    measure = indicator.display_measure or indicator.measure
    if mention.unit == measure:
        found.append(f"计量同为“{measure}”")
    elif mention.unit:
        found.append(f"计量“{mention.unit}”与“{measure}”同类")
    return tuple(found)
