"""What a PO file holds: entries, the catalogue they form, and how far it is translated."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias
from zlib import crc32

from manproof.catalogue.header import fields
from manproof.diagnostic import Span

Key: TypeAlias = tuple[str | None, str]
"""Context (None where there is none) and msgid."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Previous:
    """What the source said when the entry was last translated (the ``#|`` lines)."""

    msgid: str
    context: str | None = None
    plural: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One message and its translation.

    ``context`` is None where there is no ``msgctxt`` (an empty one is another thing). ``plural`` is
    the ``msgid_plural``; ``forms`` then holds every ``msgstr[n]``, and ``msgstr`` is the first.
    ``unknown`` holds the lines that begin with ``#`` and a sign without a meaning here, such as
    ``#=``, as they are. Lines count from 1; 0 means that the entry was not read from a file.
    Places do not count when entries are compared.
    """

    msgid: str
    msgstr: str = ""
    context: str | None = None
    plural: str | None = None
    forms: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    previous: Previous | None = None
    obsolete: bool = False
    path: str = field(default="", compare=False)
    msgid_line: int = field(default=0, compare=False)
    msgstr_line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """What tells the entry from all others of its catalogue."""
        return self.context, self.msgid

    @property
    def fuzzy(self) -> bool:
        """Whether somebody has yet to look at the translation."""
        return "fuzzy" in self.flags

    @property
    def translated(self) -> bool:
        """Whether the translation may be shown: whole, not fuzzy, not obsolete."""
        return bool(self.msgstr) and all(self.forms) and not self.fuzzy and not self.obsolete

    @property
    def msgid_span(self) -> Span:
        """Where ``msgid`` stands."""
        return _span(self.path, self.msgid_line)

    @property
    def msgstr_span(self) -> Span:
        """Where ``msgstr`` (or ``msgstr[0]``) stands."""
        return _span(self.path, self.msgstr_line)


def _span(path: str, line: int) -> Span:
    return Span(path=path, line=line, column=1 if line else 0)


def field_of(entry: Entry) -> str:
    """The path of an entry's field: the beginning of its text, and a sum of its whole key."""
    key = crc32(f"{entry.context}\n{entry.msgid}".encode())
    return f"{entry.msgid[:40]}…{key:08x}"


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """Entries of a catalogue without its header; fuzzy ones are not translated."""

    translated: int
    fuzzy: int
    untranslated: int
    obsolete: int


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """A PO file: its header entry (msgid ``""``), the other entries in order, and its path.

    Obsolete entries are among ``entries``; the writer puts them at the end.
    """

    header: Entry | None = None
    entries: tuple[Entry, ...] = ()
    path: str = field(default="", compare=False)

    @cached_property
    def fields(self) -> dict[str, str]:
        """The header's fields, in order."""
        return fields(self.header.msgstr) if self.header else {}

    @cached_property
    def by_key(self) -> dict[Key, Entry]:
        """Every entry, obsolete ones too, by context and msgid."""
        return {entry.key: entry for entry in self.entries}

    def field(self, line: int) -> str:
        """What tells the entry in a line from all others, when lines have moved; nothing in the header."""
        found = next((entry for entry in reversed(self._by_line) if entry.msgid_line <= line), None)
        return field_of(found) if found is not None else ""

    @cached_property
    def _by_line(self) -> list[Entry]:
        return sorted(self.entries, key=lambda entry: entry.msgid_line)

    def lookup(self, msgid: str, context: str | None = None) -> Entry | None:
        """The entry in use for a text, or None; obsolete entries are not in use."""
        entry = self.by_key.get((context, msgid))
        return None if entry is None or entry.obsolete else entry

    def statistics(self) -> Statistics:
        """How many entries are translated, fuzzy, untranslated and obsolete."""
        live = [entry for entry in self.entries if not entry.obsolete]
        translated = sum(entry.translated for entry in live)
        fuzzy = sum(entry.fuzzy and bool(entry.msgstr) for entry in live)
        return Statistics(
            translated=translated,
            fuzzy=fuzzy,
            untranslated=len(live) - translated - fuzzy,
            obsolete=len(self.entries) - len(live),
        )
