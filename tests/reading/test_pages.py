"""Our own pages, as they are found on the web and in offices, read whole."""

from pathlib import Path

import pytest

from tests.reading.pages_of_our_own import EXPECTED, load_expected, page_of
from yibenzhang.reading import Claim, Reading, read_page


def written(claim: Claim) -> str:
    value = claim.value if claim.value_max is None else f"{claim.value}..{claim.value_max}"
    parts = (claim.text, value, claim.unit, claim.approx or "", claim.kind, claim.section)
    return " | ".join(str(part) for part in parts).strip()


@pytest.fixture(params=EXPECTED, ids=lambda path: path.stem)
def expected(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def reading(expected: Path) -> Reading:
    return read_page(page_of(expected).read_bytes())


def test_metadata_are_found(expected: Path, reading: Reading) -> None:
    wanted = load_expected(expected)
    assert {name: getattr(reading, name) for name in ("title", "date", "source", "editor")} == {
        name: wanted[name] for name in ("title", "date", "source", "editor")
    }
    assert list(reading.captions) == wanted["captions"]


def test_only_the_article_is_left(expected: Path, reading: Reading) -> None:
    assert reading.clean_text.split("\n") == load_expected(expected)["clean_text"]


def test_every_figure_is_read(expected: Path, reading: Reading) -> None:
    assert [written(claim) for claim in reading.claims] == load_expected(expected)["claims"]


def test_exactly_the_planted_contradictions_are_found(expected: Path, reading: Reading) -> None:
    texts = {claim.id: claim.text for claim in reading.claims}
    found = [
        {"type": one.type, "figures": [texts[identifier] for identifier in one.claims], "why": one.why}
        for one in reading.inconsistencies
    ]
    assert found == load_expected(expected)["inconsistencies"]


def test_positions_point_at_the_quoted_text(reading: Reading) -> None:
    for claim in reading.claims:
        assert reading.clean_text[claim.start : claim.end] == claim.text
        assert claim.text in claim.sentence
    for name in reading.non_claims:
        assert reading.clean_text[name.start : name.end] == name.text


def test_reading_its_own_clean_text_changes_nothing(reading: Reading) -> None:
    again = read_page(reading.clean_text)
    assert again.clean_text == reading.clean_text
    assert [written(claim) for claim in again.claims] == [written(claim) for claim in reading.claims]
