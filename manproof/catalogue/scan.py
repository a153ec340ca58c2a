"""The lines of a PO file become entries; every line has exactly one reading.

The grammar is that of the GNU gettext manual ("The Format of PO Files"), narrowed to what every
tool reads alike: one string a line, the escapes ``\\n \\t \\" \\\\`` alone, no ``domain``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manproof.catalogue.flags import in_order, parsed
from manproof.catalogue.line import flaw
from manproof.catalogue.model import Entry, Previous
from manproof.diagnostic import Diagnostic, Span, error

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(
    r"[ \t]*(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-5]\])?)[ \t]*)?"
    r'"([^"\\]*(?:\\[nt"\\][^"\\]*)*)"[ \t]*'
)
_REFERENCE = re.compile("(?:[^\\s\u2068]|\u2068[^\u2068\u2069]*\u2069|\u2068)+")
_ESCAPE = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t"}

# What may stand before a keyword in an entry.
_AFTER = {
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
    "msgstr[0]": ("msgid_plural",),
    **{f"msgstr[{n}]": (f"msgstr[{n - 1}]",) for n in range(1, 6)},
}
_ENOUGH = 1000  # problems of a file
_FIRST = ("msgid", "msgctxt")  # what may begin an entry
_FORMS = tuple(f"msgstr[{n}]" for n in range(6))
_KINDS = (".", ":", ",")
_UNKNOWN = frozenset("!\"#$%&'()*+-/;<=>?@[\\]^_`{}")  # lines of tools to come: kept as they are


class _Block:
    """Strings by keyword, in the order in which an entry must have them."""

    __slots__ = ("last", "pieces")

    def __init__(self) -> None:
        self.pieces: dict[str, list[str]] = {}
        self.last = ""  # the keyword of the last string

    def texts(self) -> dict[str, str]:
        return {keyword: _joined(pieces) for keyword, pieces in self.pieces.items()}


class _Draft(_Block):
    """An entry while its lines are read."""

    __slots__ = ("broken", "lines", "notes", "obsolete", "previous")

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}
        self.notes: dict[str, list[str]] = {}
        self.previous: _Block | None = None
        self.obsolete: bool | None = None  # not known before the first string
        self.broken = False  # already reported: nothing more is said of this entry


class Scanner:
    """Reads the lines of one file; problems are collected, never raised."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.entries: list[Entry] = []
        self.problems: list[Diagnostic] = []
        self._draft = _Draft()

    def scan(self, lines: Sequence[str]) -> None:
        """Reads all lines of the file, or as many as it takes to find `_ENOUGH` problems."""
        for number, line in enumerate(lines, 1):
            if len(self.problems) >= _ENOUGH:
                return
            if line[:1] == "#":
                self._comment(number, line)
            elif line.strip(" \t"):
                self._string(number, line, obsolete=False)
        self._finish(len(lines))

    def _string(self, number: int, line: str, *, obsolete: bool) -> None:
        match = _LINE.fullmatch(line)
        draft = self._draft
        if match is None:
            self._flaw(number, line)
        elif (keyword := match[1]) is not None:
            if keyword in _FIRST and draft.last[:6] == "msgstr":
                self._finish(number)
            self._keyword(number, keyword, match[2], obsolete=obsolete)
        elif draft.last and draft.obsolete is obsolete:
            draft.pieces[draft.last].append(match[2])
        elif not draft.broken:
            self._problem(number, "a string that continues nothing; put its keyword before it")

    def _keyword(self, number: int, keyword: str, piece: str, *, obsolete: bool) -> None:
        draft = self._draft
        if draft.last not in _AFTER[keyword] and not draft.broken:
            after = f"after {draft.last}" if draft.last else "at the beginning of an entry"
            self._problem(number, f"{keyword} {after}; an entry is msgctxt, msgid, msgstr")
        if draft.broken and keyword in _FIRST:
            draft = self._draft = _Draft()
        self._mark(number, draft, obsolete=obsolete)
        draft.last = keyword
        draft.pieces[keyword] = [piece]
        draft.lines[keyword] = number

    def _mark(self, number: int, draft: _Draft, *, obsolete: bool) -> None:
        if draft.obsolete not in (None, obsolete):
            self._problem(number, "one entry with and without #~; mark all its lines or none")
        draft.obsolete = obsolete

    def _comment(self, number: int, line: str) -> None:
        mark = line[1:2]
        if mark == "~" and line[2:3] != "|":
            if line[2:].strip(" \t"):
                self._string(number, "  " + line[2:], obsolete=True)
            return
        draft = self._draft
        if draft.last:
            if draft.last[:6] != "msgstr":
                self._problem(number, f"a comment after {draft.last}; move it above the entry")
            draft = self._finish(number)
        if mark and mark in "|~":
            width = 3 if mark == "~" else 2
            self._previous(number, " " * width + line[width:], obsolete=mark == "~")
        elif mark in _UNKNOWN:
            draft.notes.setdefault("=", []).append(line)
        else:
            kind, text = (mark, line[2:]) if mark in _KINDS else ("", line[1:])
            draft.notes.setdefault(kind, []).append(text.removeprefix(" "))

    def _previous(self, number: int, line: str, *, obsolete: bool) -> None:
        draft, match = self._draft, _LINE.fullmatch(line)
        self._mark(number, draft, obsolete=obsolete)
        block = draft.previous = draft.previous or _Block()
        if match is None:
            self._flaw(number, line)
        elif match[1] is None and block.last:
            block.pieces[block.last].append(match[2])
        elif match[1] is None or block.last not in _AFTER[match[1]] or match[1][:6] == "msgstr":
            self._problem(number, "previous text out of order; it is msgctxt, msgid, msgid_plural")
        else:
            block.last = match[1]
            block.pieces[match[1]] = [match[2]]

    def _finish(self, number: int) -> _Draft:
        """Closes the entry that is being read; returns the next one."""
        draft = self._draft
        self._draft = _Draft()
        if draft.broken:
            return self._draft
        if draft.last[:6] == "msgstr":
            self.entries.append(self._entry(draft))
        elif draft.last:
            self._problem(number, f"the entry ends after {draft.last}; its msgstr is missing")
        elif draft.notes or draft.previous:
            self._problem(number, "a comment that belongs to no entry; move it above one")
        return self._draft

    def _entry(self, draft: _Draft) -> Entry:
        notes, texts = draft.notes, draft.texts()
        plural = texts.get("msgid_plural")
        forms = () if plural is None else tuple(texts[f] for f in _FORMS if f in texts)
        return Entry(
            msgid=texts["msgid"],
            msgstr=texts["msgstr"] if plural is None else forms[0],
            context=texts.get("msgctxt"),
            plural=plural,
            forms=forms,
            comments=tuple(notes.get("", ())),
            extracted=tuple(notes.get(".", ())),
            references=_references(notes[":"]) if ":" in notes else (),
            flags=in_order(flag for text in notes[","] for flag in parsed(text)) if "," in notes else (),
            unknown=tuple(notes.get("=", ())),
            previous=_previous(draft.previous),
            obsolete=bool(draft.obsolete),
            path=self.path,
            msgid_line=draft.lines["msgid"],
            msgstr_line=draft.lines["msgstr" if plural is None else "msgstr[0]"],
        )

    def _flaw(self, number: int, line: str) -> None:
        rule, column, message = flaw(line)
        self._problem(number, message, column, rule)

    def _problem(self, number: int, message: str, column: int = 1, rule: str = "po-syntax") -> None:
        self._draft.broken = True
        span = Span(path=self.path, line=number, column=column)
        self.problems.append(error(rule, span, message))


def _joined(pieces: list[str]) -> str:
    text = pieces[0] if len(pieces) == 1 else "".join(pieces)
    return _ESCAPE.sub(lambda m: _MEANT.get(m[1], m[1]), text) if "\\" in text else text


def _references(lines: list[str]) -> tuple[str, ...]:
    """Each reference once; blanks part them, but not inside U+2068 and U+2069."""
    return tuple(dict.fromkeys(_REFERENCE.findall(" ".join(lines))))


def _previous(block: _Block | None) -> Previous | None:
    if block is None:
        return None
    texts = block.texts()
    return Previous(
        msgid=texts.get("msgid", ""),
        context=texts.get("msgctxt"),
        plural=texts.get("msgid_plural"),
    )
