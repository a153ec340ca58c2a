"""The nouns of the words column: an edition, a page, and what a page says.

The records mirror the YAML source field by field, so the loader and the JSON Schema are both
derived from them. Every text knows where it was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from manproof.diagnostic import Span
from manproof.grammar import (
    Address,
    Condition,
    CType,
    Date,
    Errno,
    FileName,
    Header,
    Id,
    Identifier,
    Line,
    Margin,
    Name,
    Outcome,
    Reference,
    Release,
    Releases,
    SectionNumber,
)


@dataclass(frozen=True, kw_only=True)
class Prose:
    """reST text that people read, and translators translate; the span is its first character."""

    text: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Holds:
    """For whom a cause holds; outside these limits another answer contradicts nothing."""

    linux: Releases | None = None
    caller: Literal["privileged", "unprivileged"] | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Under this condition (or every condition that begins so), the call has this outcome."""

    condition: Condition
    outcome: Outcome
    linux: Releases | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Prose (one paragraph or several blocks) and the claims that it makes."""

    text: Prose
    id: Id | None = None
    since: Release | None = None
    holds: Holds | None = None
    claims: tuple[Claim, ...] = ()
    context: Line | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Subsection:
    """A part of a section under a title of its own."""

    subsection: Prose
    id: Id
    body: tuple[Paragraph, ...]
    context: Line | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One reason for an errno, with the claims that prove it or the reason why none can."""

    id: Id
    when: Prose
    claims: tuple[Claim, ...] = ()
    holds: Holds | None = None
    unproven: Line | None = None
    context: Line | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry of ERRORS: one errno, or several that share their causes."""

    errno: tuple[Errno, ...]
    causes: tuple[Cause, ...]
    span: Span


@dataclass(frozen=True, kw_only=True)
class Rare:
    """A cause that most programs never meet: a phrase, which the errnos follow."""

    id: Id
    errno: tuple[Errno, ...]
    when: Prose
    claims: tuple[Claim, ...] = ()
    holds: Holds | None = None
    unproven: Line | None = None
    context: Line | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Group:
    """Part of ERRORS under one title: rows ordered by errno, or rare causes ordered by theme."""

    group: Id
    title: Prose | None = None
    intro: tuple[Paragraph, ...] = ()
    rows: tuple[Row, ...] = ()
    rare: tuple[Rare, ...] = ()
    context: Line | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter of a C function."""

    type: CType
    name: Identifier


@dataclass(frozen=True, kw_only=True)
class Prototype:
    """The declaration of a C function."""

    name: Identifier
    returns: CType
    parameters: tuple[Parameter, ...] = ()
    span: Span


@dataclass(frozen=True, kw_only=True)
class Synopsis:
    """Headers, declarations, and (where the edition gives one) the command that links."""

    includes: tuple[Header, ...]
    functions: tuple[Prototype, ...]
    link: Line | None = None


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """A row of the ATTRIBUTES table."""

    type: Prose
    value: Prose


@dataclass(frozen=True, kw_only=True)
class Example:
    """A program beside the page; the file is shown whole and is no text to translate."""

    id: Id
    file: FileName
    title: Prose | None = None
    text: Prose | None = None
    context: Line | None = None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Conditions that this page leaves to another one, and why."""

    conditions: tuple[Condition, ...]
    page: Reference
    reason: Line


Body = tuple[Paragraph | Subsection, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    """A manual page in one edition."""

    name: Name
    section: SectionNumber
    date: Date
    summary: Prose
    library: Body = ()
    synopsis: Synopsis | None = None
    description: Body
    return_value: Body = ()
    errors: tuple[Paragraph | Group, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    versions: Body = ()
    standards: Body = ()
    history: Body = ()
    notes: Body = ()
    caveats: Body = ()
    bugs: Body = ()
    examples: tuple[Example | Paragraph, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    see_also: tuple[Reference, ...] = ()
    span: Span

    @property
    def title(self) -> str:
        """``connect(2)``."""
        return f"{self.name}({self.section})"


SectionField = Literal[
    "name", "library", "synopsis", "description", "return_value", "errors", "attributes",
    "versions", "standards", "history", "notes", "caveats", "bugs", "examples", "see_also",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A section of the edition's pages: the field that it shows, and its title."""

    field: SectionField
    title: Line


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A manual: what its pages have in common.

    ``source`` and ``manual`` stand in the foot and the head, if the manual has them there, and
    ``title_form`` says in which letters the title does. ``folders`` are those of man(1): ``man3`` or
    ``man3socket``. ``manpages`` is where the pages of others are read; without it they are no links.
    """

    label: Line
    manual: Margin | None = None
    source: Margin | None = None
    licence: Line
    platform: Literal["linux", "illumos"]
    status: Literal["current", "historical", "foreign"]
    title_form: Literal["as-named", "upper-case"] = "as-named"
    date_form: Literal["iso", "month-day-year"] = "iso"
    folders: Literal["by-digit", "by-section"] = "by-digit"
    manpages: Address | None = None
    sections: tuple[Heading, ...]
    external: tuple[Reference, ...] = ()
    span: Span
