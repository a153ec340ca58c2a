"""Each rule has a fixture, which says at the line what it provokes: that, and nothing else, is found."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from manproof.config import Project
from manproof.diagnostic import Severity
from manproof.host import has, manual
from manproof.lint import table
from tests.lint.project import lint
from tests.sample import EDITION, write

FIXTURES = Path(__file__).parent / "fixtures"
RULES = {name: rule for name, rule in table().items() if rule.check}
ELSEWHERE = {"evidence": "tests/test_join.py", "manual": "tests/test_lint_manual.py"}
"""Families whose things are no files, and where they are tested."""
OURS = [name for name, rule in RULES.items() if rule.family not in ELSEWHERE]
AGAINST_A_MANUAL = ("external-not-found", "reference-not-found")
"""Rules that ask for the manual pages of this system, and say nothing where there are none."""
_EXPECT = re.compile(r"# expect: (?P<rules>[a-z- ]+?)(?: \+(?P<lines>\d+))?\s*$")


def expected(root: Path) -> Iterator[tuple[str, str, int]]:
    """The rule, the file and the line of each finding that a fixture announces."""
    for path in sorted(root.rglob("*")):
        if path.suffix in (".yaml", ".po"):
            lines = path.read_text(encoding="utf-8").split("\n")
            for number, line in enumerate(lines, 1):
                if match := _EXPECT.search(line):
                    below = int(match["lines"] or 0)
                    place = _entry(lines, number) if path.suffix == ".po" and number > 1 else number + below
                    whole = number == 1 and line.startswith("#")
                    for rule in match["rules"].split():
                        yield rule, path.relative_to(root).as_posix(), 0 if whole else place


def _entry(lines: list[str], number: int) -> int:
    """The line of the next ``msgstr``."""
    return next(n for n in range(number, len(lines) + 1) if lines[n - 1].startswith("msgstr"))


def project(name: str, folder: Path) -> Project:
    """The fixture of a rule, in the sample project's edition."""
    shutil.copytree(FIXTURES / name, folder, dirs_exist_ok=True)
    if not (folder / "source/sample/edition.yaml").exists():
        write(folder / "source/sample/edition.yaml", EDITION)
    return Project(root=folder)


@pytest.mark.parametrize("name", OURS)
def test_fixture(name: str, tmp_path: Path) -> None:
    rule = table()[name]
    if rule.needs and not has(rule.needs):
        pytest.skip(f"{rule.needs} is not installed: {name} was not tried")
    if name in AGAINST_A_MANUAL and not manual("2"):
        pytest.skip(f"NO MANUAL PAGES ARE INSTALLED: {name} was not tried")
    here = project(name, tmp_path)
    found = lint(here, wanted=[name], unwanted=(), seen=False)
    assert Counter((d.rule, d.span.path, d.span.line) for d in found) == Counter(expected(tmp_path))
    assert [d for d in found if d.rule == name], "the fixture provokes its rule"
    assert all(d.span.field for d in found if d.span.line > 1), "a fingerprint needs the path of the field"


def test_nothing_else_is_found_in_fixtures(tmp_path: Path) -> None:
    """A fixture shows one flaw: no other rule of its family that starts no program has anything to say."""
    for name in OURS:
        here = project(name, tmp_path / name)
        others = [other for other in RULES if RULES[other].family == RULES[name].family]
        costly = [other for other in others if RULES[other].costly]
        found = {d.rule for d in lint(here, wanted=others, unwanted=costly, seen=False)}
        assert found <= {name, *ALSO.get(name, ())}, f"{name}: {found}"


ALSO = {
    "errno-unknown": {"errno-without-entry"},
    "translation-placeholders": {"translation-outdated"},
}
"""What a flaw cannot be without."""


def test_every_fixture_has_its_rule() -> None:
    names = {path.name for path in FIXTURES.iterdir() if path.is_dir()}
    assert names == set(OURS)


@pytest.mark.parametrize("name", table())
def test_manual(name: str) -> None:
    """Each rule says what it finds in one line, then why, with a bad and a good example."""
    rule = table()[name]
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)
    assert re.fullmatch(r"[A-Z][^\n]{8,100}\.", rule.summary), rule.summary
    assert re.findall(r"^(\w+): .", rule.manual, re.MULTILINE) == ["Why", "Bad", "Good"]
    assert rule.severity in Severity
