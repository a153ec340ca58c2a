"""What earlier runs have left, or others have put in its place: it has its own form, or is not believed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sample import manproof, project

Change = Callable[[dict[str, Any]], object]
KEY = "sample/sample.2"
FOUND = {"rule": "x", "severity": 2, "span": ["a", 1, 1, ""], "message": "m"}

BUILD: dict[str, Change] = {
    "rule that is a number": lambda page: page.update(found=[{**FOUND, "rule": 1}]),
    "message that is a number": lambda page: page.update(found=[{**FOUND, "message": 5}]),
    "severity that is none": lambda page: page.update(found=[{**FOUND, "severity": 9}]),
    "place that is none": lambda page: page.update(found=[{**FOUND, "span": [[], {}, None, ""]}]),
    "short place": lambda page: page.update(found=[{**FOUND, "span": ["a"]}]),
    "languages in a number": lambda page: page["entry"].update(languages=5),
    "language of a number": lambda page: page["entry"].update(languages=[1]),
    "language with more": lambda page: page["entry"]["languages"][0].update(more=1),
    "nothing said": lambda page: page["entry"].update(said={}),
    "said in a list": lambda page: page["entry"].update(said=[]),
    "said in part": lambda page: page["entry"]["said"]["en"].pop("label"),
    "title that is null": lambda page: page["entry"].update(title=None),
    "counts that are texts": lambda page: page["entry"].update(verified=["1", "1"]),
    "record that is a list": lambda page: page["entry"].update(record=["x"]),
    "others that are numbers": lambda page: page.update(others=[1, None]),
    "outputs in a list": lambda page: page.update(outputs=["x"]),
    "states that are texts": lambda page: page.update(inputs={"x": "y"}),
    "options that are none": lambda page: page.update(options=99),
    "unknown field": lambda page: page.update(more=1),
}


def keys(name: str) -> Change:
    return lambda records: records.update({name: records[KEY]})


KEYS = ("../x/sample.2", "a/../../x", "/etc/passwd", "a", "a/b/c", "", "sample/..", "site:")


def changed(cache: Path, change: Change) -> None:
    data = json.loads(cache.read_bytes())
    change(data["records"])
    cache.write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = project(tmp_path / "project")
    assert manproof(made, "build").returncode == 0
    return made


@pytest.mark.parametrize("name", BUILD)
def test_records_of_another_form_are_none(name: str, root: Path) -> None:
    changed(root / "build/.cache.json", lambda records: BUILD[name](records[KEY]))
    done = manproof(root, "build")
    assert (done.returncode, done.stderr) == (0, "")


def test_records_of_strange_pages_are_none(root: Path) -> None:
    for name in KEYS:
        changed(root / "build/.cache.json", keys(name))
        done = manproof(root, "build")
        assert (done.returncode, done.stderr) == (0, ""), name


@pytest.mark.parametrize("way", ["up", "through a link", "by its name"])
@pytest.mark.parametrize("place", ["others", "outputs"])
def test_only_outputs_are_removed(way: str, place: str, root: Path, tmp_path: Path) -> None:
    """A record names what a page once had: of that, no file of others."""
    victim = tmp_path / "victim/precious"
    victim.parent.mkdir()
    victim.write_text("precious", encoding="utf-8")
    (root / "build/link").symlink_to(victim.parent)
    ways = {
        "up": f"{root}/build/../../victim/precious",
        "through a link": f"{root}/build/link/precious",
        "by its name": str(victim),
    }
    named: object = [ways[way]] if place == "others" else {ways[way]: [1]}

    def told(records: dict[str, Any]) -> None:
        records[KEY].update({place: named, "inputs": {}, "options": 0})

    changed(root / "build/.cache.json", told)
    (root / "source/sample/sample.2.yaml").touch()
    assert manproof(root, "build").returncode == 0
    assert victim.read_text(encoding="utf-8") == "precious"


LINT: dict[str, Change] = {
    "rule that is a number": lambda page: page.update(found=[[1, 2, ["a", 1, 1, ""], "m"]]),
    "place that is none": lambda page: page.update(found=[["x", 2, [[], {}, 1, ""], "m"]]),
    "counts that are texts": lambda page: page.update(tally={"total": "x"}),
    "translations of numbers": lambda page: page.update(told=[[1, 2, 3, 4, 5, 6]]),
    "ignores of nothing": lambda page: page.update(ignores=[{"span": [1, 2], "rules": 5}]),
    "no translations": lambda page: page.pop("told"),
}


def linted(root: Path, cache: Path) -> tuple[int, str]:
    done = manproof(root, "lint", environment={"XDG_CACHE_HOME": str(cache)})
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", LINT)
def test_results_of_another_form_are_none(name: str, root: Path, tmp_path: Path) -> None:
    first = linted(root, tmp_path / "cache")
    (file,) = (tmp_path / "cache").rglob("*.json")
    data = json.loads(file.read_bytes())
    for page in data["results"].values():
        LINT[name](page)
    file.write_text(json.dumps(data), encoding="utf-8")
    assert linted(root, tmp_path / "cache") == first


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away: nothing was verified")
def test_results_of_another_user_are_none(root: Path, tmp_path: Path) -> None:
    """They could say that nothing is wrong."""
    first = linted(root, tmp_path / "cache")
    assert first[0] == 1
    (file,) = (tmp_path / "cache").rglob("*.json")
    data = json.loads(file.read_bytes())
    for page in data["results"].values():
        page["found"] = []
    file.write_text(json.dumps(data), encoding="utf-8")
    assert linted(root, tmp_path / "cache") == (0, "")  # one's own results are believed
    file.write_text(json.dumps(data), encoding="utf-8")
    os.chown(file, 65534, 65534)
    assert linted(root, tmp_path / "cache") == first


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "lists", "words"])
def test_what_stands_in_the_place_of_a_cache(kind: str, root: Path, tmp_path: Path) -> None:
    linted(root, tmp_path / "cache")
    (file,) = (tmp_path / "cache").rglob("*.json")
    for path in (file, root / "build/.cache.json"):
        path.unlink()
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "device":
            path.symlink_to("/dev/zero")
        elif kind == "folder":
            path.mkdir()
        else:
            path.write_text("[" * 100_000 if kind == "lists" else "x", encoding="utf-8")
    assert linted(root, tmp_path / "cache")[0] == 1
    done = manproof(root, "build", timeout=60)
    assert done.returncode == (2 if kind == "folder" else 0), done.stderr
