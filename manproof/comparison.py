"""What other manuals document of a call, side by side: data in our own words.

The records mirror the YAML files in ``source/comparison``, one for each call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from manproof.diagnostic import Span
from manproof.grammar import Condition, Id, Line, Name, Outcome, Reference
from manproof.spec import Prose


@dataclass(frozen=True, kw_only=True)
class Manual:
    """A page of another manual, and the revision that was read; ``caveat`` says what was not."""

    id: Id
    label: Line
    page: Reference
    revision: Line
    caveat: Prose | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Says:
    """What some manuals document of a situation: any of these outcomes.

    ``force`` is how strongly POSIX puts it: errors that it requires, requires of AF_UNIX sockets, or
    allows. ``unverified`` is the reason why a claim is not known for certain.
    """

    outcomes: tuple[Outcome, ...]
    manuals: tuple[Id, ...]
    force: Literal["shall", "shall-unix", "may"] | None = None
    unverified: Line | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A row of the comparison: conditions, or dotted prefixes of them, and who says what of them.

    ``causes`` are the ids of causes in our own pages that belong here and claim no condition. ``asked`` is
    the call that answers, where it is another one that tells what state was left behind.
    """

    id: Id
    title: Prose
    conditions: tuple[Condition, ...] = ()
    causes: tuple[Id, ...] = ()
    asked: Name | None = None
    says: tuple[Says, ...] = ()
    span: Span


@dataclass(frozen=True, kw_only=True)
class Family:
    """Situations under one title."""

    family: Id
    title: Prose
    situations: tuple[Situation, ...]
    span: Span


@dataclass(frozen=True, kw_only=True)
class Note:
    """A contradiction in a few sentences, and the situations that it explains."""

    id: Id
    text: Prose
    situations: tuple[Id, ...] = ()
    span: Span


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All that is known of the other manuals of one call."""

    call: Name
    manuals: tuple[Manual, ...] = ()
    families: tuple[Family, ...] = ()
    notes: tuple[Note, ...] = ()
    span: Span

    @property
    def situations(self) -> Iterator[Situation]:
        """All rows, in their order."""
        for family in self.families:
            yield from family.situations
