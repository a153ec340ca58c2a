"""Diagnostics for people: one line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from manproof.diagnostic import Diagnostic, Severity, Span, note

_ENOUGH = 3
"""Notes of one rule on one file that are told in full; errors and warnings are all told."""


def render(found: Sequence[Diagnostic]) -> str:
    """A line for each diagnostic: the place, the severity, the fact and the way out, the rule."""
    return "".join(f"{diagnostic}\n" for diagnostic in _folded(found))


def _folded(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics, with a count in the place of many notes that say the same."""
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in found:
        key = (diagnostic.span.path, diagnostic.rule)
        seen[key] += diagnostic.severity is Severity.NOTE
        if diagnostic.severity is not Severity.NOTE or seen[key] <= _ENOUGH:
            yield diagnostic
    for (path, rule), count in seen.items():
        if count > _ENOUGH:
            yield note(rule, Span(path), f"{count - _ENOUGH} more like this; --format json has them all")
