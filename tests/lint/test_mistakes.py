"""A change that breaks the page is caught: realistic mistakes, and the rule that finds each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from manproof.diagnostic import Diagnostic
from manproof.host import has
from manproof.lint import table
from tests.lint.mistakes import EDITION, MAINTAINERS, TRANSLATORS, WORDS, Mistake
from tests.lint.project import COSTLY, copy, lint
from tests.sample import ROOT

MISTAKES = [*MAINTAINERS, *TRANSLATORS]
CONSEQUENCES = {"translation-outdated"}
"""What any change of an English text brings with it."""


def found(folder: Path, mistake: Mistake | None) -> list[Diagnostic]:
    """What the lint says of the pages with a mistake: all rules, but those that start programs as needed."""
    project = copy(folder)
    if mistake:
        path = project.root / mistake.file
        text = path.read_text(encoding="utf-8")
        assert mistake.old in text, "the page has changed: make the mistake elsewhere"
        path.write_text(text.replace(mistake.old, mistake.new, 1), encoding="utf-8")
    needed = set(mistake.rules.split()) if mistake else set()
    return lint(project, unwanted=[name for name in COSTLY if name not in needed])


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Counter[tuple[str, str]]:
    """What is said of the pages as they are: notes only."""
    return Counter((d.rule, d.span.path) for d in found(tmp_path_factory.mktemp("sound") / "p", None))


def test_there_are_enough() -> None:
    assert len({mistake[1:4] for mistake in MISTAKES}) == len(MISTAKES) >= 60
    rules = {name for mistake in MISTAKES for name in mistake.rules.split()}
    assert rules <= table().keys()
    assert len(rules) >= 45


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.what}-{m.file.rpartition('.')[2]}")
def test_mistake(mistake: Mistake, tmp_path: Path, sound: Counter[tuple[str, str]]) -> None:
    expected = set(mistake.rules.split())
    for name in expected:
        if table()[name].needs and not has(table()[name].needs):
            pytest.skip(f"{table()[name].needs} is not installed: {name} was not tried")
    now = Counter((d.rule, d.span.path) for d in found(tmp_path / "p", mistake))
    rules = {rule for rule, _ in now - sound}
    own = mistake.file in (WORDS, EDITION) or mistake in TRANSLATORS
    assert rules - (set() if own else CONSEQUENCES) == expected


def test_the_pages_themselves_are_clean(tmp_path: Path) -> None:
    assert {str(d.severity) for d in lint(copy(tmp_path / "p"), unwanted=())} <= {"note"}
    assert (ROOT / "docs/rules.md").exists()
