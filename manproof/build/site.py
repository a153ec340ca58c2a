"""The pages of the site that are no manual pages: each is a job of its own, done after those of the pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manproof import files, resources
from manproof.build.cache import Record, recorded, remove
from manproof.config import SOURCE_LOCALE, Project
from manproof.diagnostic import Diagnostic
from manproof.site import Language, Site

if TYPE_CHECKING:
    from manproof.build.make import Product
    from manproof.render import Settings

_MARK = "site:"
"""Begins the keys of these jobs, which no page's key does."""
OVERVIEW = ".overview"
"""Ends the name of the sheet that goes through the claims of a page."""
_OF_RECORDS = ("findings", "rules")
"""Pages that show nothing of the manual pages but what was observed."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What every sheet is told: the project, its languages and the records of its pages."""

    project: Project
    site: Site
    languages: tuple[Language, ...]
    entries: Mapping[str, Mapping[str, Any]]

    def labels(self, name: str) -> dict[str, str]:
        """What the edition of a page is called in each language; in English where the page has no other."""
        said = self.entries[name]["said"]
        usual = said.get(SOURCE_LOCALE) or next(iter(said.values()))
        return {item.locale: said.get(item.locale, usual)["label"] for item in self.languages}

    def settings(self, locale: str, product: Product, *domains: str) -> Settings:
        """The settings of a page in a language, with the words of some catalogues and the fixed words."""
        from manproof.build.make import words_of
        from manproof.render import Settings

        return Settings(
            language=next(item for item in self.languages if item.locale == locale),
            languages=self.languages,
            templates=resources.templates(),
            words=words_of(locale, domains, self.project, product),
            site=self.site,
        )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A job: its name, the module of this package that makes it, and what it depends on besides files.

    The module has ``make(around, product, name)``.
    """

    name: str
    module: str
    depends: object = ()


def refresh(
    project: Project, site: Site, records: dict[str, Record], out: Path, program: str, cores: int
) -> list[Diagnostic]:
    """Makes those sheets that are not up to date, removes those that are no more, and tells what is wrong."""
    pages = {key: record.entry for key, record in records.items() if not is_sheet(key) and record.entry}
    around = Surroundings(project=project, site=site, languages=_languages(pages), entries=pages)
    common = _common(around, program)
    wanted = {_MARK + sheet.name: (sheet, json.dumps([common, sheet.depends])) for sheet in sheets(around)}
    stale = [key for key, (_, options) in wanted.items() if not _is_fresh(records.get(key), options)]
    made = _all_made([wanted[key] for key in stale], around, out, cores)
    for key, record in zip(stale, made, strict=True):
        before = records.get(key)
        remove(before.outputs.keys() - record.outputs.keys() if before else (), out)
        records[key] = record
    for key in [key for key in records if is_sheet(key) and key not in wanted]:
        remove(records.pop(key).outputs, out)
    return [problem for key in wanted for problem in records[key].found]


def _is_fresh(record: Record | None, options: str) -> bool:
    return record is not None and record.fresh(options, files.signature)


def _all_made(
    stale: Sequence[tuple[Sheet, str]], around: Surroundings, out: Path, cores: int
) -> Iterator[Record]:
    """Makes the sheets, in this process or in one for each core."""
    if not stale:
        return
    import manproof.build.make  # noqa: F401  loaded once, before the processes part
    from manproof.spread import spread

    yield from spread(partial(_made, around=around, out=out), stale, cores)


def said(records: Mapping[str, Record]) -> list[Diagnostic]:
    """What was wrong when the sheets were made."""
    return [problem for key, record in records.items() if is_sheet(key) for problem in record.found]


def is_sheet(key: str) -> bool:
    """Whether a record is that of a sheet, and not of a page."""
    return key.startswith(_MARK)


def sheets(around: Surroundings) -> Iterator[Sheet]:
    """All sheets of a site; only the lists of pages depend on how far their translations are."""
    entries = hashlib.sha256(json.dumps(around.entries).encode()).hexdigest()
    records = {key: entry["record"] for key, entry in around.entries.items()}
    yield Sheet(name="assets", module="assets")
    for name, _ in around.site.places:
        if name != "comparison":
            yield Sheet(name=name, module=name, depends=records if name in _OF_RECORDS else entries)
    for call in around.project.comparisons():
        yield Sheet(name=call, module="comparison", depends=records)
    for key, entry in around.entries.items():
        if entry["verified"]:
            depends = [entry["record"], around.labels(key)]
            yield Sheet(name=key, module="exhibits", depends=depends)
            yield Sheet(name=f"{key}{OVERVIEW}", module="overview", depends=depends)
    shelved = [[key, bool(entry["verified"]), [*entry["said"]]] for key, entry in around.entries.items()]
    yield Sheet(name="search", module="search", depends=shelved)


def _languages(entries: Mapping[str, Mapping[str, Any]]) -> tuple[Language, ...]:
    """English, and all languages that a page is in."""
    told = (language for entry in entries.values() for language in entry["languages"])
    found = {item["locale"]: Language(**item) for item in told}
    others = (found[locale] for locale in sorted(found) if locale != SOURCE_LOCALE)
    return (found.get(SOURCE_LOCALE, Language()), *others)


def _common(around: Surroundings, program: str) -> str:
    """What all sheets depend on."""
    languages = [vars(item) for item in around.languages]
    told = [program, str(around.project.root), around.site.base, around.site.places, languages]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _made(stale: tuple[Sheet, str], around: Surroundings, out: Path) -> Record:
    """Makes a sheet, puts its outputs on the disk, and tells what was done."""
    from manproof.build.make import Product

    sheet, options = stale
    product = Product()
    import_module(f"manproof.build.{sheet.module}").make(around, product, sheet.name)
    files.write_all(product.below(out), out)
    return recorded(product, out, options)
