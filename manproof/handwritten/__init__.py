"""Manual pages that were written by hand: which errnos the section ERRORS documents.

This is a small reader of requests, for man(7) and mdoc(7), not a converter: it needs no program and
runs nothing. Whatever the file holds, it takes bounded time and memory, and what is wrong becomes a
diagnostic with a place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from manproof import files
from manproof.diagnostic import Diagnostic, Span, UserError, error, quoted
from manproof.handwritten import archive
from manproof.handwritten.lines import Line, Reader, RefusedError, Source
from manproof.handwritten.outline import Entry, Outline, Reference, Section
from manproof.handwritten.words import STANDARD, is_known

__all__ = ["Entry", "Manual", "Reference", "is_known", "is_manual", "neighbour", "read"]

_FILE = re.compile(r"(?P<name>[^/]+?)\.(?P<section>[1-9][a-z0-9]*)(?:\.(?:gz|bz2|xz|zst|Z|lz|lz4))?")
_MAX_INCLUDES = 32
_FIRST_SECTIONS = 3
_LONGEST_NAMES = 10_000
_NAME = re.compile(r"([A-Za-z_]\w{0,63})(?: ?\(\w{0,16}\))?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Manual:
    """What a page documents.

    ``names`` are the functions that it is about. ``errors`` is the heading of ERRORS, or None if no
    section is about errors; ``entries`` are its tags, in order, or where there is none what its prose
    names. ``references`` are the pages that it names outside of the entries: their errors may be its
    own. ``mentioned`` is where the rest of the page first names an errno. ``found`` is what was wrong
    with the file.
    """

    span: Span
    names: tuple[str, ...]
    section: str
    errors: Span | None
    tagged: bool
    entries: tuple[Entry, ...]
    references: tuple[Reference, ...]
    mentioned: Mapping[str, Span]
    found: tuple[Diagnostic, ...]

    @property
    def is_readable(self) -> bool:
        """Whether the file is a manual page at all."""
        return not any(item.rule == "page-unreadable" for item in self.found)

    @property
    def errnos(self) -> dict[str, Span]:
        """The errnos that are documented, each with the first entry that names it."""
        found: dict[str, Span] = {}
        for entry in self.entries:
            for name in entry.errnos:
                found.setdefault(name, entry.span)
        return found


def is_manual(name: str) -> bool:
    """Whether a file's name is that of a manual page: ``connect.2``, ``connect.3socket.gz``."""
    return _FILE.fullmatch(name) is not None


def read(path: Path, shown: str = "", data: bytes | None = None) -> Manual:
    """The page in a file, which messages call ``shown``. What is wrong with the file is in ``found``.

    ``data`` is what the file holds, if it has been read.
    """
    span = Span(shown or str(path))
    reader = Reader(_Includes(path), STANDARD)
    try:
        lines = list(reader.lines(_source(files.read(path) if data is None else data, span)))
    except UserError as why:
        message = str(why).removeprefix(f"{quoted(str(path))}: ")
        return _manual(span, path, Outline(), (error("page-unreadable", span, message),))
    except archive.UnreadableError as why:
        return _manual(span, path, Outline(), (error("page-unreadable", span, f"it cannot be read: {why}"),))
    except _BinaryError as place:
        message = "it holds a null character, so it is no manual page; give the source of one"
        return _manual(span, path, Outline(), (error("page-unreadable", place.span, message),))
    outline = Outline()
    outline.walk(lines)
    return _manual(span, path, outline, (*reader.found, *_doubts(span, outline, lines)))


def neighbour(path: Path, name: str, section: str) -> Path | None:
    """The file of another page in the same manual, if there is one."""
    root = files.real(path).parent.parent
    folders = (root / f"man{section}", root / f"man{section[:1]}")
    places = (folder / f"{name}.{section}{end}" for folder in folders for end in archive.SUFFIXES)
    return next((file for file in places if file.is_file() and _is_below(file, root)), None)


class _BinaryError(Exception):
    def __init__(self, span: Span) -> None:
        self.span = span


