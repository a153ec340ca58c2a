"""reST -> nodes: the two parsers, of one paragraph's text and of a whole field.

The usual forms are recognised at once. All others go to docutils' recognisers, held to the dialect of
``prose``, which are loaded for the first of them. Whatever is not in the dialect is a diagnostic with
its place; no directive ever runs, and no file is ever read.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes

from manproof.diagnostic import Diagnostic, Span
from manproof.rest import usual
from manproof.rest.limits import limits

Parsed = tuple[list[nodes.Node], list[Diagnostic]]
"""Nodes, and what is wrong with them (then they are void)."""


def parse_inline(text: str, span: Span) -> Parsed:
    """One paragraph's text -> inline nodes."""
    if problems := list(limits(text, span)):
        return [], problems
    found = usual.inlines(text)
    return _parser().inline(text, span) if found is None else (found, [])


def parse_blocks(text: str, span: Span) -> Parsed:
    """A field's text -> paragraphs, lists, literal blocks and tables.

    Nodes that hold a unit of translation carry its reST in ``rawsource`` and its place in the
    attribute ``span``.
    """
    if problems := list(limits(text, span)):
        return [], problems
    found = usual.blocks(text, span)
    return _parser().blocks(text, span) if found is None else (found, [])


def _parser() -> Any:
    from manproof.rest.parser import PARSER

    return PARSER
