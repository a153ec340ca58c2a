"""The flags of an entry (``#,``): their order, and the formats that bind a translation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# The order in which gettext 0.21 writes them; each also as "no-...-format".
_FORMAT_NAMES = (
    "c objc python python-brace java java-printf csharp javascript scheme lisp elisp librep ruby "
    "sh awk lua object-pascal smalltalk qt qt-plural kde kde-kuit boost tcl perl perl-brace php "
    "gcc-internal gfc-internal ycp"
)
_FORMATS = _FORMAT_NAMES.split()
_RANK = {
    "fuzzy": -1,
    **{f"{no}{name}-format": rank for rank, name in enumerate(_FORMATS) for no in ("", "no-")},
    "no-wrap": len(_FORMATS) + 1,
}
_RANGE = re.compile(r"range:\s*(\d+)\s*\.\.\s*(\d+)")

# What a translation must keep of a format string, by flag.
DIRECTIVES = {
    "c-format": re.compile(
        r"%(?:[0-9]+\$)?[-+ #0'I]*(?:[0-9]+|\*)?(?:\.(?:[0-9]+|\*)?)?"
        r"(?:hh|h|ll|l|L|q|j|z|t|Z)?(?:[diouxXeEfFgGaAcspnCSm%]|<PRI[a-zA-Z0-9]+>)"
    ),
    "python-format": re.compile(
        r"%(?:\([^)]*\))?[-+ #0]*(?:[0-9]+|\*)?(?:\.(?:[0-9]+|\*))?[hlL]?[diouxXeEfFgGcrsa%]"
    ),
    "python-brace-format": re.compile(r"\{[A-Za-z0-9_.\[\]]*(?:![rsa])?(?::[^{}]*)?\}"),
}


def parsed(text: str) -> list[str]:
    """The flags of one ``#,`` line (without the ``#,``)."""
    found = [f"range: {low}..{high}" for low, high in _RANGE.findall(text)]
    return found + _RANGE.sub(" ", text).replace(",", " ").split()


def in_order(flags: Iterable[str]) -> tuple[str, ...]:
    """Flags as gettext orders them, each once; unknown ones come last and stay.

    ``wrap`` is the default and left out, as gettext does.
    """
    known = dict.fromkeys(flag for flag in flags if flag != "wrap")
    if len(known) < 2:
        return tuple(known)
    return tuple(sorted(known, key=_rank))


def _rank(flag: str) -> int:
    return len(_FORMATS) if flag.startswith("range:") else _RANK.get(flag, len(_FORMATS) + 2)


def directives(text: str, flags: tuple[str, ...]) -> list[re.Match[str]]:
    """The format directives of a text, for the first of its flags that names a known format."""
    for flag in flags:
        if flag in DIRECTIVES:
            return list(DIRECTIVES[flag].finditer(text))
    return []
