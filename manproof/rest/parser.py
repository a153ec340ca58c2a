"""docutils' recognisers, for texts that are not of the usual forms, and for what is wrong in them."""

from __future__ import annotations

import contextlib
import types
from typing import Any, cast

from docutils import nodes
from docutils.parsers.rst import states
from docutils.statemachine import StringList
from docutils.utils import Reporter

from manproof.diagnostic import Diagnostic, Span, error
from manproof.rest.dialect import STATES, close
from manproof.rest.inline import SETTINGS, Inliner
from manproof.rest.limits import TOO_DEEP
from manproof.rest.recorder import EnoughError, Recorder, mark
from manproof.rest.usual import PARAGRAPH


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
        with contextlib.suppress(EnoughError):
            found, _ = self.inliner.parse(text, 1, self.memo, self.memo.document)
            return found, self.recorder.found
        return [], self.recorder.found

    def blocks(self, text: str, span: Span) -> tuple[list[nodes.Node], list[Diagnostic]]:
        if PARAGRAPH(text):
            inlines, found = self.inline(text, span)
            return [mark(nodes.paragraph(text, "", *inlines), span)], found
        self.recorder.begin(text, span)
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


PARSER = _Parser()
