"""Timing by repetition: median and 95th percentile in milliseconds."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Milliseconds a call took over several runs."""

    name: str
    median: float
    p95: float

    def line(self, against: "Timing") -> str:
        """A row of the report, as a ratio of medians to another timing of the same run."""
        ratio = self.median / against.median if against.median else float("inf")
        return (
            f"{self.name:<44} {self.median:9.1f} ms  p95 {self.p95:9.1f} ms  = {ratio:7.1f} × {against.name}"
        )


def measure(name: str, call: Callable[[], object], *, runs: int) -> Timing:
    """Run once to warm up, then `runs` times."""
    call()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return Timing(name, statistics.median(taken), taken[max(0, -(-len(taken) * 95 // 100) - 1)])
