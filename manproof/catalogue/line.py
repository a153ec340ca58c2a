"""What is wrong with a line of a PO file that is not a string of an entry."""

from __future__ import annotations

import re

from manproof.diagnostic import quoted

_KEYWORD = re.compile(r"[ \t]*([^\s\"\[]*)(\[[^\]]*\])?[ \t]*")
_WORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")
_BODY = re.compile(r'[^"\\]*(?:\\[nt"\\][^"\\]*)*')
_NUMERIC = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))")
_CONTROLS = {"a": 7, "b": 8, "f": 12, "r": 13, "v": 11}
_SHOWN = 40  # characters of a file's own text in a message


def flaw(line: str) -> tuple[str, int, str]:
    """The rule, the column (from 1) and the fact with its way out."""
    head = _KEYWORD.match(line)
    assert head is not None  # every part of the pattern may be empty
    word, index = head[1], head[2]
    if word and (word not in _WORDS or (index and word != "msgstr")):
        return "po-syntax", head.start(1) + 1, f"{_shown(word)} is no keyword; {_KEYWORDS}"
    if index and not re.fullmatch(r"\[[0-5]\]", index):
        return "po-syntax", head.start(2) + 1, f"msgstr{_shown(index)}; plural forms are 0 to 5"
    if line[head.end() : head.end() + 1] != '"':
        return "po-syntax", head.end() + 1, 'no text in quotes; write "..." after the keyword'
    return _string(line, head.end() + 1)


_KEYWORDS = "an entry is made of " + ", ".join(_WORDS) + " and comments"


def _string(line: str, start: int) -> tuple[str, int, str]:
    """What is wrong after the opening quote."""
    body = _BODY.match(line, start)
    assert body is not None  # the pattern matches the empty text
    end = body.end()
    if end == len(line):
        return "po-syntax", start, "the text has no closing quote; every line has its own quotes"
    if line[end] == "\\":
        return _escape(line, end)
    return "po-syntax", end + 2, "text after the closing quote; one string a line"


def _escape(line: str, at: int) -> tuple[str, int, str]:
    """What is wrong with the escape at an index."""
    match = _NUMERIC.match(line, at)
    if match is not None:
        code = int(match[1], 16) if match[1] else int(match[2], 8)
        return (
            "po-character",
            at + 1,
            f"{match[0]} stands for byte {code:#04x}; write the character",
        )
    letter = line[at + 1 : at + 2]
    if letter in _CONTROLS:
        named = f"\\{letter} stands for U+{_CONTROLS[letter]:04X}"
        return "po-character", at + 1, f"{named}, which no text may hold; take it out"
    if not letter:
        return "po-syntax", at + 1, "the line ends in a backslash; close the quotes"
    return "po-syntax", at + 1, f"\\{_shown(letter)} is no escape; write \\\\ for a backslash"


def _shown(text: str) -> str:
    return quoted(text if len(text) <= _SHOWN else text[:_SHOWN] + "...")
