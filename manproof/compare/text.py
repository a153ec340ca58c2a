"""A comparison as text of up to 100 columns, fit to be pasted into a mail or a review."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from manproof.compare.columns import SYSTEM, UNVERIFIED
from manproof.compare.porting import Porting
from manproof.compare.rows import AGREES, DIFFERS, OTHERS, PARTLY, SAYS, SILENT, Cell, Row, Table
from manproof.render.columns import pad, width, wrap
from manproof.words import COMPARED, fill

WIDTH = 100
_TITLE = 26
"""The columns that the titles of the rows have at least."""
_VOICE = 34
"""Where the names begin in a list."""
_GAP = "  "
SIGNS = {AGREES: "=", PARTLY: "~", DIFFERS: "≠", SAYS: "", SILENT: "-"}
LEGEND = "= what the system answers, ~ in part, ≠ another outcome, "
MARKS = "- silent; may: not required; ?: unverified"


@dataclass(frozen=True, kw_only=True)
class Words:
    """Titles of families and rows, notes, caveats by columns, and the notes that explain each row.

    ``paint`` gives a text the colour of a kind of cell.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    caveats: Mapping[str, str] = field(default_factory=dict)
    explained: Mapping[str, Sequence[int]] = field(default_factory=dict)
    paint: Callable[[str, str], str] = lambda text, _kind: text

    def title(self, row: Row) -> str:
        """A row's title, with the numbers of its notes."""
        if not row.known:  # the title of a probe, which says not of what sockets it is
            return f"{row.title} ({', '.join(row.groups)})" if row.groups else row.title
        text = self.titles.get(row.name, row.title)
        numbers = "".join(f" [{number}]" for number in self.explained.get(row.name, ()))
        return text + numbers

    def family(self, name: str) -> str:
        """The title of a family, as a heading."""
        return (COMPARED["others"] if name == OTHERS else self.titles.get(name, name)).upper()


def cell(item: Cell) -> str:
    """``= may``, ``≠ EINVAL``, ``~ EINVAL, ENOENT may``, or ``-``: see the legend."""
    sign = SIGNS[item.kind]
    if item.kind == AGREES:
        marks = set(item.marks)
        return f"{sign} {_mark(marks.pop())}".strip() if len(marks) == 1 else sign
    words = (f"{one} {_mark(mark)}".strip() for one, mark in zip(item.outcomes, item.marks, strict=True))
    return f"{sign} {', '.join(words)}".strip()


def _mark(mark: str) -> str:
    return "?" if mark == UNVERIFIED else mark


def _lines(item: Cell) -> list[str]:
    """A cell, an outcome a line where there are several."""
    first, *others = cell(item).split(", ")
    return [first, *((_GAP if SIGNS[item.kind] else "") + other for other in others)]


def fitting(table: Table) -> list[str]:
    """The columns that fit into a table beside the titles, from the left."""
    names: list[str] = []
    for column in table.columns:
        names.append(column.name)
        if _TITLE + sum(len(_GAP) + size for size in _sizes(table, names)) > WIDTH:
            return names[:-1]
    return names


def _sizes(table: Table, names: Sequence[str]) -> list[int]:
    """The room that each column needs: for its head, and for the longest line of its cells."""
    return [max([width(name), *(_room(row.cells[name]) for row in table.rows)]) for name in names]


def _room(item: Cell) -> int:
    return max(map(width, _lines(item)))


def render(table: Table, words: Words, left_out: Sequence[str] = (), *, whole: bool = False) -> str:
    """The whole comparison: who speaks, a table (for many columns a list), notes, and what all document.

    Rows on which the columns agree are only there in the ``whole``. ``left_out`` are the columns that
    were not asked for.
    """
    shown = table if whole else table.differing()
    body = (_tabled if len(fitting(shown)) == len(table.columns) else _listed)(shown, words)
    more = f"Left out: {', '.join(left_out)}; add them with --edition." if left_out else ""
    return _joined([_head(table, words), wrap(more, WIDTH), *body, _notes(shown.rows, words), _foot(table)])


def porting(answer: Porting, table: Table, words: Words) -> str:
    """The lists for who moves a program, each a table of the two columns and the system."""
    parts: list[list[str]] = [_head(table, words)]
    for heading, rows in answer.parts.items():
        tables = _tabled(replace(table, rows=rows), words)
        if rows:
            parts.append([f"{heading} ({len(rows)})", "", *(line for lines in tables for line in lines)])
    if len(parts) == 1:
        parts.append(["Nothing differs."])
    parts.append(_notes(next(iter(answer.parts.values())), words))
    names = {f"Errnos of {answer.source} only": answer.gone, f"Errnos of {answer.to} only": answer.added}
    return _joined([*parts, _sentences(names)])


