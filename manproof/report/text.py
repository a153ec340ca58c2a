"""Diagnostics for people: one line each."""

from __future__ import annotations

from collections.abc import Sequence

from manproof.diagnostic import Diagnostic


def render(found: Sequence[Diagnostic]) -> str:
    """A line for each diagnostic: the place, the severity, the fact and the way out, the rule."""
    return "".join(f"{diagnostic}\n" for diagnostic in found)
