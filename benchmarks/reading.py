"""Speed and memory of reading, as a ratio to jionlp 1.5.31 on the same clean text in the same run.

    python benchmarks/reading.py [FOLDER] [--rounds N] [--jionlp PATH]

FOLDER holds pages (.txt, .html); the default is the annotated corpus when it stands beside the checkout, else the
pages of the tests. jionlp is installed by hand (`pip install --target PATH jionlp==1.5.31`): no other part needs it.
Its side of the comparison takes the clean text as given; ours also reads the raw page. Each side runs in a process of
its own, so that peak memory is that of one.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT.parent / "shared" / "corpus", ROOT / "tests" / "reading" / "pages")


def pages_in(folder: Path) -> list[bytes]:
    """Raw pages of a folder, without clean texts and annotations."""
    paths = [p for p in sorted(folder.iterdir()) if p.suffix in (".txt", ".html") and ".clean" not in p.name]
    return [path.read_bytes() for path in paths]


def measure_ours(folder: Path, rounds: int) -> dict[str, object]:
    """Pages per second from raw bytes to a whole reading, and the clean texts for the other side."""
    from yibenzhang.reading import read_page

    pages = pages_in(folder)
    texts = [read_page(page).clean_text for page in pages]
    started = time.perf_counter()
    for _ in range(rounds):
        for page in pages:
            read_page(page)
    return result(len(pages) * rounds, started) | {"texts": texts}


def measure_jionlp(texts: list[str], rounds: int) -> dict[str, object]:
    """Texts per second of jionlp's extraction of times and money, its nearest to figures."""
    import jionlp

    def extract(text: str) -> None:
        jionlp.ner.extract_time(text, with_parsing=False)
        jionlp.ner.extract_money(text, with_parsing=False)

    extract(texts[0])
    started = time.perf_counter()
    for _ in range(rounds):
        for text in texts:
            extract(text)
    return result(len(texts) * rounds, started)


def result(count: int, started: float) -> dict[str, object]:
    """Speed so far and peak memory of this process in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"per_second": count / (time.perf_counter() - started), "peak_mb": peak}


def in_process(side: str, payload: dict[str, object], path: str = "") -> dict[str, object]:
    """One side in a process of its own."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT / "src"), path)))}
    finished = subprocess.run(
        [sys.executable, __file__, "--side", side],
        input=json.dumps(payload),
        capture_output=True,
        text=True,
        env=environment,
    )
    if finished.returncode:
        return {"error": finished.stderr.strip().splitlines()[-1]}
    answer: dict[str, object] = json.loads(finished.stdout.splitlines()[-1])
    return answer


def start_up() -> float:
    """Seconds of `yibenzhang read` on a small file, the best of five."""
    page = next((ROOT / "tests" / "reading" / "pages").glob("*.txt"))
    code = f"from yibenzhang.cli.read import run_read; run_read([{str(page)!r}])"
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        )
        best = min(best, time.perf_counter() - started)
    return best


def main() -> None:
    """Measure both sides and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", nargs="?", type=Path, default=next(p for p in PAGES if p.is_dir()))
    options.add_argument("--rounds", type=int, default=10)
    options.add_argument("--jionlp", default="", metavar="PATH", help="folder that jionlp was installed into")
    options.add_argument("--side", choices=("ours", "jionlp"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.side:
        payload = json.load(sys.stdin)
        if given.side == "ours":
            print(json.dumps(measure_ours(Path(payload["folder"]), payload["rounds"])))
        else:
            print(json.dumps(measure_jionlp(payload["texts"], payload["rounds"])))
        return
    ours = in_process("ours", {"folder": str(given.folder), "rounds": given.rounds})
    theirs = in_process("jionlp", {"texts": ours["texts"], "rounds": max(1, given.rounds // 5)}, given.jionlp)
    print(
        f"reading   {ours['per_second']:7.1f} pages/s   peak {ours['peak_mb']:6.1f} MB   start-up {start_up():.2f} s"
    )
    if "error" in theirs:
        print(f"jionlp    not measured: {theirs['error']}")
        return
    print(f"jionlp    {theirs['per_second']:7.1f} pages/s   peak {theirs['peak_mb']:6.1f} MB")
    speed = float(str(ours["per_second"])) / float(str(theirs["per_second"]))
    memory = float(str(ours["peak_mb"])) / float(str(theirs["peak_mb"]))
    print(f"ratio     {speed:7.2f} × speed     {memory:6.2f} × memory")


if __name__ == "__main__":
    main()
