"""What a comparison is made of: the pages of a call in all editions, the other manuals, and a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes

from manproof import compare, evidence
from manproof.compare import Column, Table, words
from manproof.comparison import Comparison
from manproof.config import Project
from manproof.diagnostic import Diagnostic, UserError, quoted
from manproof.grammar import NOWHERE, Word
from manproof.join import heads, statements
from manproof.load import load_comparison, load_edition, load_page, load_upstream
from manproof.observation import Record
from manproof.spec import Edition, Page

Sees = Callable[[Path], object]
"""Told of each file that is read."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A comparison, its words as a document, and what is wrong with what other manuals are said to document.

    What is wrong with the pages that are compared is told apart: a build has told it already.
    """

    table: Table
    comparison: Comparison
    document: nodes.document
    found: tuple[Diagnostic, ...]
    found_in_pages: tuple[Diagnostic, ...]


def kept(project: Project, sees: Sees) -> Record | None:
    """The newest record that a current edition keeps."""
    paths: list[Path] = []
    for name in project.editions():
        file = project.edition_file(name)
        sees(file)
        edition, _ = load_edition(project.read(file), project.shown(file))
        if edition is not None and edition.status == "current":
            sees(file.parent / "evidence")
            paths += evidence.kept(file.parent)
    for path in paths:
        sees(path)
    newest = evidence.newest(paths, project.root)
    return newest and newest[1]


def gather(project: Project, call: str, record: Record | None, sees: Sees = lambda _path: None) -> Compared:
    """The comparison of a call. Raises UserError where no edition has a page of that name."""
    found: list[Diagnostic] = []
    broken: list[Diagnostic] = []
    pages = list(_pages(project, call, sees, broken))
    comparison = _comparison(project, call, sees, found)
    if not pages and comparison is None and not (found or broken):
        fact = f"no edition has a page “{quoted(call[:64])}”, and source/comparison says nothing of it"
        raise UserError(f"{fact}; known are {', '.join(_calls(project))}")
    comparison = comparison or Comparison(call=Word(call), span=NOWHERE)
    columns = [*_columns(pages, comparison, record, call), *_upstream(project, call, record, sees, found)]
    root, problems = words.document(comparison)
    table = compare.table(call, columns, comparison, record)
    return Compared(
        table=table,
        comparison=comparison,
        document=root,
        found=(*found, *problems),
        found_in_pages=tuple(broken),
    )


def _calls(project: Project) -> list[str]:
    """The calls that there is something to compare of."""
    titles = {source.title.partition("(")[0] for source in project.sources(project.editions())}
    return sorted({*titles, *project.comparisons()})


def _pages(
    project: Project, call: str, sees: Sees, found: list[Diagnostic]
) -> Iterator[tuple[str, Edition, Page]]:
    for source in project.sources(project.editions()):
        if source.title.partition("(")[0] != call:
            continue
        file = project.edition_file(source.edition)
        sees(file)
        sees(source.path)
        edition, flaws = load_edition(project.read(file), project.shown(file))
        page, problems = load_page(project.read(source.path), project.shown(source.path))
        found += [*flaws, *problems]
        if edition is not None and page is not None:
            yield source.edition, edition, page


def _comparison(project: Project, call: str, sees: Sees, found: list[Diagnostic]) -> Comparison | None:
    path = project.comparison(call)
    sees(path)
    if not path.exists():
        return None
    comparison, problems = load_comparison(project.read(path), project.shown(path))
    found += problems
    return comparison


def _upstream(
    project: Project, call: str, record: Record | None, sees: Sees, found: list[Diagnostic]
) -> Iterator[Column]:
    """The manuals that findings are mailed to, which are compared where the system was asked."""
    for path in project.upstream():
        sees(path)
        upstream, problems = load_upstream(project.read(path), project.shown(path))
        found += problems
        if upstream is not None and upstream.call == call and record is not None:
            names = [item.condition for item in record.observations]
            yield compare.of_upstream(path.stem, upstream, names)


def _columns(
    pages: list[tuple[str, Edition, Page]], comparison: Comparison, record: Record | None, call: str
) -> Iterator[Column]:
    """The system, then the editions for it first, then the others and the other manuals."""
    seen = compare.of_record(record, call) if record else None
    names = {*(seen.conditions if seen else ())}
    names |= {key for _, _, page in pages for key in _unasked(page, names)}
    keys = {str(key) for row in comparison.situations for key in row.conditions}
    names |= keys - _heads(names)
    if seen:
        yield seen
    kernel = record.system.kernel if record else ""
    ranks = ("current", "foreign", "historical")
    for name, edition, page in sorted(pages, key=lambda item: ranks.index(item[1].status)):
        yield compare.of_page(name, edition, page, names, kernel)
    yield from compare.of_comparison(comparison, names)


def _unasked(page: Page, names: set[str]) -> Iterator[str]:
    """The keys of a page's claims that no recorded condition begins with."""
    known = _heads(names)
    for statement in statements(page):
        for claim in statement.claims:
            if claim.condition not in known:
                yield str(claim.condition)


def _heads(names: set[str]) -> set[str]:
    """The names themselves, and all that claims for them may be keyed by."""
    return {head for name in names for head in heads(name)}
