"""What every writer is told beside the document."""

from __future__ import annotations

from dataclasses import dataclass

from manproof.words import Words, english


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language of a page: its locale, its own name for itself, ``ltr`` or ``rtl``."""

    locale: str = "en"
    name: str = "English"
    direction: str = "ltr"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The surroundings of a page, in the language of the page.

    ``date`` is written out; ``origin`` is the path of the source as a reader may know it;
    ``languages`` are those that the page exists in and ``titles`` the pages of its edition;
    ``words`` translates the fixed words.
    """

    language: Language = Language()
    languages: tuple[Language, ...] = (Language(),)
    edition: str = ""
    label: str = ""
    manual: str = ""
    source: str = ""
    date: str = ""
    licence: str = ""
    origin: str = ""
    titles: tuple[str, ...] = ()
    words: Words = english
