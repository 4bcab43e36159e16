"""Long builds in steps: a PDF, the package of a large report, a draft with hundreds of figures.

A build is a folder in the home; a step is a file in it, there or not there. Whoever looks at the page does the next steps, so
nothing runs on its own, a stopped server goes on where it was, and to stop a build is to delete its folder. What is asked
stays fixed: an issued version, or a revision of a draft at the position of the ledger it was begun at.
"""

import hashlib
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yibenzhang.access.models import User
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.queries import position
from yibenzhang.reports.models import IssuedReport, Report
from yibenzhang.reports.queries import newest_version
from yibenzhang.reports.tokens import ChartToken, FigureToken, split

FORMS = {
    "docx": ".docx",
    "sources": "（附数据来源）.docx",
    "pdf": ".pdf",
    "html": ".html",
    "package": "（迎检包）.zip",
}
RESULT = "result"
KEPT = 24 * 3600  # seconds
MANY_QUESTIONS, MANY_VOUCHERS, CHART_WEIGHT = 80, 5_000, 6


@dataclass(frozen=True)
class Step:
    """A file to be made, with words for the page."""

    file: str
    text: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Build:
    """What is built, for whom, and where; `position` is 0 for an issued version."""

    folder: Path
    report: Report
    issued: IssuedReport | None
    form: str
    position: int

    @property
    def title(self) -> str:
        """Name of the file without its ending."""
        return self.issued.title if self.issued else f"{self.report.title}（草稿）"

    @property
    def file_name(self) -> str:
        """Name of the file for whoever downloads it."""
        return f"{self.title}{FORMS[self.form]}"

    @property
    def result(self) -> Path:
        """The finished file."""
        return self.folder / RESULT

    @property
    def is_done(self) -> bool:
        """It can be downloaded."""
        return self.result.is_file()


def is_long(report: Report, form: str) -> bool:
    """True when a reader should see progress instead of a waiting page."""
    if form == "pdf":
        return True
    issued = None if report.is_open else newest_version(report)
    if issued is None:
        pieces = {str(piece): piece for piece in split(report.text)}.values()
        charts = sum(isinstance(piece, ChartToken) for piece in pieces)
        return (
            sum(isinstance(piece, FigureToken) for piece in pieces) + CHART_WEIGHT * charts > MANY_QUESTIONS
        )
    if form != "package":
        return False
    return sum(issued.figures.values_list("vouchers", flat=True)) > MANY_VOUCHERS


def find_build(report: Report, form: str, user: User) -> Build:
    """The user's build of this report as it stands, begun or not; a finished draft is forgotten once the ledger moved.

    Raises BookError for a form there is not, and for the package of a report that is not issued.
    """
    issued = None if report.is_open else newest_version(report)
    if form not in FORMS or (form == "package" and issued is None):
        raise BookError("定稿后才能打迎检包。" if form == "package" else "没有这种导出。")
    asked = f"{report.pk}|{issued.pk if issued else f'draft {report.revision}'}|{form}|{user.pk}"
    folder = _root() / hashlib.sha256(asked.encode()).hexdigest()[:32]
    begun = folder / "position"
    at = int(begun.read_text()) if begun.is_file() else 0
    build = Build(folder, report, issued, form, at)
    if issued is None and build.is_done and at != position():
        stop(build)
        build = Build(folder, report, issued, form, 0)
    return build


def stop(build: Build) -> None:
    """Give the build up; a step under way ends by itself and leaves nothing."""
    shutil.rmtree(build.folder, ignore_errors=True)


def begun(build: Build) -> Build:
    """The build with its folder, at the present position when it is new; folders of yesterday go."""
    if (build.folder / "position").is_file():
        return build
    for old in _root().iterdir():
        if time.time() - old.stat().st_mtime > KEPT:
            shutil.rmtree(old, ignore_errors=True)
    build.folder.mkdir(exist_ok=True)
    at = 0 if build.issued else position()
    write(build.folder / "position", str(at).encode())
    return Build(build.folder, build.report, build.issued, build.form, at)


def write(path: Path, data: bytes) -> None:
    """Readers see the whole file or none."""
    partial = path.with_name(f"{secrets.token_hex(8)}.part")
    partial.write_bytes(data)
    partial.replace(path)


def _root() -> Path:
    folder = Path(settings.EVIDENCE_ROOT).parent / "builds"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
