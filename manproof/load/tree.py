"""YAML bytes -> a tree in which everything is text and knows its place, or diagnostics.

PyYAML's C scanner is driven event by event: nothing is resolved or constructed, so a tag, an
anchor or a merge key has no chance to act, and nesting is bounded while it grows.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from manproof.characters import refused
from manproof.diagnostic import Diagnostic, Span, error, quoted

MAX_BYTES = 1 << 20
MAX_DEPTH = 24
MAX_NODES = 50_000
_MAX_CHARACTERS = 20
_NOTHING = ("", "~", "null", "Null", "NULL")
"""What YAML reads as no value, if it stands there without quotes; nobody means it as text."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """A text; the span is its first character (of a block scalar: of its first line)."""

    text: str
    span: Span
    empty: bool = False


class Sequence(NamedTuple):
    """A list of nodes."""

    items: list[Node]
    span: Span


class Mapping(NamedTuple):
    """Key and value pairs in the order of the file; keys are unique."""

    items: Items
    span: Span


Node = Scalar | Sequence | Mapping
Items = dict[str, tuple[Scalar, Node]]


class UnreadableError(Exception):
    """The file cannot be read any further."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def parse(data: bytes, path: str) -> tuple[Node | None, list[Diagnostic]]:
    """Reads one YAML document.

    Returns its tree and the problems found. Without a tree, the problems say why; with one, they
    are duplicate keys and the like, which do not hide the rest of the file.
    """
    found: list[Diagnostic] = []
    try:
        text = decode(data, path, found)
        return (None, found) if found else (_Builder(text, path, found).document(), found)
    except UnreadableError as unreadable:
        return None, [*found, unreadable.diagnostic]
    except yaml.YAMLError as problem:
        return None, [*found, _syntax(problem, path, len(data))]


def decode(data: bytes, path: str, found: list[Diagnostic]) -> str:
    """The text of a file in UTF-8; refused characters are added to ``found``.

    Raises UnreadableError where there is no text to speak of.
    """
    start = Span(path=path, line=1, column=1)
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES >> 20} MiB; split it"
        raise UnreadableError(error("file-too-large", start, message))
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        span = Span(path=path, line=line, column=problem.start - data.rfind(b"\n", 0, problem.start))
        message = f"the byte 0x{data[problem.start]:02x} is no UTF-8; save the file as UTF-8"
        raise UnreadableError(error("not-utf-8", span, message)) from None
    for offset, name in islice(refused(text), _MAX_CHARACTERS):
        message = f"the character {name} is not allowed here; remove it"
        found.append(error("refused-character", _place(text, offset, path), message))
    return text


def _place(text: str, offset: int, path: str) -> Span:
    line = text.count("\n", 0, offset) + 1
    return Span(path=path, line=line, column=offset - text.rfind("\n", 0, offset))


def _syntax(problem: yaml.YAMLError, path: str, length: int) -> Diagnostic:
    mark = getattr(problem, "problem_mark", None)
    opening = getattr(problem, "context_mark", None)
    if opening and (mark is None or mark.index >= length - 1):
        mark = opening  # what is open at the end of the file is best seen where it opens
    span = Span(path=path, line=mark.line + 1, column=mark.column + 1) if mark else Span(path=path, line=1)
    what = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "it cannot be read"
    context = getattr(problem, "context", None)
    return error("yaml-syntax", span, f"not valid YAML: {what}" + (f", {context}" if context else ""))


