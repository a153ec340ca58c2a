"""``manproof lint``: hold the pages against their form and against the kernel."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from manproof.cli import screen
from manproof.diagnostic import Diagnostic, Severity, UserError

if TYPE_CHECKING:
    from manproof.cli.witness import Tally, Witness


@click.command(
    epilog="Examples:\n\n"
    "  manproof lint\n\n"
    "  manproof lint --probe --require-verified\n\n"
    "  manproof lint source/linux --format json\n\n"
    "  manproof lint --select source,translation --ignore translation-untranslated\n\n"
    "  manproof lint --evidence build/evidence/linux-6.18-x86_64.json\n\n"
    "See also: manproof rules, manproof explain RULE"
)
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--probe", "live", is_flag=True, help="Ask the running kernel now.")
@click.option("--evidence", "file", type=click.Path(path_type=Path), help="Believe the record in this file.")
@click.option("--no-probe", "without", is_flag=True, help="Leave the rules on evidence out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Lines, or JSON.")
@click.option("--select", multiple=True, metavar="R", help="Only these rules or families, or “all”.")
@click.option("--ignore", multiple=True, metavar="R", help="All but these rules or families.")
@click.option("--require-verified", is_flag=True, help="A claim that could not be tried is an error.")
@click.option(
    "--min-verified", "minimum", metavar="N|N%", help="Fail if fewer causes are verified by this very run."
)
@click.option("--portability", is_flag=True, help="Note where editions for other systems differ.")
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Use N cores instead of all.")
def lint(
    paths: tuple[str, ...],
    live: bool,
    file: Path | None,
    without: bool,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    require_verified: bool,
    minimum: str | None,
    portability: bool,
    jobs: int | None,
) -> int:
    """Check pages: their source, and what they claim against what the kernel answered.

    PATH is a file, a folder or the name of a page. The answers are those of the newest record in
    source/<edition>/evidence unless --probe or --evidence says otherwise.

    Exit status: 0; 1 for errors and warnings; 2 if the check itself could not be done.
    """
    from manproof.cli import inspection, pages, witness
    from manproof.lint import table
    from manproof.lint.selection import select as chosen_rules
    from manproof.report import FORMATS

    if live + without + (file is not None) > 1:
        raise UserError("--probe, --evidence and --no-probe exclude each other; choose one")
    _least(minimum, 0)
    project = screen.project()
    sources = pages.chosen(project, paths)
    selection = chosen_rules(table(), select, ignore, len(sources))
    calls = {source.page.rpartition(".")[0] for source in sources}
    seen = None if without else witness.call(project, calls, live=live, file=file)
    wish = inspection.Wish(selection=selection, require_verified=require_verified, portability=portability)
    result = inspection.inspect(project, sources, wish, seen, jobs or os.cpu_count() or 1)
    found = sorted(result.found, key=lambda d: (d.span, d.rule, d.message))
    click.echo(FORMATS[form](found), nl=False)
    screen.say(f"manproof: {witness.summary(result.tally, seen)}")
    few = _too_few(result.tally, seen, minimum)
    return max(_status(found), screen.FINDINGS if few else screen.CLEAN)


def _status(found: Sequence[Diagnostic]) -> int:
    """The exit status that diagnostics call for: no format changes it."""
    from manproof.lint import CRASHED

    if any(item.rule == CRASHED for item in found):
        return screen.FAILURE
    failed = any(item.severity >= Severity.WARNING for item in found)
    return screen.FINDINGS if failed else screen.CLEAN


def _least(minimum: str | None, total: int) -> float:
    """How many causes must be verified, of so many that can be."""
    match = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)(%?)", minimum or "0")
    if match is None:
        raise UserError(f"--min-verified is “{(minimum or '')[:40]}”; write a number such as 40, or 90%")
    number = float(match[1])
    return number * total / 100 if match[2] else number


def _too_few(tally: Tally, seen: Witness | None, minimum: str | None) -> bool:
    if minimum is None or tally.live >= _least(minimum, tally.total - tally.unproven):
        return False
    way_out = "" if seen and seen.live else "; ask the kernel with --probe"
    screen.say(f"manproof: {tally.live} causes verified live are fewer than {minimum}{way_out}")
    return True
