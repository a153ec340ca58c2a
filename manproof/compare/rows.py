"""What each column says of each situation, and how far that is what the system answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from manproof import join
from manproof.compare.columns import MAY, SYSTEM, Column
from manproof.comparison import Comparison, Situation
from manproof.observation import Record

AGREES, PARTLY, DIFFERS, SAYS, SILENT = "agrees", "partly", "differs", "says", "silent"
OTHERS = "others"
"""The family of what no situation of the comparison takes."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a column says of a situation, against the answers of the system.

    ``kind`` is one of the constants of this module; it is ``says`` for the system itself, and where the
    system was not asked. ``marks`` are those of outcomes that are only allowed, or unverified.
    """

    kind: str = SILENT
    outcomes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def errnos(self) -> frozenset[str]:
        """The outcomes that are errors."""
        return frozenset(self.outcomes) - {"success"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A situation: its conditions, and a cell for each column by its name.

    ``title`` is the probe's own where the comparison has none; ``known`` says which of both it is.
    """

    name: str
    family: str
    title: str = ""
    known: bool = True
    conditions: tuple[str, ...] = ()
    cells: Mapping[str, Cell]

    @property
    def groups(self) -> tuple[str, ...]:
        """The first words of its conditions: of what sockets, or of what part of the system they are.

        None where the title is that of a condition, which says so itself.
        """
        if self.title == self.name:
            return ()
        return tuple(sorted({name.partition(".")[0] for name in self.conditions}))

    @property
    def documented(self) -> bool:
        """Whether anybody but the system speaks of the situation, or the system with an error."""
        return any(cell.errnos or (cell.outcomes and name != SYSTEM) for name, cell in self.cells.items())

    @property
    def differs(self) -> bool:
        """Whether the columns say different things, or some nothing of an error that others name.

        Silence where all others agree that the call succeeds is no difference.
        """
        said = [cell for cell in self.cells.values() if cell.kind != SILENT]
        if any(not alike(cell.outcomes, said[0].outcomes) for cell in said[1:]):
            return True
        return len(said) < len(self.cells) and any(cell.errnos for cell in said)

    def of(self, columns: Iterable[str]) -> Row:
        """The row with these columns only."""
        return replace(self, cells={name: self.cells[name] for name in columns})


@dataclass(frozen=True, kw_only=True)
class Table:
    """A comparison: columns (the system first, if it was asked), and rows in the order of the families.

    ``everywhere`` are the errnos that every manual documents; ``required``, ``required_unix`` and
    ``allowed`` are POSIX's.
    """

    call: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    everywhere: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    required_unix: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    def tally(self, name: str) -> Counter[str]:
        """How many situations a column documents as the system answers, in part, or with another outcome."""
        kinds = (row.cells[name].kind for row in self.rows)
        return Counter(kind for kind in kinds if kind in (AGREES, PARTLY, DIFFERS))

    def of(self, names: Sequence[str]) -> Table:
        """The table with these columns only; what is said of all manuals stays."""
        kept = tuple(column for column in self.columns if column.name in names)
        order = [column.name for column in kept]
        return replace(self, columns=kept, rows=tuple(row.of(order) for row in self.rows))

    def renamed(self, words: Callable[[str], str]) -> Table:
        """The table with the names of its columns in other words."""
        return replace(self, columns=tuple(replace(item, label=words(item.label)) for item in self.columns))

    def differing(self) -> Table:
        """The table without the rows on which all columns agree."""
        return replace(self, rows=tuple(row for row in self.rows if row.differs))


def table(call: str, columns: Sequence[Column], comparison: Comparison, record: Record | None) -> Table:
    """All rows: the situations of the comparison, then what they leave over."""
    names = sorted({name for column in columns for name in column.conditions})
    situations = list(comparison.situations)
    owners = {str(key): row for row in situations for key in row.conditions}
    titles = {item.condition: item.title.rstrip(".") for item in record.observations} if record else {}
    taken: dict[str, list[str]] = {}
    left: dict[str, list[str]] = {}
    for name in names:
        if key := join.longest(owners, name):
            taken.setdefault(str(owners[key].id), []).append(name)
        else:
            left.setdefault(titles.get(name) or _kind(name), []).append(name)
    families = {str(row.id): str(f.family) for f in comparison.families for row in f.situations}
    rows = [_situation(row, families[row.id], taken.get(row.id, []), columns) for row in situations]
    rows += _others(left, columns, record)
    rows += _causes(situations, columns)
    return Table(
        call=call,
        columns=tuple(columns),
        rows=tuple(row for row in rows if any(cell.kind != SILENT for cell in row.cells.values())),
        everywhere=tuple(sorted(_common(columns))),
        required=tuple(_forced(situations, "shall")),
        required_unix=tuple(_forced(situations, "shall-unix")),
        allowed=tuple(_forced(situations, MAY)),
    )


