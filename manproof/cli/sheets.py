"""What a lint looks at, read: pages with their catalogues, and what they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from manproof import config, i18n, lab, translate
from manproof.build.make import Product, catalogue, language, read, settings, translation
from manproof.build.plan import Job
from manproof.build.proof import proof
from manproof.cli import pages
from manproof.config import Project, Source
from manproof.diagnostic import Diagnostic, Severity, UserError
from manproof.glossary import Glossary
from manproof.join import statements
from manproof.lint.others import Compared
from manproof.lint.output import Output, mark
from manproof.lint.translated import Translated, of_page
from manproof.lint.written import Written
from manproof.load import load_comparison, load_glossary, load_page
from manproof.render import man
from manproof.spec import Edition, Page


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page as its file has it, with what is wrong with the file; None where that is too much."""

    source: Source
    page: Page | None
    edition: Edition | None
    found: tuple[Diagnostic, ...]
    written: Written | None = None
    translated: tuple[Translated, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What a project has agreed on for its languages, and what is wrong with the files that say so."""

    glossaries: Mapping[str, Glossary]
    words: Mapping[str, frozenset[str]]
    found: tuple[Diagnostic, ...] = ()


def agreed(project: Project) -> Agreed:
    """The glossaries and lists of words of all languages."""
    glossaries, words, found = {}, {}, list[Diagnostic]()
    for locale in project.locales():
        path = project.glossary(locale)
        if path.exists():
            glossary, problems = load_glossary(project.read(path), project.shown(path))
            found += problems
            if glossary is not None:
                glossaries[locale] = glossary
        path = project.accepted(locale)
        if path.exists():
            lines = project.read(path).decode(errors="replace").casefold().split("\n")
            words[locale] = frozenset(line.strip() for line in lines if not line.startswith("#"))
    return Agreed(glossaries=glossaries, words=words, found=tuple(found))


def sheet(job: Job, project: Project, agreed: Agreed) -> Sheet:
    """A page with its catalogues, and what is wrong with their files."""
    made = read(job, project)
    written, translated = None, tuple[Translated, ...]()
    if made.page is not None and made.edition is not None:
        written = Written(
            page=made.page,
            edition=made.edition,
            root=made.root,
            titles=job.shelf.titles,
            lines=lambda: project.read(job.source.path).decode().split("\n"),
        )
        translated = tuple(_translated(job, project, made, agreed))
    found = tuple(made.found)
    return Sheet(
        source=job.source,
        page=made.page,
        edition=made.edition,
        found=found,
        written=written,
        translated=translated,
    )


def _translated(job: Job, project: Project, made: Product, agreed: Agreed) -> Iterator[Translated]:
    units = list(translate.units(made.root)) if made.root is not None else None
    for locale in job.locales:
        path = project.catalogue(locale, job.key)
        if units is not None and locale != config.SOURCE_LOCALE and path.exists():
            found = catalogue(path, locale, project, made)
            if found is not None:
                yield of_page(locale, found, units, agreed.glossaries.get(locale))


def shared(project: Project, editions: Iterable[str], agreed: Agreed) -> Iterator[Translated | Diagnostic]:
    """The catalogues that pages share, as far as they can be read, and what is wrong with them."""
    domains = [
        i18n.fixed(),
        *i18n.of_captions(project),
        *(i18n.of_edition(name, pages.edition(project, name), []) for name in editions),
        *(i18n.of_comparison(project, call) for call in project.comparisons()),
    ]
    for domain in domains:
        yield from domain.found
        for locale in project.locales():
            path = project.catalogue(locale, domain.name)
            if locale != config.SOURCE_LOCALE and path.exists():
                yield from _shared(domain, path, locale, project, agreed)


def _shared(
    domain: i18n.Domain, path: Path, locale: str, project: Project, agreed: Agreed
) -> Iterator[Translated | Diagnostic]:
    product = Product()
    found = catalogue(path, locale, project, product)
    yield from product.found
    if found is not None:
        keys = tuple((entry.context, entry.msgid) for entry in domain.entries)
        glossary = agreed.glossaries.get(locale)
        yield Translated(locale=locale, catalogue=found, keys=keys, units=domain.units, glossary=glossary)


def compared(project: Project) -> Iterator[Compared]:
    """The comparisons of manuals that can be read; what is wrong with the others, their words tell."""
    for call in project.comparisons():
        path = project.comparison(call)
        comparison, _ = load_comparison(project.read(path), project.shown(path))
        if comparison is not None:
            conditions = frozenset(item.name for item in lab.conditions() if item.call == call)
            yield Compared(comparison=comparison, conditions=conditions, causes=_causes(project, call))


def _causes(project: Project, call: str) -> frozenset[str]:
    """The ids of what the pages on a call state; none where that cannot be known of each of them."""
    sources = (item for item in project.sources(project.editions()) if item.title.partition("(")[0] == call)
    pages = [_page(project, item.path) for item in sources]
    known = (item.name for page in pages if page is not None for item in statements(page))
    return frozenset() if None in pages else frozenset(known)


def _page(project: Project, path: Path) -> Page | None:
    try:
        return load_page(project.read(path), project.shown(path))[0]
    except UserError:
        return None  # who lints it has said why


def outputs(job: Job, project: Project) -> Iterator[Output]:
    """The man pages of a page, marked with the places of its texts."""
    for locale in job.locales:
        made = read(job, project)  # marks stay in a document
        words = translation(locale, job, project, made)
        if made.page is None or made.edition is None or made.root is None or words is None:
            continue
        shown = proof(job, made.page, made.edition, project, made)
        if not any(d.severity is Severity.ERROR for d in translate.apply(made.root, words)):
            places = mark(made.root)
            told = settings(job, (made.page, made.edition, shown), words, (language(words),))
            troff = man.render(made.root, told)
            synopsis = made.page.synopsis
            place = (synopsis.link or synopsis.includes[0]).span if synopsis else None
            yield Output(marked=troff, places=places, locale=locale, top=made.page.span, synopsis=place)
