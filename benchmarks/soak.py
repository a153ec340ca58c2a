"""Run all conditions again and again, and compare: outcomes, processes, descriptors, leftovers.

    python benchmarks/soak.py [--runs 1000] [--load] [--jobs N] [SELECTION...]

With --load every core is kept busy meanwhile. Differences are printed as they are seen, figures
at the end, or when it is interrupted. Exit status 1 if there was any difference or leftover.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from manproof.lab import conditions, run
from manproof.observation import Record


def burn() -> None:
    """Keep a core busy."""
    while True:
        sum(range(100_000))


@contextlib.contextmanager
def load(wanted: bool) -> Iterator[None]:
    """Keep all cores busy, if wanted."""
    burners = [multiprocessing.Process(target=burn, daemon=True) for _ in range(os.cpu_count() or 1)]
    started = burners if wanted else []
    for burner in started:
        burner.start()
    yield
    for burner in started:
        burner.kill()
        burner.join()


def leftovers() -> dict[str, int]:
    """What must not grow: descriptors, children, directories of the lab."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
    return {
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
        "children": len(children),
        "directories": len(list(Path(tempfile.gettempdir()).glob("manproof-lab-*"))),
    }


def summary(record: Record) -> dict[str, str]:
    """What is compared: the outcome, or the status."""
    return {item.condition: item.outcome or item.status for item in record.observations}


def differences(first: dict[str, str], record: Record, number: int) -> int:
    """Print how a run differs from the first one; how often it does."""
    count = 0
    for item in record.observations:
        outcome = item.outcome or item.status
        if first[item.condition] != outcome:
            count += 1
            was = first[item.condition]
            print(f"run {number}: {item.condition}: {was}, now {outcome} {item.reason}", flush=True)
    return count


def main() -> int:
    """Soak, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--load", action="store_true")
    parser.add_argument("--jobs", type=int, default=None)
    parser.add_argument("selections", nargs="*")
    wishes = parser.parse_args()
    chosen = conditions(*wishes.selections)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    seconds: list[float] = []
    first: dict[str, str] = {}
    before, wrong = leftovers(), 0
    with load(wishes.load), contextlib.suppress(KeyboardInterrupt):
        while len(seconds) < wishes.runs:
            begun = time.monotonic()
            record = run(chosen, jobs=wishes.jobs)
            seconds.append(time.monotonic() - begun)
            first = first or summary(record)
            wrong += differences(first, record, len(seconds))
    after = leftovers()
    seconds.sort()
    print(f"{len(seconds)} runs of {len(chosen)} conditions: {wrong} differences")
    middle = seconds[len(seconds) // 2]
    print(f"seconds: least {seconds[0]:.2f}, median {middle:.2f}, most {seconds[-1]:.2f}")
    print(f"before {before}, after {after}")
    return int(bool(wrong) or before != after)


if __name__ == "__main__":
    sys.exit(main())
