"""What is wrong, how badly, and where: the one vocabulary of every check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How much a diagnostic matters; the order is the order of importance."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Span(NamedTuple):
    """A place in a file.

    ``line`` and ``column`` count from 1; 0 means that the whole file is meant.
    ``field`` is the path of the field inside the file, such as ``errors/unix/write-denied/when``.
    """

    path: str
    line: int = 0
    column: int = 0
    field: str = ""

    def at(self, *, line: int = 0, column: int = 0) -> Span:
        """The same field, ``line`` lines further down, at ``column`` (0 keeps the column)."""
        return Span(self.path, self.line + line, column or self.column, self.field)

    def within(self, field: str) -> Span:
        """The same place, as that of a field."""
        return Span(self.path, self.line, self.column, field)

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([quoted(self.path), *numbers])


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """One finding: the rule that made it, its severity, its place, and what to do about it."""

    rule: str
    severity: Severity
    span: Span
    message: str

    def __str__(self) -> str:
        return f"{self.span}: {self.severity}: {quoted(self.message)} [{self.rule}]"


class UserError(Exception):
    """A mistake of the user that stops the command: a sentence that names the way out."""


def error(rule: str, span: Span, message: str) -> Diagnostic:
    """A diagnostic that fails a run."""
    return Diagnostic(rule=rule, severity=Severity.ERROR, span=span, message=message)


def warning(rule: str, span: Span, message: str) -> Diagnostic:
    """A diagnostic that fails a lint, but not a build."""
    return Diagnostic(rule=rule, severity=Severity.WARNING, span=span, message=message)


def note(rule: str, span: Span, message: str) -> Diagnostic:
    """A diagnostic that is only told."""
    return Diagnostic(rule=rule, severity=Severity.NOTE, span=span, message=message)


def quoted(text: str) -> str:
    """``text`` fit for one line of a message: controls and lone surrogates are shown as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
