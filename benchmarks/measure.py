"""Runs commands and tells how long they take and how much memory they use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Task:
    """Some work of a tool: a shell script in a folder, and what puts the folder in order before it."""

    tool: str
    script: str
    folder: Path
    prepare: Callable[[], object] = lambda: None


@dataclass(frozen=True, order=True)
class Result:
    """Seconds of the clock and of the processors, and the MiB of the largest process."""

    seconds: float
    cpu: float
    memory: float


def run(task: Task) -> Result:
    """Does a task once."""
    task.prepare()
    command = [sys.executable, "-ISc", _LAUNCHER, task.script]
    done = subprocess.run(command, cwd=task.folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{task.tool} failed in {task.folder}: {done.stderr}")
    return Result(*map(float, done.stdout.split()))


_LAUNCHER = """\
import os, sys, time
start = time.perf_counter()
child = os.fork()
if not child:
    os.dup2(2, 1)
    os.execvp("sh", ["sh", "-ec", sys.argv[1]])
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""
"""Small, because a new process is charged with the memory of the one that it was forked from."""


def best(tasks: Iterable[Task], repeat: int) -> dict[str, Result]:
    """The best of some runs of each tool; the tools take turns, so that a busy machine slows all alike."""
    tasks = list(tasks)
    found: dict[str, Result] = {}
    for _ in range(repeat):
        for task in tasks:
            if task.tool not in found or found[task.tool].seconds < _SLOW:
                result = run(task)
                found[task.tool] = min(result, found.get(task.tool, result))
    return found


_SLOW = 30
"""Seconds; what takes longer is done once."""
