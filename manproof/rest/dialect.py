"""What the dialect of prose does not have, as states of docutils' machine."""

# ruff: noqa: ARG001, ARG002  the signatures are docutils'

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from docutils import nodes
from docutils.parsers.rst import states

from manproof.prose import BLOCKS, INLINES, walk
from manproof.rest.recorder import Recorder, mark


def _not_in_dialect(what: str) -> Any:
    def refuse(self: Any, match: Any, context: Any, next_state: Any) -> Any:
        line = self.state_machine.abs_line_number()
        self.reporter.flaw("rest-construct", line, f"{what} is not part of the dialect; see docs/source.md")
        self.state_machine.get_first_known_indented(0)
        return [], next_state, []

    return refuse


class _Closed:
    """A state of docutils' machine in which the refused constructs are refused."""

    def __init__(self, state_machine: Any, debug: bool = False) -> None:
        super().__init__(state_machine, debug)  # type: ignore[call-arg]  # mixed into a docutils state
        self.nested_sm_kwargs = {"state_classes": STATES, "initial_state": "Body"}

    def section(self, title: str, source: str, style: Any, lineno: int, messages: Any) -> None:
        """A title of reST: sections are fields of the source."""
        recorder: Any = self.reporter  # type: ignore[attr-defined]  # of the docutils state
        recorder.flaw("rest-construct", lineno, "a section title is not part of the dialect; use subsection:")

    explicit_markup = _not_in_dialect("explicit markup (a directive, comment, target or footnote)")
    anonymous = _not_in_dialect("an anonymous target")
    field_marker = _not_in_dialect("a field list")
    option_marker = _not_in_dialect("an option list")
    doctest = _not_in_dialect("a doctest block")
    line_block = _not_in_dialect("a line block")
    grid_table_top = _not_in_dialect("a grid table")


STATES = tuple(type(state.__name__, (_Closed, state), {}) for state in states.state_classes)


def close(document: nodes.document, recorder: Recorder) -> None:
    """Checks that the tree holds known nodes in known forms only, and marks the units in it."""
    node: Any
    for node in list(walk(document)):
        if node is document or isinstance(node, (*INLINES, nodes.system_message, nodes.problematic)):
            continue
        line = node.line or next((n.line for n in walk(node) if n.line), 1)
        if not isinstance(node, BLOCKS):
            what = type(node).__name__.replace("_", " ")
            recorder.flaw("rest-construct", line, f"a {what} is not part of the dialect; see docs/source.md")
        elif isinstance(node, (nodes.paragraph, nodes.term)):
            mark(node, recorder.place(line))
        elif type(node) in _FORMS and not _FORMS[type(node)].right(node):
            recorder.flaw("rest-construct", line, _FORMS[type(node)].message)
    for node in [node for node in walk(document) if isinstance(node, nodes.system_message)]:
        node.parent.remove(node)


class _Form(NamedTuple):
    """What a node of the dialect must look like besides, so that every output can show it."""

    right: Callable[[Any], bool]
    message: str


_FORMS = {
    nodes.enumerated_list: _Form(
        lambda node: node["enumtype"] == "arabic",
        "a list is numbered by 1., 2.; write these, or a backslash before the full stop",
    ),
    nodes.list_item: _Form(
        lambda node: bool(node.children),
        "an item of a list is empty; write a backslash before a literal sign",
    ),
    nodes.entry: _Form(
        lambda node: "morecols" not in node and [type(n) for n in node.children] in ([], [nodes.paragraph]),
        "a cell of a table holds one paragraph, in one column",
    ),
}
