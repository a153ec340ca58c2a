"""Who speaks in a comparison: an edition's page, another manual, or the system that was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from manproof import join
from manproof.comparison import Comparison, Manual, Situation
from manproof.observation import Record
from manproof.spec import Edition, Page
from manproof.upstream import Upstream

SYSTEM = "system"
MAY, UNVERIFIED = "may", "unverified"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One that speaks: what it says by condition, and by situation or cause where no probe can ask.

    ``name`` is what ``--edition`` takes; ``errnos`` are all that it documents; ``marks`` are POSIX's
    ``may``, and ``unverified``, by situation and outcome.
    """

    name: str
    label: str
    about: str = ""
    conditions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    loose: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)
    errnos: frozenset[str] = frozenset()

    @property
    def named(self) -> frozenset[str]:
        """All errnos that it names, also as what another call answers afterwards."""
        said = (one for outcomes in self.conditions.values() for one in outcomes)
        return self.errnos | frozenset(said) - {"success"}


def of_page(name: str, edition: Edition, page: Page, conditions: Iterable[str], kernel: str) -> Column:
    """The column of an edition: its claims, and its causes that no probe can prove."""
    statements = join.statements(page)
    return Column(
        name=name,
        label=str(edition.label),
        about=page.title,
        conditions=join.claimed(page, conditions, kernel),
        loose={item.name: item.errnos for item in statements if not item.claims},
        errnos=frozenset(errno for item in statements for errno in item.errnos),
    )


def of_comparison(comparison: Comparison, conditions: Iterable[str]) -> list[Column]:
    """A column for each other manual, in their order."""
    rows = {str(key): row for row in comparison.situations for key in row.conditions}
    owners = {name: rows[key] for name in conditions if (key := join.longest(rows, name)) is not None}
    return [_of_manual(manual, comparison, owners) for manual in comparison.manuals]


def _of_manual(manual: Manual, comparison: Comparison, owners: Mapping[str, Situation]) -> Column:
    said = {str(row.id): tuple(_outcomes(row, manual)) for row in comparison.situations}
    return Column(
        name=str(manual.id),
        label=str(manual.label),
        about=f"{manual.page}, {manual.revision}",
        conditions={name: said[row.id] for name, row in owners.items() if said[row.id]},
        loose={str(row.id): said[row.id] for row in comparison.situations if not row.conditions},
        marks=dict(_marks(manual, comparison)),
        errnos=frozenset(one for row in comparison.situations if not row.asked for one in said[row.id])
        - {"success"},
    )


def _outcomes(row: Situation, manual: Manual) -> dict[str, None]:
    return {str(one): None for says in row.says if manual.id in says.manuals for one in says.outcomes}


def _marks(manual: Manual, comparison: Comparison) -> Iterator[tuple[tuple[str, str], str]]:
    """What is weaker than a plain claim; where a manual both requires and allows an error, it requires it."""
    for row in comparison.situations:
        ours = [says for says in row.says if manual.id in says.manuals]
        firm = {one for says in ours if says.force != MAY and not says.unverified for one in says.outcomes}
        for says in ours:
            for one in says.outcomes:
                if one not in firm:
                    yield (str(row.id), str(one)), UNVERIFIED if says.unverified else MAY


def of_upstream(name: str, upstream: Upstream, conditions: Iterable[str]) -> Column:
    """The column of the manual that findings are mailed to."""
    entries = {str(key): entry for entry in upstream.entries for key in entry.conditions}
    owners = {one: entries[key] for one in conditions if (key := join.longest(entries, one)) is not None}
    outcomes = (str(one) for entry in upstream.entries for one in entry.outcomes)
    return Column(
        name=name,
        label=str(upstream.label),
        about=f"{upstream.page}, {upstream.date}",
        conditions={one: tuple(map(str, entry.outcomes)) for one, entry in owners.items()},
        errnos=frozenset(outcomes) - {"success"},
    )


def of_record(record: Record, call: str) -> Column:
    """The column of the system that a record was made on."""
    seen = [item for item in record.observations if item.call == call and item.outcome is not None]
    system = record.system
    return Column(
        name=SYSTEM,
        label=f"Linux {system.linux}",
        about=f"{system.kernel}, {system.architecture.replace('_', '-')}, {system.date}",
        conditions={item.condition: (str(item.outcome),) for item in seen},
        errnos=frozenset(
            str(item.outcome) for item in seen if join.answers(item) and item.outcome != "success"
        ),
    )
