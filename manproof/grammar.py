"""What the words of the source must look like: names, dates, errnos, conditions, releases."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Annotated, NamedTuple

from manproof.diagnostic import Span

NOWHERE = Span(path="")


class Pattern(NamedTuple):
    """What a word must look like: an anchored expression, and its description for people."""

    expression: str
    description: str

    def accepts(self, text: str) -> bool:
        """Whether the whole of ``text`` fits; a digit is one of ASCII, as in JSON Schema."""
        return _compiled(self.expression)(text) is not None


@cache
def _compiled(expression: str) -> Callable[[str], re.Match[str] | None]:
    return re.compile(expression, re.ASCII).fullmatch


class Word(str):
    """A string of the source that is no prose, with the place where it stands."""

    span: Span

    def __new__(cls, text: str, span: Span = NOWHERE) -> Word:
        word = super().__new__(cls, text)
        word.span = span
        return word


Name = Annotated[
    Word,
    Pattern(
        r"(?!.*\.\.)[a-zA-Z0-9_][a-zA-Z0-9_.+-]{0,63}",
        "a page name: up to 64 letters, digits and _ . + -, without two dots in a row",
    ),
]
SectionNumber = Annotated[Word, Pattern(r"[1-9][a-z]{0,15}", "a manual section such as 2 or 3socket")]
Date = Annotated[
    Word,
    Pattern(r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date such as 2026-11-21"),
]
Id = Annotated[
    Word,
    Pattern(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "an id: lower-case words joined by hyphens"),
]
Errno = Annotated[Word, Pattern(r"E[A-Z0-9]{1,30}", "the name of an errno such as EACCES")]
Condition = Annotated[
    Word,
    Pattern(
        r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*",
        "a condition or a dotted prefix of conditions, such as unix.write-denied",
    ),
]
Outcome = Annotated[Word, Pattern(r"success|E[A-Z0-9]{1,30}", "an errno such as EACCES, or success")]
Releases = Annotated[
    Word,
    Pattern(
        r"(>=|<)\d{1,3}(\.\d{1,3}){1,2}( <\d{1,3}(\.\d{1,3}){1,2})?",
        "a range of releases such as >=6.3 or >=5.10 <6.1",
    ),
]
Release = Annotated[Word, Pattern(r"\d{1,3}(\.\d{1,3}){1,2}", "a release such as 2.2 or 5.10")]
Reference = Annotated[
    Word,
    Pattern(
        r"[a-zA-Z0-9_][a-zA-Z0-9_.+:-]{0,63}\([1-9][a-zA-Z]{0,15}\)",
        "another page, such as socket(2)",
    ),
]
FileName = Annotated[
    Word,
    Pattern(r"[a-zA-Z0-9_][a-zA-Z0-9_.+-]{0,63}", "the name of a file in the same folder"),
]
Header = Annotated[
    Word,
    Pattern(r"[a-zA-Z0-9_]+([/.-][a-zA-Z0-9_]+)*\.h", "a header such as sys/socket.h"),
]
Identifier = Annotated[Word, Pattern(r"[A-Za-z_][A-Za-z0-9_]{0,63}", "an identifier of C")]
CType = Annotated[
    Word,
    Pattern(r"[A-Za-z_][A-Za-z0-9_ *\[\]]{0,127}", "a type of C such as const struct sockaddr *"),
]
Line = Annotated[Word, Pattern(r"[^\n\t]{1,200}", "one line of text without tabs, of up to 200 characters")]
Margin = Annotated[
    Word, Pattern(r"[^\n\t%]{1,200}", "one line of text without tabs and %, of up to 200 characters")
]
"""Text in the head or foot of a page, where troff takes a per cent sign for the page number."""
Address = Annotated[
    Word,
    Pattern(
        r"(?=.*\{name\})(?=.*\{section\})https://[^\s<>\"\\^`|\x7f-\x9f]{1,200}",
        "an https address with {name} and {section} in it, and perhaps {locale}",
    ),
]
Verbatim = Annotated[Word, Pattern(r"[\s\S]{1,2000}", "text of up to 2,000 characters")]
