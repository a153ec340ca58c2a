"""What the live preview adds to a page that it serves: its problems, and the way to the translators' view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from manproof.interface import LIVE_MORE, LIVE_PROBLEMS
from manproof.render import Settings
from manproof.render.skeleton import fill as page
from manproof.words import fill

_MOST = 20
"""Problems that are shown; the terminal has them all."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong: ``place`` is file, line and column, ``kind`` is ``error`` or ``warning``."""

    place: str
    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}: {self.message}"


def panel(problems: Sequence[Problem], settings: Settings, review: str) -> str:
    """The corner of a page; ``review`` is the address of the translators' view, or nothing."""
    said = settings.words
    more = len(problems) - _MOST
    return page(
        settings.templates,
        "live.html",
        settings=settings,
        words=said,
        heading=fill(said(LIVE_PROBLEMS, "site"), {"count": len(problems)}),
        problems=problems[:_MOST],
        grave=any(each.kind == "error" for each in problems),
        more=fill(said(LIVE_MORE, "site"), {"count": more}) if more > 0 else "",
        review=review,
    )
