"""reST that would act is refused with its place, in a source and in a catalogue, and reads nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from manproof.catalogue import Catalogue, Entry
from manproof.document import document
from manproof.load import load_page
from manproof.translate import Translation, apply
from tests.hostile.positions import HEADER
from tests.hostile.prose import DIRECTIVES, FORMS, PROSE, REFERENCES
from tests.properties import invariants
from tests.sample import PAGE, assert_tellable, described, errors, manproof, project, tree

SECRET = "the content of a file that nobody is to see"


def test_there_are_enough() -> None:
    assert len(set(PROSE)) >= 120


@pytest.mark.parametrize("text", [*DIRECTIVES, *REFERENCES, *FORMS])
def test_refused_in_a_source(text: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    source = described(text.replace("{file}", str(tmp_path / "secret")))
    page, found = load_page(source.encode(), invariants.PATH)
    if page is not None:
        found = document(page, invariants.EDITION, {})[1]
    assert errors(found)
    assert_tellable(found)
    assert SECRET not in "".join(map(str, found))


@pytest.mark.parametrize("text", PROSE)
def test_shown_alike_or_refused_in_a_catalogue(text: str) -> None:
    invariants.translates(text)


@pytest.mark.parametrize("text", [*DIRECTIVES, *REFERENCES])
def test_not_applied_from_a_catalogue(text: str) -> None:
    """Nothing that would be more than text: the words stay English, and the place is told."""
    root = tree(PAGE)
    entry = Entry(msgid="Words.", msgstr=text, path="ru.po", msgid_line=1, msgstr_line=2)
    catalogue = Catalogue(header=HEADER, entries=(entry,))
    found = apply(root, Translation(locale="ru", catalogues=(catalogue,)))
    if not found:  # it is text, letter by letter
        shown = " ".join(root.children[1].astext().split())
        assert " ".join(text.replace("\\", "").split()) in shown.replace("\\", "")
    assert all(item.span.line == 2 and item.span.path == "ru.po" for item in found)


def test_nothing_is_read_by_a_build(tmp_path: Path) -> None:
    """The whole program, with a file that it could read."""
    (tmp_path / "secret").write_text(SECRET, encoding="utf-8")
    secret = str(tmp_path / "secret")
    pages = {
        f"page{n}.2": described(text.replace("{file}", secret)).replace("name: sample", f"name: page{n}")
        for n, text in enumerate(DIRECTIVES)
    }
    root = project(tmp_path / "project", pages)
    done = manproof(root, "build", stdin=-3)
    assert done.returncode == 1
    assert SECRET not in done.stderr
    outputs = [path.read_text(encoding="utf-8") for path in (root / "build").rglob("*") if path.is_file()]
    assert not [text for text in outputs if SECRET in text]
