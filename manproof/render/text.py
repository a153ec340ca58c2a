"""A document -> plain text, laid out as a terminal shows a manual page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from docutils import nodes

from manproof.prose import ROLES, fixed, nameline, role, synopsis
from manproof.render import Settings, notice, sections, titled
from manproof.render.columns import columns, pad, width, wrap
from manproof.spec import Prototype, Synopsis

WIDTH = 78
_INDENT = 7
_SUBTITLE = 3
_CODE = 4
_BULLET = "• "


def render(document: nodes.document, settings: Settings) -> str:
    """The page as lines of up to 78 columns where a word allows it.

    Raises KeyError for a node outside the closed set of ``prose``.
    """
    title = "{}({})".format(*titled(document, settings))
    lines = [_thirds(title, settings.manual, title), *_notice(notice(document, settings))]
    for section in sections(document, settings):
        lines += ["", *_section(section, 0)]
    lines += ["", _thirds(settings.source, settings.date, title)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _thirds(left: str, middle: str, right: str) -> str:
    """A line of head or foot; where it is too narrow, the parts stand one blank apart."""
    start = max((WIDTH - width(middle)) // 2, width(left) + 1)
    line = pad(left, start) + middle
    return pad(line, max(WIDTH - width(right), width(line) + 1)) + right


def _notice(text: str) -> list[str]:
    return ["", *_inset(wrap(text, WIDTH - _INDENT), _INDENT)] if text else []


def _section(section: Any, depth: int) -> Iterator[str]:
    title, *blocks = section.children
    yield from _inset(wrap(_text(title), WIDTH - depth * _SUBTITLE), depth * _SUBTITLE)
    for number, block in enumerate(blocks):
        part = isinstance(block, nodes.section)
        if part or (number and not isinstance(blocks[number - 1], nodes.section)):
            yield ""
        yield from _section(block, depth + 1) if part else _inset(_block(block, WIDTH - _INDENT), _INDENT)


def _inset(lines: Sequence[str], indent: int) -> Iterator[str]:
    return (" " * indent + line for line in lines)


def _block(node: Any, room: int) -> list[str]:
    return list(_BLOCKS[type(node)](node, room))


def _blocks(blocks: Sequence[Any], room: int) -> list[str]:
    """Blocks with an empty line between them."""
    lines: list[str] = []
    for block in blocks:
        lines += [*([""] if lines else []), *_block(block, room)]
    return lines


def _paragraph(node: Any, room: int) -> list[str]:
    return wrap(_text(node), room)


def _nameline(node: Any, room: int) -> list[str]:
    return wrap(f"{node['name']} - {_text(node)}", room)


def _definitions(node: Any, room: int) -> Iterator[str]:
    """Tags with their texts hanging beside them, or below where a tag is too wide."""
    for number, item in enumerate(node.children):
        *terms, body = item.children
        *above, tag = [_text(term) for term in terms]
        if number:
            yield ""
        for text in above:
            yield from wrap(text, room)
        yield from _hanging(tag, _blocks(body.children, room - _INDENT), room)


def _hanging(tag: str, lines: list[str], room: int) -> Iterator[str]:
    if lines and width(tag) < _INDENT:
        yield pad(tag, _INDENT) + lines[0]
        lines = lines[1:]
    else:
        yield from wrap(tag, room)
    yield from _inset(lines, _INDENT)


def _items(node: Any, room: int, labels: Sequence[str]) -> Iterator[str]:
    """List items behind their labels; those of one paragraph each stand close together."""
    indent = max(map(width, labels))
    loose = any(len(item.children) > 1 for item in node.children)
    for number, (item, label) in enumerate(zip(node.children, labels, strict=True)):
        first, *others = _blocks(item.children, room - indent) or [""]
        if number and loose:
            yield ""
        yield pad(label, indent) + first
        yield from _inset(others, indent)


def _bullets(node: Any, room: int) -> Iterator[str]:
    return _items(node, room, [_BULLET] * len(node.children))


def _numbers(node: Any, room: int) -> Iterator[str]:
    start = int(node.get("start", 1))
    return _items(node, room, [f"{start + number}. " for number in range(len(node.children))])


def _code(node: Any, _room: int) -> Iterator[str]:
    return _inset(node.astext().expandtabs(8).rstrip("\n").split("\n"), _CODE)


def _table(node: Any, room: int) -> Iterator[str]:
    rows = [[_blocks(cell.children, room) for cell in row.children] for row in node.findall(nodes.row)]
    texts = [[" ".join(cell) for cell in row] for row in rows]
    return columns(texts, room)


def _synopsis(node: Any, room: int) -> Iterator[str]:
    value: Synopsis = node["value"]
    if value.link:
        yield from [value.link, ""]
    for header in value.includes:
        yield f"#include <{header}>"
    for number, function in enumerate(value.functions):
        if number or value.includes:
            yield ""
        yield from _prototype(function, room)


def _prototype(function: Prototype, room: int) -> Iterator[str]:
    """A declaration, continued under its first parameter."""
    line = start = f"{_typed(function.returns, function.name)}("
    found = [_typed(parameter.type, parameter.name) for parameter in function.parameters] or ["void"]
    for number, text in enumerate(found):
        text += ");" if number == len(found) - 1 else ","
        if number and len(line) + 1 + len(text) > room:
            yield line
            line = " " * len(start) + text
        else:
            line += f" {text}" if number else text
    yield line


def _typed(kind: str, name: str) -> str:
    return f"{kind}{'' if kind.endswith('*') else ' '}{name}"


_BLOCKS: dict[type, Callable[[Any, int], Any]] = {
    nodes.paragraph: _paragraph,
    nameline: _nameline,
    synopsis: _synopsis,
    nodes.definition_list: _definitions,
    nodes.bullet_list: _bullets,
    nodes.enumerated_list: _numbers,
    nodes.literal_block: _code,
    nodes.table: _table,
}


def _text(node: Any) -> str:
    """The words of a paragraph, term or title."""
    return "".join(_INLINES[type(child)](child) for child in node.children)


def _plain(node: Any) -> str:
    """An inline node without its markup."""
    return str(node.astext())


_INLINES: dict[type, Callable[[Any], str]] = {
    nodes.Text: lambda node: _plain(node).replace("\u00ad", ""),
    nodes.emphasis: _plain,
    nodes.strong: _plain,
    nodes.literal: _plain,
    fixed: _plain,
    role: lambda node: _plain(node) + ROLES[node["name"]].roman,
}
