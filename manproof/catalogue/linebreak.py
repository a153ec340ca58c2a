"""Where a line of text may end, and how many columns it takes, as GNU gettext sees it.

The rules are those of UAX #14 in the form of the gettext programs: a table of pairs, and a few
rules that look further back. `may_break` looks only at the neighbourhood of one position, so that
whoever fills lines asks at the few places where a line could end instead of everywhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from manproof.catalogue.linebreak_table import FOLLOWERS, PAIRS, RUNS

_ATTACHED = "Mj"  # combining marks and the joiner belong to what stands before them
_SYLLABLES = range(0xAC00, 0xD7A4)

# A text without a match takes one column a character.
_NOT_NARROW = re.compile("[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0556\u2010-\u2027\u2030-\u205f]")


@cache
def _runs() -> tuple[list[int], list[tuple[str, int]]]:
    """First code points of the runs of the table, and what each run is."""
    starts, kinds, start = [], [], 0x20
    for run in RUNS.split():
        starts.append(start)
        kinds.append((" " if run[0] == "s" else run[0], int(run[1])))
        start += int(run[2:], 36)
    return starts, kinds


class _Classes(dict[str, str]):
    """Character -> class, filled as characters are met."""

    def __missing__(self, char: str) -> str:
        code = ord(char)
        letter = _kind(code)[0]
        if code in _SYLLABLES and (code - _SYLLABLES.start) % 28:
            letter = "3"
        self[char] = letter
        return letter


class _Widths(dict[str, int]):
    """Character -> columns, filled as characters are met."""

    def __missing__(self, char: str) -> int:
        columns = self[char] = _kind(ord(char))[1]
        return columns


def _kind(code: int) -> tuple[str, int]:
    starts, kinds = _runs()
    return kinds[bisect_right(starts, code) - 1] if code >= starts[0] else ("M", 0)


_CLASS = _Classes()
_WIDTH = _Widths()


_PAIRS = {p + n: v for ps, row in PAIRS.items() for p in ps for n, v in zip(FOLLOWERS, row, strict=True)}
_ADJACENT = {pair: verdict == "D" for pair, verdict in _PAIRS.items()}
_SPACED = {pair: verdict != "P" for pair, verdict in _PAIRS.items()}

# Pairs that the table alone decides: without Hebrew letters before a hyphen, flags, and the
# mark of a sentence before "<".
_DECIDED = {p: v for p, v in _ADJACENT.items() if p[0] not in "-|" and p not in ("RR", ",A")}


def may_break(text: str, at: int, start: int = 0) -> bool:
    """Whether a line that begins at ``start`` may end before ``text[at]`` (UAX #14)."""
    verdict = _DECIDED.get(_CLASS[text[at - 1]] + _CLASS[text[at]])
    return _may_break_far(text, at, start) if verdict is None else verdict


def _may_break_far(text: str, at: int, start: int) -> bool:
    """The rules that need more than two neighbours."""
    after = _CLASS[text[at]]
    if after in " z":
        return False  # LB7
    last = at - 1
    while last >= 0 and text[last] == " ":
        last -= 1
    if last < 0:
        return False  # only spaces so far: still the beginning of the line
    spaced = last < at - 1
    if after in _ATTACHED or _CLASS[text[last]] == "z":
        return spaced or _CLASS[text[last]] == "z"  # LB8, LB9, LB10
    before = _base(text, last)
    if text[at] == "<" and before == ",":
        return True  # as gettext does, for the sake of "sentence.</p>"
    if spaced:
        return _SPACED.get(before + after, False)
    return _may_break_adjacent(text, at, start, before + after)


def _may_break_adjacent(text: str, at: int, start: int, pair: str) -> bool:
    if _CLASS[text[at - 1]] == "j":
        return False  # LB8a
    if pair[0] in "-|" and at > 1 and _CLASS[text[at - 2]] == "H":
        return False  # LB21a
    if pair == "RR":
        return _flags_before(text, at, start) % 2 == 0  # LB30a
    return _ADJACENT.get(pair, False)


def _base(text: str, at: int) -> str:
    """The class of ``text[at]`` or, if that is a mark, of what the mark belongs to (LB9, LB10)."""
    while (letter := _CLASS[text[at]]) in _ATTACHED:
        if at == 0 or _CLASS[text[at - 1]] in " z":
            return "A"
        at -= 1
    return letter


def _flags_before(text: str, at: int, start: int) -> int:
    """The regional indicators before a place; a line never begins between the two of a flag."""
    first = at
    while first > start and _CLASS[text[first - 1]] == "R":
        first -= 1
    return at - first


def columns(text: str) -> list[int] | None:
    """The column after each character, or None if each takes one column (UAX #11)."""
    if _NOT_NARROW.search(text) is None:
        return None
    return list(accumulate(_WIDTH[char] for char in text))
