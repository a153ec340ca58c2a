"""The page that lists all pages: by edition, each with its summary, its evidence and its languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from manproof.interface import INDEX_ABOUT, INDEX_TITLE, VERDICTS, VERIFIED
from manproof.render import Settings
from manproof.render.frame import frame, own, page
from manproof.site import ENGLISH, Language
from manproof.words import fill


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page in the list; ``page`` is the name of its files, such as ``connect.2``.

    ``verified`` is how many of its causes a run confirmed, and of how many, or nothing; ``translated`` the
    same of its passages, by locale.
    """

    title: str
    page: str
    summary: str
    english: bool = False
    languages: tuple[Language, ...]
    verified: tuple[int, ...] = ()
    translated: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def address(self, language: Language, infix: str = "") -> str:
        """Where the page lies in a language, from the folder of its edition."""
        return f"{quote(self.page)}{infix}.{language.locale}.html"

    def reader(self, locale: str) -> Language:
        """The language in which a reader of this one is given the page."""
        return next((item for item in self.languages if item.locale == locale), self.languages[0])


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """An edition and its pages, in their order; ``name`` is its folder."""

    name: str
    label: str
    manual: str
    entries: tuple[Entry, ...]


def render(shelves: Sequence[Shelf], settings: Settings) -> str:
    """The index as HTML; it lies in the folder above those of the editions."""
    title = settings.words(INDEX_TITLE, "site")
    return page(
        settings,
        "index.html",
        frame(
            settings,
            own("index"),
            title=title,
            description=settings.words(INDEX_ABOUT, "site"),
            place="index",
        ),
        heading=title,
        about=settings.words(INDEX_ABOUT, "site"),
        shelves=[
            {
                "shelf": shelf,
                "manual": "" if shelf.manual.startswith(shelf.label) else shelf.manual,
                "rows": [_row(shelf, entry, settings) for entry in shelf.entries],
            }
            for shelf in shelves
        ],
    )


def _row(shelf: Shelf, entry: Entry, settings: Settings) -> dict[str, object]:
    reader = entry.reader(settings.language.locale)
    folder = quote(shelf.name)
    unproved = settings.words(VERDICTS["unverified"], "site")
    counts = dict(zip(("confirmed", "total"), entry.verified, strict=False))
    return {
        "entry": entry,
        "href": f"{folder}/{entry.address(reader)}",
        "verified": fill(settings.words(VERIFIED, "site"), counts) if counts else unproved,
        "evidence": f"{folder}/{entry.address(reader, '.evidence')}" if counts else "",
        "languages": [
            (item, f"{folder}/{entry.address(item)}", _translated(entry, item)) for item in entry.languages
        ],
    }


def _translated(entry: Entry, language: Language) -> int | None:
    """How much of a page is translated, in percents; nothing for English, which it was written in."""
    if language.locale == ENGLISH.locale:
        return None
    return percent(*entry.translated.get(language.locale, (0, 0)))


def percent(done: int, total: int) -> int:
    """How much is done, in whole percents; 100 is only what is done entirely."""
    return done * 100 // total if total else 100
