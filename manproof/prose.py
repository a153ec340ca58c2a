"""The closed dialect of prose: its roles, and the nodes that every writer must know.

The tree is docutils'; what may stand in it is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from docutils import nodes


class Role(NamedTuple):
    """A role of the dialect: what its text must look like, and how each output shows it.

    ``html`` is an element and its class, which is mandoc's. ``roman`` is what follows the marked
    text in roman type, in every output.
    """

    pattern: str
    description: str
    man: str
    html: str
    roman: str = ""


_WORD = r"[A-Za-z_][A-Za-z0-9_]*"
ROLES: dict[str, Role] = {
    "func": Role(_WORD, "a function such as connect", "B", "code.Fn", "()"),
    "arg": Role(_WORD + r"(?:(?:\.|->)" + _WORD + ")*", "an argument or member", "I", "var.Fa"),
    "errno": Role(r"E[A-Z0-9]+", "an errno such as EACCES", "B", "code.Er"),
    "const": Role(r"[A-Za-z0-9_]+", "a constant or macro such as AF_UNIX", "B", "code.Dv"),
    "type": Role(r"[A-Za-z_][A-Za-z0-9_ *]*", "a type such as struct sockaddr", "I", "code.Vt"),
    "file": Role(r"\S(?:.*\S)?", "a path", "I", "code.Pa"),
    "man": Role(r"[A-Za-z0-9_][A-Za-z0-9_.+:-]*\([1-9][A-Za-z]*\)", "a page such as socket(2)", "B", "a.Xr"),
    "opt": Role(r"-\S.*", "an option such as -D", "B", "code.Fl"),
    "env": Role(_WORD, "an environment variable", "B", "code.Ev"),
    "url": Role(
        r"(?:https?://|mailto:)[^\s<>\"\\^`{|}\x7f-\x9f]+", "an http, https or mailto URL", "UR", "a.Lk"
    ),
}


class role(nodes.Inline, nodes.TextElement):  # noqa: N801  as docutils names its nodes
    """Text in a role; attribute ``name`` is a key of ``ROLES``."""


class fixed(nodes.Inline, nodes.TextElement):  # noqa: N801
    """A fixed phrase; ``rawsource`` is its English text, attribute ``values`` fills its placeholders."""


class nameline(nodes.General, nodes.TextElement):  # noqa: N801
    """The line of NAME: attribute ``name`` is the page's, the content its summary."""


class synopsis(nodes.General, nodes.Element):  # noqa: N801
    """The SYNOPSIS; attribute ``value`` is the ``spec.Synopsis``."""


INLINES = (nodes.emphasis, nodes.strong, nodes.literal, nodes.Text, role)
BLOCKS = (
    nodes.paragraph, nodes.bullet_list, nodes.enumerated_list, nodes.list_item, nodes.definition_list,
    nodes.definition_list_item, nodes.term, nodes.definition, nodes.literal_block, nodes.table,
    nodes.tgroup, nodes.colspec, nodes.thead, nodes.tbody, nodes.row, nodes.entry,
)  # fmt: skip


def walk(root: Any) -> Iterator[Any]:
    """A node and all nodes below it, in the order of the text.

    The same as ``findall`` of docutils, which nests as many generators as the tree is deep. What is
    below a node is looked up only when the walk goes on.
    """
    todo = [root]
    while todo:
        node = todo.pop()
        yield node
        todo += reversed(node.children)
