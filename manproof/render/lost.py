"""The page for addresses that lead nowhere (404), in all languages at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from manproof.interface import LOST, LOST_WAY_OUT
from manproof.render import Settings
from manproof.render.frame import Link, address, frame, page


def render(told: Sequence[Settings]) -> str:
    """The page; a server may show it at any address, so links begin at its root where that is known."""
    first = replace(told[0], languages=())
    base = urlsplit(first.site.base).path
    framed = frame(first, lambda _locale: "404.html", title=first.words(LOST, "site"), description="404")
    return page(
        first,
        "404.html",
        replace(framed, root=base, canonical="", places=tuple(_at(base, link) for link in framed.places)),
        passages=[
            (
                each.language,
                each.words(LOST, "site"),
                Link(
                    href=base + address("index", each.language.locale), text=each.words(LOST_WAY_OUT, "site")
                ),
            )
            for each in told
        ],
    )


def _at(base: str, link: Link) -> Link:
    return replace(link, href=base + link.href)
