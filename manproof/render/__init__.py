"""What every writer is told beside the document."""

from __future__ import annotations

from dataclasses import dataclass

from manproof.words import Words, english


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The surroundings of a page, in the language of the page.

    ``date`` is written out; ``origin`` is the path of the source as the reader may know it;
    ``words`` translates the fixed words.
    """

    locale: str = "en"
    edition: str = ""
    label: str = ""
    manual: str = ""
    source: str = ""
    date: str = ""
    licence: str = ""
    origin: str = ""
    words: Words = english
