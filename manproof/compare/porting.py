"""What changes for a program that is moved from what one column documents to another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from manproof.compare.rows import Row, Table, alike

ANOTHER = "Same situation, another outcome"
NEW = "New: only {to} names an error here"
NEVER = "Never there: {to} does not know these errnos"
SILENT = "Silent: {to} says nothing of what {source} documents"
SAME = "The same in both"


@dataclass(frozen=True, kw_only=True)
class Porting:
    """The rows under their headings, in the order in which they matter, and the errnos of one side only."""

    source: str
    to: str
    parts: Mapping[str, tuple[Row, ...]]
    gone: tuple[str, ...]
    added: tuple[str, ...]


def porting(table: Table, source: str, to: str, *, same: bool = False) -> Porting:
    """The answer for two columns of a table; ``same`` adds the rows on which both agree.

    An errno is never there if the other names it nowhere.
    """
    here, there = table.column(source), table.column(to)
    headings = (ANOTHER, NEW, NEVER, SILENT, *([SAME] if same else []))
    found: dict[str, list[Row]] = {heading: [] for heading in headings}
    for row in table.rows:
        if (heading := _heading(row, source, to, there.named)) in found:
            found[heading].append(row)
    names = {"source": source, "to": to}
    return Porting(
        source=source,
        to=to,
        parts={name.format(**names): tuple(rows) for name, rows in found.items()},
        gone=tuple(sorted(_only(here.errnos, there.named))),
        added=tuple(sorted(_only(there.errnos, here.named))),
    )


def _only(ours: Iterable[str], theirs: Collection[str]) -> Iterator[str]:
    """The errnos that only one side names, under any name of the same number."""
    return (one for one in ours if not any(alike((one,), (other,)) for other in theirs))


def _heading(row: Row, source: str, to: str, known: frozenset[str]) -> str:
    """Which list a row belongs to, or nothing where nothing changes."""
    here, there = row.cells[source], row.cells[to]
    if here.outcomes and there.outcomes:
        return SAME if alike(here.outcomes, there.outcomes) else ANOTHER
    if there.errnos:
        return NEW
    if here.errnos:
        return NEVER if set(_only(here.errnos, known)) == here.errnos else SILENT
    return ""
