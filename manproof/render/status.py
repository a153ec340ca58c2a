"""How far each language is: a page for those who would help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manproof.interface import PLACES, STATUS_ABOUT
from manproof.render import Settings
from manproof.render.frame import frame, own, page
from manproof.render.index import percent
from manproof.site import Language


@dataclass(frozen=True, kw_only=True)
class Line:
    """A catalogue: its name and file, where the page is that it translates, and how much is ``done``."""

    name: str
    file: str
    href: str = ""
    done: int
    total: int

    @property
    def percent(self) -> int:
        """How much is done, in whole percents."""
        return percent(self.done, self.total)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A language and its catalogues."""

    language: Language
    lines: tuple[Line, ...]


def render(languages: Sequence[Progress], settings: Settings) -> str:
    """The page of all languages but English, which the source is in."""
    title = settings.words(PLACES["status"], "site")
    about = settings.words(STATUS_ABOUT, "site")
    return page(
        settings,
        "status.html",
        frame(settings, own("status"), title=title, description=about, place="status"),
        heading=title,
        about=about,
        progress=languages,
    )
