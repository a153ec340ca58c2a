"""What changes for a program that is moved from what one column documents to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from manproof.compare.rows import Row, Table, alike

ANOTHER = "Same situation, another outcome"
NEW = "New: only {to} names an error here"
NEVER = "Never there: {to} does not know these errnos"
SILENT = "Silent: {to} says nothing of what {source} documents"


@dataclass(frozen=True, kw_only=True)
class Porting:
    """The rows that matter under their headings, in the order in which they matter."""

    source: str
    to: str
    parts: Mapping[str, tuple[Row, ...]]


def porting(table: Table, source: str, to: str) -> Porting:
    """The answer for two columns of a table. An errno is never there if the other documents it nowhere."""
    known = table.column(to).errnos
    found: dict[str, list[Row]] = {heading: [] for heading in (ANOTHER, NEW, NEVER, SILENT)}
    for row in table.rows:
        if heading := _heading(row, source, to, known):
            found[heading].append(row)
    names = {"source": source, "to": to}
    return Porting(
        source=source, to=to, parts={name.format(**names): tuple(rows) for name, rows in found.items()}
    )


def _heading(row: Row, source: str, to: str, known: frozenset[str]) -> str:
    """Which list a row belongs to, or nothing where nothing changes."""
    here, there = row.cells[source], row.cells[to]
    if here.outcomes and there.outcomes:
        return "" if alike(here.outcomes, there.outcomes) else ANOTHER
    if there.errnos:
        return NEW
    if here.errnos:
        return SILENT if any(alike((one,), (other,)) for one in here.errnos for other in known) else NEVER
    return ""
