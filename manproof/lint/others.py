"""Rules on comparisons: what other manuals are said to document, against this system and its probes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from manproof import host
from manproof.comparison import Comparison
from manproof.diagnostic import Severity
from manproof.grammar import Word
from manproof.join import heads
from manproof.lint import COMPARISONS, Found, rule
from manproof.lint.system import FAMILY, no_errno


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A comparison on a call, the conditions that probes of the call bring about, and its pages' causes."""

    comparison: Comparison
    conditions: frozenset[str] = field(default_factory=frozenset)
    causes: frozenset[str] = field(default_factory=frozenset)


@rule(FAMILY, Severity.WARNING, scope=COMPARISONS)
def outcome_unknown(compared: Compared) -> Found:
    """A comparison has a manual name an errno that this system does not know.

    Why: it is misspelt, and the manual seems to differ from all others. An errno that only other systems
    have can be passed over with a comment.

    Bad: `outcomes: [ECONREFUSED]`

    Good: `outcomes: [ECONNREFUSED]`
    """
    for row in compared.comparison.situations:
        for name in (name for says in row.says for name in says.outcomes):
            if name != "success" and name not in host.errnos():
                yield name.span, no_errno(name)


@rule(FAMILY, Severity.ERROR, scope=COMPARISONS)
def situation_unknown(compared: Compared) -> Found:
    """A comparison names a condition that no probe brings about, or a cause that no page of the call has.

    Why: the row is never filled: neither the kernel nor a page has anything to say in it.

    Bad: `conditions: [unix.wirte-denied]`

    Good: a name, or a dotted prefix of names, that `manproof probe --list` shows.
    """
    known = {head for name in compared.conditions for head in heads(name)}
    for word in _named(compared, "conditions") if known else ():
        if word not in known:
            yield word.span, f"no probe brings about {word}; see: manproof probe --list"
    for word in _named(compared, "causes") if compared.causes else ():
        if word not in compared.causes:
            yield word.span, f"no page of {compared.comparison.call} has a cause {word}; write the id of one"


def _named(compared: Compared, what: str) -> Iterator[Word]:
    return (word for row in compared.comparison.situations for word in getattr(row, what))
