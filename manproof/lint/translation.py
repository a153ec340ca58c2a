"""Rules on catalogues: what a translation says, against the page that it translates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from manproof.catalogue import Entry
from manproof.catalogue.model import field_of
from manproof.diagnostic import Severity, Span
from manproof.lint import ACROSS, Found, add, rule
from manproof.lint.style import names
from manproof.lint.translated import Translated, placeholders_differ, words_of

FAMILY = "translation"

add("translation-markup", FAMILY, Severity.WARNING, """A translation has lost, changed or added a marked name.

Why: a language can change words and nothing else. The passage stays English until its functions,
errnos, arguments and files are those of the source. A role that does not exist is an error.

Bad: ``:errno:`EACCES` `` where the source has ``:errno:`EPERM` ``

Good: each name of the comment "Keep as they are", letter by letter, in any order.
""")  # fmt: skip
add("translation-count", FAMILY, Severity.NOTE, """A name stands more or less often in a translation.

Why: it may be a pronoun in the place of a repetition, which is fine, or a sentence that is missing.

Bad: two errnos of one kind that have become one, for no reason.

Good: as many as the sentence needs.
""")  # fmt: skip
add("translation-paragraphs", FAMILY, Severity.WARNING, """A translation holds an empty line.

Why: a text of a catalogue is one paragraph, so the passage stays English.

Bad: `"first paragraph\\n\\nsecond"`

