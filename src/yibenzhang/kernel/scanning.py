"""The hook for a virus scanner (查毒): a command that reads a file from its input, as `clamdscan -` does.

`YIBENZHANG_SCAN` names it; unset means that nothing is scanned. It ends with 0 for clean and 1 for infected; anything
else, or no answer, counts as down, and a file that was not looked at is not taken.
"""

import os
import shlex
import subprocess

from yibenzhang.kernel.errors import BookError

PATIENCE = 30
INFECTED = "“{name}”被查毒服务拦下，系统没有保留它。请先在本机查毒，再换一份干净的文件。"
DOWN = "查毒服务没有应答，“{name}”没有收下。请稍后再传；仍不行请告诉管理员。"


def scan(name: str, data: bytes) -> None:
    """Raise BookError when the scanner finds something or does not answer; nothing without a scanner."""
    command = shlex.split(os.environ.get("YIBENZHANG_SCAN", ""))
    if not command:
        return
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        raise BookError(DOWN.format(name=name), field="files") from None
    if done.returncode:
        words = INFECTED if done.returncode == 1 else DOWN
        raise BookError(words.format(name=name), field="files")
