"""The entries of ERRORS in a page that was written by hand, in man(7) or mdoc(7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from manproof.diagnostic import Span
from manproof.handwritten import words
from manproof.handwritten.escapes import plain
from manproof.handwritten.lines import Line


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The tag of an entry: the errnos that it names, and where."""

    errnos: tuple[str, ...]
    span: Span


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Another page that a paragraph outside of the entries names, and where."""

    name: str
    section: str
    span: Span

    def __str__(self) -> str:
        return f"{self.name}({self.section})"


@dataclass(kw_only=True)
class Section:
    """A section while it is read. ``said`` are the errnos of its prose, by the first place."""

    title: str
    span: Span
    errors: bool = False
    entries: list[Entry] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    said: dict[str, Span] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)


_BREAKS = frozenset({"PP", "P", "LP", "Pp", "Lp", "sp"})
_LAYOUT = frozenset({"na", "ad", "ne", "br", "nf", "fi", "RS", "nh", "hy", "in", "ti", "ft", "ps", "vs"})
_NAME_LINES = 64


class Outline:
    """One walk over the lines of a page."""

    def __init__(self) -> None:
        self.heading: tuple[str, ...] = ()
        self.sections: list[Section] = []
        self._open: Section | None = None
        self._wanted = ""  # what the next text is: title, tag, item, cell, lead (after a bullet), or prose
        self._tag: list[str] = []  # of an item that is spread over lines, by .It Xo
        self._depth = 0  # of .RS and .Bl
        self._inside = False  # an entry
        self._bare = False  # an entry whose tag is a bullet: what its text names is documented
        self._start = False  # of a paragraph

    def walk(self, lines: Iterable[Line]) -> None:
        """Reads the lines."""
        for line in lines:
            handler = _HANDLERS.get(line.macro)
            if handler is not None:
                handler(self, line)
            elif line.macro in _BREAKS:
                self._paragraph()
            elif line.macro not in _LAYOUT and (text := words.text_of(line)):
                self._text(line.span, text)

    # The heading of the page, and of its sections.

    def _title(self, line: Line) -> None:
        self.heading = self.heading or line.words

    def _section(self, line: Line) -> None:
        self._begin(line, sub=False)

    def _subsection(self, line: Line) -> None:
        self._begin(line, sub=True)

    def _begin(self, line: Line, *, sub: bool) -> None:
        above = self._open
        self._open = Section(title="", span=line.span, errors=bool(sub and above and above.errors))
        self.sections.append(self._open)
        self._depth, self._wanted, self._inside, self._start = 0, "", False, True
        title = plain(" ".join(line.words))
        if title:
            self._name(title)
        else:
            self._wanted = "title"

    def _name(self, title: str) -> None:
        assert self._open is not None
        self._open.title = title
        self._open.errors = self._open.errors or words.heads_errors(title)

    # Lists, and the paragraphs between them.

    def _tag_follows(self, _line: Line) -> None:
        self._wanted = "tag"

    def _indented(self, line: Line) -> None:
        if line.words and line.words[0]:
            self._entry(line.span, plain(line.words[0]))

    def _item(self, line: Line) -> None:
        if "Xo" in line.words:
            self._wanted, self._tag = "item", [words.mdoc(line.words)]
        else:
            self._entry(line.span, words.mdoc(line.words))

    def _end_of_tag(self, line: Line) -> None:
        if self._wanted == "item":
            self._entry(line.span, " ".join(self._tag))

    def _deeper(self, _line: Line) -> None:
        self._depth += 1

    def _back(self, _line: Line) -> None:
        self._depth = max(0, self._depth - 1)
        self._paragraph()

    def _table(self, _line: Line) -> None:
        self._wanted = "cell"

    def _end_of_table(self, _line: Line) -> None:
        self._wanted = ""

    def _paragraph(self) -> None:
        self._start = True
        if self._wanted in ("tag", "lead"):
            self._wanted = ""
        self._inside = self._inside and self._depth > 0

    # Text.

    def _text(self, span: Span, text: str) -> None:
        wanted, start = self._wanted, self._start
        self._start = False
        if self._open is None or (wanted == "title" and not text.strip()):
            return
        if wanted == "item":
            self._tag.append(text)
        elif wanted == "cell":
            self._cell(span, text)
        elif wanted:
            self._wanted = ""
            self._awaited(wanted, span, text)
        elif start and words.is_tag(text) and not self._inside:
            self._entry(span, text)
        else:
            self._prose(span, text)

    def _awaited(self, wanted: str, span: Span, text: str) -> None:
        if wanted == "title":
            self._name(text)
        elif wanted == "tag":
            self._entry(span, text)
        elif found := words.lead(text):
            self._bare = False
            self._add(span, found)
        else:
            self._prose(span, text)

    def _cell(self, span: Span, text: str) -> None:
        first = text.removeprefix("T{").partition("\t")[0]
        self._add(span, words.tag(first) if words.is_tag(first) else ())

    def _entry(self, span: Span, text: str) -> None:
        self._inside, self._wanted, self._start = True, "", False
        self._bare = not any(character.isalnum() for character in text)
        if not self._bare:
            self._add(span, words.tag(text))
        else:
            self._wanted = "lead"

    def _add(self, span: Span, found: tuple[str, ...]) -> None:
        if self._open is not None and found:
            self._open.entries.append(Entry(errnos=found, span=span))

    def _prose(self, span: Span, text: str) -> None:
        assert self._open is not None
        named = words.errnos(text)
        for name in named:
            self._open.said.setdefault(name, span)
        if self._inside and self._bare:
            self._add(span, tuple(named))
        if len(self.sections) <= 3 and len(self._open.text) < _NAME_LINES:
            self._open.text.append(text)
        if not self._inside:
            found = words.references(text)
            self._open.references += [Reference(name=name, section=s, span=span) for name, s in found]


_HANDLERS: dict[str, Callable[[Outline, Line], None]] = {
    "TH": Outline._title, "Dt": Outline._title,
    "SH": Outline._section, "Sh": Outline._section, "SS": Outline._subsection, "Ss": Outline._subsection,
    "TP": Outline._tag_follows, "TQ": Outline._tag_follows, "HP": Outline._tag_follows,
    "IP": Outline._indented, "It": Outline._item, "Xc": Outline._end_of_tag,
    "RS": Outline._deeper, "Bl": Outline._deeper, "RE": Outline._back, "El": Outline._back,
    "TS": Outline._table, "TE": Outline._end_of_table,
}  # fmt: skip
