"""The evidence of one page, as pages of the site: made from the record that the page itself was made with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from manproof import evidence, words
from manproof.build.make import Product
from manproof.build.proof import dated
from manproof.build.site import Surroundings
from manproof.exhibits import archive, exhibition
from manproof.interface import SUCCESS
from manproof.load import load_edition, load_page
from manproof.notes import notes
from manproof.observation import Record
from manproof.render import Evidence, Settings
from manproof.render.evidence import Exhibition, families
from manproof.render.search import Row, script
from manproof.site import Language
from manproof.spec import Edition, Page


@dataclass(frozen=True, kw_only=True)
class Material:
    """What the pages of evidence are made of: a page, its edition, and the record that it was made with."""

    page: Page
    edition: Edition
    record: Record
    shown: Evidence


def material(around: Surroundings, product: Product, name: str) -> Material:
    """The material on a page that a record was found for."""
    project, path = around.project, Path(around.entries[name]["record"])
    places = project.root / "source" / f"{name}.yaml", project.edition_file(name.partition("/")[0]), path
    for place in places:
        product.sees(place)
    page, _ = load_page(project.read(places[0]), project.shown(places[0]))
    edition, _ = load_edition(project.read(places[1]), project.shown(places[1]))
    assert page is not None and edition is not None  # the page itself was made of them
    record = evidence.read(path, project.root)
    return Material(page=page, edition=edition, record=record, shown=notes(page, record))


def settings(
    around: Surroundings, product: Product, name: str, language: Language, had: Material
) -> Settings:
    """What a page of evidence is told in a language: that of the manual page, and the words of conditions."""
    found = around.settings(language.locale, product, "conditions")
    return replace(
        found,
        edition=name.partition("/")[0],
        label=around.labels(name)[language.locale],
        evidence=dated(had.shown, had.edition, found.words),
    )


def make(around: Surroundings, product: Product, name: str) -> None:
    """A page for each family of conditions in every language, the record, and an archive of what was done."""
    had = material(around, product, name)
    found = exhibition(had.page, had.record)
    for language in around.languages:
        told = settings(around, product, name, language, had)
        product.outputs |= {f"html/{sheet.path}": sheet.text for sheet in families(found, told)}
        stem = f"{name}.evidence.{language.locale}"
        heading = f"{told.words(words.EVIDENCE, 'site')}: {found.page}"
        rows = list(_rows(found, name, language.locale, told.words))
        product.outputs[f"html/{stem}.search.js"] = script(f"{stem}.html", heading, rows, language.locale)
    product.outputs[f"html/{name}.evidence.json"] = around.project.read(Path(around.entries[name]["record"]))
    product.outputs[f"html/{name}.evidence.tar"] = archive(found, had.record.system.date)


def _rows(found: Exhibition, name: str, locale: str, said: words.Words) -> Iterator[Row]:
    """For the search: an exhibit by its title, with the answer and its conditions."""
    page = name.rpartition("/")[2]
    for item in found.exhibits:
        place = f"{page}.evidence.{item.family}.{locale}.html#{item.name}"
        answer = said(SUCCESS, "site") if item.answer == SUCCESS else item.answer
        told = ", ".join(filter(None, (answer, *item.conditions)))
        yield Row(place, said(item.title, "").removesuffix("."), told)
