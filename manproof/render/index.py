"""The page that lists all pages: by edition, each with its summary and its languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from manproof.render import Language, Settings
from manproof.render.skeleton import fill
from manproof.words import COMPARED


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page in the list; ``page`` is the name of its files, such as ``connect.2``."""

    title: str
    page: str
    summary: str
    languages: tuple[Language, ...]

    def address(self, language: Language) -> str:
        """Where the page lies in a language, from the folder of its edition."""
        return f"{quote(self.page)}.{language.locale}.html"


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """An edition and its pages, in their order; ``name`` is its folder."""

    name: str
    label: str
    manual: str
    entries: tuple[Entry, ...]


def render(shelves: Sequence[Shelf], settings: Settings, comparisons: Sequence[Entry] = ()) -> str:
    """The index as HTML; it lies in the folder above those of the editions."""
    return fill(
        settings.templates,
        "index.html",
        settings=settings,
        words=settings.words,
        heading=settings.words("Manual pages", "site"),
        shelves=shelves,
        compared=settings.words(COMPARED["title"], "comparison"),
        comparisons=comparisons,
    )
