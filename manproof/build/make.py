"""One job: from the source of a page to the texts of its outputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

from docutils import nodes

from manproof import files, resources, translate, words
from manproof.build.plan import FIXED, FORMATS, SEARCH, Job, catalogues
from manproof.build.proof import dated, proof
from manproof.catalogue import Catalogue
from manproof.catalogue import read as read_catalogue
from manproof.config import SOURCE_LOCALE, Project
from manproof.diagnostic import Diagnostic, Severity, Span, UserError, error
from manproof.document import document, references
from manproof.load import load_edition, load_page, load_program
from manproof.prose import nameline, walk
from manproof.render import Evidence, Settings
from manproof.site import Language
from manproof.spec import Edition, Example, Page
from manproof.translate import Translation


@dataclass(kw_only=True)
class Product:
    """What a job gave: outputs by path, what is wrong, all that it looked at; what it read and believed."""

    outputs: dict[str, str | bytes] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    inputs: dict[str, tuple[int, ...] | None] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)
    page: Page | None = None
    edition: Edition | None = None
    record: Path | None = None
    root: nodes.document | None = None

    def sees(self, path: Path) -> tuple[int, ...] | None:
        """Notes the state of a file that the job is about to read, or to miss."""
        return self.inputs.setdefault(str(path), files.signature(path))

    def below(self, out: Path) -> dict[Path, bytes]:
        """The outputs as files of a folder."""
        return {
            out / path: text.encode() if isinstance(text, str) else text
            for path, text in self.outputs.items()
        }

    def failed(self) -> bool:
        """Whether an error was found so far."""
        return any(d.severity is Severity.ERROR for d in self.found)


def read(job: Job, project: Project) -> Product:
    """A page, its document in English, and what is wrong with its source; no document of one with errors."""
    product = Product()
    product.page, product.edition = page, edition = _source(job, project, product)
    if page is not None and edition is not None:
        root, found = document(page, edition, _programs(page, job, project, product))
        product.found += [*found, *_references(root, edition, job)]
        product.root = None if product.failed() else root
    return product


def make(job: Job, project: Project) -> Product:
    """The outputs of a page; a page with errors has none, and a language with errors is left out."""
    product = read(job, project)
    page, edition, root = product.page, product.edition, product.root
    if page is None or edition is None or root is None:
        return product
    shown = proof(job, page, edition, project, product) if job.formats else None
    if product.failed():
        return product
    translations = [t for name in job.locales if (t := translation(name, job, project, product)) is not None]
    languages = tuple(map(language, translations))
    product.entry = {
        "title": page.title,
        "languages": [asdict(language) for language in languages],
        "verified": _verified(shown),
        "record": str(product.record or ""),
        "said": {},
    }
    for each in translations:
        _render(job, root, (page, edition, shown), each, languages, product)
    if not product.entry["said"]:
        product.entry = {}  # nothing was made that the site could lead to
    return product


def _verified(shown: Evidence | None) -> list[int]:
    """How many causes a run confirmed, and of how many; nothing where there is no run to believe."""
    if shown is None or not shown.trials:
        return []
    return [sum(trial.confirmed for trial in shown.trials.values()), len(shown.trials)]


def _summary(root: nodes.document) -> str:
    """The summary of a page, in the language of the document."""
    line = next((node for node in walk(root) if isinstance(node, nameline)), None)
    return " ".join(line.astext().split()) if line is not None else ""


def _source(job: Job, project: Project, product: Product) -> tuple[Page | None, Edition | None]:
    path = project.edition_file(job.source.edition)
    edition, found = _edition(path, project, product.sees(path))
    product.found += found
    product.sees(job.source.path)
    page, found = _read(load_page, job.source.path, project)
    product.found += found
    return page, edition


def _read(load: Any, path: Path, project: Project) -> tuple[Any, list[Diagnostic]]:
    shown = project.shown(path)
    try:
        return load(project.read(path), shown)  # type: ignore[no-any-return]  # any of the loaders
    except UserError as problem:
        return None, [error("unreadable", Span(path=shown), str(problem))]


@lru_cache(maxsize=64)
def _edition(
    path: Path, project: Project, _signature: tuple[int, ...] | None
) -> tuple[Edition | None, list[Diagnostic]]:
    return _read(load_edition, path, project)


def _programs(page: Page, job: Job, project: Project, product: Product) -> dict[str, str]:
    """The texts of the programs in EXAMPLES that lie beside the page."""
    found: dict[str, str] = {}
    for item in page.examples:
        if isinstance(item, Example):
            path = job.source.path.parent / item.file
            if product.sees(path):
                text, problems = _read(load_program, path, project)
                found[item.file] = text or ""
                product.found += problems
    return found


def _references(root: nodes.document, edition: Edition, job: Job) -> Iterator[Diagnostic]:
    """References to pages that the edition neither has nor names as external."""
    known = job.shelf.titles.union(edition.external)
    for name, span in references(root) if edition.external else ():
        if name not in known:
            message = f"there is no page {name}; correct it, or add it to external: in edition.yaml"
            yield error("undefined-reference", span, message)


def translation(locale: str, job: Job, project: Project, product: Product) -> Translation | None:
    """The catalogues of a language, or None where one of them cannot be used."""
    if locale == SOURCE_LOCALE:
        return Translation(locale=locale)
    own = [*catalogues(project, job.source, locale), project.catalogue(locale, FIXED)]
    paths = [*own[:2], own[2] if own[2].exists() else resources.catalogue(locale, FIXED)]
    there = [path for path in paths if product.sees(path) or path.is_symlink()]  # which may lead nowhere
    found = [catalogue(path, locale, project, product) for path in there]
    usable = [one for one in found if one is not None]
    return Translation(locale=locale, catalogues=tuple(usable)) if len(usable) == len(found) else None


def page_words(project: Project, name: str, locale: str, product: Product) -> Translation:
    """The catalogues of a page, such as ``linux/connect.2``, that there are, for who shows parts of it."""
    domains = (name, f"{name.partition('/')[0]}/edition")
    paths = [project.catalogue(locale, domain) for domain in domains] if locale != SOURCE_LOCALE else []
    found = [catalogue(path, locale, project, product) for path in paths if product.sees(path)]
    return Translation(locale=locale, catalogues=tuple(one for one in found if one is not None))


def words_of(locale: str, domains: Iterable[str], project: Project, product: Product) -> words.Words:
    """The fixed words in a language, after those of other catalogues of the program or the project."""
    if locale == SOURCE_LOCALE:
        return words.english
    found = []
    for domain in (*domains, FIXED):
        own = project.catalogue(locale, domain)
        path = own if own.exists() else resources.catalogue(locale, domain)
        if product.sees(path):
            found.append(catalogue(path, locale, project, product))
    usable = tuple(one for one in found if one is not None)
    return Translation(locale=locale, catalogues=usable).words


def catalogue(path: Path, locale: str, project: Project, product: Product) -> Catalogue | None:
    """A catalogue, or None where it cannot be used; the product is told what is wrong with it."""
    load = shared if path.stem in (FIXED, "edition", "conditions", "findings", "rules") else _one
    read_one, found = load(path, locale, project, product.sees(path))
    product.found += found
    return None if any(d.severity is Severity.ERROR for d in found) else read_one


def _one(
    path: Path, locale: str, project: Project, _signature: tuple[int, ...] | None
) -> tuple[Catalogue | None, list[Diagnostic]]:
    return _read(partial(read_catalogue, locale=locale), path, project)


shared = lru_cache(maxsize=64)(_one)
"""Many pages read the same catalogue; its signature makes a changed file a new one."""


def language(translation: Translation) -> Language:
    """How a language calls itself, and where its lines begin."""
    return Language(
        locale=translation.locale,
        name=translation.words(words.LANGUAGE, "this language"),
        direction="rtl" if translation.words(words.DIRECTION, "text direction") == "rtl" else "ltr",
    )


def _render(
    job: Job,
    root: nodes.document,
    records: tuple[Page, Edition, Evidence | None],
    translation: Translation,
    languages: tuple[Language, ...],
    product: Product,
) -> None:
    """One language in every format; a translation that is refused leaves its outputs as they are."""
    found = translate.apply(root, translation)
    product.found += found
    if any(d.severity is Severity.ERROR for d in found):
        return
    told = settings(job, records, translation, languages)
    for form in job.formats:
        render = import_module(FORMATS[form].module).render
        product.outputs[job.output(translation.locale, form)] = text = render(root, told)
        if form == "html":
            rows = import_module(SEARCH.module).render(text, root, told)
            product.outputs[job.path(SEARCH, translation.locale)] = rows
    missing, total = root["untranslated"]
    product.entry["said"][translation.locale] = {
        "label": told.label,
        "manual": told.manual,
        "summary": _summary(root),
        "translated": [total - missing, total],
    }


def settings(
    job: Job,
    records: tuple[Page, Edition, Evidence | None],
    translation: Translation,
    languages: tuple[Language, ...],
) -> Settings:
    """What the writers are told of a page in one of its languages."""
    page, edition, shown = records
    return Settings(
        language=next(item for item in languages if item.locale == translation.locale),
        languages=languages,
        edition=job.source.edition,
        label=translation.words(edition.label, ""),
        manual=translation.words(edition.manual, "") if edition.manual else "",
        source=edition.source or "",
        upper_case=edition.title_form == "upper-case",
        date=words.date(page.date, edition.date_form, translation.words),
        licence=edition.licence,
        origin=f"source/{job.source.edition}/{job.source.page}.yaml",
        titles=job.shelf.titles,
        manpages=edition.manpages or "",
        english_only=job.shelf.english_only[translation.locale],
        templates=resources.templates(),
        words=translation.words,
        evidence=dated(shown, edition, translation.words),
        site=job.site,
    )
