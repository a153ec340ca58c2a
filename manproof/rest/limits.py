"""The bounds of a text of prose, whoever parses it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from manproof.diagnostic import Diagnostic, Span, error

MAX_TEXT = 20_000
MAX_NESTING = 12
MAX_WORD = 400

TOO_DEEP = "the text is nested too deeply; flatten it"


def limits(text: str, span: Span) -> Iterator[Diagnostic]:
    """Bounds that keep docutils' regular expressions and recursion cheap."""
    if len(text) > MAX_TEXT:
        yield error("text-too-long", span, f"a text is limited to {MAX_TEXT} characters; split it")
    if _NESTED(text):
        yield error("rest-nesting", span, TOO_DEEP)
    if match := _LONG_WORD(text):
        line = text.count("\n", 0, match.start())
        yield error(
            "text-too-long", span.at(line=line), f"a word is limited to {MAX_WORD} characters; split it"
        )
    if "\t" in text:
        line = text.count("\n", 0, text.index("\t"))
        yield error("tab", span.at(line=line), "a tab stands here; write spaces")


_LONG_WORD = re.compile(rf"[\w.+:-]{{{MAX_WORD + 1}}}").search
"""In words of these characters docutils looks for a reference from every character on."""
_NESTED = re.compile(
    rf"^(?:[ ]{{0,8}}(?:[-*+]|\(?\w{{1,3}}[.)])[ ]+){{{MAX_NESTING},}}|^[ ]{{60}}", re.MULTILINE
).search
