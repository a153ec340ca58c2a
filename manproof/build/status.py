"""How far each language is, from what the builds of the pages recorded and the program's own catalogues."""

from __future__ import annotations

from collections.abc import Iterator

from manproof import resources
from manproof.build.make import Product
from manproof.build.site import Surroundings
from manproof.config import SOURCE_LOCALE
from manproof.diagnostic import Severity
from manproof.site import Language
from manproof.render.frame import address
from manproof.render.status import Line, Progress, render


def make(around: Surroundings, product: Product, _name: str) -> None:
    """The page in every language."""
    others = [item for item in around.languages if item.locale != SOURCE_LOCALE]
    progress = [Progress(language=item, lines=tuple(_lines(around, item, product))) for item in others]
    for language in around.languages:
        settings = around.settings(language.locale, product)
        product.outputs[f"html/{address('status', language.locale)}"] = render(progress, settings)


def _lines(around: Surroundings, language: Language, product: Product) -> Iterator[Line]:
    locale = language.locale
    for key, told in sorted(around.entries.items()):
        if locale in told["said"]:
            done, total = told["said"][locale]["translated"]
            href = f"{key}.{locale}.html"
            yield Line(name=key, file=_file(locale, key), href=href, done=done, total=total)
    for domain in ("manproof", "conditions", "findings"):
        yield from _fixed(around, domain, locale, product)


def _file(locale: str, domain: str) -> str:
    return f"translations/{locale}/LC_MESSAGES/{domain}.po"


def _fixed(around: Surroundings, domain: str, locale: str, product: Product) -> Iterator[Line]:
    """A catalogue that belongs to no page; one that is not there, or cannot be read, has no line."""
    from manproof import files
    from manproof.catalogue import read

    own = around.project.catalogue(locale, domain)
    path = own if own.exists() else resources.catalogue(locale, domain)
    if not product.sees(path):
        return
    catalogue, found = read(around.project.read(path), around.project.shown(path), locale=locale)
    if catalogue is not None and not any(d.severity is Severity.ERROR for d in found):
        counts = catalogue.statistics()
        total = counts.translated + counts.fuzzy + counts.untranslated
        yield Line(name=domain, file=_file(locale, domain), done=counts.translated, total=total)
