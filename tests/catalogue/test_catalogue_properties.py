"""Properties of reading, writing and merging that hold for any input."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from manproof.catalogue import Catalogue, Entry, Previous, merge, read, write
from manproof.catalogue.flags import in_order
from manproof.characters import REFUSED, unbalanced

pytest.importorskip("hypothesis")

from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

HEADER = Entry(msgid="", msgstr="Content-Type: text/plain; charset=UTF-8\n")
TOKENS = [
    *("msgid", "msgstr", "msgctxt", "msgid_plural", "msgstr[0]", "msgstr[1]", '"', '""', "\\"),
    *('"a"', '"b\\n"', "\n", "\n\n", " ", "\t", "#", "# c", "#. x", "#: a:1", "#, fuzzy", "#~ "),
    *("#| ", "#~| ", "#= x", "\r\n", "\\x41", "é", "\u2068", "\u2069", "\0", "\ufeff"),
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n',
]


def texts(max_size: int = 120) -> SearchStrategy[str]:
    """Texts that a catalogue may hold."""
    likely = st.sampled_from(' \n\t"\\-/—«»\u00a0abcжЖ漢()%,.…')
    found = st.text(likely | st.characters(exclude_categories=["Cs"]), max_size=max_size)
    return found.map(lambda text: REFUSED.sub("", text)).filter(lambda text: not any(unbalanced(text)))


def lines() -> SearchStrategy[str]:
    return texts(40).map(lambda text: text.replace("\n", " "))


def entries() -> SearchStrategy[Entry]:
    """Entries that are fuzzy, so that the translation need not fit the source."""
    return st.builds(
        Entry,
        msgid=texts().filter(bool),
        msgstr=texts().filter(bool),
        context=st.none() | texts(20),
        comments=st.lists(lines(), max_size=2).map(tuple),
        extracted=st.lists(lines(), max_size=2).map(tuple),
        references=st.lists(st.sampled_from(["a:1", "\u2068a b\u2069:2", "ж"]), unique=True).map(tuple),
        flags=st.sets(st.sampled_from(["no-wrap", "c-format", "odd"])).map(
            lambda found: in_order({*found, "fuzzy"})
        ),
        unknown=st.sampled_from([(), ("#= x",), ("#! y", "#& z")]),
        previous=st.none() | st.builds(Previous, msgid=texts(), context=st.none() | texts(20)),
        obsolete=st.booleans(),
    )


def catalogues() -> SearchStrategy[Catalogue]:
    def build(found: list[Entry]) -> Catalogue:
        found.sort(key=lambda entry: entry.obsolete)
        return Catalogue(header=HEADER, entries=tuple(found))

    return st.lists(entries(), max_size=6, unique_by=lambda entry: entry.key).map(build)


@settings(max_examples=100, deadline=None)
@given(catalogues())
def test_reading_what_was_written_gives_the_same(catalogue: Catalogue) -> None:
    again, found = read(write(catalogue).encode(), "x.po")
    assert again == catalogue, found


@settings(max_examples=300, deadline=None)
@given(st.binary() | st.lists(st.sampled_from(TOKENS)).map(lambda found: "".join(found).encode()))
def test_reading_never_fails(data: bytes) -> None:
    catalogue, found = read(data, "x.po", locale="ru")
    assert (catalogue is None) == any(str(one.severity) == "error" for one in found)
    if catalogue is not None:
        again, _ = read(write(catalogue).encode(), "x.po")
        assert again is not None
        assert write(again) == write(catalogue)


@settings(max_examples=40, deadline=None)
@given(catalogues(), catalogues())
def test_merging_twice_changes_nothing(old: Catalogue, new: Catalogue) -> None:
    blank = tuple(
        replace(entry, msgstr="", flags=entry.flags[1:], previous=None)
        for entry in new.entries
        if not entry.obsolete
    )
    template = replace(new, entries=blank)
    once = merge(old, template)
    assert merge(once, template) == once
    live = [entry.key for entry in once.entries if not entry.obsolete]
    assert live == [entry.key for entry in blank]
