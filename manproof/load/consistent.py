"""What a comparison's records cannot say of themselves: that names stand once, and are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from manproof.comparison import Comparison
from manproof.diagnostic import Diagnostic, Span, error
from manproof.grammar import Word


def consistent(comparison: Comparison) -> Iterator[Diagnostic]:
    """What names another thing twice, or nothing at all."""
    rows = list(comparison.situations)
    yield from _once("id", (manual.id for manual in comparison.manuals))
    yield from _once("id", [*(f.family for f in comparison.families), *(row.id for row in rows)])
    yield from _once("id", (note.id for note in comparison.notes))
    yield from _once("condition", (name for row in rows for name in row.conditions))
    manuals = {str(manual.id) for manual in comparison.manuals}
    named = (name for row in rows for says in row.says for name in says.manuals)
    yield from _known("manual", named, manuals)
    situations = {str(row.id) for row in rows}
    yield from _known(
        "situation", (name for note in comparison.notes for name in note.situations), situations
    )


def _once(what: str, words: Iterable[Word]) -> Iterator[Diagnostic]:
    seen: dict[str, Span] = {}
    for word in words:
        if word in seen:
            message = f"the {what} {word} stands at line {seen[word].line} already; keep one"
            yield error(f"duplicate-{what}", word.span, message)
        seen.setdefault(word, word.span)


def _known(what: str, words: Iterable[Word], known: set[str]) -> Iterator[Diagnostic]:
    for word in words:
        if word not in known:
            yield error(
                f"unknown-{what}", word.span, f"there is no {what} {word} in this file; correct it, or add it"
            )
