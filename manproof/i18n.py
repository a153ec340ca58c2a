"""The translators' files of a project: templates, catalogues, and how complete they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from manproof import captions, files, resources, translate, words
from manproof.catalogue import (
    Catalogue,
    Entry,
    Statistics,
    blank,
    differs_only_in_punctuation,
    merge,
    read,
    same_but_dates_and_references,
    write,
)
from manproof.compare.words import document as compared
from manproof.config import LOCALE, Project, Source
from manproof.diagnostic import Diagnostic, Severity, Span, UserError, quoted
from manproof.document import document
from manproof.load import load_comparison, load_edition, load_page
from manproof.spec import Edition, Example
from manproof.spread import spread
from manproof.translate import Unit

FIXED = "manproof"
_PART = 12
"""Pages that are worked on together."""

_Done = TypeVar("_Done")


@dataclass(frozen=True, kw_only=True)
class Domain:
    """What there is to translate in one source: a page, an edition, or the fixed words.

    ``name`` is ``linux/connect.2``, ``linux/edition`` or ``manproof``; ``units`` are a page's.
    """

    name: str
    entries: tuple[Entry, ...] = ()
    units: tuple[Unit, ...] = ()
    found: tuple[Diagnostic, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the source could be read, so that the entries are all that there are."""
        return not any(d.severity is Severity.ERROR for d in self.found)


def each(
    project: Project, sources: Sequence[Source], work: Callable[[Domain], _Done], cores: int = 1
) -> Iterator[_Done]:
    """``work`` done on the fixed words, on each edition, comparison and page, by so many processes.

    The results come in this order, whoever did the work.
    """
    names = dict.fromkeys(source.edition for source in sources)
    editions = {name: _edition(project, name) for name in names}
    yield work(fixed())
    for domain in of_captions(project):
        yield work(domain)
    for name, (edition, found) in editions.items():
        yield work(of_edition(name, edition, found))
    for call in project.comparisons():
        yield work(of_comparison(project, call))

    def pages(part: Sequence[Source]) -> list[_Done]:
        return [work(_of_page(project, source, editions[source.edition][0])) for source in part]

    parts = [sources[start : start + _PART] for start in range(0, len(sources), _PART)]
    for done in spread(pages, parts, cores):
        yield from done


def domain(project: Project, name: str) -> Domain:
    """One domain by its name, which must be that of one."""
    if name == FIXED:
        return fixed()
    if name in captions.KINDS:
        return _of_captions(project, name)
    place, _, page = name.partition("/")
    if project.comparison(page).parent.name == place:
        return of_comparison(project, page)
    edition, found = _edition(project, place)
    if page == "edition":
        return of_edition(place, edition, found)
    source = Source(edition=place, page=page, path=project.root / "source" / f"{name}.yaml")
    return _of_page(project, source, edition)


def _edition(project: Project, name: str) -> tuple[Edition | None, list[Diagnostic]]:
    path = project.edition_file(name)
    return load_edition(project.read(path), project.shown(path))


def fixed() -> Domain:
    """The fixed words."""
    entries = (
        Entry(msgid=msgid, context=context or None, extracted=(comment,) if comment else ())
        for msgid, context, comment in words.TABLE
    )
    return Domain(name=FIXED, entries=tuple(entries))


def of_captions(project: Project) -> Iterator[Domain]:
    """What the site shows and no page holds, as far as the project keeps templates for it."""
    for name in captions.KINDS:
        if project.template(name).exists():
            yield _of_captions(project, name)


def _of_captions(project: Project, name: str) -> Domain:
    """Equal texts share one entry."""
    found: dict[str, Entry] = {}
    for text, about, place in captions.KINDS[name](project.root):
        same = found.get(text)
        abouts = dict.fromkeys((*(same.extracted if same else ()), about))
        places = dict.fromkeys((*(same.references if same else ()), place))
        found[text] = Entry(msgid=text, extracted=tuple(abouts), references=tuple(places))
    return Domain(name=name, entries=tuple(found.values()))


def of_edition(name: str, edition: Edition | None, found: list[Diagnostic]) -> Domain:
    """The label of an edition, and the titles of its manual and sections."""
    known = {fixed.msgid for fixed in words.TABLE}
    texts: dict[str, tuple[str, Span]] = {}
    if edition is not None:
        texts[edition.label] = "The name of the edition.", edition.label.span
        if edition.manual:
            texts[edition.manual] = "The title of the manual, in the page's head.", edition.manual.span
        texts |= {h.title: ("The title of a section.", h.title.span) for h in edition.sections}
    entries = (
        Entry(msgid=str(text), extracted=(about,), references=(f"{span.path}:{span.line}",))
        for text, (about, span) in texts.items()
        if text not in known
    )
    return Domain(name=f"{name}/edition", entries=tuple(entries), found=tuple(found))


