"""The words that a project has agreed on for one language: ``translations/<locale>/glossary.yaml``."""

from __future__ import annotations

from dataclasses import dataclass

from manproof.diagnostic import Span
from manproof.grammar import Line


@dataclass(frozen=True, kw_only=True)
class Term:
    """A term of the source, and what a translation says for it.

    ``words`` are beginnings of words, of which one must stand in the translation, so that endings may
    follow: ``дескриптор``. ``avoid`` are such beginnings that must not stand in any translation.
    """

    term: Line
    words: tuple[Line, ...]
    avoid: tuple[Line, ...] = ()
    span: Span


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """How a word, or its beginning, is not to be spelt, and how it is: a matter of style."""

    wrong: Line
    right: Line
    span: Span


@dataclass(frozen=True, kw_only=True)
class Glossary:
    """What translations into one language are held to; ``quotes`` are its outer quotation marks."""

    terms: tuple[Term, ...]
    quotes: Line | None = None
    spellings: tuple[Spelling, ...] = ()
    span: Span
