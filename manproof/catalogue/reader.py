"""The bytes of a PO file become a catalogue, or diagnostics that name line and column."""

from __future__ import annotations

import re
from itertools import islice

from manproof.catalogue.check import duplicates, isolates, problems
from manproof.catalogue.model import Catalogue
from manproof.catalogue.scan import Scanner
from manproof.characters import REFUSED, code_point, has_isolates
from manproof.diagnostic import Diagnostic, Severity, Span, error, note

MAX_BYTES = 16 * 1024 * 1024
MAX_LINE = 10_000  # characters; docutils drops a document with a longer one
MAX_LINES = 500_000
_MAX_TOLD = 100  # diagnostics of one file

_SIGNATURES = (
    (b"\xef\xbb\xbf", "begins with a byte order mark", "save it as UTF-8 without one"),
    (b"\xff\xfe", "is UTF-16", "save it as UTF-8"),
    (b"\xfe\xff", "is UTF-16", "save it as UTF-8"),
    (b"\xde\x12\x04\x95", "is a compiled MO file", "give the PO file, or use `msgunfmt`"),
    (b"\x95\x04\x12\xde", "is a compiled MO file", "give the PO file, or use `msgunfmt`"),
)
_DECLARED = re.compile(rb"charset=([A-Za-z0-9_.:-]{1,40})")


def read(data: bytes, path: str, *, locale: str = "") -> tuple[Catalogue | None, list[Diagnostic]]:
    """The catalogue that ``data``, the content of the file ``path``, holds.

    It is None if and only if a diagnostic is an error: a file with an error is not used at all,
    and not rewritten. ``locale`` is what the header's ``Language`` is held against; a ``path`` that
    ends in ``.pot`` is a template, whose header may hold placeholders. Never raises, in time
    linear in the size of the data.
    """
    text, found = _decoded(data, path)
    if text is None:
        return None, found
    lines = text.split("\n")
    found = _characters(text, lines, path) + _long_lines(lines, path)
    scanner = Scanner(path)
    if not found:
        scanner.scan(lines)
        found = scanner.problems or list(islice(duplicates(scanner.entries), _MAX_TOLD + 1))
    if found:
        return None, _told(found, path)
    catalogue = _catalogue(scanner, path)
    found = list(problems(catalogue, locale=locale, template=path.endswith(".pot")))
    if has_isolates(text):
        found += isolates(catalogue)
    found = _told(found, path)
    refused = any(one.severity is Severity.ERROR for one in found)
    return (None if refused else catalogue), found


def _catalogue(scanner: Scanner, path: str) -> Catalogue:
    header = next((e for e in scanner.entries if e.key == (None, "") and not e.obsolete), None)
    entries = tuple(entry for entry in scanner.entries if entry is not header)
    return Catalogue(header=header, entries=entries, path=path)


def _decoded(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    if len(data) > MAX_BYTES:
        fact = f"{len(data)} bytes, more than {MAX_BYTES}; split the catalogue"
        return None, [error("po-size", Span(path=path), fact)]
    for signature, fact, way in _SIGNATURES:
        if data.startswith(signature):
            return None, [error("po-charset", Span(path=path), f"the file {fact}; {way}")]
    try:
        return data.decode().replace("\r\n", "\n"), []
    except UnicodeDecodeError as flaw:
        return None, [_not_utf8(data, flaw.start, path)]


def _not_utf8(data: bytes, start: int, path: str) -> Diagnostic:
    line_start = data.rfind(b"\n", 0, start) + 1
    span = Span(
        path=path,
        line=data.count(b"\n", 0, start) + 1,
        column=len(data[line_start:start].decode()) + 1,
    )
    declared = _DECLARED.search(data)
    charset = declared[1].decode() if declared else ""
    said = f" (its header says {charset})" if charset.upper() not in ("", "UTF-8") else ""
    fact = f"byte 0x{data[start]:02x} is not UTF-8{said}"
    return error("po-charset", span, f"{fact}; convert the file with `msgconv -t UTF-8`")


def _characters(text: str, lines: list[str], path: str) -> list[Diagnostic]:
    """Refused characters, by line and column; most lines are cleared by `str.isprintable`."""
    replaced = "\ufffd" in text  # the one refused character that is printable
    refused = (
        error(
            "po-character",
            Span(path=path, line=number, column=match.start() + 1),
            f"character {code_point(match[0])}, which no catalogue may hold; take it out",
        )
        for number, line in enumerate(lines, 1)
        if replaced or not line.isprintable()
        for match in REFUSED.finditer(line)
    )
    return list(islice(refused, _MAX_TOLD + 1))


def _long_lines(lines: list[str], path: str) -> list[Diagnostic]:
    if len(lines) > MAX_LINES:
        return [error("po-size", Span(path=path), f"more than {MAX_LINES} lines; split the catalogue")]
    if max(map(len, lines)) <= MAX_LINE:
        return []
    return [
        error("po-size", Span(path=path, line=number, column=MAX_LINE + 1), _too_long(len(line)))
        for number, line in enumerate(lines, 1)
        if len(line) > MAX_LINE
    ]


def _too_long(length: int) -> str:
    return f"a line of {length} characters, more than {MAX_LINE}; wrap it with `msgcat`"


def _told(found: list[Diagnostic], path: str) -> list[Diagnostic]:
    """The first of many diagnostics, errors before all others."""
    found = sorted(found, key=lambda one: (-one.severity, one.span))
    if len(found) <= _MAX_TOLD:
        return found
    rest = "more problems than these in this file; mend these first"
    return [*found[:_MAX_TOLD], note("po-syntax", Span(path=path), rest)]
