"""A keyword and its text as lines of a PO file, wrapped as gettext wraps them.

A line holds 79 columns. A text that does not fit beside its keyword, or holds a newline before its
end, begins on the next line; it is then cut after each newline and where UAX #14 allows it (see
`linebreak`). What no rule can cut stays whole, however long.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from manproof.catalogue.flags import directives
from manproof.catalogue.linebreak import columns, may_break

PAGE_WIDTH = 79

_SPECIAL = re.compile(r'["\\\x00-\x1f]')
_ESCAPES = {ord(c): f"\\{e}" for c, e in zip('\a\b\f\r\t\v"\\', 'abfrtv"\\', strict=True)}
_UNLIMITED = 1 << 30
_NEWLINE = "\\n"  # as it is written


def lines_of(keyword: str, text: str, prefix: str = "", flags: tuple[str, ...] = ()) -> list[str]:
    """The lines for ``keyword "text"``, each after ``prefix`` (such as ``#~ ``).

    With the flag ``no-wrap`` they are cut after newlines only; with the flag of a format, never
    inside a directive.
    """
    room = _UNLIMITED if "no-wrap" in flags else PAGE_WIDTH - 2 - len(prefix)
    parts = [text] if _SPECIAL.search(text) is None else _escaped_parts(text)
    if len(parts) == 1 and _stays(parts[0], room - len(keyword) - 1, flags):
        return [f'{prefix}{keyword} "{parts[0]}"']
    lines = [f'{prefix}{keyword} ""']
    for part in parts:
        lines += [f'{prefix}"{line}"' for line in _filled(part, room, flags)]
    return lines


def _escaped_parts(text: str) -> list[str]:
    """The text as it is written, cut after each newline."""
    *whole, rest = text.translate(_ESCAPES).split("\n")
    parts = [part + _NEWLINE for part in whole]
    return [*parts, rest] if rest else parts


def _stays(text: str, room: int, flags: tuple[str, ...]) -> bool:
    """Whether a text stands beside its keyword: it fits, or nothing can cut it."""
    ends = columns(text)
    if (len(text) if ends is None else ends[-1]) <= room:
        return True
    return _first_cut(text, 0, 1, _closed(text, flags)) == 0


def _filled(text: str, room: int, flags: tuple[str, ...]) -> list[str]:
    """One part, cut into lines of at most ``room`` columns where that is allowed."""
    ends = columns(text)
    closed = _closed(text, flags)
    lines, start, base, total = [], 0, 0, len(text) if ends is None else ends[-1]
    while total - base > room:
        limit = start + room if ends is None else bisect_right(ends, base + room)
        cut = _last_cut(text, start, limit, closed) or _first_cut(text, start, limit + 1, closed)
        if not cut:
            break
        lines.append(text[start:cut])
        start, base = cut, cut if ends is None else ends[cut - 1]
    return [*lines, text[start:]]


def _last_cut(text: str, start: int, limit: int, closed: frozenset[int]) -> int:
    """The last place up to ``limit`` where a line from ``start`` on may be cut, or 0."""
    for at in range(limit, start, -1):
        if may_break(text, at, start) and at not in closed and not _in_escape(text, at, start):
            return at
    return 0


def _first_cut(text: str, start: int, first: int, closed: frozenset[int]) -> int:
    """The first place from ``first`` on where a line from ``start`` on may be cut, or 0."""
    for at in range(first, len(text)):
        if may_break(text, at, start) and at not in closed and not _in_escape(text, at, start):
            return at
    return 0


def _in_escape(text: str, at: int, start: int) -> bool:
    """Whether a place is inside an escape, or just before the newline that ends the part."""
    if at == len(text) - 2 and text.endswith(_NEWLINE):
        return True
    run = at
    while run > start and text[run - 1] == "\\":
        run -= 1
    return (at - run) % 2 == 1


def _closed(text: str, flags: tuple[str, ...]) -> frozenset[int]:
    """The places inside the directives of a format string."""
    if not flags:
        return frozenset()
    return frozenset(at for m in directives(text, flags) for at in range(m.start() + 1, m.end()))
