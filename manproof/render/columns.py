"""Text measured in the columns of a terminal: its width, lines of it, and tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

_GAP = 2
_NARROWEST = 8
_CLOSING = "、。，．：；？！）」』】》〉ー々"
"""Wide characters that begin no line."""


def width(text: str) -> int:
    """The columns that a text takes: wide characters two, marks on others none."""
    return len(text) if text.isascii() else sum(map(_cells, text))


@cache
def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int) -> str:
    """The text, with blanks up to a column."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """Lines of up to so many columns; a longer word has a line to itself, and no word is cut."""
    lines, line, filled = [], "", 0
    for blank, word in _words(text):
        size = width(word)
        if line and filled + len(blank) + size > columns:
            lines.append(line)
            line, filled = word, size
        else:
            line, filled = (line + blank + word, filled + len(blank) + size) if line else (word, size)
    return [*lines, line] if line else lines


def _words(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text, each with the blank before it; wide characters are words of their own."""
    for word in re.split(r"[ \n]+", text):
        blank = " "
        for part in _parts(word):
            yield blank, part
            blank = ""


def _parts(word: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(word)) if not word.isascii() else ():
        beside_wide = _cells(word[place - 1]) == 2 or _cells(word[place]) == 2
        if beside_wide and _cells(word[place]) and word[place] not in _CLOSING:
            yield word[start:place]
            start = place
    if word:
        yield word[start:]


def columns(rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """A table; where it is too wide, its widest columns are made narrower and their cells broken."""
    sizes = [max(map(width, cells)) for cells in zip(*rows, strict=True)]
    while sum(sizes) + _GAP * (len(sizes) - 1) > room and max(sizes) > _NARROWEST:
        sizes[sizes.index(max(sizes))] -= 1
    for row in rows:
        cells = [wrap(text, size) or [""] for text, size in zip(row, sizes, strict=True)]
        for number in range(max(map(len, cells))):
            parts = (cell[number] if number < len(cell) else "" for cell in cells)
            yield (" " * _GAP).join(map(pad, parts, sizes))
