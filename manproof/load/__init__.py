"""Reads the source: one YAML file -> a ``Page`` or an ``Edition``, or every problem of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from manproof.diagnostic import Diagnostic, Span, error
from manproof.grammar import Word
from manproof.load.decode import WRONG, Decoder
from manproof.load.tree import UnreadableError, decode, parse
from manproof.spec import Edition, Example, Group, Page, Paragraph, Subsection

if TYPE_CHECKING:
    from manproof.comparison import Comparison
    from manproof.glossary import Glossary
    from manproof.upstream import Upstream

__all__ = [
    "load_comparison",
    "load_edition",
    "load_glossary",
    "load_page",
    "load_program",
    "load_upstream",
]

MAX_PROBLEMS = 100
"""Of one file."""


def load_page(data: bytes, path: str) -> tuple[Page | None, list[Diagnostic]]:
    """The page of a file, and its problems; without a page the problems say why."""
    page, found = _load(data, path, Page)
    if page is not None:
        found += [*_named_as(page, path), *_dated(page), *_duplicates(page), *_empty(page)][:MAX_PROBLEMS]
    return page, found


def load_edition(data: bytes, path: str) -> tuple[Edition | None, list[Diagnostic]]:
    """The edition of an ``edition.yaml``, and its problems."""
    edition, found = _load(data, path, Edition)
    return edition, [*found, *(_sections(edition) if edition is not None else ())]


def load_comparison(data: bytes, path: str) -> tuple[Comparison | None, list[Diagnostic]]:
    """What other manuals document of a call, and the problems of the file."""
    from manproof.comparison import Comparison
    from manproof.load.consistent import consistent

    comparison, found = _load(data, path, Comparison)
    return comparison, [*found, *(consistent(comparison) if comparison is not None else ())][:MAX_PROBLEMS]


def load_upstream(data: bytes, path: str) -> tuple[Upstream | None, list[Diagnostic]]:
    """The manual that findings are mailed to, and the problems of the file."""
    from manproof.upstream import Upstream

    return _load(data, path, Upstream)


def load_glossary(data: bytes, path: str) -> tuple[Glossary | None, list[Diagnostic]]:
    """The words that a project has agreed on for a language, and the problems of the file."""
    from manproof.glossary import Glossary

    return _load(data, path, Glossary)


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
    return (None if record is WRONG or problems else record), _first(problems, path)


def _first(problems: list[Diagnostic], path: str) -> list[Diagnostic]:
    """As many problems as people read at once, and how many more there are."""
    if len(problems) <= MAX_PROBLEMS:
        return problems
    message = f"{len(problems) - MAX_PROBLEMS} more problems in this file; mend these first"
    return [*problems[:MAX_PROBLEMS], error("more-problems", Span(path=path), message)]


def _named_as(page: Page, path: str) -> list[Diagnostic]:
    """A page lies in the file of its name, so that two pages cannot write one output."""
    expected = f"{page.name}.{page.section}.yaml"
    if path.rpartition("/")[2] == expected:
        return []
    span = page.name.span
    return [error("file-name", span, f"this page is {page.title}; name its file {expected}")]


def _dated(page: Page) -> Iterator[Diagnostic]:
    """The date is one of the calendar; its form has been checked."""
    try:
        date.fromisoformat(page.date)
    except ValueError:
        yield error("wrong-value", page.date.span, f"there is no day {page.date}; correct the date")


def _empty(page: Page) -> Iterator[Diagnostic]:
    """A group of errors has some."""
    for item in page.errors:
        if isinstance(item, Group) and not item.rows and not item.rare:
            message = f"the group {item.group} has neither rows nor rare causes; add some, or remove it"
            yield error("missing-field", item.span, message)


def _duplicates(page: Page) -> Iterator[Diagnostic]:
    """Ids are anchors, so each stands once."""
    seen: dict[str, Span] = {}
    for word in _ids(page):
        if word in seen:
            message = f"the id {word} stands at line {seen[word].line} already; choose another"
            yield error("duplicate-id", word.span, message)
        seen.setdefault(word, word.span)


def _sections(edition: Edition) -> Iterator[Diagnostic]:
    """Each section stands once, under its own title, and NAME is there for apropos(1)."""
    fields = [heading.field for heading in edition.sections]
    for words in (fields, [heading.title for heading in edition.sections]):
        for word in _repeated(words):
            span = getattr(word, "span", edition.span)
            yield error("duplicate-section", span, f"the section {word} is listed twice; keep one")
    if "name" not in fields:
        yield error("missing-section", edition.span, "the section name is missing; apropos(1) reads it")


def _repeated(words: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            yield word
        seen.add(word)


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