Good: one paragraph.
""")  # fmt: skip


@rule(FAMILY, Severity.WARNING)
def translation_placeholders(translated: Translated) -> Found:
    """The words in braces, or the code, of a fixed word are not those of its source.

    Why: the program fills in the one, and readers type the other. Until they are the same, the English
    words are shown.

    Bad: `Переводчики: {имена}.` for `Translated by {names}.`

    Good: `Переводчики: {names}.`
    """
    for pair in translated.pairs if not translated.units else ():
        if placeholders_differ(pair):
            message = f"words in braces and code must be those of “{pair.msgid}”; the English words are shown"
            yield pair.entry.msgstr_span, message


@rule(FAMILY, Severity.WARNING)
def translation_outdated(translated: Translated) -> Found:
    """A catalogue does not have all texts of its source.

    Why: translators do not see what there is to translate.

    Bad: a page that was changed without `manproof i18n update`.

    Good: the catalogues, updated in the same commit.
    """
    absent = sum(entry is None for entry in translated.entries)
    if absent:
        message = f"{absent} texts of the source are not here; run: manproof i18n update"
        yield Span(path=translated.catalogue.path), message


@rule(FAMILY, Severity.NOTE)
def translation_untranslated(translated: Translated) -> Found:
    """A text has no translation yet.

    Why: readers see it in English.

    Bad: `msgstr ""`

    Good: a translation.
    """
    for entry in translated.entries:
        if entry is not None and not entry.translated and not entry.fuzzy:
            yield entry.msgstr_span, "not translated yet; the passage is shown in English"


@rule(FAMILY, Severity.NOTE)
def translation_fuzzy(translated: Translated) -> Found:
    """A translation was made for another text than the source has now.

    Why: nobody has said that it is right, so readers see the English text.

    Bad: `#, fuzzy`

    Good: the translation corrected, and the flag removed.
    """
    for entry in translated.entries:
        if entry is not None and entry.fuzzy:
            yield entry.msgstr_span, "fuzzy: compare it with its source, correct it, and remove the flag"


@rule(FAMILY, Severity.WARNING)
def translation_name(translated: Translated) -> Found:
    """A translation names an errno, a function, a constant or a page that its source does not.

    Why: it was changed while translating, or it stands without its role, unlike its source. Where names
    have no roles, as in titles of conditions, a function may be named besides those of the source.

    Bad: `завершается с EPERM` for ``fails with :errno:`EACCES` ``

    Good: the names of the source, marked as there.
    """
    for pair in translated.pairs:
        found = [(kind, name) for kind, name, _ in names(pair.said.plain)]
        there = {name for _, name, _ in names(pair.source.plain)} if found else set()
        complete = pair.unit is None and there <= {name for _, name in found}
        for kind, name in found:
            if name not in there and not (complete and kind == "func"):
                yield pair.entry.msgstr_span, f"{name} is not in the source; write what stands there"


@rule(FAMILY, Severity.WARNING)
def translation_emphasis(translated: Translated) -> Found:
    """A translation emphasizes more or less than its source.

    Why: emphasis marks names of parts and new terms; a star that is lost is shown, or hides one.

    Bad: `см. Неблокирующие сокеты` for `see *Nonblocking sockets*`

    Good: `см. *Неблокирующие сокеты*`
    """
    for pair in translated.pairs:
        source, target = pair.msgid.count("*"), pair.entry.msgstr.count("*")
        if source != target:
            yield pair.entry.msgstr_span, f"{target} stars, and {source} in the source; mark the same words"


@rule(FAMILY, Severity.WARNING)
def translation_number(translated: Translated) -> Found:
    """A translation has other numbers than its source.

    Why: a number that was mistyped is a wrong fact.

    Bad: `начиная с Linux 2.4` for `since Linux 2.2`

    Good: `начиная с Linux 2.2`
    """
    for pair in translated.pairs:
        source, target = _numbers(pair.source.plain), _numbers(pair.said.plain)
        if source != target and _counted(source) != _counted(target):
            there, here = _counted(source), _counted(target)
            strangers = ", ".join(sorted((here - there) + (there - here)))
            fact = f"the numbers differ from those of the source: {strangers}"
            yield pair.entry.msgstr_span, f"{fact}; correct them"


def _numbers(plain: str) -> list[str]:
    """The numbers of a text, as most have none."""
    return _NUMBER(plain) if _DIGIT(plain) else []


def _counted(numbers: Iterable[str]) -> Counter[str]:
    """Numbers: a point for the decimal comma, nothing between thousands, a hyphen for the minus."""
    plain = (number.replace("−", "-") for number in numbers)
    return Counter(_PARTED("", n) if _THOUSANDS(n) else n.replace(",", ".") for n in plain)


_NUMBER = re.compile(
    r"(?:(?<![\w.,)-])[-−])?(?:\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)"
).findall
_DIGIT = re.compile(r"\d").search
_THOUSANDS = re.compile(r"-?\d{1,3}(?:[.,\u00a0\u202f]\d{3})+").fullmatch
_PARTED = re.compile(r"[^\d-]").sub
_ENDS = {
    mark: kind
    for kind, marks in enumerate((".。।։።", ":：", ";；", ",，、", "?？؟;", "!！", "…"))
    for mark in marks
}


@rule(FAMILY, Severity.WARNING)
def translation_punctuation(translated: Translated) -> Found:
    """A translation does not end in the mark of punctuation of its source.

    Why: a full stop that is missing runs two sentences together; one too many breaks a list.

    Bad: `Узел не отвечает` for `The host does not answer.`

    Good: `Узел не отвечает.`
    """
    for pair in translated.pairs:
        source, target = _end(pair.msgid), _end(pair.entry.msgstr)
        if source != target and _ENDS.get(source) != _ENDS.get(target, -1) and not pair.names_nothing:
            fact = f"the source ends with “{source}”" if source else "the source ends without punctuation"
            yield (
                pair.entry.msgstr_span,
                f"{fact}, the translation with “{target or 'no mark'}”; make them alike",
            )


def _end(text: str) -> str:
    """The mark of punctuation that a text ends in, inside of closing brackets and quotes or not."""
    last = text.rstrip(' \n*)»”"’]}')[-1:]
    return last if last in _ENDS else ""


@rule(FAMILY, Severity.WARNING)
def translation_spacing(translated: Translated) -> Found:
    """A translation begins or ends with a blank, or has two in a row, or a tab.

    Why: the blank is shown where it cannot be expected.

    Bad: `"Узел  не отвечает."`

    Good: `"Узел не отвечает."`
    """
    for pair in translated.pairs:
        text = pair.entry.msgstr
        odd = any(sign in text and sign not in pair.msgid for sign in ("  ", "\t"))
        if odd or text != text.strip(" "):
            yield pair.entry.msgstr_span, "a blank at an end, two in a row, or a tab; take it out"


@rule(FAMILY, Severity.WARNING)
def translation_identical(translated: Translated) -> Found:
    """A translation is its source, letter by letter.

    Why: it counts as translated, and readers see English that is not marked as such.

    Bad: `msgstr "The host does not answer."`

    Good: a translation, or `msgstr ""`.
    """
    for pair in translated.pairs:
        if pair.entry.msgstr == pair.msgid and len(words_of(pair.source.plain)) > 1:
            yield pair.entry.msgstr_span, "the translation is the source itself; translate it, or empty it"


class Told(NamedTuple):
    """A translation, as it is held against those of the same text in other catalogues, by a sum of it."""

    locale: str
    context: str
    msgid: str
    digest: int
    span: Span


def told(translated: Translated) -> list[Told]:
    """The translations of a catalogue."""
    return [
        Told(
            translated.locale,
            pair.entry.context or "",
            pair.msgid,
            crc32(pair.entry.msgstr.encode()),
            pair.entry.msgstr_span,
        )
        for pair in translated.pairs
    ]


@rule(FAMILY, Severity.WARNING, scope=ACROSS)
def translation_differs(found: Iterable[Told]) -> Found:
    """One text is translated in two ways.

    Why: readers take two sentences for two facts. Where both are right, the source gives the text a
    `context:`, so that it is two texts.

    Bad: `The host does not answer.` as `Узел не отвечает.` here and `Хост молчит.` there.

    Good: one of them in both places.
    """
    first: dict[tuple[str, str, str], Told] = {}
    for item in found:
        other = first.setdefault(item[:3], item)
        if other.digest != item.digest:
            field = field_of(Entry(msgid=item.msgid, context=item.context or None))
            yield (
                item.span.within(field),
                f"the same text is translated otherwise in {other.span}; make them alike",
            )
