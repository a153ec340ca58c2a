"""Rules on names: of functions, constants, files and parameters, and the roles that they stand in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path

from manproof import host
from manproof.diagnostic import Severity
from manproof.grammar import Word
from manproof.lint import Found, rule
from manproof.lint.system import FAMILY, is_ours
from manproof.lint.written import Marked, Written


@rule(FAMILY, Severity.WARNING)
def name_misspelt(written: Written) -> Found:
    """A function, a constant or a file differs in one letter from one that exists.

    Why: who copies it into a program gets an error, and who searches for it finds nothing. Functions are
    those of the synopsis and of the manual; constants those that Python knows of this system; files
    those below /proc/sys. In editions of other systems and times errnos are looked at too, which may be
    others than here, but hardly by one letter.

    Bad: ``:func:`conect` ``, ``:const:`SOCK_SEQPACKT` ``

    Good: ``:func:`connect` ``, ``:const:`SOCK_SEQPACKET` ``
    """
    ours = is_ours(written)
    functions = (*_functions(written), host.functions() if ours else _NONE)
    for role, word, place in _named(written):
        known = functions if role == "func" else (_known(ours, role, word),)
        if any(known) and not any(word in names for names in known) and (close := _closest(word, known)):
            yield place.span, f"there is no {word}, but {close}; write that"


@lru_cache(maxsize=1024)  # pages name the same constants
def _closest(word: str, known: tuple[frozenset[str], ...]) -> str:
    """The name that somebody meant, or nothing."""
    return min((name for names in known for name in names if _is_slip(word, name)), default="")


def _named(written: Written) -> Iterator[tuple[str, str, Word | Marked]]:
    """The names of a page, each with its role and what knows its place."""
    for _, errnos in written.causes():
        yield from (("errno", str(name), name) for name in errnos)
    yield from ((marked.role, marked.word, marked) for marked in written.roles)


_NONE: frozenset[str] = frozenset()


def _known(ours: bool, role: str, word: str) -> frozenset[str]:
    """The names that a word could be one of; none where that cannot be told, or another rule tells it."""
    if not ours:
        return host.errnos() if role == "errno" else _NONE
    if role == "const":
        return host.constants()
    return host.sysctls(Path(word).parent) if role == "file" and word.startswith("/proc/sys/") else _NONE


def _functions(written: Written) -> tuple[frozenset[str], frozenset[str]]:
    """The functions of SYNOPSIS, and those that the edition has or knows pages of."""
    own = frozenset(str(function.name) for function in written.prototypes)
    return own, _named_by(frozenset(written.titles), written.edition.external)


@lru_cache(maxsize=16)  # all pages of an edition have the same
def _named_by(titles: frozenset[str], external: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title.partition("(")[0] for title in (*titles, *external))


_SHORTEST = 6


def _is_slip(word: str, name: str) -> bool:
    """Whether one letter is lost, doubled, wrong or swapped with the next; digits tell names apart."""
    start = next((n for n, pair in enumerate(zip(word, name, strict=False)) if pair[0] != pair[1]), len(name))
    one, other = word[start:], name[start:]
    if len(name) < _SHORTEST or one[:1].isdigit() or other[:1].isdigit():
        return False
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] in (other, other[1:]) or one == other[1:]


@rule(FAMILY, Severity.WARNING)
def role_mistaken(written: Written) -> Found:
    """A word stands in the role of another kind of names.

    Why: its font says what it is, errnos and functions lead somewhere, and the lint holds each kind
    against something else: an errno marked as a constant is never looked for in ERRORS.

    Bad: ``:const:`EINVAL` ``, ``:arg:`AF_UNSPEC` ``

    Good: ``:errno:`EINVAL` ``, ``:const:`AF_UNSPEC` ``
    """
    for marked in written.roles:
        if marked.role in ("const", "arg", "func") and (right := _role(marked.word, written.parameters)):
            mistaken = right != marked.role and (marked.role != "func" or right == "arg")
            if mistaken and not any(marked.word in names for names in _functions(written)):
                yield marked.span, f"{marked.word} stands in :{marked.role}:; write :{right}:`{marked.word}`"


def _role(word: str, parameters: Collection[str]) -> str:
    """The role of a word, where that can be told."""
    if word in host.errnos():
        return "errno"
    if word in parameters:
        return "arg"
    return "const" if re.fullmatch(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+", word) else ""


@rule(FAMILY, Severity.WARNING)
def parameter_unmarked(written: Written) -> Found:
    """A parameter is named without its role.

    Why: it is not set in its font, and a translation could change it unseen. Only names that are no
    words of the language are looked for, such as `addrlen`.

    Bad: `The size of the address is addrlen.`

    Good: ``The size of the address is :arg:`addrlen`. ``
    """
    wanted = sorted(name for name in written.parameters if _NO_WORD.search(name) and len(name) > 3)
    one = f"(?P<name>{'|'.join(wanted)})"
    bare, literal = re.compile(rf"(?<![\w>.`\0-]){one}(?![\w`(])"), re.compile(f"``{one}``")
    for text in written.texts if wanted else ():
        for match in (*bare.finditer(text.plain), *literal.finditer(text.text)):
            name = match["name"]
            yield text.at(match.start()), f"{name} stands without its role; write :arg:`{name}`"


_NO_WORD = re.compile(r"_|\d|fd$|addr$|len$|ptr$|buf$")
