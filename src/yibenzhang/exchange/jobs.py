"""Imports that run behind a page: checked first, confirmed by the user, then brought in.

A job is two files in the home: the upload, kept only until it is decided, and its state as JSON, which any process of the
server can read. Threads suffice: one import at a time writes, and readers go on.
"""

import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.db import connection

from yibenzhang.access.models import User
from yibenzhang.access.scope import actor_for
from yibenzhang.exchange.findings import Findings
from yibenzhang.exchange.lookup import Reach
from yibenzhang.exchange.services import FaultyFileError, bring_in, check_file
from yibenzhang.kernel.errors import BookError

CHECKING, CHECKED, WRITING, DONE, REFUSED = "checking", "checked", "writing", "done", "refused"
RUNNING = {CHECKING, WRITING}
SILENT = 120  # seconds after which a running job without a sign of life counts as dead
KEPT = 24 * 3600
SHOWN = 200
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,40}")
_log = logging.getLogger(__name__)


@dataclass
class Job:
    """The state of an import. `faults` and `outcomes` hold what a page shows, the counts everything."""

    token: str
    user: int
    kind: str
    file_name: str
    stage: str = CHECKING
    text: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    summary: str = ""
    added: int = 0
    fault_count: int = 0
    new_count: int = 0
    beat: float = 0.0
    faults: list[dict[str, object]] = field(default_factory=list)
    outcomes: list[dict[str, object]] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        """Work is going on."""
        return self.stage in RUNNING

    @property
    def can_confirm(self) -> bool:
        """Checked, sound, and with something to add."""
        return self.stage == CHECKED and not self.fault_count and self.new_count > 0

    @property
    def upload(self) -> Path:
        """Where the uploaded file lies."""
        return _folder() / f"{self.token}.xlsx"

    def save(self) -> None:
        """Write the state; readers see the old one or the new one, never half."""
        self.beat = time.time()
        partial = _folder() / f"{self.token}.part"
        partial.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        partial.replace(_folder() / f"{self.token}.json")

    def show(self, findings: Findings) -> None:
        """Take over what a dry run found."""
        self.summary, self.fault_count = findings.summary, len(findings.faults)
        self.new_count = findings.count("new")
        self.faults = [asdict(fault) for fault in findings.faults[:SHOWN]]
        marked = [outcome for outcome in findings.outcomes if outcome.note or outcome.what != "new"]
        self.outcomes = [{**asdict(outcome), "word": outcome.word} for outcome in marked[:SHOWN]]


def begin(*, user: User, kind: str, file_name: str, chunks: Callable[[Path], None]) -> Job:
    """Keep the upload (`chunks` writes it to the path given) and start checking it."""
    _clear_old()
    job = Job(secrets.token_urlsafe(20), user.pk, kind, file_name[-100:], text="打开文件")
    chunks(job.upload)
    job.save()
    start(_check, job, user)
    return job


def confirm(job: Job, *, user: User) -> None:
    """Bring in what was checked. Raises BookError when the job is not waiting for this."""
    if not job.can_confirm or not job.upload.exists():
        raise BookError("这次导入已经办过或不能导入，请重新上传文件。")
    job.stage, job.text, job.done, job.total = WRITING, "打开文件", 0, 0
    job.save()
    start(_write, job, user)


def find(token: str, user: User) -> Job | None:
    """The user's own job of that token; a foreign one does not exist."""
    path = _folder() / f"{token}.json"
    if not TOKEN.fullmatch(token) or not path.is_file():
        return None
    job = Job(**json.loads(path.read_text(encoding="utf-8")))
    if job.user != user.pk:
        return None
    if job.is_running and time.time() - job.beat > SILENT:
        _end(job, "服务中途停止，没有写入任何一行。请重新上传。")
    return job


def start(work: Callable[[Job, User], None], job: Job, user: User) -> None:
    """Run the work in a thread of its own, with its own database connection."""
    Thread(target=_run, args=(work, job, user), daemon=True).start()


def _run(work: Callable[[Job, User], None], job: Job, user: User) -> None:
    try:
        work(job, user)
    finally:
        connection.close()


def _check(job: Job, user: User) -> None:
    with _Guard(job):
        reach = Reach.of(actor_for(user), job.kind)
        findings = check_file(job.upload, job.kind, reach=reach, progress=_teller(job))
        job.show(findings)
        job.stage = CHECKED
        if not job.can_confirm:
            job.upload.unlink(missing_ok=True)
        job.save()


def _write(job: Job, user: User) -> None:
    with _Guard(job):
        reach = Reach.of(actor_for(user), job.kind)
        brought = bring_in(
            job.upload, job.kind, user=user, file_name=job.file_name, reach=reach, progress=_teller(job)
        )
        job.added, job.stage, job.summary = brought.added, DONE, brought.findings.summary
        job.upload.unlink(missing_ok=True)
        job.save()


class _Guard:
    """Whatever goes wrong ends the job with words; the file does not stay."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, FaultyFileError):
            self.job.show(error.findings)
        if isinstance(error, BookError):
            _end(self.job, error.message)
        elif isinstance(error, Exception):
            _log.error("import %s failed", self.job.token, exc_info=error)
            _end(self.job, "出了意外，没有写入任何一行。请稍后重试；仍不行请报告管理员。")
        return isinstance(error, Exception)


def _end(job: Job, message: str) -> None:
    job.stage, job.message = REFUSED, message
    job.upload.unlink(missing_ok=True)
    job.save()


def _teller(job: Job) -> Callable[[str, int, int], None]:
    def tell(text: str, done: int, total: int) -> None:
        is_news = text != job.text
        job.text, job.done, job.total = text, done, total
        if is_news or time.time() - job.beat > 0.5:
            job.save()

    return tell


def _folder() -> Path:
    folder = Path(settings.EVIDENCE_ROOT).parent / "imports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _clear_old() -> None:
    for path in _folder().iterdir():
        if time.time() - path.stat().st_mtime > KEPT:
            path.unlink(missing_ok=True)
