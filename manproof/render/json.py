"""A document -> JSON: the page as data, for programs that show, compare or check it.

``page-output.schema.json`` beside this module describes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from docutils import nodes

from manproof.prose import ROLES, fixed, nameline, role, synopsis
from manproof.render import Settings
from manproof.spec import Parameter, Prototype, Synopsis

FORMAT = 1
"""Grows when a program that reads the output would have to change."""

Data = dict[str, Any]


def render(document: nodes.document, settings: Settings) -> str:
    """The page as JSON, in the language of the document.

    Raises KeyError for a node outside the closed set of ``prose``.
    """
    missing, total = document.get("untranslated", (0, 0))
    summary = next(document.findall(nameline), None)
    declared = next(document.findall(synopsis), None)
    data = {
        "format": FORMAT,
        "name": str(document["name"]),
        "section": str(document["section"]),
        "date": str(document["date"]),
        "edition": settings.edition,
        "manual": settings.manual,
        "source": settings.source,
        "locale": settings.language.locale,
        "untranslated": {"missing": missing, "total": total},
        "summary": _words(summary) if summary else "",
        "synopsis": _synopsis(declared) if declared else None,
        "errors": list(_errors(document)),
        "see_also": list(_see_also(document)),
        "sections": [_section(section) for section in document.children],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _words(node: Any) -> str:
    """The text of a node in which no mark-up and no line matters."""
    return " ".join(filter(None, "".join(map(_shown, node.children)).replace("\n", " ").split(" ")))


def _shown(node: Any) -> str:
    roman = ROLES[node["name"]].roman if isinstance(node, role) else ""
    return str(node.astext()) + roman


def _section(section: Any) -> Data:
    title, *blocks = section.children
    return {
        "id": section["ids"][0],
        **_given(section, "field"),
        "title": _words(title),
        **_given(title, "lang"),
        "blocks": [_block(block) for block in blocks if not isinstance(block, nodes.section)],
        "sections": [_section(block) for block in blocks if isinstance(block, nodes.section)],
    }


def _given(node: Any, *names: str) -> Data:
    """The attributes of a node that it has."""
    return {name: str(node[name]) for name in names if node.get(name)}


def _block(node: Any) -> Data:
    """A block: its type and anchor, what the source states of it, and its content."""
    kind, content = _BLOCKS[type(node)]
    anchor = {"id": node["ids"][0]} if node["ids"] else {}
    return {"type": kind, **anchor, **_given(node, "lang"), **node.get("facts", {}), **content(node)}


def _blocks(found: Sequence[Any]) -> list[Data]:
    return list(map(_block, found))


def _paragraph(node: Any) -> Data:
    """The text, and where something in it is marked up, the runs that it is made of."""
    runs = list(map(_run, node.children))
    marked = any(isinstance(run, dict) for run in runs)
    return {"text": _words(node), **({"runs": runs} if marked else {})}


def _nameline(node: Any) -> Data:
    return {"text": f"{node['name']} - {_words(node)}"}


def _run(node: Any) -> str | Data:
    """Text, or marked-up text with the name of its mark-up."""
    kind = _INLINES[type(node)](node)
    text = str(node.astext()).replace("\n", " ")
    return {"role": kind, "text": text} if kind else text


def _definitions(node: Any) -> Data:
    if "group" in node:
        return {"type": "errors", "group": node["group"]}
    return {"items": [_definition(item) for item in node.children]}


def _definition(item: Any) -> Data:
    *terms, body = item.children
    return {"terms": [_paragraph(term) for term in terms], "blocks": _blocks(body.children)}


def _items(node: Any) -> Data:
    if "group" in node:
        return {"type": "errors", "group": node["group"]}
    return {"items": [_blocks(item.children) for item in node.children]}


def _numbers(node: Any) -> Data:
    return {"start": int(node.get("start", 1)), **_items(node)}


def _code(node: Any) -> Data:
    return {**_given(node, "language"), "text": str(node.astext())}


def _table(node: Any) -> Data:
    head, body = (
        [[_blocks(cell.children) for cell in row.children] for part in node.findall(kind) for row in part]
        for kind in (nodes.thead, nodes.tbody)
    )
    return {"head": head, "rows": body}


def _synopsis(node: Any) -> Data:
    value: Synopsis = node["value"]
    link = {"link": str(value.link)} if value.link else {}
    functions = [_prototype(function) for function in value.functions]
    return {"includes": list(map(str, value.includes)), "functions": functions, **link}


def _prototype(function: Prototype) -> Data:
    parameters = [_typed(parameter) for parameter in function.parameters]
    return {"name": str(function.name), "returns": str(function.returns), "parameters": parameters}


def _typed(parameter: Parameter) -> Data:
    return {"type": str(parameter.type), "name": str(parameter.name)}


def _errors(document: nodes.document) -> Iterator[Data]:
    """The entries of ERRORS in their order, whatever group they stand in."""
    entries: Any
    for entries in document.findall(lambda node: isinstance(node, nodes.Element) and "group" in node):
        make = _entry if isinstance(entries, nodes.definition_list) else _rarity
        yield from (make(item, entries["group"]) for item in entries.children)


def _entry(item: Any, group: str) -> Data:
    *terms, body = item.children
    return {
        "errnos": [term.astext() for term in terms],
        "ids": [anchor for term in terms for anchor in term["ids"]],
        "group": group,
        "causes": [_cause(blocks) for blocks in _causes(body)],
    }


def _rarity(item: Any, group: str) -> Data:
    """A rare cause: an entry of its own, whose errnos have their anchors elsewhere."""
    return {"errnos": list(item["errnos"]), "ids": [], "group": group, "causes": [_cause(item.children)]}


def _causes(body: Any) -> list[list[Any]]:
    first = body.children[0]
    if "causes" in first["classes"]:
        return [item.children for item in first.children]
    return [body.children]


def _cause(blocks: list[Any]) -> Data:
    first = blocks[0]
    return {
        "id": first["ids"][0],
        **_given(first, "lang"),
        **first.get("facts", {}),
        "text": "\n\n".join(_passage(block) for block in blocks),
        "blocks": [_bare(block) for block in _blocks(blocks)],
    }


def _bare(block: Data) -> Data:
    """A block without what its cause says already."""
    return {name: value for name, value in block.items() if name not in ("id", *_FACTS)}


def _passage(node: Any) -> str:
    return _words(node) if isinstance(node, nodes.paragraph) else str(node.astext())


def _see_also(document: nodes.document) -> Iterator[str]:
    for section in document.children:
        if isinstance(section, nodes.section) and section.get("field") == "see_also":
            yield from (node.astext() for node in section.findall(role))


_FACTS = ("claims", "holds", "since", "unproven")
_BLOCKS: dict[type, tuple[str, Callable[[Any], Data]]] = {
    nodes.paragraph: ("paragraph", _paragraph),
    nameline: ("paragraph", _nameline),
    synopsis: ("synopsis", lambda _: {}),
    nodes.definition_list: ("definitions", _definitions),
    nodes.bullet_list: ("bullets", _items),
    nodes.enumerated_list: ("numbers", _numbers),
    nodes.literal_block: ("code", _code),
    nodes.table: ("table", _table),
}
_INLINES: dict[type, Callable[[Any], str]] = {
    nodes.Text: lambda _: "",
    fixed: lambda _: "",
    nodes.emphasis: lambda _: "emphasis",
    nodes.strong: lambda _: "strong",
    nodes.literal: lambda _: "literal",
    role: lambda node: str(node["name"]),
}
