"""What is brought for 核稿 is read in a limited process: small files cannot hold the service, and one person no queue."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.intake import documents
from yibenzhang.checking import limited
from yibenzhang.checking.limited import read_limited
from yibenzhang.reading import ReadError, read_page


def test_the_limited_process_reads_as_the_reader_itself_does() -> None:
    assert read_limited(documents.plain_docx(), filename="a.docx") == read_page(documents.plain_docx())
    assert read_limited(documents.SENTENCE) == read_page(documents.SENTENCE)
    assert "12 meetings" in (read_limited(documents.pdf(2, 3)).title or "")


def test_a_refusal_comes_back_in_its_own_words() -> None:
    with pytest.raises(ReadError, match="引用着外部内容"):
        read_limited(documents.with_external_template())


def test_a_tiny_pdf_that_means_endless_work_is_stopped() -> None:
    hostile = documents.pdf(100, 40_000)
    assert len(hostile) < 20_000
    begun = time.monotonic()
    with pytest.raises(ReadError, match="已停止"):
        read_limited(hostile)
    assert time.monotonic() - begun < limited.PATIENCE + 10


def test_a_third_text_of_one_person_is_refused_while_two_are_read() -> None:
    hostile = documents.pdf(100, 40_000)

    def bring(_: int) -> str:
        try:
            read_limited(hostile, person=7)
        except ReadError as error:
            return error.message
        return ""

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(bring, range(8)))
    assert said.count(limited.YOURS) == 8 - limited.MOST_OF_ONE
    assert read_limited(documents.SENTENCE, person=7).claims
