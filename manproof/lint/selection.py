"""Which rules are run: those of ``--select`` without those of ``--ignore``."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from manproof import host
from manproof.diagnostic import Diagnostic, Severity, UserError, quoted
from manproof.lint import CRASHED, FAMILIES, Rule

ALL = "all"
MANY = 20
"""Pages above which rules that start programs are run only if they are asked for."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The rules of a run, by name; those left out for the number of pages, or for want of a program."""

    rules: Mapping[str, Rule]
    put_off: tuple[str, ...] = ()
    missing: tuple[Rule, ...] = ()

    def wants(self, found: Diagnostic) -> bool:
        """Whether a diagnostic is to be told."""
        return found.rule in self.rules or not self.may_pass(found)

    def may_pass(self, found: Diagnostic) -> bool:
        """Whether a diagnostic can be passed over at all; what hides others cannot."""
        from manproof.lint import table

        rule = table().get(found.rule)
        unreadable = rule is None or rule.family == "form"
        return found.rule != CRASHED and not (unreadable and found.severity is Severity.ERROR)

    def has(self, family: str) -> bool:
        """Whether any rule of a family that looks for itself is to be run."""
        return any(rule.family == family and rule.check for rule in self.rules.values())


def select(
    table: Mapping[str, Rule], wanted: Sequence[str], unwanted: Sequence[str], pages: int
) -> Selection:
    """The rules for so many pages; names are those of rules or families, or ``all``.

    Without ``wanted`` these are all rules but the optional ones, and the costly ones of many pages.
    Raises UserError for a name that is none.
    """
    out, named = named_by(table, unwanted), named_by(table, wanted)
    if wanted and not named:
        raise UserError("--select names no rule; write names of rules or families, or all")
    usual = {name for name, rule in table.items() if not rule.optional}
    chosen = {name: rule for name, rule in table.items() if name in (named if wanted else usual) - out}
    costly = [name for name, rule in chosen.items() if rule.costly and pages > MANY and not wanted]
    missing = [rule for rule in chosen.values() if rule.needs and not host.has(rule.needs)]
    left = {*costly, *(rule.name for rule in missing)}
    return Selection(
        rules={name: rule for name, rule in chosen.items() if name not in left},
        put_off=tuple(costly),
        missing=tuple(missing),
    )


def named_by(table: Mapping[str, Rule], names: Sequence[str]) -> set[str]:
    """The rules that some names stand for; a name may hold several, with commas between them."""
    found: set[str] = set()
    for name in (part.strip() for item in names for part in item.split(",") if part.strip()):
        if name == ALL:
            found |= table.keys()
        elif name in FAMILIES:
            found |= {rule.name for rule in table.values() if rule.family == name}
        else:
            found.add(known(table, name).name)
    return found


def known(table: Mapping[str, Rule], name: str) -> Rule:
    """The rule of a name; UserError, with the name that was perhaps meant, if there is none."""
    if name in table:
        return table[name]
    message = f"there is no rule “{quoted(name[:60])}”{meant(name, [*table, *FAMILIES])}"
    raise UserError(f"{message}; see: manproof rules")


def meant(name: str, names: Collection[str]) -> str:
    """A question after the names that are most like one, or those that share a word with it."""
    close = difflib.get_close_matches(name, names, 3, 0.7)
    parts = set(name.lower().split("-"))
    close = close or [other for other in names if parts & set(other.split("-"))][:3]
    return f"; did you mean {' or '.join(close)}?" if close else ""
