"""Reads the source: one YAML file -> a ``Page`` or an ``Edition``, or every problem of the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from manproof.diagnostic import Diagnostic, Span, error
from manproof.load.decode import WRONG, Decoder
from manproof.load.tree import UnreadableError, decode, parse
from manproof.spec import Edition, Example, Group, Page, Paragraph, Subsection, Word

__all__ = ["load_edition", "load_page", "load_program"]


def load_page(data: bytes, path: str) -> tuple[Page | None, list[Diagnostic]]:
    """The page of a file, and its problems; without a page the problems say why."""
    page, found = _load(data, path, Page)
    if page is not None:
        found += _named_as(page, path)
        found += _duplicates(page)
    return page, found


def load_edition(data: bytes, path: str) -> tuple[Edition | None, list[Diagnostic]]:
    """The edition of an ``edition.yaml``, and its problems."""
    return _load(data, path, Edition)


def load_program(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of a program that a page shows, and its problems."""
    found: list[Diagnostic] = []
    try:
        return decode(data, path, found), found
    except UnreadableError as unreadable:
        return None, [unreadable.diagnostic]


def _load(data: bytes, path: str, kind: type) -> tuple[Any, list[Diagnostic]]:
    tree, found = parse(data, path)
    if tree is None:
        return None, found
    decoder = Decoder()
    record: Any = decoder.decode(tree, kind, "")
    problems = sorted([*found, *decoder.found], key=lambda d: d.span)
    return (None if record is WRONG or problems else record), problems


def _named_as(page: Page, path: str) -> list[Diagnostic]:
    """A page lies in the file of its name, so that two pages cannot write one output."""
    expected = f"{page.name}.{page.section}.yaml"
    if path.rpartition("/")[2] == expected:
        return []
    span = page.name.span
    return [error("file-name", span, f"this page is {page.title}; name its file {expected}")]


def _duplicates(page: Page) -> Iterator[Diagnostic]:
    """Ids are anchors, so each stands once."""
    seen: dict[str, Span] = {}
    for word in _ids(page):
        if word in seen:
            message = f"the id {word} stands at line {seen[word].line} already; choose another"
            yield error("duplicate-id", word.span, message)
        seen.setdefault(word, word.span)


def _ids(page: Page) -> Iterator[Word]:
    for item in _items(page):
        if isinstance(item, Group):
            yield item.group
            yield from (p.id for p in item.intro if p.id)
            yield from (cause.id for row in item.rows for cause in row.causes)
            yield from (cause.id for cause in item.rare)
        elif isinstance(item, Subsection):
            yield item.id
            yield from (p.id for p in item.body if p.id)
        elif item.id:
            yield item.id


def _items(page: Page) -> Iterator[Paragraph | Subsection | Group | Example]:
    for body in (
        page.library, page.description, page.return_value, page.errors, page.versions,
        page.standards, page.history, page.notes, page.caveats, page.bugs, page.examples,
    ):  # fmt: skip
        yield from body
