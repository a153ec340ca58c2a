"""What a lint remembers: the same is found as without, and whatever has changed is seen."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sample import EDITION, PAGE, manproof, write

FLAWED = PAGE.replace("Words.", "The the words.")
CATALOGUE = (
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "show a sample"\nmsgstr "показывает образец"\n\nmsgid "The the words."\nmsgstr "Слова."\n'
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(tmp_path / "p/source/sample/edition.yaml", EDITION)
    write(tmp_path / "p/source/sample/sample.2.yaml", FLAWED)
    write(tmp_path / "p/translations/ru/LC_MESSAGES/sample/sample.2.po", CATALOGUE)
    return tmp_path / "p"


def lint(root: Path, *arguments: str) -> list[str]:
    done = manproof(
        root, "lint", "--no-probe", "--select", "prose,translation", "--format", "json", *arguments
    )
    return sorted(item["rule"] for item in json.loads(done.stdout))


def kept(root: Path) -> Path:
    (path,) = (root.parent / "cache/manproof/lint").iterdir()
    return path


def test_the_second_run_finds_the_same(root: Path) -> None:
    assert lint(root) == lint(root) == ["doubled-word"]
    # what is told comes from there
    data = json.loads(kept(root).read_text())
    (result,) = data["results"].values()
    result["found"][0][0] = "misspelling"
    kept(root).write_text(json.dumps(data))
    assert lint(root) == ["misspelling"]


CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "page": (lambda p: write(p / "source/sample/sample.2.yaml", PAGE.replace("Words.", "A bad bad (word.")),
             ["doubled-word", "quotes-unbalanced", "translation-outdated"]),
    "catalogue": (lambda p: write(p / "translations/ru/LC_MESSAGES/sample/sample.2.po",
                                  CATALOGUE.replace("Слова.", "Слова")),
                  ["doubled-word", "translation-punctuation"]),
    "no catalogue": (lambda p: (p / "translations/ru/LC_MESSAGES/sample/sample.2.po").unlink(),
                     ["doubled-word"]),
    "glossary": (lambda p: write(p / "translations/ru/glossary.yaml",
                                 "terms: [{term: sample, words: [пример]}]\n"),
                 ["doubled-word", "term-mistranslated"]),
    "another page": (lambda p: write(p / "source/sample/other.2.yaml",
                                     FLAWED.replace("name: sample", "name: other")),
                     ["doubled-word", "doubled-word"]),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen(change: str, root: Path) -> None:
    lint(root)
    make, expected = CHANGES[change]
    make(root)
    assert lint(root) == expected


def test_a_checkout_anew_is_known_by_its_content(root: Path) -> None:
    """Times and inodes are others, as wherever CI keeps the cache and nothing else."""
    lint(root)
    kept(root).write_text(kept(root).read_text().replace('"doubled-word"', '"misspelling"'))
    for path in [path for path in root.rglob("*") if path.is_file()]:
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
        os.utime(path, (1, 1))
    assert lint(root) == ["misspelling"], "it is not looked at again"


@pytest.mark.parametrize(
    "name",
    ["translations/ru/LC_MESSAGES/manproof.po", "translations/ru/LC_MESSAGES/sample/edition.po",
     "source/sample/evidence/linux.json", "source/sample/one.c"],
)  # fmt: skip
def test_what_pages_share_is_seen(name: str, root: Path) -> None:
    """All that a rule may look at beside a page: here what is kept is wrong, so that asking again shows."""
    lint(root)
    kept(root).write_text(kept(root).read_text().replace('"doubled-word"', '"misspelling"'))
    assert lint(root) == ["misspelling"]
    kept(root).write_text(kept(root).read_text().replace('"doubled-word"', '"misspelling"'))
    write(root / name, 'msgid ""\nmsgstr ""\n' if name.endswith(".po") else "{}")
    assert "doubled-word" in lint(root)


def test_a_change_that_keeps_size_and_time_is_seen(root: Path) -> None:
    lint(root)
    path = root / "source/sample/sample.2.yaml"
    before = path.stat()
    path.write_text(path.read_text().replace("The the words.", "Two new words."))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert "doubled-word" not in lint(root)


def test_other_rules_are_another_thing(root: Path) -> None:
    assert lint(root) == ["doubled-word"]
    assert lint(root, "--ignore", "doubled-word") == []
    assert lint(root) == ["doubled-word"]


@pytest.mark.parametrize("text", ["", "x", "[]", '{"version": 1, "results": []}', '{"version": 9}'])
def test_a_memory_that_is_broken_is_none(text: str, root: Path) -> None:
    lint(root)
    kept(root).write_text(text)
    assert lint(root) == ["doubled-word"]


def test_results_that_are_broken_are_none(root: Path) -> None:
    lint(root)
    data = json.loads(kept(root).read_text())
    wrong: list[object] = [
        {},
        [],
        None,
        {"found": [[1]]},
        {"found": 3, "told": [], "ignores": [], "tally": {}},
    ]
    for broken in wrong:
        kept(root).write_text(json.dumps({**data, "results": dict.fromkeys(data["results"], broken)}))
        assert lint(root) == ["doubled-word"]


def test_without_a_place_for_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert lint(root) == lint(root) == ["doubled-word"]
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "")
    assert lint(root) == ["doubled-word"]
    assert sorted(path.name for path in root.iterdir()) == ["source", "translations"]
