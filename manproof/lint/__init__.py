"""Rules: each is one generator, whose name is the flaw and whose docstring is its manual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from manproof.diagnostic import Diagnostic, Severity, Span

Found = Iterator[tuple[Span, str]]
"""What a rule yields: the place of a flaw, and the message."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: its name, the family of things that it looks at, how much its flaw matters, its manual."""

    name: str
    family: str
    severity: Severity
    manual: str
    check: Callable[[Any], Found]


RULES: dict[str, Rule] = {}


def rule(family: str, severity: Severity) -> Callable[[Callable[[Any], Found]], Callable[[Any], Found]]:
    """Registers a generator as the rule of its own name, underscores written as hyphens."""

    def register(check: Callable[[Any], Found]) -> Callable[[Any], Found]:
        name = check.__name__.replace("_", "-")
        manual = check.__doc__ or ""
        RULES[name] = Rule(name=name, family=family, severity=severity, manual=manual, check=check)
        return check

    return register


def run(family: str, thing: Any, rules: Iterable[Rule]) -> Iterator[Diagnostic]:
    """What the rules of a family find in a thing."""
    for each in rules:
        if each.family == family:
            for span, message in each.check(thing):
                yield Diagnostic(rule=each.name, severity=each.severity, span=span, message=message)
