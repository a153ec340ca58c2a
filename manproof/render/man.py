"""A document -> a man(7) page, as a careful maintainer would write it by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes

from manproof.prose import ROLES, fixed, nameline, role, synopsis, walk
from manproof.render import Settings, sections, titled
from manproof.render.roff import Run, argument, cell, escape, flow, guard, literal, one_line, plain
from manproof.spec import Prototype, Synopsis

_CODE_INDENT = ".in +4n"
_SYNOPSIS_WIDTH = 72
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z").match


def render(document: nodes.document, settings: Settings) -> str:
    """The page as troff, UTF-8, for ``groff -man`` (after preconv), mandoc and man.

    Raises KeyError for a node outside the closed set of ``prose``.
    """
    lines = [*_head(document, settings)]
    for section in sections(document, settings):
        lines += _section(section, ".SH")
    return "\n".join(lines) + "\n"


def _head(document: nodes.document, settings: Settings) -> Iterator[str]:
    """Comments, then the title line; a page with tables says so first, for man(1) to run tbl."""
    table = "t " if any(isinstance(node, nodes.table) for node in walk(document)) else ""
    yield f"'\\\" {table}-*- coding: UTF-8 -*-"
    yield f'.\\" {_comment(settings.licence)}'
    yield f'.\\" Made by manproof from {_comment(settings.origin)}: change that file, not this one.'
    # a date of digits stays as it is, so that every formatter can read it
    date = settings.date if _ISO_DATE(settings.date) else _margin(settings.date)
    title = [argument(part) for part in titled(document, settings)]
    others = [_margin(text) for text in (settings.source, settings.manual)]
    while others and others[-1] == _margin(""):
        others.pop()
    yield " ".join([".TH", *title, date, *others])


def _margin(text: str) -> str:
    """An argument that stands in the head or foot, where troff puts the page number for a ``%``."""
    return argument(text.replace("\u00ad", "")).replace("%", r"\N'37'")


def _comment(text: str) -> str:
    return " ".join(text.split()).replace("\\", "/")


def _section(section: Any, macro: str) -> Iterator[str]:
    title, *blocks = section.children
    yield f"{macro} {plain(_runs(title))}"
    yield from _blocks(blocks, ".P")


def _blocks(blocks: list[Any], separator: str, first: bool = True) -> Iterator[str]:
    """Blocks one under the other; ``separator`` begins each paragraph but the first."""
    before: Any = None
    for block in blocks:
        if isinstance(block, nodes.section):
            yield from _section(block, ".SS")
        else:
            if not first and not isinstance(block, _LISTS):
                yield separator
            # a list leaves its indentation behind, which the next one would take over
            wide = isinstance(block, nodes.definition_list) and isinstance(before, _ITEMS)
            lines = _definitions(block, ".TP 7") if wide else _BLOCKS[type(block)](block)
            yield from _close(lines, before is None) if "errors" in block["classes"] else lines
        first = isinstance(block, nodes.section)
        before = block


def _paragraph(node: Any) -> Iterator[str]:
    yield from flow(_runs(node))


def _nameline(node: Any) -> Iterator[str]:
    # apropos(1) and whatis(1) read this line: the name, a blank, \-, a blank, the summary
    yield guard(rf"{escape(node['name'])} \- {plain(_runs(node))}")


def _close(lines: Iterator[str], first: bool) -> Iterator[str]:
    """Tagged paragraphs without distance between them; what stands above keeps its own."""
    tags = 0
    yield from [".PD 0"] * first
    for line in lines:
        tags += line.startswith(".TP")
        yield from [".PD 0"] * (tags == 2 and line.startswith(".TP") and not first)
        yield line
    yield from [".PD"] * (first or tags > 1)


def _definitions(node: Any, macro: str = ".TP") -> Iterator[str]:
    """Tagged paragraphs; the errnos that share a text stand one under the other."""
    for item in node.children:
        *terms, body = item.children
        for number, term in enumerate(terms):
            yield ".TQ" if number else macro
            macro = ".TP"
            yield one_line(_runs(term))
        yield from _inset(body.children)


def _inset(blocks: list[Any]) -> Iterator[str]:
    """The blocks under a tag: the first goes on beside it, lists are set in."""
    for number, block in enumerate(blocks):
        if isinstance(block, _SET_IN):
            yield ".RS"
            yield from _BLOCKS[type(block)](block)
            yield ".RE"
        else:
            yield from _blocks([block], ".IP", first=not number)


def _items(node: Any, label: Callable[[int], str]) -> Iterator[str]:
    """List items; those of one paragraph stand close together, as the rows of a table would."""
    within = isinstance(node.parent, nodes.definition) and "errors" in node.parent.parent.parent["classes"]
    close = not within and all(len(item.children) == 1 for item in node.children)
    for number, item in enumerate(node.children, 1):
        # the first one keeps its distance from the paragraph above
        yield f".IP {label(number)}"
        yield from [".PD 0"] * (close and number == 1)
        yield from _inset(item.children)
    yield from [".PD"] * close


def _bullets(node: Any) -> Iterator[str]:
    yield from _items(node, lambda _: r"\(bu 2")


def _numbers(node: Any) -> Iterator[str]:
    before = int(node.get("start", 1)) - 1
    width = max(4, len(f"{before + len(node.children)}. "))
    yield from _items(node, lambda number: f"{before + number}. {width}")


def _code(node: Any) -> Iterator[str]:
    yield _CODE_INDENT
    yield ".EX"
    for line in node.astext().rstrip("\n").split("\n"):
        yield literal(line)
    yield ".EE"
    yield ".in"


def _table(node: Any) -> Iterator[str]:
    """A table for tbl; each cell is a block, so its text can never be a format."""
    group = node.children[0]
    columns = group["cols"]
    yield ".TS"
    yield "tab(@);"
    head = [row for part in group.findall(nodes.thead) for row in part.children]
    yield " ".join(["lb"] * columns)
    yield " ".join(["l"] * columns) + "."
    for row in [*head, *(row for part in group.findall(nodes.tbody) for row in part.children)]:
        yield from _row(row)
    yield ".TE"


def _row(row: Any) -> Iterator[str]:
    line = "T{"
    for number, entry in enumerate(row.children):
        yield line if not number else "T}@T{"
        yield from (cell(_runs(block)) for block in entry.children)
    yield "T}"


def _synopsis(node: Any) -> Iterator[str]:
    value: Synopsis = node["value"]
    yield ".nf"
    if value.link:
        yield f".B {escape(value.link)}"
        yield ".P"
    for header in value.includes:
        yield f".B #include <{escape(header)}>"
    for function in value.functions:
        yield ".P"
        yield from _prototype(function)
    yield ".fi"


def _prototype(function: Prototype) -> Iterator[str]:
    """A declaration, its parameters in italics, continued under the first of them."""
    start = function.returns + ("" if function.returns.endswith("*") else " ") + function.name + "("
    if not function.parameters:
        yield f".B {escape(start)}void);"
        return
    parts: list[str] = [start]
    for number, parameter in enumerate(function.parameters):
        last = number == len(function.parameters) - 1
        declared = parameter.type + ("" if parameter.type.endswith("*") else " ")
        end = ");" if last else ","
        width = sum(map(len, parts)) + len(declared + parameter.name + end) + 1
        if number and width > _SYNOPSIS_WIDTH:
            yield _bold_italic(parts)
            parts = [" " * len(start)]
        elif number:
            parts[-1] += " "
        parts[-1] += declared
        parts += [parameter.name, end]
    yield _bold_italic(parts)


def _bold_italic(parts: list[str]) -> str:
    return ".BI " + " ".join(argument(part) for part in parts)


_ITEMS = (nodes.bullet_list, nodes.enumerated_list)
_LISTS = (nodes.definition_list, *_ITEMS, nodes.table)
_SET_IN = (*_LISTS, nodes.literal_block)
_BLOCKS: dict[type, Callable[[Any], Iterator[str]]] = {
    nodes.paragraph: _paragraph,
    nameline: _nameline,
    synopsis: _synopsis,
    nodes.definition_list: _definitions,
    nodes.bullet_list: _bullets,
    nodes.enumerated_list: _numbers,
    nodes.literal_block: _code,
    nodes.table: _table,
}


def _runs(node: Any) -> list[Run]:
    """The text of a paragraph, term or title, cut where the font changes."""
    return [run for child in node.children for run in _INLINES[type(child)](child)]


def _role(node: Any) -> list[Run]:
    kind = ROLES[node["name"]]
    text = node.astext()
    if node["name"] == "man":
        name, _, section = text.partition("(")
        return [Run(kind.man, name), Run("R", "(" + section)]
    return [Run(kind.man, text), *([Run("R", kind.roman)] if kind.roman else [])]


_INLINES: dict[type, Callable[[Any], list[Run]]] = {
    nodes.Text: lambda node: [Run("R", str(node))],
    nodes.emphasis: lambda node: [Run("I", node.astext())],
    nodes.strong: lambda node: [Run("B", node.astext())],
    nodes.literal: lambda node: [Run("B", node.astext())],
    fixed: lambda node: [Run("R", node.astext())],
    role: _role,
}
