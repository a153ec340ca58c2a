"""Diagnostics for people: what is wrong, and the line of the source that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from unicodedata import combining, east_asian_width

from manproof.diagnostic import Diagnostic, Severity, Span, note, quoted
from manproof.report.run import LEVELS, Run

_ENOUGH = 3
"""Notes of one rule on one file that are told in full; errors and warnings are all told."""
_WIDTH = 110
"""Cells of a source line that are shown; of a longer one, those around the place."""
_BEFORE = 70
_BOLD, _DIM, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def render(run: Run) -> str:
    """Each diagnostic; after those on one place an excerpt of the source, where there is a line to show."""
    items = list(_folded(run.found))
    following = [item.span[:3] for item in items[1:]]  # one line may hold several fields
    return "".join(
        f"{_told(item, () if item.span[:3] == after else _excerpt(item.span, run), run.colour)}\n"
        for item, after in zip_longest(items, following)
    )


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
            yield note(rule, Span(path), f"{count - _ENOUGH} more like this; --format concise has them all")


def _told(item: Diagnostic, excerpt: Sequence[str], colour: bool) -> str:
    if not colour:
        return "\n".join([str(item), *excerpt])
    hue = f"\x1b[{LEVELS[item.severity].colour}m"
    head = f"{_BOLD}{item.span}:{_OFF} {_BOLD}{hue}{item.severity}:{_OFF} {quoted(item.message)}"
    lines = [f"{head} {_DIM}[{item.rule}]{_OFF}"]
    for line in excerpt:
        margin, bar, rest = line.partition(" | ")
        lines.append(f"{_DIM}{margin}{bar}{_OFF}{hue if rest.strip() == '^' else ''}{rest}{_OFF}")
    return "\n".join(lines)


def _excerpt(span: Span, run: Run) -> Sequence[str]:
    """The line of a place, and a caret below its column; nothing where there is no such line."""
    lines = run.lines(span.path) if span.line else ()
    if not 0 < span.line <= len(lines) or not lines[span.line - 1].strip():
        return ()
    line, margin = lines[span.line - 1], f"{span.line:>6}"
    shown, before = _window("".join(map(_visible, line)), max(span.column - 1, 0))
    if not 0 < span.column <= len(line) + 1:
        return (f"{margin} | {shown}",)
    return f"{margin} | {shown}", f"{' ' * len(margin)} | {' ' * _cells(before)}^"


def _visible(character: str) -> str:
    """A character as one that takes no liberties with the screen."""
    if character.isprintable():
        return character
    return " " if character == "\t" else "\ufffd"


def _window(line: str, place: int) -> tuple[str, str]:
    """What is shown of a line, and the part of that before a place."""
    start = max(0, min(place - _BEFORE, len(line) - _WIDTH))
    shown = line[start : start + _WIDTH]
    ahead = "…" if start else ""
    behind = "…" if start + _WIDTH < len(line) else ""
    return f"{ahead}{shown}{behind}", ahead + shown[: place - start]


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
