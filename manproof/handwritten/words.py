"""What the lines of man(7) and mdoc(7) say, and the few things that they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from manproof import host
from manproof.handwritten.escapes import plain
from manproof.handwritten.lines import Line

_JOINED = frozenset({"B", "I", "SM", "SB", "R"})
_ALTERNATING = frozenset({"BR", "RB", "BI", "IB", "IR", "RI"})

_MDOC = frozenset({
    "Ad", "An", "Ao", "Ap", "Aq", "Ar", "At", "Bc", "Bo", "Bq", "Brc", "Bro", "Brq", "Bsx", "Bx", "Cd",
    "Cm", "Dc", "Dl", "Do", "Dq", "Dv", "Dx", "Ec", "Em", "En", "Eo", "Er", "Ev", "Fa", "Fc", "Fd", "Fl",
    "Fn", "Fo", "Fr", "Ft", "Fx", "Ic", "In", "Lb", "Li", "Lk", "Ms", "Mt", "Nm", "No", "Ns", "Nx", "Oc",
    "Oo", "Op", "Or", "Ot", "Ox", "Pa", "Pc", "Pf", "Po", "Pq", "Qc", "Ql", "Qo", "Qq", "Rs", "Rv", "Sc",
    "So", "Sq", "St", "Sx", "Sy", "Ta", "Tn", "Ux", "Va", "Vt", "Xc", "Xo", "Xr",
})  # fmt: skip
"""Macros of mdoc(7) that may stand inside a line; a word of it that is one is no text."""

_STRUCTURE = frozenset({
    "TH", "SH", "SS", "TP", "TQ", "IP", "HP", "PP", "P", "LP", "RS", "RE", "Dd", "Dt", "Os", "Sh", "Ss",
    "Pp", "Lp", "Bl", "El", "It", "Bd", "Ed", "sp", "br", "na", "ad", "ne", "nf", "fi", "TS", "TE",
})  # fmt: skip
STANDARD = _JOINED | _ALTERNATING | _MDOC | _STRUCTURE | {"MR", "Nd"}
"""Macros that a page cannot give another meaning to."""


def text_of(line: Line) -> str | None:
    """What a line prints; None for one that prints nothing by itself."""
    if not line.macro:
        return plain(line.words[0])
    if line.macro in _JOINED:
        return plain(" ".join(line.words))
    if line.macro in _ALTERNATING:
        return plain("".join(line.words))
    if line.macro == "Nd":
        return plain(" ".join(("-", *line.words)))
    if line.macro == "MR":
        name, section, after = [*line.words, "", "", ""][:3]
        return plain(f"{name}({section}){after}")
    return mdoc([line.macro, *line.words]) if line.macro in _MDOC else None


def mdoc(words: Sequence[str]) -> str:
    """The text of words of mdoc(7), in which some are macros."""
    found: list[str] = []
    left = list(reversed(words))
    while left:
        word = left.pop()
        if word == "Xr" and len(left) > 1:
            found.append(f"{left.pop()}({left.pop()})")
        elif word not in _MDOC:
            found.append(word)
    return plain(" ".join(found))


_ERRNO = re.compile(r"(?<![A-Za-z0-9_])E[A-Z0-9]{2,30}(?![A-Za-z0-9_(])")
_FOREIGN = re.compile(r"E[A-Z0-9]*[A-Z][A-Z0-9]*(?<!^EOF)")
_TAG_ALONE = re.compile(rf"[\W_]*(?:{_ERRNO.pattern}(?:[\W_]+|[\W_]+[^\W\d_A-Z]{{1,4}}[\W_]+|$))+")
_LEAD = re.compile(rf"[\W_]*{_ERRNO.pattern}(?:(?:\s*[,/|]\s*|\s+or\s+){_ERRNO.pattern})*")


def is_known(name: str) -> bool:
    """Whether this system has an errno of that name."""
    return name in host.errnos()


def errnos(text: str) -> list[str]:
    """The errnos that a text names, of those that this system knows."""
    return [name for name in dict.fromkeys(_ERRNO.findall(text)) if is_known(name)]


def tag(text: str) -> tuple[str, ...]:
    """The errnos of a tag; one that this system does not know counts if it comes first, or stands alone."""
    found = _ERRNO.findall(text[:_LONGEST_TAG])
    alone, first = is_tag(text), _LEAD.match(text[:_LONGEST_TAG])
    return tuple(
        name
        for name in dict.fromkeys(found)
        if is_known(name) or (_FOREIGN.fullmatch(name) and (alone or (first and name == found[0])))
    )


def is_tag(text: str) -> bool:
    """Whether a text is nothing but errnos, such as ``EAGAIN or EWOULDBLOCK`` in any language."""
    return len(text) <= _LONGEST_TAG and _TAG_ALONE.fullmatch(text) is not None


def lead(text: str) -> tuple[str, ...]:
    """The errnos that a text begins with."""
    match = _LEAD.match(text[:_LONGEST_TAG])
    return tuple(errnos(match[0])) if match else ()


_LONGEST_TAG = 200
_REFERENCE = re.compile(r"([A-Za-z_][A-Za-z0-9_.+-]{0,63})\(([1-9][a-z]{0,15})\)", re.ASCII)


def references(text: str) -> list[tuple[str, str]]:
    """The other pages that a text names, each as a name and a section."""
    return [(name, section) for name, section in _REFERENCE.findall(text)]


_TITLES = frozenset({
    "errors", "error codes", "error", "return value and errors", "return values and errors",
    "chyby", "eraroj", "erori", "erreurs", "errores", "errori", "erros", "fehler", "feil", "fejl", "fel",
    "fouten", "greške", "hatalar", "hibák", "virheet", "błędy", "грешке", "грешки", "ошибки", "помилки",
    "エラー", "错误", "錯誤", "오류",
})  # fmt: skip
"""How manuals head the section of errors, in the languages of the translated ones."""


def heads_errors(title: str) -> bool:
    """Whether a section of this title is the one of errors."""
    return " ".join(title.split()).casefold() in _TITLES
