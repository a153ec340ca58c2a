"""Rules: each is one generator, whose name is the flaw and whose docstring is its manual.

``table`` is the one place that says which rules there are, and how much each matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from manproof.diagnostic import Severity, Span

Found = Iterator[tuple[Span, str]]
"""What a rule yields: the place of a flaw, and the message."""

Check = Callable[[Any], Found]

FAMILIES = {
    "form": "whether the files can be read at all; these rules cannot be left out",
    "source": "the source of a page, by itself and against this system's headers and manual",
    "prose": "the words of the pages, in every language",
    "translation": "the catalogues, against the pages that they translate",
    "output": "what groff, mandoc and man say of the pages that are made",
    "evidence": "what the kernel answered, against what the pages claim",
    "manual": "pages written by hand: what the kernel answered, against the errnos that they name",
    "lint": "the lint itself: what it was told to pass over, and whether it worked",
}
"""The families of rules, and what each looks at."""

CRASHED = "rule-crashed"
ACROSS = "catalogues"
COMPARISONS = "comparisons"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: its name, the family of things that it looks at, how much its flaw matters, its manual.

    ``check`` is None for what is reported by whoever reads the file. ``costly`` rules start a program;
    ``optional`` ones are a matter of taste, and are left out unless they are selected. ``needs`` names the
    program (or Python package) without which the rule says nothing. ``scope`` is what it looks at: one
    thing of its family, ``ACROSS`` all catalogues, or one of the ``COMPARISONS`` of manuals.
    """

    name: str
    family: str
    severity: Severity
    manual: str
    check: Check | None = None
    costly: bool = False
    optional: bool = False
    needs: str = ""
    scope: str = ""

    @property
    def summary(self) -> str:
        """The first line of the manual."""
        return self.manual.partition("\n")[0]


_MODULES = (
    "form", "source", "system", "names", "others", "style", "prose", "slips", "translation", "terms",
    "output", "evidence", "manual", "own",
)  # fmt: skip
_TABLE: dict[str, Rule] = {}


def rule(family: str, severity: Severity, **more: Any) -> Callable[[Check], Check]:
    """Registers a generator as the rule of its own name, underscores written as hyphens.

    ``more`` are the other fields of ``Rule``.
    """

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        add(name, family, severity, check.__doc__ or "", check=check, **more)
        return check

    return register


def add(name: str, family: str, severity: Severity, manual: str, **more: Any) -> None:
    """Adds a rule to the table; ``more`` are the other fields of ``Rule``."""
    from inspect import cleandoc

    assert family in FAMILIES and name not in _TABLE, name
    _TABLE[name] = Rule(name=name, family=family, severity=severity, manual=cleandoc(manual), **more)


@cache
def table() -> dict[str, Rule]:
    """All rules by name, family by family."""
    for module in _MODULES:
        import_module(f"manproof.lint.{module}")
    order = list(FAMILIES)
    return dict(sorted(_TABLE.items(), key=lambda item: (order.index(item[1].family), item[0])))
