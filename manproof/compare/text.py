"""A comparison as text of up to 100 columns, fit to be pasted into a mail or a review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from manproof.compare.columns import SYSTEM, UNVERIFIED
from manproof.compare.porting import Porting
from manproof.compare.rows import AGREES, DIFFERS, OTHERS, PARTLY, SAYS, SILENT, Cell, Row, Table
from manproof.render.columns import pad, width, wrap

WIDTH = 100
_TITLE = 26
"""The columns that the titles of the rows have at least."""
_GAP = 2
SIGNS = {AGREES: "=", PARTLY: "~", DIFFERS: "≠", SAYS: "", SILENT: "-"}

Paint = Callable[[str, str], str]
"""Gives a text the colour of a kind of cell, or leaves it as it is."""
Titles = Mapping[str, str]
"""Titles of families and rows, and notes, by id."""


def plain(text: str, _kind: str) -> str:
    """No colour."""
    return text


def cell(item: Cell) -> str:
    """``= may``: as the system answers; ``≠ EINVAL``: something else; ``~ EINVAL``: only in part; ``-``: silent."""
    sign = SIGNS[item.kind]
    if item.kind == AGREES:
        marks = set(item.marks)
        return " ".join(filter(None, [sign, _mark(marks.pop()) if len(marks) == 1 else ""]))
    words = (f"{one} {_mark(mark)}".strip() for one, mark in zip(item.outcomes, item.marks, strict=True))
    return f"{sign} {', '.join(words)}".strip()


def _mark(mark: str) -> str:
    return "?" if mark == UNVERIFIED else mark


def fitting(table: Table) -> list[str]:
    """The columns that fit into a table beside the titles, from the left."""
    names: list[str] = []
    for column in table.columns:
        names.append(column.name)
        if _TITLE + sum(_GAP + size for size in _sizes(table, names)) > WIDTH:
            return names[:-1]
    return names


def _sizes(table: Table, names: Sequence[str]) -> list[int]:
    """The columns that each column needs: its head, and the longest word of its cells with the sign before it."""
    return [
        max([width(name), *(width(line) for row in table.rows for line in _lines(row.cells[name]))])
        for name in names
    ]


def _lines(item: Cell) -> list[str]:
    """A cell, an outcome a line where there are several."""
    first, *others = cell(item).split(", ")
    indent = " " * (2 if SIGNS[item.kind] else 0)
    return [first, *(indent + other for other in others)]


def render(table: Table, titles: Titles, notes: Titles, left_out: Sequence[str], paint: Paint = plain) -> str:
    """The whole comparison: who is compared, the table or (for many columns) a list, notes and what all document.

    ``left_out`` are the columns that were not asked for.
    """
    wide = len(fitting(table)) < len(table.columns)
    body = _listed(table, titles, paint) if wide else _tabled(table, titles, paint)
    parts = [_head(table, left_out), *body, _notes(notes), _foot(table)]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(table: Table, left_out: Sequence[str]) -> list[str]:
    size = max(len(column.name) for column in table.columns)
    lines = [f"{pad(item.name, size)}  {item.label}, {item.about}" for item in table.columns]
    if any(column.name == SYSTEM for column in table.columns):
        lines += ["", *wrap(LEGEND, WIDTH)]
    more = f"Left out: {', '.join(left_out)}; add each with --edition." if left_out else ""
    return [*lines, *wrap(more, WIDTH)]


LEGEND = "= what the system answers, ~ in part, ≠ another outcome, - silent; may: not required; ?: unverified"


def _families(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    for family, group in groupby(rows, key=lambda row: row.family):
        yield family, list(group)


def _title(titles: Titles, row: Row) -> str:
    return titles.get(row.name, row.title) if row.known else row.title


def _family(titles: Titles, name: str) -> str:
    return "Other conditions" if name == OTHERS else titles.get(name, name)


def _tabled(table: Table, titles: Titles, paint: Paint) -> Iterator[list[str]]:
    names = [column.name for column in table.columns]
    sizes = _sizes(table, names)
    room = WIDTH - sum(_GAP + size for size in sizes)
    heads = "".join(" " * _GAP + pad(name, size) for name, size in zip(names, sizes, strict=True))
    for family, rows in _families(table.rows):
        lines = _heading(_family(titles, family).upper(), heads, room)
        for row in rows:
            lines += _row(
                [row.cells[name] for name in names], wrap(_title(titles, row), room), room, sizes, paint
            )
        yield lines


def _heading(title: str, heads: str, room: int) -> list[str]:
    """The title of a family beside the heads of the columns, or above them where it is too long."""
    beside = width(title) <= room
    return [pad(title, room) + heads] if beside else [title, pad("", room) + heads]


def _row(
    cells: Sequence[Cell], title: Sequence[str], room: int, sizes: Sequence[int], paint: Paint
) -> Iterator[str]:
    columns = [_lines(item) for item in cells]
    for number in range(max(len(title), *map(len, columns))):
        line = pad(title[number] if number < len(title) else "", room)
        for item, column, size in zip(cells, columns, sizes, strict=True):
            text = column[number] if number < len(column) else ""
            line += " " * _GAP + paint(text, item.kind) + " " * (size - width(text))
        yield line.rstrip()


def _listed(table: Table, titles: Titles, paint: Paint) -> Iterator[list[str]]:
    """For more columns than a table has room for: under each situation a line for each thing that is said."""
    for family, rows in _families(table.rows):
        lines = [_family(titles, family).upper()]
        for row in rows:
            lines += wrap(_title(titles, row), WIDTH)
            for (kind, text), names in _voices(row).items():
                lines += _voice(text, names, kind, paint)
        yield lines


def _voices(row: Row) -> dict[tuple[str, str], list[str]]:
    """Who says what: the columns by what their cells show."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, item in row.cells.items():
        found.setdefault((item.kind, "silent" if item.kind == SILENT else cell(item)), []).append(name)
    return dict(sorted(found.items(), key=lambda pair: (SYSTEM not in pair[1], pair[0][0] == SILENT)))


