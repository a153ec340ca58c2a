"""The invariants, held against inputs made by chance from what our readers act on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from manproof.catalogue import Catalogue, Entry, write
from manproof.characters import REFUSED, unbalanced
from manproof.render.html import render as to_html
from manproof.render.man import render as to_man
from tests import sample, troff
from tests.elements import named
from tests.hostile import catalogues, positions, sources, texts
from tests.properties import invariants

MARKS = [
    ":arg:`a`", ":func:`f`", ":errno:`EIO`", ":url:`http://a/?b=c`", ":man:`a(2)`", ":file:`/a b`",
    "``a``", "*a*", "**a**", "\\", "`", "*", "_", "|", "::", "\n", "\n\n", "  ", "- ", "1. ", "====", "a",
    "Word", ". ", "ж", "\u00a0", "\u2067", "\u2069", "\u200d", "\u2060", "…", "'", ".", '"', "-", "--",
    "<b>", "&amp;", "{{ x }}", "\x00", "\x85", "\u2028",
]  # fmt: skip
ANY = st.lists(st.sampled_from(MARKS) | st.text(max_size=6), max_size=14).map("".join)
HOSTILE = st.sampled_from(texts.TEXTS)
SOUND = ANY.map(lambda text: REFUSED.sub("", text)).filter(lambda text: not any(unbalanced(text)))


def cut(parts: tuple[bytes, bytes, float]) -> bytes:
    """A file of the corpus with something put into it somewhere."""
    data, more, share = parts
    at = int(len(data) * share)
    return data[:at] + more + data[at:]


def broken(files: dict[str, bytes]) -> st.SearchStrategy[bytes]:
    return st.tuples(st.sampled_from([*files.values()]), st.binary(max_size=4), st.floats(0, 1)).map(cut)


many = settings(max_examples=300, deadline=10_000)
few = settings(max_examples=80, deadline=10_000)


@many
@given(broken(sources.FILES))
def test_any_file_is_a_page_or_refused(data: bytes) -> None:
    invariants.loads(data)


@few
@given(ANY | HOSTILE)
def test_any_prose_is_shown_or_refused(text: str) -> None:
    invariants.parses(text)


@few
@given(ANY | HOSTILE | HOSTILE.map(sample.rest))
def test_any_text_is_shown_alike_or_refused(text: str) -> None:
    invariants.shows(text)


@few
@given(ANY | HOSTILE | HOSTILE.map(sample.rest))
def test_any_translation_is_shown_alike_or_refused(text: str) -> None:
    invariants.translates(text)


@few
@example("\u00a0&amp;")
@example("*a*\u2003")
@example("\u00a0.. note:: a")
@given(ANY | HOSTILE.map(sample.rest))
def test_a_translation_that_is_the_text_changes_nothing(text: str) -> None:
    invariants.survives(text)


@few
@given(
    st.tuples(st.sampled_from([*catalogues.FILES.values()]), st.binary(max_size=4), st.floats(0, 1)).map(cut)
)
def test_any_file_is_a_catalogue_or_refused(data: bytes) -> None:
    invariants.reads(data)


@settings(max_examples=12, deadline=10_000)
@given(st.lists(SOUND | HOSTILE, min_size=1, max_size=12))
def test_formatters_and_html_show_the_same_text(found: list[str]) -> None:
    batch = [text for text in map(positions.one_line, found) if text] or ["a"]
    root = positions.from_source([text.replace("\u00ad", "") for text in batch])
    made = to_man(root, invariants.SETTINGS)
    shown, said = troff.groff(made)
    assert not said
    page = invariants.bare(
        "".join(item.text for item in named(to_html(root, invariants.SETTINGS), "section"))
    )
    for number, text in enumerate(batch):
        for part in positions.expected(number, text):
            wanted = invariants.bare(part)
            assert wanted in page
            assert wanted in invariants.bare(shown)
            assert wanted in invariants.bare(troff.mandoc(made))


@settings(max_examples=25, deadline=10_000)
@given(st.lists(SOUND.filter(str.strip), min_size=1, max_size=20, unique=True))
def test_msgfmt_accepts_what_we_write(found: list[str]) -> None:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        pytest.skip("msgfmt is not installed: what it accepts was not verified")
    # a format, and a newline at one end, have rules of their own
    stripped = dict.fromkeys(text.strip("\n") for text in found)
    entries = tuple(Entry(msgid=text, msgstr=text) for text in stripped)
    made = write(Catalogue(header=positions.HEADER, entries=entries))
    command = [msgfmt, "--check", "-o", "/dev/null", "-"]
    done = subprocess.run(command, input=made.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_extraction_and_update_again_give_the_same_files(tmp_path: Path) -> None:
    """Templates, catalogues and pages: once made, nothing makes them otherwise."""
    pages = {"sample.2": sample.described(sample.rest(" ".join(map(positions.one_line, texts.MARKUP))))}
    root = sample.project(tmp_path, pages)
    assert sample.manproof(root, "i18n", "extract").returncode == 0
    assert sample.manproof(root, "i18n", "init", "de").returncode == 0
    before = {path: path.read_bytes() for path in (root / "translations").rglob("*.*")}
    later = {"SOURCE_DATE_EPOCH": "2000000000"}
    for command in (["extract"], ["update"]):
        assert sample.manproof(root, "i18n", *command, environment=later).returncode == 0
    assert {path: path.read_bytes() for path in (root / "translations").rglob("*.*")} == before
