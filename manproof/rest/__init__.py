"""reST -> nodes: the two parsers, of one paragraph's text and of a whole field.

docutils' recognisers do the work, held to the dialect of ``prose``. Whatever is not in it is a
diagnostic with its place; no directive ever runs, and no file is ever read.
"""

from __future__ import annotations

import contextlib
import re
import types
from typing import Any, cast

from docutils import nodes
from docutils.parsers.rst import states
from docutils.statemachine import StringList
from docutils.utils import Reporter

from manproof.diagnostic import Diagnostic, Span, error
from manproof.rest.dialect import STATES, TOO_DEEP, close, limits, mark
from manproof.rest.inline import SETTINGS, Inliner
from manproof.rest.recorder import EnoughError, Recorder


def parse_inline(text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
    """One paragraph's text -> inline nodes, and what is wrong with it (then the nodes are void)."""
    return _PARSER.inline(text, span)


def parse_blocks(text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
    """A field's text -> paragraphs, lists, literal blocks and tables, and what is wrong with it.

    Nodes that hold a unit of translation carry its reST in ``rawsource`` and its place in the
    attribute ``span``.
    """
    return _PARSER.blocks(text, span)


def _document(recorder: Recorder) -> nodes.document:
    return nodes.document(SETTINGS, cast(Reporter, recorder), source="")


class _Parser:
    """The two parsers; one pair serves every field of every page."""

    def __init__(self) -> None:
        self.recorder = Recorder()
        self.inliner = Inliner(self.recorder)
        self.memo: Any = types.SimpleNamespace(document=_document(self.recorder), language=None)

    def inline(self, text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
        self.recorder.begin(text, span)
        self.recorder.found += limits(text, span)
        if self.recorder.found:
            return [], self.recorder.found
        with contextlib.suppress(EnoughError):
            found, _ = self.inliner.parse(text, 1, self.memo, self.memo.document)
            return found, self.recorder.found
        return [], self.recorder.found

    def blocks(self, text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
        if _PLAIN(text):
            inlines, found = self.inline(text, span)
            return [mark(nodes.paragraph(text, "", *inlines), span)], found
        self.recorder.begin(text, span)
        self.recorder.found += limits(text, span)
        if self.recorder.found:
            return [], self.recorder.found
        return self._machine(span)

    def _machine(self, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
        document = _document(self.recorder)
        machine = states.RSTStateMachine(state_classes=STATES, initial_state="Body")
        try:
            machine.run(StringList(self.recorder.lines, span.path), document, inliner=self.inliner)
            close(document, self.recorder)
        except RecursionError:
            return [], [*self.recorder.found, error("rest-nesting", span, TOO_DEEP)]
        except EnoughError:
            return [], self.recorder.found
        return list(document.children), self.recorder.found


_PLAIN = re.compile(
    # one paragraph that begins with a letter, a role, strong text or a literal, and not as a list does
    r"(?!([^\w\s])\1*[ ]*(?:\n|\Z))(?!\(?[\w#]+[.)](?:[ \n]|\Z))(?:[^\W\d_]|:[a-z]+:`|\*\*?\w|``|\()[^\n]*"
    # whose other lines are neither blank, nor indented, nor an underline
    r"(?:\n(?![ \n])(?!([^\w\s])\2*[ ]*(?:\n|\Z))[^\n]+)*(?<!::)\Z"
).match


_PARSER = _Parser()
