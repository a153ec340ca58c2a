"""Settings and baselines are files that anybody can send, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from manproof import settings
from manproof.diagnostic import UserError
from manproof.lint import baseline
from tests.sample import write

WRONG = (
    "x",
    "[",
    "a = " + "[" * 100_000,
    "select = 1",
    "select = [1]",
    '"\\u0000" = 1',
    "a = 1\na = 2",
    "\0",
    "unheard-of = 1",
)


@pytest.mark.parametrize("text", WRONG, ids=lambda text: ascii(text[:20]))
def test_settings_are_refused_by_the_name_of_their_file(text: str, tmp_path: Path) -> None:
    write(tmp_path / "manproof.toml", text)
    with pytest.raises(UserError, match=r"manproof\.toml") as found:
        settings.read(tmp_path)
    assert str(found.value).isprintable()


@pytest.mark.parametrize("text", ["tool = 1", "[tool]\nmanproof = {}", "", "[[tool]]"])
def test_what_others_set_is_theirs(text: str, tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", text)
    assert settings.read(tmp_path) == settings.Settings(place="pyproject.toml")


BASELINES = (
    "", "x", "1", "[]", "{}", '{"version": 1}', '{"version": 1, "findings": 1}', "[" * 100_000,
    '{"version": 1, "findings": [1]}',
)  # fmt: skip


@pytest.mark.parametrize("text", BASELINES, ids=lambda text: text[:30])
def test_a_baseline_is_one_or_is_refused(text: str, tmp_path: Path) -> None:
    write(tmp_path / "baseline.json", text)
    with pytest.raises(UserError, match="is no baseline"):
        baseline.read(tmp_path / "baseline.json")
