"""The manual of the rules: one of them, a list, and all of them as docs/rules.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from manproof.lint import FAMILIES, Rule, table

_HEAD = """\
# Rules

Written by `manproof rules --write` from the docstrings of the rules. `manproof explain RULE` shows
one of them.

What a rule finds is an *error*, a *warning* or a *note*; errors and warnings make the exit status 1.
`--select` and `--ignore` take names of rules and families. A rule that starts a program is left out
for more than {many} pages, and *optional* ones always, unless they are selected; `--select all`
takes all of them. A comment passes over a finding: `# manproof: ignore[rule] reason`.

| rule | severity | what it finds |
|---|---|---|
{rows}
"""


def page(rule: Rule) -> str:
    """A rule for people: its name, what it is, its manual."""
    return f"{rule.name} ({', '.join(_kind(rule))})\n\n{rule.manual.rstrip()}\n"


def listed(rules: Sequence[Rule]) -> str:
    """A table of rules, a line each."""
    columns = [(rule.name, rule.family, str(rule.severity), rule.summary) for rule in rules]
    widths = [max(map(len, column)) for column in zip(*columns, strict=True)] if columns else []
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in columns)
    return "".join(f"{line}\n" for line in lines)


def as_json(rules: Iterable[Rule]) -> str:
    """Rules for programs: a list of objects."""
    names = ("name", "family", "summary", "manual", "costly", "optional", "needs")
    rows = [
        {**{name: getattr(rule, name) for name in names}, "severity": str(rule.severity)} for rule in rules
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"


def document() -> str:
    """All rules in Markdown."""
    from manproof.lint.selection import MANY

    rules = table().values()
    rows = "\n".join(f"| [{rule.name}](#{rule.name}) | {rule.severity} | {rule.summary} |" for rule in rules)
    parts = [_HEAD.format(many=MANY, rows=rows)]
    for family, what in FAMILIES.items():
        parts += [f"## {family}\n\n{what[:1].upper()}{what[1:]}.\n"]
        parts += [_section(rule) for rule in rules if rule.family == family]
    return "\n".join(parts)


def _section(rule: Rule) -> str:
    return f"### {rule.name}\n\n*{', '.join(_kind(rule))}*\n\n{rule.manual.rstrip()}\n"


def _kind(rule: Rule) -> Iterator[str]:
    """What is to be known of a rule beside its manual."""
    yield from (rule.family, str(rule.severity))
    if rule.optional:
        yield "optional"
    if rule.needs:
        yield f"needs {rule.needs}"
