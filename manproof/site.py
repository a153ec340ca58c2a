"""What a page of HTML knows of the site that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

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


ENGLISH = Language()


@dataclass(frozen=True, kw_only=True)
class Site:
    """What pages of HTML know of the site that they belong to.

    ``base`` is the address where it will lie, with a slash at its end, or nothing where that is not known;
    ``places`` are the pages that every page leads to: the name of each, and its path without the language.
    """

    base: str = ""
    places: tuple[tuple[str, str], ...] = (("index", "index"),)


ALONE = Site()
"""A page without a site."""
