"""Characters that no catalogue may hold: they deceive a reader or break an output."""

from __future__ import annotations

import re

# Controls but tab and newline, line and paragraph separators, byte order mark, replacement
# character, bidirectional embeddings and overrides, surrogates, non-characters.
_NONCHARACTERS = "".join(f"{chr(p * 0x10000 + 0xFFFE)}-{chr(p * 0x10000 + 0xFFFF)}" for p in range(17))
REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef"
    + _NONCHARACTERS
    + "]"
)
_ISOLATES = re.compile("[\u2066-\u2069]")


def has_isolates(text: str) -> bool:
    """Whether a text holds any isolate, balanced or not."""
    return any(isolate in text for isolate in "\u2066\u2067\u2068\u2069")


def unbalanced(text: str) -> int:
    """The position of the first isolate (U+2066 to U+2069) without its partner, or -1."""
    opened: list[int] = []
    for match in _ISOLATES.finditer(text):
        if match[0] != "\u2069":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            return match.start()
    return opened[0] if opened else -1


def named(char: str) -> str:
    """``U+0085`` for a character."""
    return f"U+{ord(char):04X}"
