"""The two commands of the README: `python3 dev.py demo` and `python3 dev.py test`.

Needs only Python 3.11+ with venv and pip. Everything is installed into .venv beside this file, from the
hash-locked lists in requirements/, and again only when a list changed.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.chromium import CHINESE_FONT, find_chromium

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PIP_INSTALL = ("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
USAGE = "python3 dev.py demo [yibenzhang demo 的选项]\npython3 dev.py test [pytest 的选项]"

# Programs of the environment with their arguments; all run even when an earlier one fails.
STAGES = (
    "ruff check .",
    "ruff format --check .",
    "mypy",
    "lint-imports",
    "djlint --lint --quiet src",
    "django-admin makemigrations --check --dry-run",
    "pytest -q -n 2",
    "python -m tests.postgres_server -m pytest -q -n 2 -m 'database and not browser'",
)


def run(program: str, *arguments: str | Path) -> int:
    """Run a program of the environment in the project folder; return its exit code."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "yibenzhang.config.settings"}
    return subprocess.call([BIN / program, *arguments], cwd=ROOT, env=environment)


def must(program: str, *arguments: str | Path) -> None:
    """Run as `run` does, and stop here when it fails."""
    if code := run(program, *arguments):
        sys.exit(code)


def make_venv() -> None:
    """Create .venv unless a working one is there."""
    python = shutil.which(BIN / "python")
    if python and not subprocess.call([python, "-c", "import pip"], stderr=subprocess.DEVNULL):
        return
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("缺少 ensurepip，建不了虚拟环境。Debian、Ubuntu 请先运行：apt-get install python3-venv")


def wanted_state(lock: Path) -> str:
    """Return a digest of all that decides what is installed: the list, the package's metadata, the
    interpreter, and the folder (an editable install points at the folder it was made in)."""
    parts = (lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), bytes(ROOT))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def install(*lists: str) -> None:
    """Make .venv hold the first of these lists and this package, unless any of them is already there."""
    make_venv()
    for name in lists:
        marker = VENV / f"installed-{name}"
        if marker.exists() and marker.read_text() == wanted_state(ROOT / "requirements" / f"{name}.txt"):
            return
    lock = ROOT / "requirements" / f"{lists[0]}.txt"
    print(f"正在安装 {lock.name} 所列的软件包，只在第一次和清单变化时需要……", flush=True)
    must(*PIP_INSTALL, "--only-binary", ":all:", "--no-compile", "--require-hashes", "-r", lock)
    must(*PIP_INSTALL, "--no-build-isolation", "--editable", ROOT)
    (VENV / f"installed-{lists[0]}").write_text(wanted_state(lock))


def missing_for_tests() -> list[str]:
    """Return the Debian packages that the tests of pages and printed documents lack."""
    has_font = shutil.which("fc-list") and subprocess.check_output(["fc-list", ":lang=zh-cn"])
    return [
        *([] if find_chromium() else ["chromium"]),
        *([] if has_font else ["fontconfig", CHINESE_FONT]),
        *([] if shutil.which("soffice") else ["libreoffice-writer-nogui"]),
    ]


def install_programs() -> None:
    """Make sure that a Chromium, a Chinese font and a LibreOffice are there; no test may be skipped for want of one."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if (missing := missing_for_tests()) and is_root and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "update", "-qq"], env=quiet)
        subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=quiet)
        missing = missing_for_tests()
    if missing:
        sys.exit(f"测试缺少：{'、'.join(missing)}。请先运行：apt-get install {' '.join(missing)}")


def demo(arguments: list[str]) -> int:
    """Start the product with the demo year; its data stay in demo-home/ between starts."""
    install("runtime", "dev")  # the development list contains the runtime list
    return run("yibenzhang", "demo", "--home", ROOT / "demo-home", *arguments)


def test(arguments: list[str]) -> int:
    """Run every check; with arguments only pytest, on SQLite, with those arguments."""
    install("dev")
    install_programs()
    with tempfile.TemporaryDirectory(prefix="yibenzhang-") as home:
        os.environ["YIBENZHANG_HOME"] = home  # no check may touch a real book
        return run("pytest", *arguments) if arguments else run_stages()


def run_stages() -> int:
    """Run all stages, name those that failed at the end, and return 1 if there were any."""
    failed = []
    for stage in STAGES:
        print(f"\n== {stage}", flush=True)
        if run(*shlex.split(stage)):
            failed.append(stage)
    print("\n" + ("\n".join(f"未通过：{stage}" for stage in failed) or "全部通过。"))
    return 1 if failed else 0


def main() -> int:
    """Run the command named on the command line; return its exit code."""
    commands = {"demo": demo, "test": test}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        print(USAGE, file=sys.stderr)
        return 2
    return commands[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
