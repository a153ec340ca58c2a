"""The usual forms of prose give what docutils gives; anything else is left to docutils."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from manproof.diagnostic import Span
from manproof.load import load_page
from manproof.rest import usual
from manproof.rest.limits import limits
from manproof.rest.parser import PARSER
from tests.test_architecture import ROOT

SPAN = Span(path="page.yaml", line=10, column=5)

USUAL = (
    "Plain words.",
    ":func:`connect` fails with :errno:`EACCES` (see :man:`socket(2)`).",
    "*This* is **so**: ``a_b *`` is -1.",
    "A paragraph.\nOf two lines.\n\n- an item\n- another one,\n  longer\n\n- the last",
    "Words:\n\n:const:`A`\n    What it is.\n    More.\n:const:`B`\n    That one.\n\n:const:`C`\n  Less far.",
    "One.\n\nTwo.\n\n\nThree.",
)
UNUSUAL = (
    "word_", "a\\ b", "|x|", "`x`", ":nothing:`x`", ":errno:`x`", ":arg:`x`s", "*open", "(*)", "\"*\"",
    "a\n\n    quoted", "1. one\n2. two", "code::\n\n    x", "- a\n\n  b", "Title\n=====", ".. note",
    "term : classifier\n    text", "trailing \n\nblank", "*a**b*", "Dr. `x`_",
)  # fmt: skip
ATOMS = (
    "word", "a", "b c", " ", "  ", "\n", "\n\n", "\n  ", "\n    ", "- ", "* ", "1. ", "a) ", ":arg:`x`",
    ":func:`f`", ":file:`/a b`", ":const:`A_B`", ":bad:`x`", "*em*", "**st**", "``lit``", "``a_b *``", "*",
    "**", "`", "``", "_", "__", "|", "\\", "(", ")", "[1]_", ".", ",", ":", "::", ";", "»", "«", "”", "’",
    '"', "/", "-", "—", "…", "x_", ": ", ":x:", "\n===\n", "\n----", "term\n    def", "- item\n- item",
    "- item\n  more", "\n- ", "\u00a0", "é",
)  # fmt: skip


def shown(found: list[nodes.Node]) -> list[Any]:
    """All that the program looks at."""
    parts: list[Any] = []
    for node in found:
        parts.append(node.pformat())
        for part in node.findall(nodes.TextElement):
            parts += [
                part.rawsource,
                part.get("span"),
                part.astext(),
                [str(child) for child in part.children],
            ]
    return parts


@pytest.mark.parametrize("text", USUAL)
def test_usual_forms_are_recognised(text: str) -> None:
    assert usual.blocks(text, SPAN) is not None


@pytest.mark.parametrize("text", UNUSUAL)
def test_other_forms_are_not(text: str) -> None:
    assert usual.blocks(text, SPAN) is None


@pytest.mark.parametrize("path", sorted(ROOT.glob("source/linux/*.2.yaml")), ids=lambda path: path.name)
def test_our_own_pages_are_usual(path: Path) -> None:
    page, _ = load_page(path.read_bytes(), path.name)
    assert page is not None
    texts = [item.text for item in (*page.description, *page.notes) if hasattr(item, "text")]
    assert all(usual.blocks(prose.text, prose.span) is not None for prose in texts)


@given(st.lists(st.sampled_from(ATOMS), max_size=9).map("".join).map(str.rstrip))
def test_docutils_agrees(text: str) -> None:
    if not text or list(limits(text, SPAN)):
        return
    for quick, slow in ((usual.inlines(text), PARSER.inline), (usual.blocks(text, SPAN), PARSER.blocks)):
        if quick is not None:
            nodes_of_docutils, problems = slow(text, SPAN)
            assert not problems
            assert shown(quick) == shown(nodes_of_docutils)
