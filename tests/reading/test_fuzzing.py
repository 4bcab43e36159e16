"""Mutated pages: the reader answers or refuses, and does so soon."""

import random
import time
from collections.abc import Iterator

import pytest

from tests.reading.pages_of_our_own import EXPECTED, page_of
from yibenzhang.reading import ReadError, read_page

MUTANTS = 5000
LONGEST = 1500  # bytes of a page kept: small pages mutate more and read sooner
PATIENCE = 5.0  # seconds for one page on a busy machine
FRAGMENTS = [
    b"<table>", b"</div>", b"<br>" * 20, b"<p>", b"\x00", b"\xff\xfe", b"(" * 100, b"<!--", b"&#x0;", b"&#999999999;", b"\t" * 20, b" " * 200,
    b"1" * 300, b"-" * 50, b"1,234,567.89" * 20, b"%" * 10, *(
        text.encode()
        for text in ("“" * 40, "（" * 60, "一二三四五六七八九十百千万亿" * 15, "第" * 40, "分别" * 20, "、3" * 40, "至" * 30, "每月" * 20, "占" * 10, "年月日" * 9, "其中" * 9)
    ),
]  # fmt: skip


def mutants(seed: int, count: int) -> Iterator[bytes]:
    rng = random.Random(seed)
    pages = [page_of(path).read_bytes() for path in EXPECTED]
    for _ in range(count):
        whole = rng.choice(pages)
        start = rng.randrange(max(1, len(whole) - LONGEST))
        data = bytearray(whole[start : start + LONGEST])
        for _ in range(rng.randint(1, 6)):
            mutate(data, rng)
        yield bytes(data)


def mutate(data: bytearray, rng: random.Random) -> None:
    place, other = rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)
    match rng.randrange(5):
        case 0:
            del data[place : place + rng.randint(1, 30)]
        case 1:
            data[place:place] = rng.choice(FRAGMENTS)
        case 2:
            data[place : place + 1] = bytes([rng.randrange(256)])
        case 3:
            data[place:place] = data[min(place, other) : max(place, other)][:300]
        case _:
            data[place:place] = rng.randbytes(rng.randint(1, 20))


@pytest.mark.parametrize("seed", range(10))
def test_mutated_pages_are_read_or_refused(seed: int) -> None:
    for data in mutants(seed, MUTANTS // 10):
        started = time.monotonic()
        try:
            reading = read_page(data)
        except ReadError as refusal:
            assert str(refusal)
        else:
            for claim in reading.claims:
                assert reading.clean_text[claim.start : claim.end] == claim.text
        assert time.monotonic() - started < PATIENCE, data
