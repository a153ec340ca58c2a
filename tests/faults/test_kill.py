"""A run that is killed leaves whole files, and the next run no others; `make faults` tries it 500 times."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults import kill


@pytest.mark.parametrize("name", kill.SCENES)
def test_killed_at_any_moment(name: str, tmp_path: Path) -> None:
    scene = kill.SCENES[name](tmp_path / "project")
    chance = random.Random(7)
    for _ in range(3):
        kill.once(scene, chance.uniform(0, scene.seconds))
