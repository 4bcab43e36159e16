"""The targets of reading on the annotated corpus, raw pages in, by its own scorer."""

import importlib.util
from types import ModuleType
from typing import Any

import pytest

from tests.reading.corpus_beside import CORPUS
from yibenzhang.reading import Reading, read_page

NAMES = sorted(path.name[: -len(".gold.json")] for path in CORPUS.glob("dev_*.gold.json"))


def raw_page(name: str) -> bytes:
    return next(
        path for path in CORPUS.glob(f"{name}.*") if path.suffix in (".txt", ".html") and path.stem == name
    ).read_bytes()


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return {name: read_page(raw_page(name)) for name in NAMES}


@pytest.fixture(scope="module")
def scores(scorer: ModuleType, readings: dict[str, Reading]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    golds = scorer.load_gold(str(CORPUS), "dev")
    summary, rows = scorer.run(golds, lambda name: readings[name].as_prediction(), out=lambda *line: None)
    return summary, rows


def test_claims(scores: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    summary, _ = scores
    assert summary["f1"] >= 0.97
    assert summary["strict_f1"] >= 0.95


def test_names_and_dates_are_no_claims(scores: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    summary, _ = scores
    assert summary["name_fp_rate"] <= 0.02
    assert summary["date_fp_rate"] == 0


def test_metadata(scores: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    summary, _ = scores
    assert set(summary["meta_acc"].values()) == {1.0}


def test_clean_text(scorer: ModuleType, scores: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    lost = {
        name
        for name, gold, _ in scorer.load_gold(str(CORPUS), "dev")
        if "mojibake" in (gold["clean"]["lang_fix"] or "")
    }
    for row in scores[1]:
        assert row["clean_f1"] >= (0.95 if row["file"] in lost else 0.99), row["file"]


def test_contradictions(scores: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    summary, _ = scores
    assert (summary["inc_precision"], summary["inc_recall"]) == (1.0, 1.0)


def test_reading_is_idempotent(readings: dict[str, Reading]) -> None:
    for name, reading in readings.items():
        again = read_page(reading.clean_text)
        assert again.clean_text == reading.clean_text, name
        assert [(c.text, c.value) for c in again.claims] == [(c.text, c.value) for c in reading.claims], name
