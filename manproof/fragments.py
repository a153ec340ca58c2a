"""The smaller parts of a document: fixed phrases, lists of causes, what the source states of a passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docutils import nodes

from manproof import words
from manproof.prose import fixed
from manproof.spec import Cause, Holds, Paragraph, Rare


def phrase(msgid: str, **values: object) -> fixed:
    """A fixed phrase with its placeholders filled."""
    return fixed(msgid, words.fill(msgid, values), values=values)


def bullets(causes: Sequence[Sequence[nodes.Node]]) -> nodes.bullet_list:
    items = (nodes.list_item("", *blocks) for blocks in causes)
    return nodes.bullet_list("", *items, classes=["causes"])


def limits(holds: Holds | None) -> list[nodes.Node]:
    """The fixed sentences that say for whom a cause holds."""
    if holds is None:
        return []
    found: list[nodes.Node] = []
    if holds.linux:
        first, _, last = holds.linux.partition(" ")
        release = first.lstrip("<>=")
        msgid = words.BETWEEN if last else words.BEFORE if first.startswith("<") else words.SINCE
        found.append(phrase(msgid, release=release, first=release, last=last.lstrip("<")))
    if holds.caller:
        found.append(phrase(words.CALLERS[holds.caller]))
    return found


def state(blocks: Sequence[nodes.Node], item: Paragraph | Cause | Rare) -> None:
    """Tells the first block what the source states of the passage."""
    first = blocks[0] if blocks else None
    claims = [_given(claim, ("condition", "outcome", "linux")) for claim in item.claims]
    facts = _given(item, ("since", "unproven"))
    facts |= {"claims": claims} if claims else {}
    facts |= {"holds": _given(item.holds, ("linux", "caller"))} if item.holds else {}
    if facts and isinstance(first, nodes.Element):
        first["facts"] = facts


def _given(record: object, fields: Sequence[str]) -> dict[str, Any]:
    """The fields of a record that say something, as plain text."""
    values = ((name, getattr(record, name, None)) for name in fields)
    return {name: str(value) for name, value in values if value}


def last_paragraph(blocks: list[nodes.Node]) -> nodes.paragraph:
    """The paragraph that ends a passage; where a list, a table or code ends it, a new one."""
    if not blocks or not isinstance(blocks[-1], nodes.paragraph):
        blocks.append(nodes.paragraph())
    return blocks[-1]  # type: ignore[return-value]  # it is one now


def append_sentences(blocks: list[nodes.Node], sentences: Sequence[nodes.Node]) -> None:
    """Adds fixed sentences to the last paragraph; ``tail`` counts what is no part of its unit."""
    if not sentences:
        return
    last = last_paragraph(blocks)
    own = len(last.children)
    for sentence in sentences:
        last += [nodes.Text(" "), sentence] if last.children else [sentence]
    last["tail"] = len(last.children) - own


def listed(items: Sequence[nodes.Node]) -> list[nodes.Node]:
    """Nodes with commas between them."""
    return [node for item in items for node in (nodes.Text(", "), item)][1:]
