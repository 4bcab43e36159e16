"""Where the annotated corpus stands when it is kept beside the checkout (the build server has it)."""

from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
