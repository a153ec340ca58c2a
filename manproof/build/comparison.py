"""The pages of the comparisons: one for each call and language that has a catalogue for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from manproof import evidence, resources, translate, words
from manproof.build.compared import Compared, gather
from manproof.build.make import Product, catalogue, language
from manproof.build.plan import FIXED
from manproof.build.site import Surroundings
from manproof.compare.html import Shown, render
from manproof.compare.words import explained
from manproof.config import SOURCE_LOCALE, Project
from manproof.diagnostic import Diagnostic, Severity
from manproof.render import Settings
from manproof.render.search import rows, script
from manproof.site import Language, Site
from manproof.translate import Translation


def make(around: Surroundings, product: Product, name: str) -> None:
    """The pages of the comparison of a call, against the record that pages of the site were made with."""
    believed = next((Path(told["record"]) for told in around.entries.values() if told["record"]), None)
    if believed:
        product.sees(believed)
    record = evidence.read(believed, around.project.root) if believed else None
    compared = gather(around.project, name, record, product.sees)
    product.found += compared.found
    problems = [*compared.found, *compared.found_in_pages]
    if any(d.severity is Severity.ERROR for d in problems):
        return
    for told in around.languages:
        translation = _translation(around.project, name, told.locale, product)
        refused = translate.apply(compared.document, translation)
        product.found += refused
        if not any(d.severity is Severity.ERROR for d in refused):
            text = page(around.project, compared, translation, told, around.languages, around.site)
            path = f"comparison/{quote(name)}.{told.locale}.html"
            product.outputs[f"html/{path}"] = text
            title = f"{translation.words(words.COMPARED['title'], 'comparison')}: {name}()"
            found = list(rows(text.partition("<main")[2]))
            shard = path.replace(".html", ".search.js")
            product.outputs[f"html/{shard}"] = script(path, title, found, told.locale)


def _translation(project: Project, call: str, locale: str, product: Product) -> Translation:
    """The words of the comparison, and the names of the editions, as far as they are translated."""
    domains = [
        f"{project.comparison(call).parent.name}/{call}",
        "conditions",
        *(f"{name}/edition" for name in project.editions()),
    ]
    own = project.catalogue(locale, FIXED)
    fixed = own if own.exists() else resources.catalogue(locale, FIXED)
    paths = [*(project.catalogue(locale, domain) for domain in domains), fixed]
    there = [path for path in paths if product.sees(path)] if locale != SOURCE_LOCALE else []
    found = [catalogue(path, locale, project, product) for path in there]
    return Translation(locale=locale, catalogues=tuple(item for item in found if item))


def alone(project: Project, compared: Compared, call: str, locale: str) -> tuple[str, Sequence[Diagnostic]]:
    """The page in a language without a site around it, and what is wrong with its translation."""
    product = Product()
    translation = _translation(project, call, locale, product)
    found = [*product.found, *translate.apply(compared.document, translation)]
    if any(d.severity is Severity.ERROR for d in found):
        return "", found
    told = language(translation)
    return page(project, compared, translation, told, (told,), Site()), found


def page(
    project: Project,
    compared: Compared,
    said: Translation,
    told: Language,
    languages: tuple[Language, ...],
    site: Site,
) -> str:
    """A page in a language that its document is in already."""
    settings = Settings(
        language=told,
        languages=languages,
        templates=resources.templates(),
        words=said.words,
        site=site,
    )
    shown = Shown(
        table=compared.table.renamed(lambda label: said.words(label, "")),
        document=compared.document,
        explained=explained(compared.comparison),
        pages=dict(_pages(project, compared, said.locale)),
    )
    return render(shown, settings)


def _pages(project: Project, compared: Compared, locale: str) -> Iterator[tuple[str, str]]:
    """The addresses of the pages of our own editions, in the language if they have it."""
    names = {column.name for column in compared.table.columns}
    for source in project.sources(project.editions()):
        if source.edition in names and source.title.partition("(")[0] == compared.table.call:
            there = project.catalogue(locale, f"{source.edition}/{source.page}").exists()
            tongue = locale if there else SOURCE_LOCALE
            yield source.edition, f"../{quote(source.edition)}/{quote(source.page)}.{tongue}.html"
