"""What a reporter is told of a run, and the words that each format has for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from manproof.diagnostic import Diagnostic, Severity


class Rule(Protocol):
    """What reporters want to know of a rule."""

    @property
    def name(self) -> str:
        """The flaw, such as ``errno-contradicted``."""

    @property
    def family(self) -> str:
        """What the rule looks at."""

    @property
    def severity(self) -> Severity:
        """How much its flaw matters, unless an option says otherwise."""

    @property
    def manual(self) -> str:
        """What is wrong in one line; then why, with a bad and a good example."""


def _no_lines(_path: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Run:
    """A lint that is over.

    ``found`` is in the order in which it is told, and its paths lead from the project's folder.
    ``rules`` are all that there are, whether they found anything or not. ``summary`` is the line
    that ends the run; ``shortfall`` says why it fails all the same, where no diagnostic does.
    ``successful`` tells whether the check itself could be done, whatever it found.
    ``lines`` gives the lines of a file, without their ends; nothing for a file that cannot be shown.
    """

    found: Sequence[Diagnostic]
    rules: Sequence[Rule] = ()
    version: str = ""
    summary: str = ""
    shortfall: str = ""
    successful: bool = True
    colour: bool = False
    lines: Callable[[str], Sequence[str]] = _no_lines


class Level(NamedTuple):
    """What a severity is called by each format; ``colour`` is a parameter of ECMA-48's SGR."""

    sarif: str
    problem: str
    github: str
    gitlab: str
    colour: str


LEVELS = {  # the most important first
    Severity.ERROR: Level("error", "error", "error", "major", "31"),
    Severity.WARNING: Level("warning", "warning", "warning", "minor", "33"),
    Severity.NOTE: Level("note", "recommendation", "notice", "info", "36"),
}

_UNTRIED = {"errno-unverified", "errno-unproven", "no-probes"}
_BROKEN = {"probe-broken", "rule-crashed"}


def is_untried(item: Diagnostic) -> bool:
    """Whether it says only that something was not tried: that is neither a pass nor a flaw."""
    return item.rule in _UNTRIED and item.severity is Severity.NOTE


def is_broken(item: Diagnostic) -> bool:
    """Whether it says that the check itself went wrong."""
    return item.rule in _BROKEN
