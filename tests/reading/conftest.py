"""The corpus is not ours to copy: without it beside the checkout, its test is not collected."""

from tests.reading.corpus_beside import CORPUS

collect_ignore = [] if (CORPUS / "score.py").exists() else ["test_corpus.py"]
