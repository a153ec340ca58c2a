"""What several tests of the lab share: one run of everything, and ways to be somebody else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from manproof.lab import conditions, errno_number, run
from manproof.observation import Record, from_json

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
import json, sys
sys.path.insert(0, sys.argv[1])
from manproof.lab import conditions, run
from manproof.observation import to_json
print(json.dumps(to_json(run(conditions(*sys.argv[2:])))))
"""
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="MUST BE ROOT to become somebody else")
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="STRACE IS NOT INSTALLED")
needs_compiler = pytest.mark.skipif(not shutil.which("cc"), reason="NO C COMPILER IS INSTALLED")


def _restriction() -> str:
    """Why namespaces cannot be had here, in a chroot or a container; empty where they can."""
    return run(conditions("connect/fd.closed")).system.restriction


RESTRICTION = _restriction()
needs_namespaces = pytest.mark.skipif(bool(RESTRICTION), reason=f"NO NAMESPACES HERE: {RESTRICTION}")


@cache
def everything() -> Record:
    """All conditions, once in a test session."""
    return run(conditions())


@cache
def readable_python() -> str:
    """A Python that nobody may execute: this one, or the system's."""
    check = "import sys; sys.version_info >= (3, 11) or sys.exit(1)"
    again = f"import os, sys; os.execv(sys.executable, [sys.executable, '-c', '{check}'])"
    for python in (sys.executable, "/usr/bin/python3"):
        if not subprocess.run([*NOBODY, python, "-c", again], capture_output=True, check=False).returncode:
            return python
    pytest.skip("NO PYTHON THAT nobody MAY EXECUTE")


def run_as(before: tuple[str, ...], *selections: str, python: str = sys.executable) -> Record:
    """A run in another process, which ``before`` starts: setpriv, strace, ..."""
    import json

    command = [*before, python, "-c", SCRIPT, str(ROOT), *selections]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, cwd="/")
    return from_json(Record, json.loads(done.stdout))


def differences(one: Record, other: Record) -> dict[str, tuple[str | None, str | None]]:
    """Conditions that were observed in both, but with different outcomes."""
    seen = {item.condition: item.outcome for item in one.observations if item.outcome}
    return {
        item.condition: (seen[item.condition], item.outcome)
        for item in other.observations
        if item.outcome and item.condition in seen and seen[item.condition] != item.outcome
    }


def compiled_and_run(text: str, outcome: str, place: Path) -> str:
    """Compile a C program in a new folder, and run it as its comment says: what is wrong with its answer."""
    place.mkdir(mode=0o755)
    source = place / "a.c"
    source.write_text(text)
    command = ["cc", "-pipe", "-Wall", "-Wextra", "-Werror", "-pthread", "-o", "a.out", source.name]
    compiled = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if compiled.returncode:
        return compiled.stderr
    how = re.search(r"a\.c && ((?:unshare|\./a\.out).*?)(?:   \(.*)?$", text, re.MULTILINE)
    assert how, text
    done = subprocess.run(
        how[1], shell=True, cwd=place, capture_output=True, text=True, check=False, timeout=60
    )
    number = 0 if outcome == "success" else errno_number(outcome)
    return "" if f"errno {number}:" in done.stdout else f"{outcome}, but {done.stdout}{done.stderr}"
