"""The words of a comparison as a document: what translators are given, and outputs take titles from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes

from manproof.comparison import Comparison
from manproof.diagnostic import Diagnostic
from manproof.rest import parse_inline
from manproof.spec import Prose


def document(comparison: Comparison) -> tuple[nodes.document, list[Diagnostic]]:
    """A paragraph for each text, whose anchor is the id of what it names, and what is wrong with them.

    Titles, caveats and notes have a section each, because a note may have the name of a situation.
    """
    root = nodes.document(None, None)  # type: ignore[arg-type]  # nothing reports through it
    root.update_all_atts({"name": comparison.call, "section": "", "date": ""})
    found: list[Diagnostic] = []
    sections = {"rows": _titles(comparison), "caveats": _caveats(comparison), "notes": _notes(comparison)}
    for name, texts in sections.items():
        paragraphs = [_paragraph(prose, about, anchor, found) for prose, about, anchor in texts]
        root += nodes.section("", *paragraphs, ids=[name])
    return root, found


_Text = tuple[Prose, str, str]


def _titles(comparison: Comparison) -> Iterator[_Text]:
    for family in comparison.families:
        yield family.title, "title of a part of the comparison", str(family.family)
        for row in family.situations:
            yield row.title, "a situation, as the title of a row: no full stop", str(row.id)


def _caveats(comparison: Comparison) -> Iterator[_Text]:
    for manual in comparison.manuals:
        if manual.caveat:
            yield manual.caveat, f"what has not been read of {manual.label}", str(manual.id)


def _notes(comparison: Comparison) -> Iterator[_Text]:
    for note in comparison.notes:
        yield note.text, "a note on where manuals contradict each other", str(note.id)


def _paragraph(prose: Prose, about: str, anchor: str, found: list[Diagnostic]) -> nodes.Node:
    children, problems = parse_inline(prose.text, prose.span)
    found += problems
    node: Any = nodes.paragraph(prose.text, "", *children, ids=[anchor])
    node["span"], node["about"], node["context"] = prose.span, about, ""
    return node  # type: ignore[no-any-return]  # it is one


def texts(root: nodes.document, section: str) -> dict[str, Any]:
    """The paragraphs of a section by their anchors, in the language that the document is in."""
    sections: list[Any] = root.children
    part = next(node for node in sections if section in node["ids"])
    return {node["ids"][0]: node for node in part.children}


def explained(comparison: Comparison) -> dict[str, list[int]]:
    """The numbers of the notes on each situation; they count from 1."""
    found: dict[str, list[int]] = {}
    for number, note in enumerate(comparison.notes, 1):
        for name in note.situations:
            found.setdefault(str(name), []).append(number)
    return found
