"""Reading in a process of its own: `python -m yibenzhang.reading.worker text|file [name]`, input on stdin, JSON on stdout.

A hostile file can at most end this process. It sees nothing of the book: no settings, no database, no key.
"""

import json
import sys

from yibenzhang.reading.model import ReadError
from yibenzhang.reading.reader import read_page

MEMORY, SECONDS, LARGEST_OUTPUT = 1024 * 1024 * 1024, 5, 32 * 1024 * 1024


def limit_resources() -> None:
    """Cap memory, and processor time from now on: what the start cost is not the file's fault."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock still ends the process
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def answer(kind: str, name: str, data: bytes) -> str:
    """The reading or the refusal as JSON."""
    try:
        reading = read_page(data.decode("utf-8") if kind == "text" else data, filename=name or None)
    except ReadError as error:
        return json.dumps({"refused": error.message})
    made = json.dumps(reading.as_prediction() | {"repairs": list(reading.repairs)})
    if len(made) > LARGEST_OUTPUT:
        return json.dumps({"refused": "稿件内容过多。请拆成几份分别读取。"})
    return made


if __name__ == "__main__":
    limit_resources()
    sys.stdout.write(answer(sys.argv[1], "".join(sys.argv[2:3]), sys.stdin.buffer.read()))
