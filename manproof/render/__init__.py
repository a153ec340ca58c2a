"""What every writer is told beside the document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manproof.words import PARTLY, STALE, Words, english, fill

_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl"}
"""Modifiers of locales that are scripts for BCP 47."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language of a page: its locale, its own name for itself, ``ltr`` or ``rtl``."""

    locale: str = "en"
    name: str = "English"
    direction: str = "ltr"

    @property
    def tag(self) -> str:
        """The locale as BCP 47 and HTML write it: ``pt_BR`` is ``pt-BR``, ``sr@latin`` ``sr-Latn``."""
        place, _, modifier = self.locale.partition("@")
        language, *territory = place.split("_")
        return "-".join(filter(None, [language, _SCRIPTS.get(modifier, modifier), *territory]))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The surroundings of a page, in the language of the page.

    ``date`` is written out; ``origin`` is the path of the source as a reader may know it;
    ``languages`` are those that the page exists in; ``words`` translates the fixed words.

    For links, ``titles`` are the pages of the edition, ``english_only`` those among them that do
    not exist in the language of this page, and ``manpages`` is the address of any other page, with
    ``{name}``, ``{section}`` and ``{locale}``. ``templates`` is the folder of the HTML skeletons.
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
    titles: Collection[str] = ()
    english_only: Collection[str] = ()
    manpages: str = "https://manpages.debian.org/{name}.{section}"
    templates: Path = Path("templates")
    words: Words = english


def notice(document: Any, settings: Settings) -> str:
    """What readers are told of passages in English, in their own language; nothing if there are none."""
    missing, total = document.get("untranslated", (0, 0))
    if not missing:
        return ""
    partly = fill(settings.words(PARTLY, ""), {"missing": missing, "total": total})
    return f"{partly} {settings.words(STALE, '')}"