def _joined(parts: Iterable[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(table: Table, words: Words) -> list[str]:
    """A line for each column: its name, whose it is, which page and revision, and what was not read."""
    size = max(len(column.name) for column in table.columns)
    lines = []
    for item in table.columns:
        about = f"{item.label}, {item.about}. {words.caveats.get(item.name, '')}".strip().removesuffix(".")
        first, *others = wrap(about, WIDTH - size - len(_GAP))
        lines += [pad(item.name, size) + _GAP + first, *(" " * (size + len(_GAP)) + line for line in others)]
    asked = any(column.name == SYSTEM for column in table.columns)
    return [*lines, "", f"{LEGEND}{MARKS}" if asked else MARKS]


def _families(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    return ((family, list(group)) for family, group in groupby(rows, key=lambda row: row.family))


def _tabled(table: Table, words: Words) -> Iterator[list[str]]:
    """A table for each family, its title beside the heads of the columns."""
    names = [column.name for column in table.columns]
    sizes = _sizes(table, names)
    room = min(WIDTH - sum(len(_GAP) + size for size in sizes), _widest(table.rows, words))
    heads = "".join(_GAP + pad(name, size) for name, size in zip(names, sizes, strict=True)).rstrip()
    for family, rows in _families(table.rows):
        lines = wrap(words.family(family), room)
        lines[-1] = pad(lines[-1], room) + heads
        for row in rows:
            cells = [row.cells[name] for name in names]
            lines += _row(cells, wrap(words.title(row), room), room, sizes, words)
        yield lines


def _widest(rows: Iterable[Row], words: Words) -> int:
    return max((width(words.title(row)) for row in rows), default=_TITLE)


def _row(
    cells: Sequence[Cell], title: Sequence[str], room: int, sizes: Sequence[int], words: Words
) -> Iterator[str]:
    columns = [_lines(item) for item in cells]
    for number in range(max(len(title), *map(len, columns))):
        line = pad(title[number] if number < len(title) else "", room)
        for item, column, size in zip(cells, columns, sizes, strict=True):
            text = column[number] if number < len(column) else ""
            line += _GAP + words.paint(text, item.kind) + " " * (size - width(text))
        yield line.rstrip()


def _listed(table: Table, words: Words) -> Iterator[list[str]]:
    """For more columns than a table has room for: under each situation a line for each thing that is said."""
    for family, rows in _families(table.rows):
        lines = [words.family(family)]
        for row in rows:
            lines += wrap(words.title(row), WIDTH)
            for (kind, text), names in _voices(row).items():
                lines += _voice(text, names, kind, words)
        yield lines


def _voices(row: Row) -> dict[tuple[str, str], list[str]]:
    """Who says what: the columns by what their cells show, the system first and the silent last."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, item in row.cells.items():
        found.setdefault((item.kind, cell(item)), []).append(name)
    return dict(sorted(found.items(), key=lambda pair: (SYSTEM not in pair[1], pair[0][0] == SILENT)))


def _voice(text: str, names: Sequence[str], kind: str, words: Words) -> Iterator[str]:
    first, *others = wrap(", ".join(names), WIDTH - _VOICE)
    yield " " * 4 + words.paint(text, kind) + " " * max(_VOICE - 4 - width(text), 2) + first
    yield from (" " * _VOICE + line for line in others)


def _notes(rows: Iterable[Row], words: Words) -> list[str]:
    """The notes on these rows, by their numbers."""
    wanted = {number for row in rows if row.known for number in words.explained.get(row.name, ())}
    lines = []
    for number, text in enumerate(words.notes.values(), 1):
        if number in wanted:
            first, *others = wrap(text, WIDTH - 5)
            lines += [f"{f'[{number}]':5}{first}", *(" " * 5 + line for line in others)]
    return ["NOTES", *lines] if lines else []


def scores(table: Table) -> list[tuple[str, int, int]]:
    """Of each column but the system's: how many situations it documents as the system answers, of all."""
    tallies = [(column.name, table.tally(column.name)) for column in table.columns]
    return [(name, tally[AGREES], tally.total()) for name, tally in tallies if tally]


def _foot(table: Table) -> list[str]:
    """What holds on the system, what all manuals document, and what POSIX requires and allows."""
    system = next((column.label for column in table.columns if column.name == SYSTEM), "")
    return _sentences(
        {
            fill(COMPARED["right"], {"system": system}): [
                f"{name} {right} of {total}" for name, right, total in scores(table)
            ],
            COMPARED["everywhere"]: table.everywhere,
            COMPARED["shall"]: table.required,
            COMPARED["shall_unix"]: table.required_unix,
            COMPARED["allows"]: table.allowed,
        }
    )


def _sentences(said: Mapping[str, Sequence[str]]) -> list[str]:
    texts = [f"{what}: {', '.join(names)}." for what, names in said.items() if names]
    return [line for text in texts for line in wrap(text, WIDTH)]