def _voice(text: str, names: Sequence[str], kind: str, paint: Paint) -> Iterator[str]:
    indent = 26
    start = " " * 4 + paint(text, kind) + " " * max(indent - 4 - width(text), 2)
    first, *others = wrap(", ".join(names), WIDTH - indent)
    yield start + first
    yield from (" " * indent + line for line in others)


def _notes(notes: Titles) -> list[str]:
    """Each note as a bullet."""
    lines = []
    for text in notes.values():
        first, *others = wrap(text, WIDTH - 2)
        lines += [f"* {first}", *(f"  {line}" for line in others)]
    return ["NOTES", *lines] if lines else []


def _foot(table: Table) -> list[str]:
    """What all manuals document, and what POSIX requires and allows."""
    said = {
        "Documented by every manual": table.everywhere,
        "POSIX requires": table.required,
        "POSIX requires for AF_UNIX": table.required_unix,
        "POSIX allows": table.allowed,
    }
    return [
        line for what, names in said.items() if names for line in wrap(f"{what}: {', '.join(names)}.", WIDTH)
    ]


def porting(answer: Porting, table: Table, titles: Titles, paint: Paint = plain) -> str:
    """The four lists for who moves a program, each a table of the two columns and the system."""
    parts: list[list[str]] = [_head(table, ())]
    for heading, rows in answer.parts.items():
        if rows:
            listed = table_of(table, rows)
            lines = [line for part in _tabled(listed, titles, paint) for line in part]
            parts.append([f"{heading} ({len(rows)})", "", *lines])
    if not any(answer.parts.values()):
        parts.append(["Nothing differs."])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def table_of(table: Table, rows: Sequence[Row]) -> Table:
    """The same columns with these rows."""
    from dataclasses import replace

    return replace(table, rows=tuple(rows))
