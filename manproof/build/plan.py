"""What there is to make: a job for each page, with its inputs and outputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from manproof.config import SOURCE_LOCALE, Project, Source

FIXED = "manproof"


class Format(NamedTuple):
    """An output format: the module that writes it, and where a page of it lies in the output."""

    module: str
    path: str


FORMATS: dict[str, Format] = {
    "man": Format("manproof.render.man", "man/{edition}/{folder}man{digit}/{page}"),
    "html": Format("manproof.render.html", "html/{edition}/{page}.{locale}.html"),
    "text": Format("manproof.render.text", "text/{edition}/{page}.{locale}.txt"),
    "json": Format("manproof.render.json", "json/{edition}/{page}.{locale}.json"),
}
EVIDENCE = Format("manproof.render.evidence", "html/{edition}/{page}.evidence.{locale}.html")
"""What lies beside a page of HTML that there is evidence for."""
DEFAULT_FORMATS = ("man", "html")


@dataclass(frozen=True, kw_only=True)
class Job:
    """One page, in the languages and formats that are wanted."""

    source: Source
    locales: tuple[str, ...]
    formats: tuple[str, ...]
    titles: tuple[str, ...]
    translated: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The titles of the edition's pages that exist in each other language."""
    evidence: Path | None = None
    """The record to believe; without it, the newest that is kept with a current edition."""

    def english_only(self, locale: str) -> tuple[str, ...]:
        """The pages of the edition that do not exist in a language."""
        there = dict(self.translated).get(locale, self.titles)
        return tuple(title for title in self.titles if title not in there)

    @property
    def key(self) -> str:
        """The name of the job: ``linux/connect.2``."""
        return f"{self.source.edition}/{self.source.page}"

    def output(self, locale: str, form: str) -> str:
        """The path of an output, from the output folder."""
        return self.path(FORMATS[form], locale)

    def path(self, form: Format, locale: str) -> str:
        """The same for any format."""
        return form.path.format(
            edition=self.source.edition,
            page=self.source.page,
            locale=locale,
            folder="" if locale == SOURCE_LOCALE else f"{locale}/",
            digit=self.source.page.rpartition(".")[2][0],
        )


def catalogues(project: Project, source: Source, locale: str) -> tuple[Path, Path]:
    """The project's catalogues of a page and of its edition, of which the first has precedence."""
    domains = (f"{source.edition}/{source.page}", f"{source.edition}/edition")
    page, edition = (project.catalogue(locale, domain) for domain in domains)
    return page, edition


def plan(
    project: Project,
    sources: Sequence[Source],
    locales: Iterable[str],
    formats: Iterable[str],
    evidence: Path | None = None,
) -> list[Job]:
    """The jobs for some pages; a page is made in the languages that have a catalogue for it."""
    locales = list(locales)
    shelves: dict[str, list[Source]] = {}
    for source in project.sources({source.edition: None for source in sources}):
        shelves.setdefault(source.edition, []).append(source)
    titles = {edition: tuple(source.title for source in shelf) for edition, shelf in shelves.items()}
    existing = {
        edition: {name: frozenset(s.page for s in shelf if _exists(project, s, name)) for name in locales}
        for edition, shelf in shelves.items()
    }
    return [
        Job(
            source=source,
            locales=tuple(name for name in locales if source.page in existing[source.edition][name]),
            formats=tuple(formats),
            titles=titles[source.edition],
            translated=tuple(
                (name, tuple(s.title for s in shelves[source.edition] if s.page in pages))
                for name, pages in existing[source.edition].items()
            ),
            evidence=evidence,
        )
        for source in sources
    ]


def _exists(project: Project, source: Source, locale: str) -> bool:
    return locale == SOURCE_LOCALE or catalogues(project, source, locale)[0].exists()
