"""What fuzzing found, each as the call that failed."""

from __future__ import annotations

from tests.properties import invariants


def test_an_isolate_ends_with_its_line() -> None:
    """A line of troff was broken inside of one."""
    words = "word " * 40
    invariants.shows(f"{words}\u2067{words}\u2069 {words}")
    invariants.shows("a \u2067b. C :func:`d`\u2069 e")
