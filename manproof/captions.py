"""Texts that the site shows and no page holds: titles of conditions, rules, findings, a catalogue each.

A project that keeps the template of such a catalogue has it translated; others use what the program carries.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from manproof.config import Project

_ROOT = Path(__file__).parents[1]


class Caption(NamedTuple):
    """A text, what it is, and where it was written."""

    text: str
    about: str
    place: str


def of_conditions(_root: Path) -> Iterator[Caption]:
    """The titles of conditions: the first line of a probe's docstring, which its variants share."""
    from manproof import lab

    names: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    for item in lab.conditions():
        names.setdefault(item.title, []).append(item.name)
        code = item.probe.__code__
        place = f"{_shown(Path(code.co_filename))}:{code.co_firstlineno}"
        places.setdefault(item.title, place)
    for title, found in names.items():
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        yield Caption(title, f"Says what is the case under {found[0]}{more}.", places[title])


def of_rules(_root: Path) -> Iterator[Caption]:
    """What families of rules look at, and the first lines of the rules' manuals, which sum them up."""
    from manproof import lint

    for family, text in lint.FAMILIES.items():
        yield Caption(text, f"What the rules of the family {family} look at.", _shown(Path(lint.__file__)))
    for rule in lint.table().values():
        code = inspect.unwrap(rule.check).__code__ if rule.check else None
        place = f"{_shown(Path(code.co_filename))}:{code.co_firstlineno}" if code else "manproof/lint/form.py"
        yield Caption(rule.summary, f"Sums up the rule {rule.name}.", place)


def of_findings(root: Path) -> Iterator[Caption]:
    """What another manual says, and the subjects of the letters that depart from it."""
    from manproof.load import load_upstream

    project = Project(root=root)
    for path in project.upstream():
        shown = project.shown(path)
        found, _ = load_upstream(project.read(path), shown)
        for entry in found.entries if found else ():
            about = f"What the other manual says ({entry.id})."
            yield Caption(entry.says, about, f"{shown}:{entry.span.line}")
        for theme in found.findings if found else ():
            about = f"The subject of a letter ({theme.id})."
            yield Caption(theme.subject, about, f"{shown}:{theme.span.line}")


KINDS: Mapping[str, Callable[[Path], Iterator[Caption]]] = {
    "conditions": of_conditions,
    "findings": of_findings,
    "rules": of_rules,
}
"""The catalogues, by name; each is given the root of the project."""


def _shown(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix()
