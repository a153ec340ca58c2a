"""The results as a table in Markdown."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Result
from benchmarks.tasks import OURS, PO4A, SPHINX

Rows = Mapping[str, Mapping[str, Result]]
"""For each task, the result of each tool."""


def table(rows: Rows, tools: Sequence[str]) -> str:
    """Seconds of each tool, and how many times those of ours that is."""
    lines = [["task", *tools], ["---", *("---:" for _ in tools)]]
    lines += [[name, *(_cell(found, tool) for tool in tools)] for name, found in rows.items()]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(found: Mapping[str, Result], tool: str) -> str:
    if tool not in found:
        return ""
    result, own = found[tool], found.get(OURS)
    text = f"{result.seconds:.2f} s, {result.memory:.0f} MiB"
    return text if tool == OURS or own is None else f"{text} ({result.seconds / own.seconds:.1f}×)"


def machine(tools: Mapping[str, str]) -> Iterator[str]:
    """What the figures were measured on."""
    found = re.search(r"^model name\s*:\s*(.+)$", _cpuinfo(), re.MULTILINE)
    cores = len(os.sched_getaffinity(0))
    name = found[1] if found else platform.machine()
    yield f"- {name}, {cores} cores, Linux {platform.release().partition('-')[0]}"
    libraries = ("docutils", "Jinja2", "PyYAML", "click", "Pygments")
    yield f"- Python {platform.python_version()}, " + ", ".join(
        f"{name} {version(name)}" for name in libraries
    )
    for tool in (PO4A, SPHINX):
        yield f"- {_versions(tool, tools[tool])}" if tool in tools else f"- {tool}: absent"


def _cpuinfo() -> str:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _versions(tool: str, program: str) -> str:
    if tool == SPHINX:
        return f"Sphinx {_first_number([program, '--version'])}"
    package = ["dpkg-query", "-W", "-f", "${Version}", "mandoc"]
    mandoc = _first_number(package) if shutil.which("dpkg-query") else ""
    return f"po4a {_first_number(['po4a', '--version'])}, mandoc {mandoc}".strip()


def _first_number(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else "of unknown version"