def _source(compressed: bytes, span: Span) -> Source:
    """The lines of a file. Any encoding will do: what is looked for is written in ASCII."""
    data = archive.text_of(compressed)
    if (at := data.find(b"\0")) >= 0:
        raise _BinaryError(span.at(line=data.count(b"\n", 0, at) + 1))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return [(span.at(line=number), line) for number, line in enumerate(_split(text), 1)]


def _split(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.split("\n")]


class _Includes:
    """What ``.so`` brings: files of the manual that the page lies in, and no others."""

    def __init__(self, page: Path) -> None:
        self._root = files.real(page).parent.parent
        self._shown = page.parent.parent
        self._count = 0

    def __call__(self, name: str) -> Source:
        self._count += 1
        if self._count > _MAX_INCLUDES:
            raise RefusedError(f"{_MAX_INCLUDES} files were included already; does one include itself?")
        if not re.fullmatch(r"[\w+:.-]+(/[\w+:.-]+)*", name) or ".." in name.split("/"):
            raise RefusedError(
                "a path is wanted that leads from the folder of the manual, such as man2/connect.2"
            )
        for end in archive.SUFFIXES:
            path = self._root / (name + end)
            if path.is_file() and _is_below(path, self._root):
                return self._lines(path, Span(str(self._shown / (name + end))))
        raise RefusedError("there is no such file in the manual; check the path")

    def _lines(self, path: Path, span: Span) -> Source:
        try:
            return _source(files.read(path), span)
        except archive.UnreadableError as why:
            raise RefusedError(str(why)) from None
        except _BinaryError:
            raise RefusedError("it holds a null character, so it is no manual page") from None
        except UserError as why:
            raise RefusedError(str(why)) from None


def _is_below(path: Path, root: Path) -> bool:
    return files.real(path).is_relative_to(root)


def _manual(span: Span, path: Path, outline: Outline, found: tuple[Diagnostic, ...]) -> Manual:
    ours = _errors(outline.sections)
    entries = tuple(entry for section in ours for entry in section.entries)
    said = {name: place for section in reversed(ours) for name, place in section.said.items()}
    prose = tuple(Entry(errnos=(name,), span=place) for name, place in said.items())
    others = [section for section in reversed(outline.sections) if section not in ours]
    named = [(name, place) for section in others for name, place in section.said.items()]
    tags = [(n, e.span) for section in others for e in reversed(section.entries) for n in e.errnos]
    file = _FILE.fullmatch(path.name)
    heading = outline.heading[1] if len(outline.heading) > 1 else ""
    return Manual(
        span=span,
        names=_names(outline, file["name"] if file else ""),
        section=heading.lower()[:16] or (file["section"] if file else ""),
        errors=ours[0].span if ours else None,
        tagged=bool(entries),
        entries=entries or prose,
        references=tuple(item for section in ours for item in section.references),
        mentioned={**dict(named), **dict(tags), **said},
        found=found,
    )


def _errors(sections: list[Section]) -> list[Section]:
    """The section of errors and its parts: by its title, else the one with the most errnos as tags."""
    titled = [section for section in sections if section.errors]
    if titled:
        return titled
    most = max(sections, key=lambda section: _tags(section), default=None)
    return [most] if most and _tags(most) else []


def _tags(section: Section) -> int:
    return sum(any(map(is_known, entry.errnos)) for entry in section.entries)


def _names(outline: Outline, file: str) -> tuple[str, ...]:
    """What stands before the dash in NAME, which is among the first sections, else the name of the file."""
    for section in outline.sections[:_FIRST_SECTIONS]:
        text = " ".join(" ".join(section.text)[:_LONGEST_NAMES].split())
        head, *tail = re.split(r" [-–—]{1,3}(?: |$)", text, maxsplit=1)
        found = [_NAME.fullmatch(name.strip()) for name in head.split(",")]
        if tail and all(found):
            return tuple(dict.fromkeys(match[1] for match in found if match))
    return (file,) if file else ()


def _doubts(span: Span, outline: Outline, lines: list[Line]) -> list[Diagnostic]:
    if outline.heading or any(line.macro in ("SH", "Sh") for line in lines):
        return []
    message = "it has neither .TH nor .Dd, so it is no page in man(7) or mdoc(7); give the source of one"
    return [error("page-unreadable", span.at(line=1), message)]
