"""``manproof lint``: hold the pages against their form and against the kernel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from manproof.cli import screen
from manproof.diagnostic import Diagnostic, Severity, UserError
from manproof.report import FORMATS

if TYPE_CHECKING:
    from manproof.cli.pages import Sheet
    from manproof.cli.witness import Witness


@dataclass(frozen=True, kw_only=True)
class Wish:
    """How much evidence is asked for."""

    require_verified: bool
    minimum: str | None
    portability: bool


@click.command(
    epilog="Examples:\n\n"
    "  manproof lint\n\n"
    "  manproof lint --probe --require-verified\n\n"
    "  manproof lint source/linux --format json\n\n"
    "  manproof lint --format github -o sarif=manproof.sarif\n\n"
    "  manproof lint --evidence build/evidence/linux-6.18-x86_64.json"
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
@click.option("--require-verified", is_flag=True, help="A claim that could not be tried is an error.")
@click.option(
    "--min-verified", "minimum", metavar="N|N%", help="Fail if fewer causes are verified by this very run."
)
@click.option("--portability", is_flag=True, help="Note where editions for other systems differ.")
def lint(
    paths: tuple[str, ...],
    live: bool,
    file: Path | None,
    without: bool,
    form: str,
    wanted: tuple[str, ...],
    require_verified: bool,
    minimum: str | None,
    portability: bool,
) -> int:
    """Check pages: their source, and what they claim against what the kernel answered.

    PATH is a file, a folder or the name of a page. The answers are those of the newest record in
    source/<edition>/evidence unless --probe or --evidence says otherwise.

    Exit status: 0; 1 for errors and warnings; 2 if the check itself could not be done.
    """
    from manproof import __version__
    from manproof.cli import pages, reports, witness
    from manproof.lint import RULES
    from manproof.report.run import Run

    others = reports.outputs(wanted)
    if live + without + (file is not None) > 1:
        raise UserError("--probe, --evidence and --no-probe exclude each other; choose one")
    wish = Wish(require_verified=require_verified, minimum=minimum, portability=portability)
    _least(minimum, 0)
    project = screen.project()
    sheets = pages.read(project, pages.chosen(project, paths))
    seen = None if without else witness.call(project, sheets, live=live, file=file)
    found = sorted(_found(sheets, seen, wish), key=lambda d: (d.span, d.rule, d.message))
    summary = witness.summary(sheets, seen)
    few = _shortfall(sheets, seen, wish)
    run = Run(found=found, rules=list(RULES.values()), version=__version__, summary=summary, shortfall=few)
    reports.deliver(run, form, project.root, others)
    for line in filter(None, [few, summary]):
        screen.say(f"manproof: {line}")
    failed = few or any(item.severity >= Severity.WARNING for item in found)
    return screen.FINDINGS if failed else screen.CLEAN


def _found(sheets: Sequence[Sheet], seen: Witness | None, wish: Wish) -> Iterator[Diagnostic]:
    for sheet in sheets:
        yield from sheet.found
        if sheet.page is not None:
            yield from _source(sheet)
            if seen is not None:
                yield from _evidence(sheet, seen, wish)


def _source(sheet: Sheet) -> Iterator[Diagnostic]:
    from manproof.lint import RULES, run, source

    yield from run(source.FAMILY, sheet.page, RULES.values())


def _evidence(sheet: Sheet, seen: Witness, wish: Wish) -> Iterator[Diagnostic]:
    """What evidence says of a page; of another system's page it only notes."""
    from manproof.cli.pages import gates
    from manproof.lint import RULES, evidence, run

    ours = sheet.edition is not None and gates(sheet.edition)
    if not ours and not wish.portability:
        return
    for item in run(evidence.FAMILY, seen.of(sheet), RULES.values()):
        if not ours:
            yield replace(item, severity=Severity.NOTE)
        elif wish.require_verified and item.rule == "errno-unverified":
            yield replace(item, severity=Severity.ERROR)
        else:
            yield item


def _least(minimum: str | None, total: int) -> float:
    """How many causes must be verified, of so many that can be."""
    match = re.fullmatch(r"(\d{1,6}(?:\.\d+)?)(%?)", minimum or "0")
    if match is None:
        raise UserError(f"--min-verified is “{(minimum or '')[:40]}”; write a number such as 40, or 90%")
    number = float(match[1])
    return number * total / 100 if match[2] else number


def _shortfall(sheets: Sequence[Sheet], seen: Witness | None, wish: Wish) -> str:
    """What is to be said if too few causes are verified."""
    from manproof.cli import witness

    tally = witness.tally(sheets, seen)
    if wish.minimum is None or tally.live >= _least(wish.minimum, tally.total - tally.unproven):
        return ""
    way_out = "" if seen and seen.live else "; ask the kernel with --probe"
    return f"{tally.live} causes verified live are fewer than {wish.minimum}{way_out}"
