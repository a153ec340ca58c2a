"""The manual that findings are mailed to: what it claims of a call, and how departures from it are sorted.

The records mirror the YAML files in ``source/findings``.
"""

from __future__ import annotations

from dataclasses import dataclass

from manproof.diagnostic import Span
from manproof.grammar import Condition, Date, Id, Line, Outcome, Reference, Verbatim


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A claim: under ``conditions`` one of the outcomes comes, and ``also`` where it may come."""

    id: Id
    outcomes: tuple[Outcome, ...]
    says: Line
    conditions: tuple[Condition, ...] = ()
    also: tuple[Condition, ...] = ()
    span: Span


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Departures that belong in one letter: those with these outcomes under these conditions.

    Where one of both is not given, any will do; the first theme that fits takes a departure. ``entries`` are
    the claims whose errnos, if the kernel never returns them, are told here. ``show`` is the condition
    to reproduce. Of conditions, dotted prefixes do.
    """

    id: Id
    subject: Line
    wording: Verbatim
    entries: tuple[Id, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    conditions: tuple[Condition, ...] = ()
    show: Condition | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Upstream:
    """A page of another manual: its label and date, its claims, and our themes."""

    label: Line
    page: Reference
    date: Date
    entries: tuple[Entry, ...]
    findings: tuple[Theme, ...]
    span: Span

    @property
    def call(self) -> str:
        """The system call: ``connect``."""
        return self.page.partition("(")[0]
