"""Where reports go: one to the standard output, others to files, a table to GitHub's page of the run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from manproof import files
from manproof.cli import screen
from manproof.diagnostic import UserError, quoted
from manproof.handwritten.archive import UnreadableError, text_of
from manproof.report import FORMATS, github, render
from manproof.report.run import Run

_FOR_PEOPLE = {"text", "concise"}
"""Formats in the encoding of the terminal; all others are UTF-8."""


def outputs(wanted: Sequence[str]) -> Mapping[Path, str]:
    """The format of each file that is asked for as ``FORMAT=FILE``."""
    found: dict[Path, str] = {}
    for item in wanted:
        form, _, name = item.partition("=")
        path = Path(name)
        if form not in FORMATS or not name:
            raise UserError(
                f"-o is “{quoted(item[:80])}”; write FORMAT=FILE, with one of {', '.join(FORMATS)}"
            )
        if path.is_dir():
            raise UserError(f"-o {quoted(item)}: that is a folder; name a file in it")
        if path in found:
            raise UserError(f"-o names {quoted(name)} twice; give each report a file of its own")
        found[path] = form
    return found


def deliver(run: Run, form: str, root: Path, others: Mapping[Path, str]) -> None:
    """Prints a run in a format, and writes it to files in other ones.

    Paths lead from ``root``, or those of pages that were written by hand from here.
    """
    run = replace(run, lines=cache(lambda name: _lines(root / name) or _lines(Path(name))))
    for path, other in others.items():
        _write(path, render(other, run).encode("utf-8"))
    if form == "github":
        _add_summary(github.step_summary(run))
    text = render(form, replace(run, colour=_is_coloured()))
    encoding = sys.stdout.encoding if form in _FOR_PEOPLE else "utf-8"
    sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
    sys.stdout.buffer.flush()


def _lines(path: Path) -> Sequence[str]:
    """The lines of a file, compressed or not; nothing if it cannot be read."""
    with suppress(UserError, UnreadableError):
        text = text_of(files.read(path)).decode("utf-8-sig", "replace")
        return [line.removesuffix("\r") for line in text.split("\n")]
    return ()


def _write(path: Path, data: bytes) -> None:
    """Puts a report into a file, whole or not at all; into a device or a pipe as it is."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
    else:
        files.write(path, data)


def _add_summary(text: str) -> None:
    """Adds to the page of a run on GitHub, if this is one."""
    if name := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(name).open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError as problem:
            screen.say(f"manproof: no summary was added to {quoted(name)}: {problem.strerror}")


def _is_coloured() -> bool:
    wanted = screen.colour()
    if wanted is not None:
        return wanted
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
