"""The escape sequences of roff, as far as words depend on them (groff(7), mandoc_char(7))."""

from __future__ import annotations

import re

_NAME = r"(?:\((?P<{0}2>..)|\[(?P<{0}n>[^\]\n]{{0,64}})\]|(?P<{0}1>.))"
_ESCAPE = re.compile(
    r"\\(?:"
    rf"[fFmMYgkOV]{_NAME.format('f')}"  # fonts, colours, marks: no text
    r"|s(?:[+-]?\((?:[+-]?..)|[+-]?\[[^\]\n]{0,64}\]|[+-]?'[^'\n]{0,64}'|[+-]?(?:[1-3][0-9]|[0-9]))"  # sizes
    r"|[ABbCDHhLlNoRSvwXxZ](?P<quote>[^\sA-Za-z0-9])(?:(?!(?P=quote)).)*(?P=quote)?"  # moves and drawings
    rf"|(?P<special>\(..|\[[^\]\n]{{0,64}}\])"
    r"|(?P<one>.)"
    r"|$)"
)

_SPECIAL = {
    "hy": "-", "-": "-", "mi": "-", "en": "–", "em": "—", "aq": "'", "dq": '"', "cq": "’", "oq": "‘",
    "lq": "“", "rq": "”", "rs": "\\", "ti": "~", "ha": "^", "bu": "•", "ga": "`", "sl": "/", "or": "|",
    "lB": "[", "rB": "]", "at": "@", "sh": "#", "Do": "$", "lC": "{", "rC": "}",
}  # fmt: skip
_ONE = {"-": "-", " ": " ", "~": " ", "0": " ", "e": "\\", "t": "\t", "'": "´", "`": "`", "_": "_", ".": "."}
"""What a backslash makes of the next character, if it makes any text of it."""


def plain(text: str) -> str:
    """A line's text without its escapes: ``\\fB\\s-1EACCES\\s0\\fP`` is ``EACCES``.

    A character of a name that is not known here becomes ``?``, so that words stay apart.
    """
    return _ESCAPE.sub(_shown, text) if "\\" in text else text


def _shown(match: re.Match[str]) -> str:
    if special := match["special"]:
        name = special[1:].removesuffix("]") if special[0] == "[" else special[1:]
        return _SPECIAL.get(name) or _code_point(name)
    one = match["one"]
    return _ONE.get(one, "") if one else ""


def _code_point(name: str) -> str:
    """``u2014`` is a dash."""
    found = re.fullmatch(r"u([0-9A-Fa-f]{4,6})", name)
    number = int(found[1], 16) if found else 0
    usable = 0x20 <= number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if usable else "?"


_COMMENT = re.compile(r'(?<!\\)((?:\\\\)*)\\["#].*', re.DOTALL)


def without_comment(text: str) -> str:
    """A line up to its comment."""
    return _COMMENT.sub(r"\1", text) if "\\" in text else text


def arguments(text: str) -> list[str]:
    """The arguments of a request: between blanks, or between quotes, where ``""`` is a quote."""
    found, at, end = [], 0, len(text)
    while at < end:
        if text[at] in " \t":
            at += 1
        elif text[at] == '"':
            match = _QUOTED.match(text, at + 1)
            assert match is not None
            found.append(match[1].replace('""', '"'))
            at = match.end()
        else:
            match = _BARE.match(text, at)
            assert match is not None
            found.append(match[0])
            at = match.end()
    return found


_QUOTED = re.compile(r'((?:[^"]|"")*)"?', re.DOTALL)
_BARE = re.compile(r"(?:\\.|[^ \t])+", re.DOTALL)
