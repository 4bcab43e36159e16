"""A draft for 核稿 passes the same gate as any other file, and no number it states is unfolded into memory."""

import time
from collections.abc import Callable

import pytest

from tests.intake import documents
from yibenzhang.reading import ReadError, read_page


def test_a_harmless_document_is_read_whole() -> None:
    text = read_page(documents.plain_docx()).clean_text
    assert documents.SENTENCE in text
    assert "讲座" in text


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (documents.with_external_template, "引用着外部内容"),
        (documents.with_macro_part, "宏"),
        (documents.with_doctype, "DOCTYPE"),
    ],
    ids=["external template", "macro part", "document type"],
)
def test_what_evidence_refuses_a_draft_refuses_too(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_page(make(), filename="draft.docx")


@pytest.mark.parametrize("span", [3, 10**8, 10**9])
def test_a_cell_that_claims_to_be_wide_costs_no_more_than_another(span: int) -> None:
    begun = time.process_time()
    assert "讲座" in read_page(documents.with_wide_cell(span)).clean_text
    assert time.process_time() - begun < 5


def test_a_document_of_empty_paragraphs_is_refused_in_words() -> None:
    assert documents.SENTENCE in read_page(documents.with_empty_paragraphs(100)).clean_text
    begun = time.process_time()
    with pytest.raises(ReadError, match="删去空段"):
        read_page(documents.with_empty_paragraphs(200_000))
    assert time.process_time() - begun < 10
