"""Texts that the site shows and no page holds: conditions, rules and findings have a catalogue each.

A project that keeps the template of such a catalogue has it translated; others use what the program carries.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from manproof.config import Project

if TYPE_CHECKING:
    from manproof.lab.conditions import Condition

_ROOT = Path(__file__).parents[1]


class Caption(NamedTuple):
    """A text, what it is, and where it was written."""

    text: str
    about: str
    place: str


def of_conditions(root: Path) -> Iterator[Caption]:
    """A probe's docstring, which its variants share: the title, and why the kernel answers so.

    Besides, why pages of the project say that a cause cannot be proved.
    """
    from manproof import lab

    titles: dict[str, list[Condition]] = {}
    reasons: dict[str, list[Condition]] = {}
    for item in lab.conditions():
        titles.setdefault(item.title, []).append(item)
        if item.explanation:
            reasons.setdefault(" ".join(item.explanation.split()), []).append(item)
    for found, about in (
        (titles, "Says what is the case under"),
        (reasons, "Says what the kernel does under"),
    ):
        for text, items in found.items():
            more = f" and {len(items) - 1} more" if len(items) > 1 else ""
            code = items[0].probe.__code__
            place = f"{_shown(Path(code.co_filename))}:{code.co_firstlineno}"
            yield Caption(text, f"{about} {items[0].name}{more}.", place)
    yield from _unproven(Project(root=root))


def _unproven(project: Project) -> Iterator[Caption]:
    """Why causes cannot be proved here, as the pages of a project have it."""
    from manproof.join import statements
    from manproof.load import load_page

    for source in project.sources(project.editions()):
        shown = project.shown(source.path)
        page, _ = load_page(project.read(source.path), shown)
        for item in statements(page) if page else ():
            if item.unproven:
                yield Caption(
                    str(item.unproven), f"Says why {item.name} was not tried.", f"{shown}:{item.span.line}"
                )


def of_rules(_root: Path) -> Iterator[Caption]:
    """What families of rules look at, and the rules' manuals: the line that sums up, then the rest."""
    from manproof import lint
    from manproof.render.rules import passages

    for family, text in lint.FAMILIES.items():
        yield Caption(text, f"What the rules of the family {family} look at.", _shown(Path(lint.__file__)))
    for rule in lint.table().values():
        code = inspect.unwrap(rule.check).__code__ if rule.check else None
        place = f"{_shown(Path(code.co_filename))}:{code.co_firstlineno}" if code else "manproof/lint/form.py"
        summary, _, manual = rule.manual.partition("\n")
        yield Caption(summary, f"Sums up the rule {rule.name}.", place)
        for label, text, has_words in passages(manual):
            if label:
                yield Caption(label, "Begins a paragraph on a rule.", _shown(Path(lint.__file__)))
            if has_words:
                yield Caption(text, f"Of the rule {rule.name}, after “{label}”.", place)


def of_findings(root: Path) -> Iterator[Caption]:
    """What another manual says, and of the letters that depart from it the subjects and wordings."""
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
            for head, text in theme.suggestions():
                about = f"The wording that is suggested for {head or 'the section'} ({theme.id})."
                yield Caption(text, about, f"{shown}:{theme.wording.span.line}")


KINDS: Mapping[str, Callable[[Path], Iterator[Caption]]] = {
    "conditions": of_conditions,
    "findings": of_findings,
    "rules": of_rules,
}
"""The catalogues, by name; each is given the root of the project."""


def _shown(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix()
