"""The translators' view: each passage with its source text beside it, where it lies, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from docutils import nodes
from markupsafe import Markup

from manproof.interface import REVIEW_COUNT, REVIEW_STATES, REVIEW_TITLE
from manproof.render import Settings
from manproof.render.frame import Path, frame, page
from manproof.render.markup import Writer
from manproof.words import fill

DONE = ("translated", "source")
"""States in which nothing is left to be done."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage as it stands in a language.

    ``state`` is a key of ``REVIEW_STATES``, or ``source`` in the language that the page is written in.
    ``source`` are the nodes of the source text; ``shown`` those of the translation, in force or not, or None
    where there is none or it cannot be read, and ``text`` is what the catalogue has. ``previous`` is the
    source text that a fuzzy translation was made for, ``reasons`` say why one is refused. ``place`` and
    ``origins`` are where the translation and the text lie: file and line. ``href`` leads to the passage.
    """

    about: str = ""
    section: str = ""
    state: str
    source: Sequence[nodes.Node]
    shown: Sequence[nodes.Node] | None = None
    text: str = ""
    previous: str = ""
    reasons: tuple[str, ...] = ()
    place: str = ""
    origins: tuple[str, ...] = ()
    href: str = ""


def render(
    passages: Sequence[Passage],
    settings: Settings,
    path: Path,
    *,
    title: str,
    page_at: str,
    document: Any,
    only_open: bool = False,
) -> str:
    """The view of one page; ``page_at`` is the page's own address, beside this one.

    With ``only_open`` it shows what is left to be done, and nothing else.
    """
    heading = fill(settings.words(REVIEW_TITLE, "site"), {"page": title})
    return page(
        settings,
        "review.html",
        frame(
            settings,
            lambda locale: f"{path(locale)}?review{'=open' if only_open else ''}",
            title=heading,
            description=heading,
        ),
        styles=("site.css", "review.css"),
        heading=heading,
        counts=list(_counted(passages, settings)),
        only_open=only_open,
        some_open=any(each.state not in DONE for each in passages),
        page_at=page_at,
        sections=list(_sections(passages, Writer(document, settings), settings, only_open)),
    )


def _counted(passages: Sequence[Passage], settings: Settings) -> Iterator[tuple[str, str]]:
    """Each state that there is, and how many passages are in it."""
    counts = Counter(each.state for each in passages)
    for state, word in REVIEW_STATES.items():
        if counts[state]:
            values = {"state": settings.words(word, "site"), "count": counts[state]}
            yield state, fill(settings.words(REVIEW_COUNT, "site"), values)


def _sections(
    passages: Sequence[Passage], writer: Writer, settings: Settings, only_open: bool
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The passages that are wanted, below the titles of their sections; all keep their numbers."""
    wanted = [(n, each) for n, each in enumerate(passages, 1) if not only_open or each.state not in DONE]
    for title, part in groupby(wanted, lambda pair: pair[1].section):
        yield title, [_shown(number, each, writer, settings) for number, each in part]


def _shown(number: int, each: Passage, writer: Writer, settings: Settings) -> dict[str, Any]:
    """The finished values of one passage."""
    return {
        "id": f"passage-{number}",
        "number": number,
        "about": each.about,
        "state": each.state,
        "word": settings.words(REVIEW_STATES[each.state], "site") if each.state in REVIEW_STATES else "",
        "source": _inline(each.source, writer),
        "shown": None if each.shown is None else _inline(each.shown, writer),
        "text": each.text,
        "previous": each.previous,
        "reasons": each.reasons,
        "place": each.place,
        "origins": each.origins,
        "href": each.href,
    }


def _inline(children: Sequence[nodes.Node], writer: Writer) -> Markup:
    return Markup(writer.unlinked(nodes.inline("", "", *children)))
