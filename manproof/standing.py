"""How a page stands after a run: one word for each cause in ERRORS, and how many there are of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from manproof import join
from manproof.join import Statement, Verdict

_RANK = (
    join.CONTRADICTED,
    join.UNKNOWN,
    join.BROKEN,
    join.UNVERIFIED,
    join.CONFIRMED,
    join.DIFFERS,
    join.UNPROVEN,
)
"""Of the verdicts on a cause the first in this order tells how it stands: a cause is confirmed only
if all that was to be tried was tried. An answer outside of a claim's limits says nothing against it."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A cause, its verdicts, and the kind of verdict that they come to."""

    statement: Statement
    verdicts: tuple[Verdict, ...]

    @property
    def kind(self) -> str:
        """One of the constants of ``join``."""
        return min((verdict.kind for verdict in self.verdicts), key=_RANK.index)


def standings(verdicts: Iterable[Verdict], *, sentences: bool = False) -> list[Standing]:
    """The causes of ERRORS, or the paragraphs that claim something, in the order of the page."""
    found: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.statement is not None and bool(verdict.statement.errnos) is not sentences:
            found.setdefault(verdict.statement.name, []).append(verdict)
    return [_standing(items) for items in found.values()]


def _standing(verdicts: Sequence[Verdict]) -> Standing:
    statement = verdicts[0].statement
    assert statement is not None
    return Standing(statement=statement, verdicts=tuple(verdicts))


def count(found: Iterable[Standing], kind: str) -> int:
    """How many causes stand so."""
    return sum(item.kind == kind for item in found)
