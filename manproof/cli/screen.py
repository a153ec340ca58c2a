"""What every command does with the terminal, and the exit statuses that scripts rely on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from manproof.diagnostic import Diagnostic, Severity, UserError, quoted

if TYPE_CHECKING:
    from manproof.config import Project

CLEAN, FINDINGS, FAILURE = 0, 1, 2


def open_standard_files() -> None:
    """Opens what the caller has closed of the three standard files, so that no output gets its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def give_up_output() -> None:
    """Sends what is left of the standard output nowhere; Python would complain of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def say(message: str) -> None:
    """Tells something in one line; whatever names it holds, they take no liberties with the terminal."""
    click.echo(quoted(message), err=True)


def report(found: Iterable[Diagnostic]) -> int:
    """Prints diagnostics and gives the exit status that they call for in a build."""
    status = CLEAN
    for diagnostic in found:
        say(str(diagnostic))
        if diagnostic.severity is Severity.ERROR:
            status = FINDINGS
    return status


def project() -> Project:
    from manproof.config import find

    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise UserError("the working folder is gone; change to another one") from None
    return find(here)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, once there is enough to wait for; else nothing."""
    if (
        sys.stderr is None
        or not sys.stderr.isatty()
        or os.environ.get("CI")
        or os.environ.get("TERM") == "dumb"
    ):
        yield lambda _done, _total: None
        return
    bars: list[Any] = []

    def step(done: int, total: int) -> None:
        if not bars and total > 8:
            bars.append(click.progressbar(length=total, label=what, file=sys.stderr).__enter__())
        if bars:
            bars[0].update(done - bars[0].pos)

    try:
        yield step
    finally:
        if bars:
            bars[0].render_finish()


def colour() -> bool | None:
    """Whether to colour what is printed: as the environment says, else (None) only on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


@contextmanager
def live(what: str, total: int) -> Iterator[Callable[[int, str], None]]:
    """A bar that names what was done last, on a terminal; else nothing."""
    if not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        yield lambda _done, _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("{task.fields[name]}", style="dim"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total, name="")
        yield lambda done, name: bar.update(task, completed=done, name=name)