def of_comparison(project: Project, call: str) -> Domain:
    """The words of a comparison of manuals on a call."""
    path = project.comparison(call)
    name = f"{path.parent.name}/{call}"
    comparison, found = load_comparison(project.read(path), project.shown(path))
    if comparison is None:
        return Domain(name=name, found=tuple(found))
    root, problems = compared(comparison)
    units = tuple(translate.units(root))
    return Domain(name=name, entries=tuple(translate.extract(units)), units=units, found=(*found, *problems))


def _of_page(project: Project, source: Source, edition: Edition | None) -> Domain:
    name = f"{source.edition}/{source.page}"
    page, found = load_page(project.read(source.path), project.shown(source.path))
    if page is None or edition is None:
        return Domain(name=name, found=tuple(found))
    programs = {str(item.file): "" for item in page.examples if isinstance(item, Example)}
    root, problems = document(page, edition, programs)
    units = tuple(translate.units(root))
    return Domain(name=name, entries=tuple(translate.extract(units)), units=units, found=(*found, *problems))


def extract(project: Project, domain: Domain, now: str) -> bool:
    """Writes the template of a domain and tells whether it changed; ``now`` is the date for its header."""
    path = project.template(domain.name)
    old = read(project.read(path), path.name)[0] if path.exists() else None
    return _write(path, _template(domain, now), old, project.root)


def _template(domain: Domain, now: str) -> Catalogue:
    """The template of a domain; placeholders of its header are those of xgettext(1)."""
    fields = {
        "Project-Id-Version": domain.name,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": now,
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    header = Entry(
        msgid="", msgstr=text, comments=(f"Translations of {domain.name}.", *_SIGNING), flags=("fuzzy",)
    )
    return Catalogue(header=header, entries=domain.entries, path=f"{domain.name}.pot")


_SIGNING = (
    "This file is distributed under the same licence as the pages.",
    "Sign with a line such as: Name <mail>, 2026.",
)


def _write(path: Path, catalogue: Catalogue, old: Catalogue | None, within: Path) -> bool:
    """Writes a catalogue, unless nothing but dates and line numbers would change."""
    if old is not None and same_but_dates_and_references(old, catalogue):
        return False
    return files.write(path, write(catalogue).encode(), within)


def update(
    project: Project, domain: Domain, locale: str, now: str, *, untypo: bool = False
) -> tuple[bool, list[Diagnostic]]:
    """Brings a language's catalogue of a domain up to date; tells whether it changed, and what is wrong.

    A catalogue that cannot be read is left as it is. With ``untypo`` a translation stays in force
    where its source changed in punctuation, blanks or case only.
    """
    path = project.catalogue(locale, domain.name)
    if not path.exists():
        if domain.name == FIXED and resources.catalogue(locale, FIXED).exists():
            return False, []
        return _write(path, _new(domain, locale, now), None, project.root), []
    old, found = read(project.read(path), project.shown(path), locale=locale)
    if old is None:
        return False, found
    harmless = differs_only_in_punctuation if untypo else None
    return _write(path, merge(old, _template(domain, now), harmless=harmless), old, project.root), found


def _new(domain: Domain, locale: str, now: str) -> Catalogue:
    catalogue = blank(_template(domain, now), locale, revised=now)
    return _with_language(catalogue, locale) if domain.name == FIXED else catalogue


def _with_language(catalogue: Catalogue, locale: str) -> Catalogue:
    """Fills in what CLDR knows of a language: its own name, and its direction."""
    from babel import Locale

    known = Locale.parse(locale)
    name = known.get_display_name(known) or locale
    given: dict[tuple[str | None, str], str] = {
        ("this language", words.LANGUAGE): name[:1].upper() + name[1:],
        ("text direction", words.DIRECTION): known.text_direction,
    }
    entries = (replace(entry, msgstr=given.get(entry.key, entry.msgstr)) for entry in catalogue.entries)
    return replace(catalogue, entries=tuple(entries))


def refuse_unknown(locale: str) -> None:
    """Raises UserError for what is no locale, or one that CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    shown = f"“{quoted(locale[:64])}”"
    if not LOCALE.fullmatch(locale):
        raise UserError(f"{shown} is no locale; write one such as ru, pt_BR or sr@latin")
    try:
        Locale.parse(locale.partition("@")[0])
    except (UnknownLocaleError, ValueError):
        raise UserError(f"there is no locale {shown} in CLDR; write one such as ru, pt_BR or zh_TW") from None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far one catalogue of one language is translated, as the page stands now."""

    locale: str
    domain: str
    statistics: Statistics


def standing(project: Project, domain: Domain, locale: str) -> Standing | None:
    """The state of a catalogue against its source; None where there is none, or it cannot be read."""
    path = project.catalogue(locale, domain.name)
    if not path.exists():
        return None
    catalogue, _ = read(project.read(path), project.shown(path), locale=locale)
    if catalogue is None:
        return None
    live = merge(catalogue, _template(domain, ""))
    return Standing(locale=locale, domain=domain.name, statistics=live.statistics())
