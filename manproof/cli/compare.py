"""``manproof compare``: editions, other manuals and the running system side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from manproof.cli import screen
from manproof.diagnostic import UserError, quoted

if TYPE_CHECKING:
    from manproof.build.compared import Compared
    from manproof.compare import Table
    from manproof.compare.text import Words
    from manproof.config import Project
    from manproof.observation import Record

COLOURS = {"agrees": "green", "differs": "red", "partly": "yellow"}


@click.command(
    epilog="Examples:\n\n"
    "  manproof compare connect\n\n"
    "  manproof compare connect --edition linux --edition freebsd\n\n"
    "  manproof compare connect --from illumos --to linux\n\n"
    "  manproof compare connect --edition redhat-5.2 --all\n\n"
    "  manproof compare connect --format json | jq -r '.rows[] | select(.differs).name'"
)
@click.argument("call", metavar="CALL")
@click.option(
    "--edition", "names", multiple=True, help="Show this edition or manual only (again for more; “all”)."
)
@click.option("--from", "source", metavar="EDITION", help="What a program was written for.")
@click.option("--to", metavar="EDITION", help="What it is moved to: an edition, a manual, or system.")
@click.option("--all", "whole", is_flag=True, help="Show the rows on which all agree too.")
@click.option("--probe", "live", is_flag=True, help="Ask the running kernel now.")
@click.option("--evidence", "file", type=click.Path(path_type=Path), help="Believe the record in this file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="Lines, JSON or HTML.",
)
@click.option("--locale", default="en", help="The language of --format html; default: English.")
def compare(
    call: str,
    names: tuple[str, ...],
    source: str | None,
    to: str | None,
    whole: bool,
    live: bool,
    file: Path | None,
    form: str,
    locale: str,
) -> int:
    """Show what editions and other manuals document of a call, and what the system answers.

    A row is a situation; its sign tells how far a column says what the system answers. Rows on which
    all agree are left out, unless --all is given. With --from and --to: what changes for a program
    that is moved from the one to the other.

    The answers are those of the newest record in source/<edition>/evidence, else in build/evidence,
    unless --probe or --evidence says otherwise.
    """
    from manproof.build.compared import gather

    _refuse(names, source, to, form, locale)
    if live and file:
        raise UserError("--probe and --evidence exclude each other; choose one")
    project = screen.project()
    call = call.partition("(")[0]
    compared = gather(project, call, _record(project, call, live, file))
    status = screen.report([*compared.found, *compared.found_in_pages])
    if status != screen.CLEAN:
        return status
    if form == "html":
        return _page(project, compared, call, locale)
    _show(compared, _columns(compared.table, names, source, to, form), (source, to), whole, form)
    return screen.CLEAN


def _page(project: Project, compared: Compared, call: str, locale: str) -> int:
    from manproof.build.comparison import alone
    from manproof.config import chosen_locales

    chosen_locales(project, [locale])  # or says which there are
    text, found = alone(project, compared, call, locale)
    click.echo(text, nl=False)
    return screen.report(found)


def _refuse(names: tuple[str, ...], source: str | None, to: str | None, form: str, locale: str) -> None:
    if bool(source) != bool(to):
        raise UserError("--from and --to go together; give both")
    if source and names:
        raise UserError("--from and --to choose the columns; leave --edition out")
    if form == "html" and (source or names):
        raise UserError("--format html shows all columns; leave --edition, --from and --to out")
    if locale != "en" and form != "html":
        raise UserError("--locale is the language of --format html; lines and JSON are in English")


def _record(project: Project, call: str, live: bool, file: Path | None) -> Record | None:
    """The record to believe: of a live run, a file, the editions for this system, or the last run."""
    from manproof import evidence, lab
    from manproof.cli import witness

    if live:
        from manproof.cli.probe import run

        return run([item for item in lab.conditions() if item.call == call])
    if file:
        return evidence.read(file)
    found = witness.kept(project) or evidence.newest(
        sorted((project.root / "build/evidence").glob("*.json")), project.root
    )
    return found and found[1]


def _columns(
    table: Table, names: tuple[str, ...], source: str | None, to: str | None, form: str
) -> list[str]:
    """The columns to show: those asked for, else as many as there is room for; the system is always there."""
    from manproof.compare import SYSTEM
    from manproof.compare.text import fitting

    known = [column.name for column in table.columns]
    wanted = [name for name in (*names, source, to) if name]
    for name in wanted:
        if name not in known and (name != "all" or source):
            raise UserError(
                f"there is no edition or manual “{quoted(name[:64])}”; known are {', '.join(known)}"
            )
    if "all" in wanted or (form == "json" and not wanted):
        return known
    return [name for name in known if name in wanted or name == SYSTEM] if wanted else fitting(table)


def _show(
    compared: Compared, names: list[str], move: tuple[str | None, str | None], whole: bool, form: str
) -> None:
    from manproof.compare import json, text
    from manproof.compare.porting import porting

    table = compared.table.of(names)
    words = _words(compared)
    source, to = move
    answer = porting(table, source, to, same=whole) if source and to else None
    if form == "json":
        shown = table if whole or answer else table.differing()
        click.echo(json.render(shown, words.titles, words.notes, answer), nl=False)
    elif answer:
        click.echo(text.porting(answer, table, words), nl=False, color=screen.colour())
    else:
        left = [column.name for column in compared.table.columns if column.name not in names]
        click.echo(text.render(table, words, left, whole=whole), nl=False, color=screen.colour())


def _words(compared: Compared) -> Words:
    """The English words of a comparison, and the colours of a terminal."""
    from manproof.compare.text import Words
    from manproof.compare.words import explained, texts

    titles, caveats, notes = (
        {name: node.astext() for name, node in texts(compared.document, part).items()}
        for part in ("rows", "caveats", "notes")
    )
    numbers = explained(compared.comparison)
    return Words(titles=titles, caveats=caveats, notes=notes, explained=numbers, paint=_paint)


def _paint(shown: str, kind: str) -> str:
    return click.style(shown, fg=COLOURS[kind]) if kind in COLOURS and shown else shown
