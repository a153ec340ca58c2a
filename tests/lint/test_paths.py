"""What the paths given to a lint stand for, and that none of them makes a green run of nothing."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample import EDITION, PAGE, manproof, surroundings, write
from tests.specimen import ROOT

BY_HAND = ROOT / "tests/golden/by-hand/man2/connect.2"
TWICE = PAGE.replace("Words.", "The the words.")
RUSSIAN = "translations/ru/LC_MESSAGES"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of two editions, of which one has the name of a manual page; both repeat a word."""
    for name in ("sample", "older-5.2"):
        write(tmp_path / f"source/{name}/edition.yaml", EDITION)
        write(tmp_path / f"source/{name}/sample.2.yaml", TWICE)
        write(tmp_path / f"{RUSSIAN}/{name}/sample.2.po", 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n')
    write(tmp_path / "translations/ru/glossary.yaml", "terms: []\n")
    write(tmp_path / "source/comparison/sample.yaml", "")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "editions"),
    [
        ("source", ["older-5.2", "sample"]),
        (".", ["older-5.2", "sample"]),
        ("source/older-5.2", ["older-5.2"]),
        ("source/sample/edition.yaml", ["sample"]),
        ("source/comparison/sample.yaml", ["older-5.2", "sample"]),
        ("translations", ["older-5.2", "sample"]),
        ("translations/ru", ["older-5.2", "sample"]),
        (f"{RUSSIAN}/sample", ["sample"]),
        (f"{RUSSIAN}/sample/sample.2.po", ["sample"]),
        ("translations/ru/glossary.yaml", ["older-5.2", "sample"]),
    ],
)
def test_what_a_path_stands_for(path: str, editions: list[str], root: Path) -> None:
    done = manproof(root, "lint", "--no-probe", "--select", "prose", "--format", "json", path)
    told = [item["path"] for item in json.loads(done.stdout) if item["rule"] == "doubled-word"]
    assert told == [f"source/{name}/sample.2.yaml" for name in editions]


@pytest.mark.parametrize("name", ["round", "folder/round", "away"])
def test_links_that_lead_nowhere(name: str, root: Path) -> None:
    (root / "folder").mkdir()
    for link, goal in (("round", "round"), ("folder/round", "round"), ("away", "nowhere")):
        (root / link).symlink_to(goal)
    done = manproof(root, "lint", "--no-probe", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"manproof: error: there is no page “{name}”")


def test_a_folder_with_links_and_folders_among_its_pages(tmp_path: Path) -> None:
    shutil.copy(BY_HAND, tmp_path / "connect.2")
    (tmp_path / "round.2").symlink_to("round.2")
    (tmp_path / "folder.2").mkdir()
    os.mkfifo(tmp_path / "pipe.2")
    done = manproof(tmp_path, "lint", "--select", "form", "--format", "json", ".")
    told = {item["path"]: item["message"] for item in json.loads(done.stdout)}
    assert told == {
        "pipe.2": "not a regular file; put a file there",
        "round.2": "cannot read round.2: Too many levels of symbolic links; check the file system",
    }


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("empty", "there is no manual page in empty; name a file, or a folder such as man2"),
        ("a.yaml", "there is no page “a.yaml”, and no folder source/ here or above"),
        ("ru.po", "there is no page “ru.po”, and no folder source/ here or above"),
    ],
)
def test_what_belongs_to_no_project_is_not_passed_over(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "a.yaml", PAGE)
    write(tmp_path / "ru.po", "")
    done = manproof(tmp_path, "lint", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize("make", [bytes, gzip.compress])
def test_a_page_on_the_standard_input(make: type[bytes], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "manproof", "lint", "--format", "json", "-"],
        cwd=tmp_path, env=surroundings(), input=make(BY_HAND.read_bytes()), capture_output=True, check=False,
    )  # fmt: skip
    named = manproof(tmp_path, "lint", "--format", "json", str(BY_HAND))
    assert done.returncode == named.returncode == 1
    piped, read = ([(d["rule"], d["line"]) for d in json.loads(text)] for text in (done.stdout, named.stdout))
    assert piped == read
    assert {item["path"] for item in json.loads(done.stdout)} == {"<stdin>"}


def test_a_broken_edition_is_told_and_no_rule_crashes(root: Path) -> None:
    path = root / "source/sample/edition.yaml"
    path.write_text(EDITION.replace("status: current", "status: curent"))
    done = manproof(root, "lint", "--no-probe", "--format", "json", "source/sample")
    assert done.returncode == 1
    told = [(item["rule"], item["path"]) for item in json.loads(done.stdout)]
    assert ("wrong-value", "source/sample/edition.yaml") in told
    assert "rule-crashed" not in {rule for rule, _ in told}
