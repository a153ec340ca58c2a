"""The command line: it alone prints, exits, and reads the clock, the environment and the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from manproof import __version__
from manproof.diagnostic import Diagnostic, Severity, UserError

if TYPE_CHECKING:
    from manproof.config import Project

CLEAN, FINDINGS, FAILURE = 0, 1, 2


def main() -> None:
    """The console script."""
    try:
        sys.exit(manproof.main(standalone_mode=False) or CLEAN)
    except UserError as mistake:
        _fail(str(mistake))
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        click.echo(help_wanted.format_message())
        sys.exit(FAILURE)
    except click.ClickException as mistake:
        mistake.show()
        sys.exit(FAILURE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # the reader of our output has gone; Python must not complain about it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


def _fail(message: str) -> None:
    click.echo(f"manproof: error: {message}", err=True)
    sys.exit(FAILURE)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog="Begin with: manproof build")
@click.version_option(__version__, "-V", "--version", prog_name="manproof")
def manproof() -> None:
    """Man pages as structured data: rendered, translated, and proved against the running kernel."""


def _say(message: str) -> None:
    click.echo(message, err=True)


def _report(found: Iterable[Diagnostic]) -> int:
    """Prints diagnostics and gives the exit status that they call for in a build."""
    status = CLEAN
    for diagnostic in found:
        _say(str(diagnostic))
        if diagnostic.severity is Severity.ERROR:
            status = FINDINGS
    return status


def _project() -> Project:
    from manproof.config import find

    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise UserError("the working folder is gone; change to another one") from None
    return find(here)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal, once there is enough to wait for; else nothing."""
    if not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
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


@manproof.command(
    epilog="Examples:\n\n"
    "  manproof build\n\n"
    "  manproof build connect --locale ru --format man\n\n"
    "  manproof build linux/connect.2 --format json -o /tmp/out"
)
@click.argument("pages", nargs=-1, metavar="[PAGE...]")
@click.option("--edition", "editions", multiple=True, help="Build this edition only (again for more).")
@click.option("--locale", "locales", multiple=True, help="Build this language only (again for more).")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["man", "html", "text", "json"]),
    help="man, html, text or json (again for more); man and html if not given.",
)
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), default=None, help="Where to; default: build."
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), default=None, help="Processes; default: one for each core."
)
def build(
    pages: tuple[str, ...],
    editions: tuple[str, ...],
    locales: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    jobs: int | None,
) -> int:
    """Write the pages: man(7), HTML, text or JSON, in every language that there is.

    PAGE is connect, connect.2, connect(2) or linux/connect.2; without any, all pages are built.
    """
    from manproof import config
    from manproof.build import DEFAULT_FORMATS, plan
    from manproof.build import build as run

    project = _project()
    sources = config.chosen_sources(project, config.chosen_editions(project, editions), pages)
    todo = plan(project, sources, config.chosen_locales(project, locales), formats or DEFAULT_FORMATS)
    cores = jobs or len(os.sched_getaffinity(0))
    with _progress("building") as step:
        found = run(project, todo, out or project.root / "build", cores=cores, progress=step)
    return _report(found)
