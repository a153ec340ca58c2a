"""What the rules on translations look at: a catalogue, beside what it is to translate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from manproof import translate, words
from manproof.catalogue import Catalogue, Entry
from manproof.diagnostic import Diagnostic
from manproof.glossary import Glossary
from manproof.lint.written import Text
from manproof.translate import Unit


class Pair:
    """A text and the entry that translates it, for showing; ``unit`` is a page's, with its nodes."""

    def __init__(self, entry: Entry, locale: str, unit: Unit | None) -> None:
        self.msgid = entry.msgid
        self.entry = entry
        self.unit = unit
        self.source = Text(text=entry.msgid, span=entry.msgid_span, locale="", lines=False)
        self.said = Text(text=entry.msgstr, span=entry.msgstr_span, locale=locale, lines=False)

    @cached_property
    def names_nothing(self) -> bool:
        """Whether the source is but a pattern, such as that of dates, or a name."""
        return not words_of(self.source.plain)


@dataclass(frozen=True, kw_only=True)
class Translated:
    """A catalogue of a language, and the keys (context and text) of all that there is to translate.

    ``units`` are a page's, with their nodes; the other catalogues have none.
    """

    locale: str
    catalogue: Catalogue
    keys: tuple[tuple[str | None, str], ...]
    units: tuple[Unit, ...] = ()
    glossary: Glossary | None = field(default=None, compare=False)

    @cached_property
    def entries(self) -> tuple[Entry | None, ...]:
        """The entry of each text, or None; each text once."""
        found = (self.catalogue.lookup(msgid, context) for context, msgid in dict.fromkeys(self.keys))
        return tuple(found)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The texts that are translated."""
        units = {(unit.context or None, unit.msgid): unit for unit in self.units}
        return tuple(
            Pair(entry, self.locale, units.get(entry.key))
            for entry in self.entries
            if entry is not None and entry.translated
        )

    def texts(self) -> Iterator[Text]:
        """The translations."""
        return (pair.said for pair in self.pairs)

    def reported(self) -> Iterator[Diagnostic]:
        """What keeps a translation from being shown, as the build tells it."""
        for pair in self.pairs:
            if pair.unit is not None:
                yield from translate.flaws(pair.unit, pair.entry)


_BRACES = re.compile(r"\{\w*\}").sub
_LOWER = re.compile(r"\b[a-z]{3,}\b").findall


def words_of(plain: str) -> list[str]:
    """The ordinary words of an English text, without those in braces."""
    return _LOWER(_BRACES("", plain) if "{" in plain else plain)


def of_page(
    locale: str, catalogue: Catalogue, units: Iterable[Unit], glossary: Glossary | None
) -> Translated:
    """The catalogue of a page."""
    units = tuple(units)
    keys = tuple((unit.context or None, unit.msgid) for unit in units)
    return Translated(locale=locale, catalogue=catalogue, keys=keys, units=units, glossary=glossary)


def placeholders_differ(pair: Pair) -> bool:
    """Whether a translation has other words in braces than its source."""
    return not words.same_placeholders(pair.entry.msgstr, pair.msgid)
