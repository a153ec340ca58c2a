"""How far each language is, from what the builds of the pages recorded and the program's own catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from manproof import resources
from manproof.build.make import Product, shared
from manproof.build.site import Surroundings
from manproof.config import SOURCE_LOCALE
from manproof.diagnostic import Severity
from manproof.interface import CATALOGUES
from manproof.render.frame import address
from manproof.render.status import Line, Progress, render

if TYPE_CHECKING:
    from manproof.catalogue import Catalogue


def make(around: Surroundings, product: Product, _name: str) -> None:
    """The page in every language."""
    others = [item for item in around.languages if item.locale != SOURCE_LOCALE]
    fixed = {item.locale: list(_catalogues(around, item.locale, product)) for item in others}
    for language in around.languages:
        shown = language.locale
        settings = around.settings(shown, product)
        progress = [
            Progress(language=item, lines=(*_pages(around, item.locale, shown), *fixed[item.locale]))
            for item in others
        ]
        product.outputs[f"html/{address('status', language.locale)}"] = render(progress, settings)


def _pages(around: Surroundings, locale: str, shown: str) -> Iterator[Line]:
    """The pages that there are in a language; their names are in the language that is ``shown``."""
    for key, told in sorted(around.entries.items()):
        if locale in told["said"]:
            done, total = told["said"][locale]["translated"]
            href = f"{key}.{locale}.html"
            name = f"{told['title']} — {around.labels(key)[shown]}"
            yield Line(name=name, file=_file(locale, key), href=href, done=done, total=total)


def _catalogues(around: Surroundings, locale: str, product: Product) -> Iterator[Line]:
    """What else there is to translate into a language."""
    places = dict(around.site.places)
    for domain in (*(f"comparison/{call}" for call in around.project.comparisons()), *CATALOGUES):
        stem = places.get(domain, domain if "/" in domain else "")
        href = address(stem, locale) if stem else ""
        yield from _fixed(around, domain, href, locale, product)


def _file(locale: str, domain: str) -> str:
    return f"translations/{locale}/LC_MESSAGES/{domain}.po"


def _fixed(around: Surroundings, domain: str, href: str, locale: str, product: Product) -> Iterator[Line]:
    """A catalogue that belongs to no page; one that is not there, or cannot be read, has no line.

    It is held against its template, if the project keeps one: what it lacks is not translated.
    """
    own = around.project.catalogue(locale, domain)
    path = own if own.exists() else resources.catalogue(locale, domain)
    catalogue = _read(path, locale, around, product)
    if catalogue is not None:
        template = _read(around.project.template(domain), "", around, product) or catalogue
        known = [catalogue.lookup(entry.msgid, entry.context) for entry in template.entries]
        done = sum(entry is not None and entry.translated for entry in known)
        yield Line(catalogue=domain, file=_file(locale, domain), href=href, done=done, total=len(known))


def _read(path: Path, locale: str, around: Surroundings, product: Product) -> Catalogue | None:
    signature = product.sees(path)
    if not signature:
        return None
    catalogue, found = shared(path, locale, around.project, signature)
    return None if any(d.severity is Severity.ERROR for d in found) else catalogue
