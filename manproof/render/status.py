"""How far each language is: a page for those who would help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manproof.interface import CATALOGUES, PLACES, STATUS_ABOUT
from manproof.render import Settings
from manproof.render.frame import frame, own, page
from manproof.render.index import percent
from manproof.site import Language


@dataclass(frozen=True, kw_only=True)
class Line:
    """A catalogue: its file, and how much of it is ``done``.

    ``name`` and ``href`` are those of the page that it translates; another has the name of its ``catalogue``.
    """

    name: str = ""
    catalogue: str = ""
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
    named = {name: settings.words(text, "site") for name, text in CATALOGUES.items()}
    compared = settings.words(PLACES["comparison"], "site")

    def called(line: Line) -> str:
        """What a catalogue holds, for people."""
        kind, _, call = line.catalogue.partition("/")
        return line.name or (f"{compared}: {call}()" if call else named[kind])

    return page(
        settings,
        "status.html",
        frame(settings, own("status"), title=title, description=about, place="status"),
        heading=title,
        about=about,
        progress=[(each.language, [(called(line), line) for line in each.lines]) for each in languages],
    )
