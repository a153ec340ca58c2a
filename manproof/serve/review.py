"""How each passage of a page stands in a language, for the translators' view."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docutils import nodes

from manproof import i18n, resources, translate, words
from manproof.build.make import Product, words_of
from manproof.build.plan import places
from manproof.catalogue import Catalogue, Entry, read
from manproof.config import SOURCE_LOCALE, Project, Source
from manproof.diagnostic import Diagnostic, Severity, Span
from manproof.i18n import FIXED, Domain
from manproof.interface import PLACES
from manproof.render import Settings
from manproof.render.review import Passage, render
from manproof.rest import parse_inline
from manproof.site import Language, Site
from manproof.translate import BLANKS, Translation, Unit

_PAGE = re.compile(r"(?:(?P<edition>[^/]+)/)?(?P<name>[^/]+?)(?:\.(?P<locale>[a-zA-Z_@]+))?\.html")
_EVIDENCE = re.compile(r"\.[1-9][a-z]*\.evidence\b")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page of the site by its path: the folder of its edition if it has one, its name, its locale."""

    edition: str
    name: str
    locale: str

    @property
    def stem(self) -> str:
        """The path without locale and suffix."""
        return f"{self.edition}/{self.name}" if self.edition else self.name

    def path(self, locale: str) -> str:
        """The path in a locale."""
        return (
            "index.html" if (self.stem, locale) == ("index", SOURCE_LOCALE) else f"{self.stem}.{locale}.html"
        )


def place(path: str, project: Project) -> Place | None:
    """The page at a path of the site; None for what is no page, or has no such language."""
    match = _PAGE.fullmatch(path)
    if match is None or (match["locale"] or SOURCE_LOCALE) not in project.locales():
        return None
    return Place(edition=match["edition"] or "", name=match["name"], locale=match["locale"] or SOURCE_LOCALE)


def settings(project: Project, locale: str) -> Settings:
    """What the pages of the preview itself are made with, in a language of the project."""
    product = Product()

    def language(name: str) -> Language:
        said = words_of(name, (), project, product)
        own, way = said(words.LANGUAGE, "this language"), said(words.DIRECTION, "text direction")
        return Language(locale=name, name=own, direction=way)

    return Settings(
        language=language(locale),
        languages=tuple(map(language, project.locales())),
        templates=resources.templates(),
        words=words_of(locale, (), project, product),
        site=Site(places=places(project)),
    )


def domains(at: Place, project: Project) -> list[str]:
    """The catalogues that the words of a page come from, without those of every page."""
    if _EVIDENCE.search(at.name):
        return ["conditions"]
    if at.edition:
        there = (project.root / "source" / f"{at.stem}.yaml").is_file()
        return [at.stem] if there and at.name != "edition" else []
    if at.name in ("findings", "rules"):
        return [at.name]
    return [FIXED, *(f"{name}/edition" for name in project.editions())]


def view(at: Place, project: Project, *, only_open: bool) -> str:
    """The translators' view of a page; nothing where its source or a catalogue has errors."""
    found: list[Diagnostic] = []
    passages: list[Passage] = []
    for name in domains(at, project):
        domain = i18n.domain(project, name)
        translation = _translation(at.locale, domain, project, found)
        found += (d for d in domain.found if d.severity is Severity.ERROR)
        passages += _passages(domain, translation, at, project)
    if found or not passages:
        return ""
    told = settings(project, at.locale)
    source = Source(edition=at.edition, page=at.name, path=Path())
    title = told.words(PLACES[at.name], "site") if at.name in PLACES else source.title
    blank = nodes.document(None, None)  # type: ignore[arg-type]  # nothing reports through it
    blank.update_all_atts({"name": at.name, "section": ""})
    page_at = at.path(at.locale).rpartition("/")[2]
    return render(passages, told, at.path, title=title, page_at=page_at, document=blank, only_open=only_open)


def _translation(locale: str, domain: Domain, project: Project, found: list[Diagnostic]) -> Translation:
    """The catalogues of a domain: its own, and for a page those that it falls back on."""
    if locale == SOURCE_LOCALE:
        return Translation(locale=locale)
    edition, _, page = domain.name.partition("/")
    names = [domain.name, *([f"{edition}/edition", FIXED] if page and page != "edition" else [])]
    read_ones = [_catalogue(name, locale, project, found) for name in names]
    return Translation(locale=locale, catalogues=tuple(filter(None, read_ones)))


