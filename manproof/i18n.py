"""The translators' files of a project: templates, catalogues, and how complete they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from manproof import files, resources, translate, words
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
from manproof.config import LOCALE, Project
from manproof.diagnostic import Diagnostic, Span, UserError, note, quoted, warning
from manproof.domains import FIXED, Domain


def extract(project: Project, domain: Domain, now: str) -> bool:
    """Writes the template of a domain and tells whether it changed; ``now`` is the date for its header."""
    path = project.template(domain.name)
    old = read(files.read(path), path.name)[0] if path.exists() else None
    return _write(path, _template(domain, now), old)


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


def _write(path: Path, catalogue: Catalogue, old: Catalogue | None) -> bool:
    """Writes a catalogue, unless nothing but dates and line numbers would change."""
    if old is not None and same_but_dates_and_references(old, catalogue):
        return False
    return files.write(path, write(catalogue).encode())


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
        return _write(path, _new(domain, locale, now), None), []
    old, found = read(files.read(path), project.shown(path), locale=locale)
    if old is None:
        return False, found
    harmless = differs_only_in_punctuation if untypo else None
    return _write(path, merge(old, _template(domain, now), harmless=harmless), old), found


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
    catalogue, _ = read(files.read(path), project.shown(path), locale=locale)
    if catalogue is None:
        return None
    live = merge(catalogue, _template(domain, ""))
    return Standing(locale=locale, domain=domain.name, statistics=live.statistics())


def check(project: Project, domain: Domain, locale: str) -> Iterator[Diagnostic]:
    """What is wrong with a catalogue: its form, its markup, and what it lacks."""
    path = project.catalogue(locale, domain.name)
    if not path.exists():
        return
    catalogue, found = read(files.read(path), project.shown(path), locale=locale)
    yield from found
    if catalogue is None:
        return
    yield from _markup(domain, catalogue)
    yield from _behind(domain, catalogue, project.shown(path))


def _markup(domain: Domain, catalogue: Catalogue) -> Iterator[Diagnostic]:
    for unit in domain.units:
        entry = catalogue.lookup(unit.msgid, unit.context or None)
        if entry is not None and entry.translated:
            yield from translate.check(unit, entry)[1]
    for fixed in words.TABLE if domain.name == FIXED else ():
        entry = catalogue.lookup(fixed.msgid, fixed.context or None)
        if entry is not None and entry.translated and not words.same_placeholders(entry.msgstr, fixed.msgid):
            message = f"the words in braces must be those of “{fixed.msgid}”; the English words are shown"
            yield warning("translation-placeholders", entry.msgstr_span, message)


def _behind(domain: Domain, catalogue: Catalogue, shown: str) -> Iterator[Diagnostic]:
    """Texts without a place in the catalogue, and texts without a translation."""
    absent = open_ = 0
    for entry in domain.entries:
        own = catalogue.lookup(entry.msgid, entry.context)
        absent += own is None
        open_ += own is not None and not own.translated
    if absent:
        message = f"{absent} texts of the source are not here; run: manproof i18n update"
        yield warning("translation-outdated", Span(path=shown), message)
    if open_:
        yield note("translation-missing", Span(path=shown), f"{open_} texts are untranslated or fuzzy")
