"""Importing 20,000 vouchers from a workbook, against merely reading it.

python -m benchmarks.importing
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.durability.processes import environment, make_home
from tests.exchange.test_large import ROWS, large_file

READ = "import sys, python_calamine as c; c.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()"


def main() -> None:
    """Print the report."""
    with tempfile.TemporaryDirectory() as folder:
        home, path = make_home(Path(folder) / "book"), large_file(Path(folder) / "large.xlsx")
        reading = _seconds([sys.executable, "-c", READ, str(path)], os.environ.copy())
        command = [
            sys.executable,
            "-m",
            "yibenzhang.cli.main",
            "import",
            "vouchers",
            str(path),
            "--home",
            str(home),
        ]
        importing = _seconds(command, environment(home))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"reading the workbook only:  {reading:6.1f} s")
    print(
        f"importing {ROWS:,} vouchers: {importing:6.1f} s = {importing / reading:.0f} × reading; peak {memory} MB"
    )


def _seconds(command: list[str], environ: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environ, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
