"""Linting a copy of this project, or a small one, inside of the test's own process."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from manproof.cli import inspection, pages, witness
from manproof.cli.witness import Witness
from manproof.config import Project
from manproof.diagnostic import Diagnostic
from manproof.lint import table
from manproof.lint.selection import select
from tests.sample import ROOT

COSTLY = tuple(rule.name for rule in table().values() if rule.costly)


def copy(folder: Path) -> Project:
    """The pages of this repository, to be spoilt."""
    shutil.copytree(ROOT / "source", folder / "source", ignore=shutil.ignore_patterns("evidence"))
    shutil.copytree(ROOT / "translations", folder / "translations")
    return Project(root=folder)


@cache
def kept() -> Witness:
    """The newest record that this repository keeps."""
    return witness.call(Project(root=ROOT), {"connect"}, live=False, file=None, shipped=False)


def lint(
    project: Project, *, wanted: Iterable[str] = ("all",), unwanted: Iterable[str] = COSTLY, seen: bool = True
) -> list[Diagnostic]:
    """What the rules say of a project, in the order of places."""
    wish = inspection.Wish(selection=select(table(), list(wanted), list(unwanted), 1))
    sources = pages.chosen(project, ())
    result = inspection.inspect(project, sources, wish, kept() if seen else None, 1)
    return sorted(result.found, key=lambda d: (d.span, d.rule, d.message))
