"""What must hold of a catalogue as a whole, beyond the grammar of its lines.

Most of it is what ``msgfmt --check`` asks for. A template (``.pot``) may leave the placeholders of
its header as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from manproof.catalogue import plurals
from manproof.catalogue.flags import directives
from manproof.characters import unbalanced
from manproof.diagnostic import Diagnostic, Span, error, quoted, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from manproof.catalogue.model import Catalogue, Entry, Key

MAX_TEXT = 32_768  # characters of one text
_FORMS_WAY = "write one msgstr[n] for each of the nplurals of the header"


def problems(catalogue: Catalogue, *, locale: str, template: bool) -> Iterator[Diagnostic]:
    """Everything that is wrong with a catalogue whose lines were sound."""
    yield from _header(catalogue, locale, template)
    forms = plurals.count(catalogue.fields.get("Plural-Forms", ""))
    for entry in catalogue.entries:
        if len(entry.msgid) > MAX_TEXT or len(entry.msgstr) > MAX_TEXT:
            fact = f"a text of more than {MAX_TEXT} characters; make several of it"
            yield error("po-size", entry.msgid_span, fact)
        if entry.msgstr and not entry.obsolete and not entry.fuzzy:
            yield from _translation(entry)
        if entry.plural is not None and not template and not entry.obsolete:
            yield from _forms(entry, forms)


def duplicates(entries: list[Entry]) -> Iterator[Diagnostic]:
    """Entries with the context and msgid of an earlier one, obsolete ones too, as for gettext."""
    seen: dict[Key, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.key, entry)
        if first is not entry:
            what = "a second header" if entry.key == (None, "") else "the same msgid again"
            where = f"{what}; the first is in line {first.msgid_line}: remove one of them"
            yield error("po-duplicate", entry.msgid_span, where)


def _header(catalogue: Catalogue, locale: str, template: bool) -> Iterator[Diagnostic]:
    header = catalogue.header
    if header is None:
        report = warning if template else error
        yield report(
            "po-header",
            Span(path=catalogue.path),
            'no header; begin with msgid "" and the fields in its msgstr, as `msginit` does',
        )
        return
    span = header.msgid_span
    yield from _charset(catalogue.fields.get("Content-Type", ""), span, template)
    language = catalogue.fields.get("Language", "")
    if not template and locale and language and not _related(language, locale):
        shown = quoted(language[:40])
        yield warning("po-header", span, f"Language: {shown} in a catalogue for {locale}; correct it")
    if not template:
        yield from _plural_header(catalogue, language or locale)


def _charset(content_type: str, span: Span, template: bool) -> Iterator[Diagnostic]:
    charset = content_type.partition("charset=")[2].strip()
    if charset.upper() == "UTF-8" or (template and charset in ("", "CHARSET")):
        return
    fact = f"charset {quoted(charset[:40])}" if charset else "no charset in the header"
    yield error("po-charset", span, f"{fact}; write Content-Type: text/plain; charset=UTF-8")


def _related(language: str, locale: str) -> bool:
    """Whether one is the other or its base, as de and de_AT."""
    a, b = (name.replace("-", "_").split("_") for name in (language, locale))
    return a[: len(b)] == b[: len(a)]


def _plural_header(catalogue: Catalogue, language: str) -> Iterator[Diagnostic]:
    value = catalogue.fields.get("Plural-Forms")
    needed = any(entry.plural is not None and not entry.obsolete for entry in catalogue.entries)
    if (value is None and not needed) or catalogue.header is None:
        return
    expected = plurals.plural_forms(language)
    way = f"write Plural-Forms: {expected}" if expected else "write what `msginit` gives"
    span = catalogue.header.msgid_span
    if value is None:
        yield error("po-plural-forms", span, f"plural entries without Plural-Forms; {way}")
    elif not plurals.count(value):
        fact = f"Plural-Forms {quoted(value[:40])} is not nplurals=1..6; plural=rule"
        yield error("po-plural-forms", span, f"{fact}; {way}")
    elif not plurals.fits(value, language):
        report = error if needed else warning  # without plural entries nothing depends on it
        yield report("po-plural-forms", span, f"not the rule of {quoted(language[:40])}; {way}")


def _forms(entry: Entry, forms: int) -> Iterator[Diagnostic]:
    if forms and len(entry.forms) != forms:
        fact = f"{len(entry.forms)} plural forms, the header says {forms}"
        yield error("po-plural-forms", entry.msgstr_span, f"{fact}; {_FORMS_WAY}")


def _translation(entry: Entry) -> Iterator[Diagnostic]:
    """A translation against its source: what msgfmt checks, and that it says anything at all."""
    source, span = entry.msgid, entry.msgstr_span
    for text in entry.forms or (entry.msgstr,):
        if text and not text.strip() and source.strip():
            yield error("po-blank", span, "a translation of blanks alone; translate it or empty it")
        for end, there in (("begin", text[:1] == "\n"), ("end", text[-1:] == "\n")):
            wanted = source[:1] == "\n" if end == "begin" else source[-1:] == "\n"
            if text and there != wanted:
                fact = f"msgid and msgstr do not both {end} with \\n"
                yield error("po-newline", span, f"{fact}; make them alike")
    if entry.flags and _arguments(entry.msgstr, entry.flags) != _arguments(source, entry.flags):
        yield error("po-format", span, "not the format directives of msgid; use the same ones")


def _arguments(text: str, flags: tuple[str, ...]) -> list[str]:
    return sorted(match[0] for match in directives(text, flags))


def isolates(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Isolates (U+2066 to U+2069) that are not closed in the text that opens them."""
    header = () if catalogue.header is None else (catalogue.header,)
    for entry in (*header, *catalogue.entries):
        texts = (entry.context or "", entry.msgid, entry.plural or "", entry.msgstr, *entry.forms)
        notes = (*entry.comments, *entry.extracted, *entry.references, *entry.unknown)
        for text in (*texts, *notes):
            if (first := next(unbalanced(text), None)) is not None:
                fact = f"{first.name} of an entry"
                yield error("po-character", entry.msgid_span, f"{fact}; pair it or take it out")