def _catalogue(name: str, locale: str, project: Project, found: list[Diagnostic]) -> Catalogue | None:
    path = project.catalogue(locale, name)
    path = path if path.exists() else resources.catalogue(locale, name)
    if not path.exists():
        return None
    catalogue, problems = read(project.read(path), project.shown(path), locale=locale)
    found += (d for d in problems if d.severity is Severity.ERROR)
    return catalogue


def _passages(domain: Domain, translation: Translation, at: Place, project: Project) -> Iterator[Passage]:
    own = project.shown(project.catalogue(translation.locale, domain.name))
    if not domain.units:
        for entry in domain.entries:
            yield _of_words(entry, translation, own)
    for unit in domain.units:
        yield _of_unit(unit, translation, own, at)


def _of_unit(unit: Unit, translation: Translation, own: str, at: Place) -> Passage:
    """A passage of a page."""
    span = unit.node["span"]
    known = Passage(
        about=unit.node["about"],
        section=_section(unit.node, translation),
        state="source",
        source=translate.english(unit.node),
        place=own,
        origins=(_where(span),),
        href=f"{at.path(at.locale).rpartition('/')[2]}#{anchor}" if (anchor := _anchor(unit.node)) else "",
    )
    if translation.locale == SOURCE_LOCALE:
        return known
    entry = translation.entry(unit.msgid, unit.context)
    if entry is None:
        return _open(known, translation.candidate(unit.msgid, unit.context))
    shown, found = translate.check(unit, entry)
    reasons = tuple(d.message for d in found if shown is None)
    if shown is None:
        shown = _read(entry.msgstr)
    state = "refused" if reasons else "translated"
    return replace(
        known, state=state, shown=shown, text=entry.msgstr, reasons=reasons, place=_where(entry.msgstr_span)
    )


def _of_words(text: Entry, translation: Translation, own: str) -> Passage:
    """A fixed word, or a caption: plain text, in which only names in braces must be kept."""
    known = Passage(
        about=" ".join(text.extracted), state="source", source=(nodes.Text(text.msgid),), place=own,
        origins=text.references,
    )  # fmt: skip
    if translation.locale == SOURCE_LOCALE:
        return known
    entry = translation.entry(text.msgid, text.context or "")
    if entry is None:
        return _open(known, translation.candidate(text.msgid, text.context or ""))
    same = words.same_placeholders(entry.msgstr, text.msgid)
    return replace(
        known,
        state="translated" if same else "refused",
        shown=(nodes.Text(entry.msgstr),),
        text=entry.msgstr,
        reasons=() if same else ("the words in braces, and the code, must be those of the source text",),
        place=_where(entry.msgstr_span),
    )


def _open(known: Passage, entry: Entry | None) -> Passage:
    """A passage that is left to be done."""
    if entry is None:
        return replace(known, state="missing", reasons=("not in the catalogue; run: manproof i18n update",))
    place = _where(entry.msgstr_span)
    if not entry.msgstr:
        return replace(known, state="missing", place=place)
    previous = entry.previous.msgid if entry.previous else ""
    return replace(
        known, state="fuzzy", shown=_read(entry.msgstr), text=entry.msgstr, previous=previous, place=place
    )


def _read(text: str) -> list[nodes.Node] | None:
    """A translation as nodes; None where it is not in the dialect, and only its letters can be shown."""
    children, problems = parse_inline(text.strip(BLANKS), Span(path=""))
    return None if problems else children


def _where(span: Span) -> str:
    return f"{span.path}:{span.line}"


def _section(node: Any, translation: Translation) -> str:
    """The title of the section of the page that a passage stands in."""
    while node.parent is not None and not isinstance(node.parent, nodes.document):
        node = node.parent
    title = next(iter(node.findall(nodes.title)), None) if isinstance(node, nodes.section) else None
    return translation.words(title.rawsource, "") if title is not None else ""


def _anchor(node: Any) -> str:
    """The anchor of a passage, or of what it stands in."""
    while node is not None and not node.get("ids"):
        node = node.parent
    return node["ids"][0] if node is not None else ""
