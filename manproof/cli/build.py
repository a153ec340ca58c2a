"""``manproof build`` and ``manproof man``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from manproof.cli import screen
from manproof.diagnostic import UserError


@click.command(
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
    "--evidence",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Say what this record shows; default: the newest that the edition keeps.",
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
    evidence: Path | None,
    out: Path | None,
    jobs: int | None,
) -> int:
    """Write the pages: man(7), HTML, text or JSON, in every language that there is.

    PAGE is connect, connect.2, connect(2) or linux/connect.2; without any, all pages are built.
    """
    from manproof import config
    from manproof.build import DEFAULT_FORMATS, plan
    from manproof.build import build as run

    project = screen.project()
    sources = config.chosen_sources(project, config.chosen_editions(project, editions), pages)
    languages = config.chosen_locales(project, locales)
    believed = evidence and evidence.resolve()
    todo = plan(project, sources, languages, formats or DEFAULT_FORMATS, believed)
    cores = jobs or len(os.sched_getaffinity(0))
    with screen.progress("building") as step:
        found = run(project, todo, out or project.output, cores=cores, progress=step)
    return screen.report(found)


@click.command(epilog="Example:\n\n  manproof man connect --locale ru")
@click.argument("page")
@click.option("--edition", help="The edition to read; that of this system comes first if not given.")
@click.option("--locale", default="en", help="The language to read.")
def man(page: str, edition: str | None, locale: str) -> int:
    """Read a page in man(1), as it stands now in the source."""
    from manproof import config
    from manproof.build import build as run
    from manproof.build import plan
    from manproof.cli.pages import gating

    project = screen.project()
    editions = config.chosen_editions(project, [edition] if edition else [])
    ours = gating(project)
    found = config.chosen_sources(project, editions, [page])
    source = min(found, key=lambda source: source.edition not in ours)
    job = plan(project, [source], config.chosen_locales(project, [locale]), ["man"])[0]
    if not job.locales:
        raise UserError(
            f"{job.key} has no translation to {locale}; add it with: manproof i18n update {locale}"
        )
    out = project.output
    status = screen.report(run(project, [job], out, cores=1, progress=lambda _done, _total: None))
    if status == screen.CLEAN:
        file = out / job.output(locale, "man")
        try:
            os.execvp("man", ["man", "-l", str(file)])
        except FileNotFoundError:
            raise UserError(f"there is no man(1) here; the page is {file}") from None
    return status
