"""The usual forms of prose, recognised at once.

Nearly all texts are a paragraph, or a few with a list of short items between them, and mark up words
in the plainest way. Where everything about a text is of these forms, docutils would give the same
nodes, only later; any other text, and any that is not right, is left to docutils to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes

from manproof.diagnostic import Span
from manproof.prose import ROLES, role
from manproof.rest.recorder import Recorder, mark

_MATCH = {name: re.compile(role.pattern + r"\Z").match for name, role in ROLES.items()}
_MARKED = re.compile(
    # markup begins at the start, after a blank or a bracket; its first sign stands first, since that is
    # what re looks for fastest
    r"(?::(?<![^\s(]:)(?P<role>[a-z]+):`(?![\s)])(?P<text>[^`\\]+)(?<!\s)`"
    r"|\*\*(?<![^\s(]\*\*)(?![\s)])(?P<strong>[^*`\\]+)(?<!\s)\*\*"
    r"|\*(?<![^\s(]\*)(?![\s)])(?P<emphasis>[^*`\\]+)(?<!\s)\*"
    r"|``(?<![^\s(]``)(?![\s)])(?P<literal>[^`\\]+)(?<!\s)``"
    # and ends before a blank or a mark of punctuation
    r")(?=\Z|[\s.,;!?)»”/-]|:(?!\S))"
)
_SPECIAL = re.compile(r"[*`_|\\\0]").search
_ELEMENTS = {"strong": nodes.strong, "emphasis": nodes.emphasis, "literal": nodes.literal}


def inlines(text: str) -> list[nodes.Node] | None:
    """The nodes of one paragraph's text, or None if docutils must judge it."""
    found: list[nodes.Node] = []
    end = 0
    for match in _MARKED.finditer(text):
        before = text[end : match.start()]
        node = _marked(match)
        if node is None or _SPECIAL(before):
            return None
        found += [nodes.Text(before), node] if before else [node]
        end = match.end()
    rest = text[end:]
    if _SPECIAL(rest):
        return None
    return [*found, nodes.Text(rest)] if rest else found


def marks(text: str) -> list[str] | None:
    """The roles and literals of one paragraph's text as written, or None if docutils must judge it."""
    found: list[str] = []
    end = 0
    for match in _MARKED.finditer(text):
        if match.lastgroup == "text":
            accepts = _MATCH.get(match["role"])
            if accepts is None or not accepts(match["text"]):
                return None
        if _SPECIAL(text, end, match.start()):
            return None
        if match.lastgroup in ("text", "literal"):
            found.append(match[0])
        end = match.end()
    return None if _SPECIAL(text, end) else found


def _marked(match: re.Match[str]) -> nodes.Node | None:
    kind = match.lastgroup or ""
    if kind != "text":
        return _ELEMENTS[kind](match[0], match[kind])
    name, text = match["role"], match["text"]
    return role(match[0], text, name=name) if name in ROLES and _MATCH[name](text) else None


PARAGRAPH = re.compile(
    # its first line is not made of one sign
    r"(?!([^\w\s])\1*[ ]*(?:\n|\Z))"
    # it begins with a letter, a role, strong text or a literal, and not as an item of a list does
    r"(?!\(?(?:[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|\d+|#)[.)](?:\s|\Z))(?:[^\W\d_]|:[a-z]+:`|\*\*?\w|``|\()[^\n]*"
    # its other lines are neither blank, nor indented, nor an underline
    r"(?:\n(?!\s)(?!([^\w\s])\2*[ ]*(?:\n|\Z))[^\n]+)*(?<!::)\Z"
).match
_BULLET = re.compile(r"- (?P<text>\S.*(?:\n  \S.*)*)(?:\n(?=- )|\Z)")
_DEFINITION = re.compile(r"(?P<term>\S.*)\n(?P<text>(?P<indent> +)\S.*(?:\n(?P=indent)\S.*)*)(?:\n(?=\S)|\Z)")


class _UnusualError(Exception):
    """The text is not of the usual forms."""


def blocks(text: str, span: Span) -> list[nodes.Node] | None:
    """The paragraphs and lists of a field, or None if docutils must judge it."""
    if PARAGRAPH(text):
        children = inlines(text)
        return None if children is None else [mark(nodes.paragraph(text, "", *children), span)]
    if _UNEVEN(text):
        return None
    builder = _Builder(text, span)
    try:
        for match in _CHUNKS(text):
            builder.chunk(match[0], text.count("\n", 0, match.start()) + 1)
    except _UnusualError:
        return None
    return builder.found


_CHUNKS = re.compile(r"(?:.+\n?)+").finditer
_UNEVEN = re.compile(r"[^\S\n](?:\n|\Z)|\A\n").search
"""Lines that end in blanks, and blank lines before the first: how docutils counts them is its business."""


class _Builder:
    """Builds the blocks of one field; equal lists with blank lines between them are one."""

    def __init__(self, text: str, span: Span) -> None:
        self.found: list[nodes.Node] = []
        self.recorder = Recorder()
        self.recorder.begin(text, span)

    def chunk(self, text: str, line: int) -> None:
        """Adds what stands between two blank lines."""
        text = text.removesuffix("\n")
        if PARAGRAPH(text):
            self.found.append(self.unit(nodes.paragraph, text, line))
        elif text.startswith("- "):
            for match in _whole(_BULLET, text):
                item = self.unit(
                    nodes.paragraph, match["text"].replace("\n  ", "\n"), _line(match, "text", line)
                )
                self.listed(nodes.bullet_list, bullet="-").append(nodes.list_item("", item))
        else:
            for match in _whole(_DEFINITION, text):
                self.listed(nodes.definition_list).append(self.definition(match, line))

    def listed(self, kind: type[nodes.Element], **attributes: str) -> nodes.Element:
        """The list that goes on, or a new one."""
        last = self.found[-1] if self.found else None
        if not isinstance(last, kind):
            last = kind("", **attributes)
            self.found.append(last)
        return last

    def definition(self, match: re.Match[str], line: int) -> nodes.Node:
        """A term and its one paragraph."""
        if " : " in match["term"]:  # docutils finds a classifier there
            raise _UnusualError
        term = self.unit(nodes.term, match["term"], _line(match, "term", line))
        indent = match["indent"]
        text = match["text"].removeprefix(indent).replace("\n" + indent, "\n")
        paragraph = self.unit(nodes.paragraph, text, _line(match, "text", line))
        return nodes.definition_list_item("", term, nodes.definition("", paragraph))

    def unit(self, kind: type[nodes.TextElement], text: str, line: int) -> Any:
        """A unit of translation, which begins on a line of the field."""
        children = inlines(text) if PARAGRAPH(text) else None
        if children is None:
            raise _UnusualError
        return mark(kind(text, "", *children), self.recorder.place(line))


def _whole(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that follow each other without a gap up to the end of the text."""
    end = 0
    while end < len(text):
        match = pattern.match(text, end)
        if match is None:
            raise _UnusualError
        yield match
        end = match.end()


def _line(match: re.Match[str], group: str, first: int) -> int:
    return first + match.string.count("\n", 0, match.start(group))
