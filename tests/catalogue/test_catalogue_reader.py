"""What the reader makes of sound catalogues."""

from __future__ import annotations

import pytest

from manproof.catalogue import Entry, Previous, Statistics, plural_forms, read
from manproof.catalogue.plurals import count, fits
from manproof.diagnostic import Span

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

FULL = r"""# first
#
#  third
#no blank
#. what it is
#: a.yaml:1 b.yaml:2
#: a.yaml:1 c.yaml
#, no-wrap, fuzzy, unheard-of
#= sticky
#! odd
#| msgctxt "was"
#| msgid ""
#| "old\n"
#| "text"
msgctxt "now"
msgid ""
"new\n"
"text \"and\" \\ \t"
msgstr "neu"
"""

OBSOLETE = r"""# kept
#~| msgid "day"
#~| msgid_plural "days"
#~ msgid ""
#~ "a "
#~ "day"
#~ msgid_plural "two days"
#~ msgstr[0] "Tag"
#~ msgstr[1] "Tage"
"""


def entry_of(text: str) -> Entry:
    catalogue, found = read((HEAD + text).encode(), "x.po")
    assert catalogue is not None, found
    (entry,) = catalogue.entries
    return entry


def test_every_part_of_an_entry() -> None:
    assert entry_of(FULL) == Entry(
        msgid='new\ntext "and" \\ \t',
        msgstr="neu",
        context="now",
        comments=("first", "", " third", "no blank"),
        extracted=("what it is",),
        references=("a.yaml:1", "b.yaml:2", "c.yaml"),
        flags=("fuzzy", "no-wrap", "unheard-of"),
        unknown=("#= sticky", "#! odd"),
        previous=Previous(msgid="old\ntext", context="was"),
    )


def test_places() -> None:
    entry = entry_of(FULL)
    assert entry.msgid_span == Span(path="x.po", line=19, column=1)
    assert entry.msgstr_span == Span(path="x.po", line=22, column=1)


def test_an_obsolete_entry() -> None:
    assert entry_of(OBSOLETE) == Entry(
        msgid="a day",
        plural="two days",
        msgstr="Tag",
        forms=("Tag", "Tage"),
        comments=("kept",),
        previous=Previous(msgid="day", plural="days"),
        obsolete=True,
    )


def test_references_with_blanks_stay_whole() -> None:
    entry = entry_of('#: \u2068my file.c\u2069:3 b.c:4\nmsgid "a"\nmsgstr ""\n')
    assert entry.references == ("\u2068my file.c\u2069:3", "b.c:4")


def test_lookup_and_statistics() -> None:
    body = (
        'msgid "a"\nmsgstr "A"\n\nmsgctxt "c"\nmsgid "a"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgid "b"\nmsgstr "B"\n\n#, fuzzy\nmsgid "e"\nmsgstr ""\n\n'
        '#~ msgid "d"\n#~ msgstr "D"\n'
    )
    catalogue, _ = read((HEAD + body).encode(), "x.po")
    assert catalogue is not None
    found = catalogue.lookup("a")
    assert found is not None
    assert found.translated
    assert catalogue.lookup("a", "c") == Entry(msgid="a", context="c")
    assert catalogue.lookup("d") is None
    assert catalogue.statistics() == Statistics(translated=1, fuzzy=1, untranslated=2, obsolete=1)
    assert catalogue.fields == {"Content-Type": "text/plain; charset=UTF-8"}


def test_a_template_may_hold_placeholders() -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=CHARSET\\n"\n'
        '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n\n'
        'msgid "day"\nmsgid_plural "days"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )
    assert read(text.encode(), "x.pot")[1] == []
    assert read(text.encode(), "x.po")[0] is None


def test_a_template_needs_no_header() -> None:
    catalogue, found = read(b'msgid "a"\nmsgstr ""\n', "x.pot")
    assert catalogue is not None
    assert [(one.rule, str(one.severity)) for one in found] == [("po-header", "warning")]


@pytest.mark.parametrize(
    ("locale", "forms"),
    [("ru", 3), ("de_AT", 2), ("pt_BR", 2), ("ja", 1), ("ar", 6), ("sr@latin", 3), ("zh_TW", 1)],
)
def test_plural_forms_of_a_locale(locale: str, forms: int) -> None:
    assert count(plural_forms(locale)) == forms
    assert fits(plural_forms(locale), locale)


def test_an_unknown_language_has_no_plural_forms() -> None:
    assert plural_forms("tlh") == ""
    assert fits("nplurals=2; plural=(n > 3);", "tlh")