class _Builder:
    """Builds the tree from events; one instance a file."""

    def __init__(self, text: str, path: str, found: list[Diagnostic]) -> None:
        self.lines = text.split("\n")
        self.path = path
        self.found = found
        self.nodes = 0
        self.loader = _LOADER(text)

    def document(self) -> Node:
        try:
            return self._document()
        finally:
            self.loader.dispose()

    def _document(self) -> Node:
        get = self.loader.get_event
        get()
        event = get()
        if isinstance(event, StreamEndEvent):
            raise UnreadableError(
                error(
                    "yaml-empty",
                    Span(path=self.path, line=1),
                    "the file is empty; write a mapping of fields",
                )
            )
        if event.version or event.tags:
            self.refuse(event, "a directive (%YAML, %TAG) is not used here; remove it")
        tree = self.node(get(), 0)
        get()
        if not isinstance(after := get(), StreamEndEvent):
            raise UnreadableError(
                error(
                    "yaml-documents",
                    self.span(after),
                    "a second document begins here; one file holds one",
                )
            )
        return tree

    def node(self, event: Any, depth: int) -> Node:
        """The tree that begins with ``event``."""
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise UnreadableError(
                error("yaml-too-deep", self.span(event), "nested too deeply, or too many values")
            )
        kind = type(event)
        if kind is AliasEvent:
            raise UnreadableError(
                error(
                    "yaml-alias",
                    self.span(event),
                    f"the alias *{_shown(event.anchor)} is not supported; repeat the text",
                )
            )
        if event.anchor or event.tag:
            self._not_plain(event)
        if kind is ScalarEvent:
            return self.scalar(event)
        return self.sequence(event, depth) if kind is SequenceStartEvent else self.mapping(event, depth)

    def _not_plain(self, event: Any) -> None:
        if event.anchor:
            self.refuse(event, f"the anchor &{_shown(event.anchor)} is not supported; remove it")
        if event.tag:
            self.refuse(
                event, f"the tag {_shown(event.tag)} is not supported; remove it: every value is text"
            )

    def scalar(self, event: Any) -> Scalar:
        """A text with the place of its first character."""
        text, style, span = event.value, event.style, self.span(event)
        if not style:
            return Scalar(text, span, text in _NOTHING)
        if style in "|>":
            return Scalar(text, self._text_span(span))
        # only a quoted text can hold what the file, which has been checked, does not
        for _, name in islice(refused(text), 1) if style == '"' else ():
            self.refuse(
                event,
                f"the escape of {name} is not allowed here; remove it",
                rule="refused-character",
            )
        return Scalar(text, span.at(column=span.column + 1))

    def _text_span(self, span: Span) -> Span:
        """Where the text of a block begins that a sign announces."""
        for number in range(span.line, len(self.lines)):
            if content := self.lines[number].lstrip(" "):
                return Span(self.path, number + 1, len(self.lines[number]) - len(content) + 1)
        return span

    def sequence(self, start: Any, depth: int) -> Sequence:
        """A list, up to its end."""
        items: list[Node] = []
        get = self.loader.get_event
        while type(event := get()) is not SequenceEndEvent:
            items.append(self.node(event, depth + 1))
        return Sequence(items, self.span(start))

    def mapping(self, start: Any, depth: int) -> Mapping:
        """A mapping, up to its end; keys are plain and unique."""
        items: Items = {}
        get = self.loader.get_event
        while type(event := get()) is not MappingEndEvent:
            key = self.node(event, depth + 1)
            value = self.node(get(), depth + 1)
            if not isinstance(key, Scalar):
                self.refuse(event, "a key must be a word", rule="yaml-key")
            elif key.text in items:
                message = f"the key {_shown(key.text)} stands here twice; keep one"
                self.found.append(error("duplicate-key", key.span, message))
            else:
                items[key.text] = (key, value)
        return Mapping(items, self.span(start))

    def refuse(self, event: Any, message: str, rule: str = "yaml-feature") -> None:
        """Notes what the format does not allow; reading goes on."""
        self.found.append(error(rule, self.span(event), message))

    def span(self, event: Any) -> Span:
        """Where an event begins."""
        mark = event.start_mark
        return Span(self.path, mark.line + 1, mark.column + 1)


def _shown(name: str | None) -> str:
    text = name or ""
    return quoted(text if len(text) <= 60 else text[:60] + "…")
