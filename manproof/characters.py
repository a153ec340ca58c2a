"""Characters that no source text may hold, because a reviewer could not see what they do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

REFUSED = re.compile(
    "["
    "\x00-\x08\x0b-\x1f"  # C0 but for tab and line feed
    "\x7f-\x9f"  # delete and C1, next line (NEL) among them
    "\u2028\u2029"  # line and paragraph separator: line breaks to some readers only
    "\u202a-\u202e"  # bidirectional embeddings and overrides
    "\ufeff\ufffd"  # byte order mark inside a text; the sign of an earlier decoding error
    "\ud800-\udfff"  # lone surrogates
    "\ufdd0-\ufdef"
    + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(17))
    + "]"
)
"""What is refused wherever it stands; isolates are refused where they are not paired."""

_ISOLATES = re.compile("[\u2066-\u2069]")


class Refused(NamedTuple):
    """A character that must not stand in a text: where (from 0) and what it is."""

    offset: int
    name: str


def refused(text: str) -> Iterator[Refused]:
    """The characters of ``text`` that are refused, in order (Unicode 15, chapters 5.8 and 23).

    Joiners, directional marks and isolates that close again stay: Persian, Arabic, Hebrew
    and Indic texts need them.
    """
    if all(map(str.isprintable, text.split("\n"))) and "\ufffd" not in text:
        return  # nearly all texts; this takes a fifth of the time of the expressions
    for match in REFUSED.finditer(text):
        yield Refused(match.start(), code_point(match[0]))
    if has_isolates(text):
        yield from unbalanced(text)


def has_isolates(text: str) -> bool:
    """Whether a text holds any directional isolate, paired or not."""
    return _ISOLATES.search(text) is not None


def code_point(character: str) -> str:
    """``U+202E (right-to-left override)``: the number and, where it has one, the name."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def unbalanced(text: str) -> Iterator[Refused]:
    """Directional isolates that do not close, or close without an opening, within their line."""
    start = 0
    for line in text.split("\n"):
        opened: list[Refused] = []
        for match in _ISOLATES.finditer(line):
            here = Refused(start + match.start(), f"{code_point(match[0])}, not paired in its line")
            if match[0] != "\u2069":
                opened.append(here)
            elif opened:
                opened.pop()
            else:
                yield here
        yield from opened
        start += len(line) + 1
