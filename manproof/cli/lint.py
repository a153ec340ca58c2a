"""``manproof lint``: hold pages against their form, their translations and the kernel."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from manproof.cli import screen
from manproof.diagnostic import Diagnostic, Severity, UserError
from manproof.report import FORMATS

if TYPE_CHECKING:
    from manproof.cli.manuals import Shelf
    from manproof.cli.witness import Tally, Witness


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of the command, as its help explains them."""

    paths: tuple[str, ...]
    live: bool
    file: Path | None
    without: bool
    form: str
    wanted: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    baseline: Path | None
    update_baseline: bool
    require_verified: bool
    minimum: str | None
    portability: bool
    jobs: int | None


@click.command(
    epilog="Examples:\n\n"
    "  manproof lint\n\n"
    "  manproof lint --probe --require-verified\n\n"
    "  manproof lint source/linux --format json\n\n"
    "  manproof lint /usr/share/man/man2/connect.2.gz\n\n"
    "  git show HEAD~1:man2/connect.2 | manproof lint -\n\n"
    "  manproof lint --select source,translation --ignore translation-untranslated\n\n"
    "  manproof lint --format github -o sarif=manproof.sarif\n\n"
    "  manproof lint --evidence build/evidence/linux-6.18-x86_64.json\n\n"
    "See also: manproof rules, manproof explain RULE"
)
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--probe", "live", is_flag=True, help="Ask the running kernel now.")
@click.option("--evidence", "file", type=click.Path(path_type=Path), help="Believe the record in this file.")
@click.option("--no-probe", "without", is_flag=True, help="Leave the rules on evidence out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="What the standard output gets.",
)
@click.option(
    "-o", "--output", "wanted", metavar="FORMAT=FILE", multiple=True,
    help="Write a report to a file too; may be given several times.",
)  # fmt: skip
@click.option("--select", multiple=True, metavar="R", help="Only these rules or families, or “all”.")
@click.option("--ignore", multiple=True, metavar="R", help="All but these rules or families.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Pass over what this file lists."
)
@click.option("--update-baseline", is_flag=True, help="Write all that is wrong now to that file.")
@click.option("--require-verified", is_flag=True, help="A claim that could not be tried is an error.")
@click.option(
    "--min-verified", "minimum", metavar="N|N%", help="Fail if fewer causes are verified by this very run."
)
@click.option("--portability", is_flag=True, help="Note where editions for other systems differ.")
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Use N cores instead of all.")
def lint(**options: Any) -> int:
    """Check pages: their source, their translations, and what they claim against what the kernel answered.

    PATH is a file, a folder or the name of a page of the project; or a manual page that was written by
    hand, compressed or not, "-" for the standard input, or the name of one of this system: "connect(2)".
    That needs no project.

    The answers are those of a kept record unless --probe or --evidence says otherwise: the newest in
    source/<edition>/evidence, or where there is no project the one that comes with manproof. A project's
    own wishes are in pyproject.toml, [tool.manproof], or in manproof.toml.

    Exit status: 0; 1 for errors and warnings; 2 if the check itself could not be done.
    """
    from manproof import settings
    from manproof.cli import choice, inspection, manuals, reports, witness

    asked = Options(**options)
    others = reports.outputs(asked.wanted)
    shelf = manuals.shelf(asked.paths)
    usual = settings.read(shelf.root)
    minimum = usual.min_verified if asked.minimum is None else asked.minimum
    _least(minimum, 0)
    wish = inspection.Wish(
        selection=choice.selection(asked, usual, len(shelf.sources)),
        require_verified=asked.require_verified or usual.require_verified,
        portability=asked.portability,
    )
    seen = _witness(asked, shelf)
    result = manuals.inspect(shelf, wish, seen, asked.jobs or os.cpu_count() or 1)
    found = sorted(result.found, key=lambda d: (d.span, d.rule, d.message))
    found = choice.fresh(found, asked, usual, shelf.root, wish.selection)
    summary = witness.summary(result.tally, seen, shelf.counted)
    few = _shortfall(result.tally, seen, minimum)
    reports.deliver(_run(found, summary, few), asked.form, shelf.root, others)
    for line in filter(None, [*choice.left_out(wish.selection, len(shelf.sources)), few, summary]):
        screen.say(f"manproof: {line}")
    return max(_status(found), screen.FINDINGS if few else screen.CLEAN)


def _witness(asked: Options, shelf: Shelf) -> Witness | None:
    """Whom to believe; nobody where evidence is left out."""
    from manproof.cli import witness

    if asked.live + asked.without + (asked.file is not None) > 1:
        raise UserError("--probe, --evidence and --no-probe exclude each other; choose one")
    if asked.without and asked.require_verified:
        raise UserError("--no-probe verifies nothing, so --require-verified cannot be met; leave one out")
    if asked.without:
        return None
    return witness.call(shelf.project, shelf.calls, asked.live, asked.file, shipped=not shelf.sources)


def _run(found: Sequence[Diagnostic], summary: str, few: str) -> Any:
    """The run, as reporters want it."""
    from manproof import __version__
    from manproof.lint import table
    from manproof.report.run import Run

    return Run(
        found=found,
        rules=list(table().values()),
        version=__version__,
        summary=summary,
        shortfall=few,
        successful=_status(found) != screen.FAILURE,
    )


def _status(found: Sequence[Diagnostic]) -> int:
    """The exit status that diagnostics call for: no format changes it."""
    from manproof.lint import CRASHED

    if any(item.rule == CRASHED for item in found):
        return screen.FAILURE
    failed = any(item.severity >= Severity.WARNING for item in found)
    return screen.FINDINGS if failed else screen.CLEAN


def _least(minimum: str | None, total: int) -> float:
    """How many causes must be verified, of so many that can be."""
    from manproof.settings import AMOUNT, NEEDED

    match = AMOUNT.fullmatch("0" if minimum is None else minimum)
    if match is None:
        raise UserError(f"--min-verified is “{(minimum or '')[:40]}”; {NEEDED}")
    number = float(match[1])
    return number * total / 100 if match[2] else number


def _shortfall(tally: Tally, seen: Witness | None, minimum: str | None) -> str:
    """What is to be said if too few causes are verified."""
    if minimum is None or tally.live >= _least(minimum, tally.total - tally.unproven):
        return ""
    way_out = "" if seen and seen.live else "; ask the kernel with --probe"
    return f"{tally.live} causes verified live are fewer than {minimum}{way_out}"
