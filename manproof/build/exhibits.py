"""The evidence of one page, as pages of the site: made from the record that the page itself was made with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from manproof import evidence, files, words
from manproof.build.make import Product
from manproof.build.proof import dated
from manproof.build.site import Surroundings
from manproof.exhibits import archive, exhibition
from manproof.load import load_edition, load_page
from manproof.notes import notes
from manproof.render.evidence import Exhibition, render
from manproof.render.search import Row, script


def make(around: Surroundings, product: Product, name: str) -> None:
    """Pages of evidence in every language, the record itself, and an archive of what was done."""
    told = around.entries[name]
    project, path = around.project, Path(told["record"])
    places = project.root / "source" / f"{name}.yaml", project.edition_file(name.partition("/")[0]), path
    for place in places:
        product.sees(place)
    page, _ = load_page(project.read(places[0]), project.shown(places[0]))
    edition, _ = load_edition(project.read(places[1]), project.shown(places[1]))
    assert page is not None and edition is not None  # the page itself was made of them
    record = evidence.read(path, project.root)
    shown, found = notes(page, record), exhibition(page, record)
    for language in around.languages:
        said = told["said"].get(language.locale) or next(iter(told["said"].values()))
        settings = around.settings(language.locale, product, "conditions")
        settings = replace(
            settings,
            edition=name.partition("/")[0],
            label=said["label"],
            evidence=dated(shown, edition, settings.words),
        )
        product.outputs |= {f"html/{sheet.path}": sheet.text for sheet in render(found, settings)}
        stem = f"{name}.evidence.{language.locale}"
        heading = f"{settings.words(words.EVIDENCE, 'site')}: {found.page}"
        rows = list(_rows(found, name, language.locale, settings.words))
        product.outputs[f"html/{stem}.search.js"] = script(f"{stem}.html", heading, rows, language.locale)
    product.outputs[f"html/{name}.evidence.json"] = project.read(path)
    product.outputs[f"html/{name}.evidence.tar"] = archive(found, record.system.date)


def _rows(found: Exhibition, name: str, locale: str, said: words.Words) -> Iterator[Row]:
    """For the search: an exhibit by its title, its conditions and the answer; it lies on another page."""
    page = name.rpartition("/")[2]
    for item in found.exhibits:
        place = f"{page}.evidence.{item.family}.{locale}.html#{item.name}"
        yield Row(
            place,
            f"{item.answer} {item.name}".strip(),
            f"{said(item.title, '')} {', '.join(item.conditions)}",
        )
