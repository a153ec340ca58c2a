"""What there is to make: a job for each page, with its inputs and outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from manproof import settings
from manproof.config import SOURCE_LOCALE, Project, Source
from manproof.diagnostic import UserError
from manproof.site import ALONE, Site

FIXED = "manproof"


class Format(NamedTuple):
    """An output format: the module that writes it, and where a page of it lies in the output."""

    module: str
    path: str


FORMATS: dict[str, Format] = {
    "man": Format("manproof.render.man", "man/{edition}/{folder}man{section}/{page}"),
    "html": Format("manproof.render.html", "html/{edition}/{page}.{locale}.html"),
    "text": Format("manproof.render.text", "text/{edition}/{page}.{locale}.txt"),
    "json": Format("manproof.render.json", "json/{edition}/{page}.{locale}.json"),
}
SEARCH = Format("manproof.render.search", "html/{edition}/{page}.{locale}.search.js")
"""What lies beside a page of HTML: its words, for the search."""
DEFAULT_FORMATS = ("man", "html")


@dataclass(frozen=True, kw_only=True, eq=False)
class Shelf:
    """The pages of an edition, by their titles, and those of them that a language does not have."""

    titles: frozenset[str]
    english_only: Mapping[str, frozenset[str]]
    by_section: Callable[[], bool] = bool
    """Whether man(1) looks for its pages in man3socket, and not in man3: asked where a path is wanted."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One page, in the languages and formats that are wanted; the jobs of an edition share its shelf."""

    source: Source
    locales: tuple[str, ...]
    formats: tuple[str, ...]
    shelf: Shelf
    evidence: Path | None = None
    """The record to believe; without it, the newest that is kept with a current edition."""
    site: Site = ALONE

    @property
    def key(self) -> str:
        """The name of the job: ``linux/connect.2``."""
        return f"{self.source.edition}/{self.source.page}"

    def output(self, locale: str, form: str) -> str:
        """The path of an output, from the output folder."""
        return self.path(FORMATS[form], locale)

    def path(self, form: Format, locale: str) -> str:
        """The same for any format."""
        section = self.source.page.rpartition(".")[2]
        return form.path.format(
            edition=self.source.edition,
            page=self.source.page,
            locale=locale,
            folder="" if locale == SOURCE_LOCALE else f"{locale}/",
            section=section if self.shelf.by_section() else section[0],
        )


def catalogues(project: Project, source: Source, locale: str) -> tuple[Path, Path]:
    """The project's catalogues of a page and of its edition, of which the first has precedence."""
    domains = (f"{source.edition}/{source.page}", f"{source.edition}/edition")
    page, edition = (project.catalogue(locale, domain) for domain in domains)
    return page, edition


def outputs(project: Project, job: Job, locales: Iterable[str]) -> Iterator[str]:
    """The paths that builds of a page can have, in any of these languages that has a catalogue for it."""
    for locale in locales:
        if locale == SOURCE_LOCALE or catalogues(project, job.source, locale)[0].exists():
            yield from (job.path(form, locale) for form in (*FORMATS.values(), SEARCH))


def plan(
    project: Project,
    sources: Sequence[Source],
    locales: Iterable[str],
    formats: Iterable[str],
    evidence: Path | None = None,
) -> list[Job]:
    """The jobs for some pages; a page is made in the languages that have a catalogue for it."""
    locales, formats = list(locales), tuple(formats)
    editions = dict.fromkeys(source.edition for source in sources)
    there = {edition: {name: _pages(project, edition, name) for name in locales} for edition in editions}
    url = settings.read(project.root).site_url
    site = Site(base=f"{url.rstrip('/')}/" if url else "", places=places(project))
    shelves = {edition: _shelf(project, edition, pages) for edition, pages in there.items()}
    return [
        Job(
            source=source,
            locales=tuple(
                name
                for name in locales
                if name == SOURCE_LOCALE or source.page in there[source.edition][name]
            ),
            formats=formats,
            shelf=shelves[source.edition],
            evidence=evidence,
            site=site,
        )
        for source in sources
    ]


def places(project: Project) -> tuple[tuple[str, str], ...]:
    """The pages, beside those of the manual, that the site of a project has, as ``Site`` knows them."""
    compared = [("comparison", f"comparison/{call}") for call in project.comparisons()[:1]]
    findings = [("findings", "findings")] if project.upstream() else []
    return (("index", "index"), *compared, *findings, ("rules", "rules"), ("status", "status"))


def _pages(project: Project, edition: str, locale: str) -> frozenset[str]:
    """The pages of an edition that have a catalogue in a language; English needs none."""
    folder = project.catalogue(locale, f"{edition}/edition").parent
    return frozenset(path.name.removesuffix(".po") for path in folder.glob("*.po"))


def _shelf(project: Project, edition: str, there: Mapping[str, frozenset[str]]) -> Shelf:
    sources = project.sources([edition])
    missing = {
        name: frozenset(
            source.title for source in sources if name != SOURCE_LOCALE and source.page not in pages
        )
        for name, pages in there.items()
    }
    return Shelf(
        titles=frozenset(source.title for source in sources),
        english_only=missing,
        by_section=cache(partial(_by_section, project, edition, sources)),
    )


def _by_section(project: Project, edition: str, sources: Sequence[Source]) -> bool:
    """What the edition says of its folders; it is asked only if a section is more than a digit."""
    if all(source.page[-2:-1] == "." for source in sources):
        return False
    from manproof.load import load_edition

    path = project.edition_file(edition)
    try:
        found, _ = load_edition(project.read(path), project.shown(path))
    except UserError:
        return False  # the build of its pages tells that
    return found is not None and found.folders == "by-section"
