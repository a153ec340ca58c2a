"""The manual that findings are mailed to: what it claims of a call, and how departures from it are sorted.

The records mirror the YAML files in ``source/findings``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

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

    def passages(self) -> Iterator[tuple[int, str]]:
        """The paragraphs of the wording, each after how many blanks set it in: lines set in alike are one."""
        lines = self.wording.rstrip().splitlines()
        for depth, found in groupby(lines, key=lambda line: len(line) - len(line.lstrip())):
            yield depth, " ".join(map(str.strip, found))

    def suggestions(self) -> Iterator[tuple[str, str]]:
        """What the wording says: each paragraph, after the errnos that head it, or nothing."""
        head = ""
        for _, text in self.passages():
            if not text.isupper():
                yield head, text
            head = text if text.isupper() else ""


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
