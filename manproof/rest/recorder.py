"""What is wrong in a text, told in the place of docutils' reporter."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from manproof.diagnostic import Diagnostic, Span, error

MAX_FLAWS = 20
"""Of one text: docutils looks for the end of each start-string, so many of them cost quadratic time."""


class EnoughError(Exception):
    """There are more problems in a text than anybody wants to read."""


class Recorder:
    """Stands in for docutils' reporter: messages become diagnostics with a place in the file."""

    report_level = 2
    halt_level = 5
    debug_flag = False
    source = ""

    def __init__(self) -> None:
        self.begin("", Span(path=""))

    def begin(self, text: str, span: Span) -> None:
        """Starts a field."""
        self.lines = text.split("\n")
        self.span = span
        self.found: list[Diagnostic] = []

    def place(self, line: int, token: str = "") -> Span:
        """The span of a token on a line of the field (from 1)."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        offset = max(text.find(token), 0) if token else len(text) - len(text.lstrip(" "))
        return self.span.at(line=max(line, 1) - 1, column=self.span.column + offset)

    def flaw(self, rule: str, line: int, message: str, token: str = "") -> None:
        """Reports a construct of ours."""
        if len(self.found) >= MAX_FLAWS:
            raise EnoughError
        self.found.append(error(rule, self.place(line, token), message))

    def _message(self, message: Any, *_: Any, line: int = 1, **__: Any) -> nodes.system_message:
        what = str(message).rstrip(".").replace("\n", " ")
        self.flaw(
            "rest-syntax", line, f"{what[:1].lower()}{what[1:]}; write a backslash before a literal sign"
        )
        return nodes.system_message()

    warning = error = severe = _message

    def info(self, *_: Any, **__: Any) -> nodes.system_message:
        return nodes.system_message()

    debug = info


def mark(node: Any, span: Span) -> Any:
    """Marks a unit of translation with its place; of the ``::`` before code, readers see one colon."""
    node["span"] = span
    if node.rawsource.endswith("::"):
        node.rawsource = node.rawsource[:-1].removesuffix(" :").removesuffix("\n:")
    return node
