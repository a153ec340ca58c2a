"""The page that lists all pages, from what the builds of the pages recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from manproof.build.make import Product
from manproof.build.site import Surroundings
from manproof.config import SOURCE_LOCALE
from manproof.render.frame import address
from manproof.render.index import Entry, Shelf, render
from manproof.site import Language


def make(around: Surroundings, product: Product, _name: str) -> None:
    """The index in every language; pages that could not be built are not in it."""
    for language in around.languages:
        settings = around.settings(language.locale, product)
        path = f"html/{address('index', language.locale)}"
        product.outputs[path] = render(_shelves(around, language.locale), settings)


def _shelves(around: Surroundings, locale: str) -> list[Shelf]:
    found: dict[str, list[Entry]] = {}
    heads: dict[str, dict[str, str]] = {}
    entries = sorted(around.entries.items())
    proved = {key.partition("/")[0] for key, told in entries if told["verified"]}
    # editions that were held against a kernel come first
    for key, told in sorted(entries, key=lambda item: item[0].partition("/")[0] not in proved):
        edition, page = key.split("/")
        found.setdefault(edition, []).append(entry(page, told, locale))
        heads[edition] = _said(told, locale)
    return [
        Shelf(name=name, label=heads[name]["label"], manual=heads[name]["manual"], entries=tuple(entries))
        for name, entries in found.items()
    ]


def _said(told: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """What a page says of itself in a language, or in English where it has no translation."""
    said: dict[str, Any] = told["said"].get(locale) or told["said"].get(SOURCE_LOCALE)
    return said or next(iter(told["said"].values()))


def entry(page: str, told: Mapping[str, Any], locale: str) -> Entry:
    """A page as its build recorded it."""
    return Entry(
        title=told["title"],
        page=page,
        summary=_said(told, locale)["summary"],
        english=locale not in told["said"],
        languages=tuple(Language(**item) for item in told["languages"] if item["locale"] in told["said"]),
        verified=tuple(told["verified"]),
        translated={name: tuple(said["translated"]) for name, said in told["said"].items()},
    )
