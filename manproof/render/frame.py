"""What surrounds every page of the site: its head, the ways to other pages, and the languages.

All addresses are relative, so that the site works below any path and from the disk; only what search engines
are told (the canonical address) is absolute, if the project says where the site will lie.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from manproof.interface import PLACES, SCRIPT
from manproof.render import Settings
from manproof.render.skeleton import fill
from manproof.site import Language

Path = Callable[[str], str]
"""Gives the path of a page in a locale, from the root of the site."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way to another page; ``code`` is text that is not to be translated, ``here`` the way to this one."""

    href: str
    text: str
    code: bool = False
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The finished values of ``base.html``."""

    title: str
    description: str
    root: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    trail: tuple[Link, ...]
    places: tuple[Link, ...]
    languages: tuple[tuple[Language, Link], ...]
    script: str


def address(name: str, locale: str) -> str:
    """The path of one of the site's own pages: ``index.html`` in English, ``findings.ru.html``."""
    return "index.html" if (name, locale) == ("index", "en") else f"{name}.{locale}.html"


def own(name: str) -> Path:
    """The paths of one of the site's own pages."""
    return lambda locale: address(name, locale)


def frame(
    settings: Settings,
    path: Path,
    *,
    title: str,
    description: str,
    trail: Sequence[Link] = (),
    place: str = "",
) -> Frame:
    """The frame of a page; ``place`` is the name of the site's own page that it is, or belongs to."""
    here = path(settings.language.locale)
    root = "../" * here.count("/")
    base = settings.site.base
    ways = {
        item.locale: base + path(item.locale) if base else _sibling(path, item) for item in settings.languages
    }
    default = ways.get("en") or next(iter(ways.values()), "")
    tagged = [(item.tag, ways[item.locale]) for item in settings.languages]
    said = {key: settings.words(msgid, "site") for key, msgid in SCRIPT.items()}
    return Frame(
        title=title,
        description=description,
        root=root,
        canonical=base + here if base else "",
        alternates=(*tagged, ("x-default", default)) if len(tagged) > 1 else (),
        trail=tuple(trail),
        places=_places(settings, root, place),
        languages=_languages(settings, path),
        script=json.dumps({**said, "locale": settings.language.locale}, ensure_ascii=False),
    )


def _sibling(path: Path, language: Language) -> str:
    """The page in another language, from itself: they lie in one folder."""
    return path(language.locale).rpartition("/")[2]


def _places(settings: Settings, root: str, place: str) -> tuple[Link, ...]:
    return tuple(
        Link(
            href=root + address(stem, settings.language.locale),
            text=settings.words(PLACES[name], "site"),
            here=name == place,
        )
        for name, stem in settings.site.places
    )


def _languages(settings: Settings, path: Path) -> tuple[tuple[Language, Link], ...]:
    """The switch; a page in one language needs none."""
    if len(settings.languages) < 2:
        return ()
    here = settings.language.locale
    return tuple(
        (item, Link(href=_sibling(path, item), text=item.name, here=item.locale == here))
        for item in settings.languages
    )


def page(
    settings: Settings,
    skeleton: str,
    framed: Frame,
    *,
    styles: tuple[str, ...] = ("site.css",),
    rules: str = "",
    **values: Any,
) -> str:
    """A page in its frame; ``styles`` and ``rules`` are what it wears beside the common stylesheet."""
    return fill(
        settings.templates,
        skeleton,
        styles=styles,
        rules=rules,
        settings=settings,
        words=settings.words,
        frame=framed,
        **values,
    )
