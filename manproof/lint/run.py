"""The loop over rules: what they find in a thing; one that crashes is a finding too."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from typing import Any

from manproof.diagnostic import Diagnostic, Severity, Span
from manproof.lint import CRASHED, Check, Rule


def run(family: str, thing: Any, rules: Iterable[Rule], place: Span, scope: str = "") -> Iterator[Diagnostic]:
    """What the rules of a family and scope find in a thing; ``place`` is where a crash is reported."""
    for each in rules:
        if (each.family, each.scope) == (family, scope) and each.check is not None:
            yield from _checked(each, each.check, thing, place)


def _checked(rule: Rule, check: Check, thing: Any, place: Span) -> Iterator[Diagnostic]:
    try:
        for span, message in check(thing):
            yield Diagnostic(rule=rule.name, severity=rule.severity, span=span, message=message)
    except Exception as problem:  # a rule's own fault must not hide what the others find
        yield Diagnostic(rule=CRASHED, severity=Severity.ERROR, span=place, message=_told(rule, problem))


def _told(rule: Rule, problem: Exception) -> str:
    last = traceback.extract_tb(problem.__traceback__)[-1]
    where = f"{last.filename.rpartition('manproof/')[2]}:{last.lineno}"
    fact = f"the rule {rule.name} crashed: {type(problem).__name__}: {problem} ({where})"
    return f"{fact}; this is a fault of manproof: report it, or go on with --ignore {rule.name}"
