"""Changes of a source text that its translations need not follow."""

from __future__ import annotations

import re

# What must stay as it is: markup, links, numbers with their sign, options, and names in capitals.
_FIXED = re.compile(
    r":[\w.+-]+:`[^`]*`"
    r"|``.+?``|`[^`]+`_{0,2}|\*\*[^*]+\*\*|\*[^*\s][^*]*\*"
    r"|[a-z]+://[^\s<>]+"
    r"|(?<![\w-])[-+\u2212]?\d(?:[\d.,:/\u2013-]*\d)?"
    r"|(?<![\w-])--?[A-Za-z][\w-]*"
    r"|\b[A-Z0-9_]*[A-Z_][A-Z0-9_]+\b",
    re.DOTALL,
)
_DROPPED = re.compile("[.'\u2019-]")  # they stand inside words too: e.g., don't, non-blocking
_SPACING = re.compile('[\\s,;:!"()\\[\\]\u2018\u201a\u201c-\u201e\u2026\xab\xbb\u2010-\u2015]+')


def differs_only_in_punctuation(old: str, new: str) -> bool:
    """Whether two texts say the same but for punctuation, spaces and the case of letters.

    Only outside markup: roles, literals, emphasis, links, numbers, options and words in capitals
    must be the same, in the same order. A question mark counts, and so do signs such as ``/``,
    ``%`` or ``<``.
    """
    return _FIXED.findall(old) == _FIXED.findall(new) and _words(old) == _words(new)


def _words(text: str) -> list[list[str]]:
    """The words before, between and after what must stay as it is."""
    return [_SPACING.sub(" ", _DROPPED.sub("", part)).casefold().split() for part in _FIXED.split(text)]
