"""``manproof lint``: hold the pages against their form and against the kernel."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from manproof.cli import screen
from manproof.diagnostic import Diagnostic, Severity, UserError

if TYPE_CHECKING:
    from manproof.cli.manuals import Shelf
    from manproof.cli.witness import Tally, Witness
    from manproof.config import Project, Source
    from manproof.lint.selection import Selection
    from manproof.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of the command, as its help explains them."""

    paths: tuple[str, ...]
    live: bool
    file: Path | None
    without: bool
    form: str
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

    PATH is a file, a folder or the name of a page. The answers are those of the newest record in
    source/<edition>/evidence unless --probe or --evidence says otherwise. The project's own wishes are
    in pyproject.toml, [tool.manproof], or in manproof.toml.

    PATH may also be a manual page that was written by hand, in man(7) or mdoc(7), compressed or not,
    or a page of this system such as "connect(2)": the errnos that its ERRORS names are held against the
    answers. That needs no project; without one the answers are those of a record that comes with manproof.

    Exit status: 0; 1 for errors and warnings; 2 if the check itself could not be done.
    """
    from manproof import settings
    from manproof.cli import inspection, manuals, pages, witness
    from manproof.report import FORMATS

    asked = Options(**options)
    if asked.live + asked.without + (asked.file is not None) > 1:
        raise UserError("--probe, --evidence and --no-probe exclude each other; choose one")
    shelf, ours = manuals.shelf(asked.paths)
    project = shelf.project if asked.paths and not ours else screen.project()
    usual = settings.read(project.root) if project else settings.Settings()
    minimum = asked.minimum or usual.min_verified
    _least(minimum, 0)
    sources = pages.chosen(project, ours) if project and (ours or not asked.paths) else []
    wish = inspection.Wish(
        selection=_selection(asked, usual, len(sources)),
        require_verified=asked.require_verified or usual.require_verified,
        portability=asked.portability,
    )
    seen = _witness(project, sources, shelf, asked)
    result = manuals.inspect(shelf, wish, seen)
    if project and sources:
        result += inspection.inspect(project, sources, wish, seen, asked.jobs or os.cpu_count() or 1)
    found = sorted(result.found, key=lambda d: (d.span, d.rule, d.message))
    found = _fresh(found, asked, _usual_baseline(project, usual), wish.selection)
    click.echo(FORMATS[asked.form](found), nl=False)
    _say_what_was_left_out(wish.selection, len(sources))
    screen.say(f"manproof: {witness.summary(result.tally, seen, shelf.what(bool(sources)))}")
    few = _too_few(result.tally, seen, minimum)
    return max(_status(found), screen.FINDINGS if few else screen.CLEAN)


def _witness(
    project: Project | None, sources: Sequence[Source], shelf: Shelf, asked: Options
) -> Witness | None:
    """Whom to believe; nobody where evidence is left out."""
    from manproof.cli import witness

    if asked.without:
        return None
    calls = {source.page.rpartition(".")[0] for source in sources} | shelf.calls
    return witness.call(project, calls, live=asked.live, file=asked.file, shipped=not sources)


def _selection(asked: Options, usual: Settings, pages: int) -> Selection:
    """The chosen rules: ``--select`` stands in the place of the project's, ``--ignore`` adds to it."""
    from manproof.lint import selection, table

    try:
        for names in (usual.select, usual.ignore):
            selection.named_by(table(), names)
    except UserError as mistake:
        raise UserError(f"{usual.place}: {mistake}") from None
    return selection.select(table(), asked.select or usual.select, [*usual.ignore, *asked.ignore], pages)


def _usual_baseline(project: Project | None, usual: Settings) -> Path | None:
    return project.root / usual.baseline if project and usual.baseline else None


def _fresh(
    found: list[Diagnostic], asked: Options, usual: Path | None, selection: Selection
) -> list[Diagnostic]:
    """What is not in the baseline; with --update-baseline all of it is, from now on."""
    from manproof.lint import baseline

    path = asked.baseline or usual
    if path is None:
        if asked.update_baseline:
            raise UserError("--update-baseline needs --baseline FILE, or baseline in the configuration")
        return found
    if asked.update_baseline:
        count = baseline.write(path, found, selection.may_pass)
        screen.say(f"manproof: {count} findings are in the baseline {path}")
    return baseline.without(found, baseline.read(path), selection.may_pass)


def _say_what_was_left_out(selection: Selection, pages: int) -> None:
    if selection.put_off:
        names = ", ".join(selection.put_off)
        screen.say(f"manproof: left out for {pages} pages, unless selected: {names}")
    for program in dict.fromkeys(rule.needs for rule in selection.missing):
        names = ", ".join(rule.name for rule in selection.missing if rule.needs == program)
        screen.say(f"manproof: left out, as {program} is not installed: {names}")


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
