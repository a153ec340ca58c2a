"""The pages of the comparisons: one for each call and language that has a catalogue for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from manproof import evidence, files, resources, translate, words
from manproof.build.compared import Compared, gather, kept
from manproof.build.plan import FIXED
from manproof.catalogue import Catalogue, read
from manproof.compare.html import Shown, render
from manproof.compare.words import explained
from manproof.config import SOURCE_LOCALE, Project
from manproof.diagnostic import Diagnostic, Severity
from manproof.render import Language, Settings
from manproof.translate import Translation


@dataclass(kw_only=True)
class Made:
    """The pages by their paths in the output, what is wrong, and the state of all that was read."""

    outputs: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    inputs: dict[str, tuple[int, ...] | None] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)

    def sees(self, path: Path) -> None:
        """Notes the state of a file that is about to be read, or missed."""
        self.inputs.setdefault(str(path), files.signature(path))


def make(project: Project, call: str, locales: Sequence[str], believed: Path | None = None) -> Made:
    """The pages of a comparison, against a record, or the newest one that a current edition keeps."""
    made = Made()
    if believed:
        made.sees(believed)
    record = evidence.read(believed) if believed else kept(project, made.sees)
    compared = gather(project, call, record, made.sees)
    made.found += compared.found
    problems = [*compared.found, *compared.found_in_pages]
    if any(d.severity is Severity.ERROR for d in problems):
        return made
    translations = list(_translations(project, call, locales, made))
    languages = tuple(_language(translation) for translation in translations)
    made.entry = {"call": call, "languages": [asdict(language) for language in languages]}
    for translation, language in zip(translations, languages, strict=True):
        refused = translate.apply(compared.document, translation)
        made.found += refused
        if not any(d.severity is Severity.ERROR for d in refused):
            text = page(project, compared, translation, language, languages)
            made.outputs[address(call, language.locale)] = text
    return made


def address(call: str, locale: str) -> str:
    """Where a page lies in the output."""
    return f"html/comparison/{call}.{locale}.html"


def _translations(project: Project, call: str, locales: Sequence[str], made: Made) -> Iterator[Translation]:
    """English, and each language that has a catalogue for the comparison, with the names of its editions."""
    domains = [f"{project.comparison(call).parent.name}/{call}", *(f"{name}/edition" for name in project.editions())]
    for locale in locales:
        paths = [project.catalogue(locale, domain) for domain in domains]
        for path in paths:
            made.sees(path)
        if locale == SOURCE_LOCALE:
            yield Translation(locale=locale)
        elif paths[0].exists():
            own = project.catalogue(locale, FIXED)
            paths.append(own if own.exists() else resources.fixed_words(locale))
            found = [_catalogue(path, locale, project, made) for path in paths if path.exists()]
            yield Translation(locale=locale, catalogues=tuple(item for item in found if item))


def _catalogue(path: Path, locale: str, project: Project, made: Made) -> Catalogue | None:
    made.sees(path)
    catalogue, found = read(files.read(path), project.shown(path), locale=locale)
    made.found += [] if path.stem in (FIXED, "edition") else found  # the pages of the edition have told
    return catalogue


def _language(translation: Translation) -> Language:
    return Language(
        locale=translation.locale,
        name=translation.words(words.LANGUAGE, "this language"),
        direction=translation.words(words.DIRECTION, "text direction"),
    )


def page(
    project: Project,
    compared: Compared,
    translation: Translation | None = None,
    language: Language | None = None,
    languages: tuple[Language, ...] = (Language(),),
) -> str:
    """A page in a language, English if none is given; its document is in that language already."""
    said = translation or Translation(locale=SOURCE_LOCALE)
    settings = Settings(
        language=language or Language(), languages=languages, templates=resources.templates(), words=said.words
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
