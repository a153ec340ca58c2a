"""Diagnostics for people and editors: one line each."""

from __future__ import annotations

from manproof.report.run import Run


def render(run: Run) -> str:
    """A line for each diagnostic: the place, the severity, the fact and the way out, the rule."""
    return "".join(f"{diagnostic}\n" for diagnostic in run.found)
