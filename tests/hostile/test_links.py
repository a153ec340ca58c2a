"""A project can hold links: none of them makes a command read or write what lies out of the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from manproof import captions, settings
from manproof.config import Project
from manproof.diagnostic import UserError
from tests.faults.kill import tree
from tests.hostile.test_records import record
from tests.sample import ROOT, manproof, project, write

SECRET = "the-secret-word"
COMMANDS = (
    ("build",), ("lint",), ("i18n", "extract"), ("i18n", "update"), ("i18n", "stats"), ("i18n", "check"),
    ("compare", "sample"), ("finding",), ("finding", "--write"), ("rules", "--write"),
    ("lint", "--update-baseline"),
)  # fmt: skip
READ = (
    "source/sample/sample.2.yaml", "source/sample/edition.yaml", "source/sample/x.3.yaml",
    "source/sample/evidence/a.json", "source/comparison/sample.yaml", "source/findings/a.yaml",
    "source/words.txt", "translations/ru/glossary.yaml", "translations/ru/words.txt", "manproof.toml",
    "translations/ru/LC_MESSAGES/sample/sample.2.po", "translations/ru/LC_MESSAGES/sample/edition.po",
    "translations/ru/LC_MESSAGES/manproof.po", "translations/sample/sample.2.pot",
)  # fmt: skip


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that nobody may show; its every line would be told as a mistake."""
    write(tmp_path / "outside/secret", f"{SECRET}: {SECRET}\n" * 3)
    return tmp_path / "outside/secret"


@pytest.mark.parametrize("name", READ)
def test_no_command_shows_what_a_link_leads_to(name: str, outside: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    write(root / "translations/ru/LC_MESSAGES/sample/x.po", "")
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).unlink(missing_ok=True)
    (root / name).symlink_to(outside)
    for command in COMMANDS:
        done = manproof(root, *command)
        assert SECRET not in done.stdout + done.stderr, command
    assert not [path for path, data in tree(root / "build").items() if SECRET.encode() in data]


def test_the_one_place_that_reads_for_a_project(outside: Path, tmp_path: Path) -> None:
    """In a folder that is a link, by ``..``, and by a link to a link; a link inside of the project is one."""
    root = project(tmp_path / "project")
    (root / "folder").symlink_to(outside.parent)
    (root / "one").symlink_to(root / "two")
    (root / "two").symlink_to(outside)
    (root / "inside").symlink_to(root / "source/sample/sample.2.yaml")
    here = Project(root=root)
    for name in ("folder/secret", "../outside/secret", "one", "two"):
        with pytest.raises(UserError, match="a link that leads out of the project"):
            here.read(root / name)
    assert here.read(root / "inside") == here.read(root / "source/sample/sample.2.yaml")
    assert here.read(outside)  # what the user has named


def test_every_reader_of_a_project_asks_it() -> None:
    """Files are read past the project only where there is none, or where the user named them."""
    apart = {"settings", "lint/baseline", "evidence", "config", "handwritten/__init__", "serve/web",
             "build/cache", "cli/memory", "cli/reports"}  # fmt: skip
    package = ROOT / "manproof"
    found = {
        str(path.relative_to(package).with_suffix(""))
        for path in package.rglob("*.py")
        if "files.read(" in path.read_text(encoding="utf-8")
    }
    assert found == apart
    assert list(captions.of_findings(ROOT))


WRITTEN = {
    "translations": ("i18n", "extract"),
    "translations/sample": ("i18n", "extract"),
    "translations/ru/LC_MESSAGES/sample": ("i18n", "update"),
    "docs": ("rules", "--write"),
    "build": ("build",),
    "build/man": ("build",),
    "build/man/sample/man2": ("build",),
    "build/html/sample": ("build",),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_no_command_writes_where_a_link_leads(name: str, tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    (root / "translations/ru/LC_MESSAGES").mkdir(parents=True)
    victim = tmp_path / "victim"
    write(victim / "sample.2", "precious")
    write(victim / ".manproof-tmp-1-1", "precious, too")
    before = tree(victim)
    if (root / name).is_dir():
        (root / name).rename(tmp_path / "away")
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to(victim)
    done = manproof(root, *WRITTEN[name])
    assert tree(victim) == before
    if name == "translations":
        return  # there is no language any more, and a folder of the program cannot be told from it
    assert done.returncode == 2
    assert "a link that leads out of" in done.stderr


def test_a_folder_that_the_user_names_may_be_a_link(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    assert manproof(root, "build", "-o", str(tmp_path / "out")).returncode == 0
    assert (tmp_path / "elsewhere/man/sample/man2/sample.2").exists()


BASELINES = ("/x", "../x", "a/../../x", "..", "a/..", "", "\\u0000", "a\\nb", "/")


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_of_the_settings_lies_in_the_project(name: str, tmp_path: Path) -> None:
    """``--update-baseline`` writes it: settings come with the project, and may not choose any file."""
    write(tmp_path / "manproof.toml", f'baseline = "{name}"')
    with pytest.raises(UserError, match="baseline must be the path of a file in the project"):
        settings.read(tmp_path)


def test_a_baseline_behind_a_link(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    write(tmp_path / "victim/a.json", "precious")
    (root / "kept").symlink_to(tmp_path / "victim")
    write(root / "manproof.toml", 'baseline = "kept/a.json"')
    for more in ([], ["--update-baseline"]):
        done = manproof(root, "lint", *more)
        assert done.returncode == 2
        assert "a link that leads out of" in done.stderr
    assert tree(tmp_path / "victim") == {"a.json": b"precious"}


def test_a_record_behind_a_link(tmp_path: Path) -> None:
    """It would be copied into the site as it is."""
    root = project(tmp_path / "project")
    write(tmp_path / "a.json", json.dumps(record(seen={"title": SECRET, "call": "sample"})))
    (root / "source/sample/evidence").mkdir()
    (root / "source/sample/evidence/a.json").symlink_to(tmp_path / "a.json")
    assert "a link that leads out of the project" in manproof(root, "build").stderr
    assert not [path for path, data in tree(root / "build").items() if SECRET.encode() in data]


def test_a_comparison_goes_on_where_a_page_leads_out(outside: Path, tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    row = "{id: one, title: One, causes: [lost], says: [{outcomes: [EXAMPEL], manuals: [other]}]}"
    manual = '{id: other, label: Other, page: sample(2), revision: "1"}'
    write(
        root / "source/comparison/sample.yaml",
        f"call: sample\nmanuals: [{manual}]\nfamilies: [{{family: all, title: All, situations: [{row}]}}]\n",
    )
    (root / "source/sample/sample.2.yaml").unlink()
    (root / "source/sample/sample.2.yaml").symlink_to(outside)
    done = manproof(root, "lint", "--no-probe", "--format", "json")
    rules = {item["rule"] for item in json.loads(done.stdout)}
    assert done.returncode == 1
    assert rules == {"unreadable", "outcome-unknown"}