def _kind(condition: str) -> str:
    """The first two words of a condition: variants of one situation share them."""
    return ".".join(condition.split(".")[:2])


def _situation(row: Situation, family: str, names: Sequence[str], columns: Sequence[Column]) -> Row:
    sources = [str(row.id), *map(str, row.causes)]
    return Row(
        name=str(row.id),
        family=family,
        conditions=tuple(names),
        cells={column.name: _cell(column, names, sources, columns) for column in columns},
    )


def _others(
    left: Mapping[str, Sequence[str]], columns: Sequence[Column], record: Record | None
) -> Iterator[Row]:
    """Rows of conditions that no situation takes, by the title of their probe.

    States after a call are there only if somebody speaks of them.
    """
    answered = {item.condition for item in record.observations if join.answers(item)} if record else set()
    manuals = [column for column in columns if column.name != SYSTEM]
    for title, names in left.items():
        claimed = any(not column.conditions.keys().isdisjoint(names) for column in manuals)
        if claimed or not answered.isdisjoint(names):
            cells = {column.name: _cell(column, names, (), columns) for column in columns}
            yield Row(
                name=_kind(names[0]),
                family=OTHERS,
                title=title,
                known=False,
                conditions=tuple(names),
                cells=cells,
            )


def _causes(situations: Iterable[Situation], columns: Sequence[Column]) -> Iterator[Row]:
    """Rows of causes that nobody can prove and no situation names."""
    known = {str(name) for row in situations for name in (row.id, *row.causes)}
    for name in dict.fromkeys(name for column in columns for name in column.loose if name not in known):
        cells = {column.name: _cell(column, (), (name,), columns) for column in columns}
        yield Row(name=name, family=OTHERS, title=name.replace("-", " "), known=False, cells=cells)


def _cell(column: Column, names: Sequence[str], sources: Sequence[str], columns: Sequence[Column]) -> Cell:
    """What a column says: of the conditions, and of the situation or its causes where none can be asked."""
    said = [one for name in names for one in column.conditions.get(name, ())]
    said += [one for source in sources for one in column.loose.get(source, ())]
    outcomes = tuple(dict.fromkeys(said))
    if not outcomes:
        return Cell()
    marks = tuple(
        next(filter(None, (column.marks.get((source, one)) for source in sources)), "") for one in outcomes
    )
    kind = (
        SAYS
        if column.name == SYSTEM
        else _kind_of(column, names, dict(zip(outcomes, marks, strict=True)), columns)
    )
    return Cell(kind=kind, outcomes=outcomes, marks=marks)


def _kind_of(column: Column, names: Sequence[str], said: Mapping[str, str], columns: Sequence[Column]) -> str:
    """How far a column says what the system answered under these conditions."""
    system = next((item.conditions for item in columns if item.name == SYSTEM), {})
    answers = {name: system[name][0] for name in names if name in system}
    claims = {name: column.conditions[name] for name in answers if name in column.conditions}
    if not claims:
        return SAYS
    right = [
        name for name, outcomes in claims.items() if any(join.same(answers[name], one) for one in outcomes)
    ]
    if not right:
        return DIFFERS
    firm = [one for one, mark in said.items() if mark != MAY]
    told = all(any(join.same(one, answer) for answer in answers.values()) for one in firm)
    whole = all(any(join.same(one, answer) for one in said) for answer in answers.values())
    return AGREES if told and whole and len(right) == len(claims) else PARTLY


def alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two columns name the same outcomes, compared as errno(3) is."""
    return all(
        any(join.same(left, right) for right in there)
        for here, there in ((one, other), (other, one))
        for left in here
    )


def _common(columns: Iterable[Column]) -> frozenset[str]:
    """The errnos that every manual documents."""
    sets = [column.errnos for column in columns if column.name != SYSTEM]
    return frozenset.intersection(*sets) if sets else frozenset()


def _forced(situations: Iterable[Situation], force: str) -> list[str]:
    """The errnos that POSIX puts so, by name."""
    return sorted(
        {str(one) for row in situations for says in row.says if says.force == force for one in says.outcomes}
    )
