"""What merging keeps, marks and gives up; and that msgmerge does the same."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from manproof.catalogue import (
    Catalogue,
    Entry,
    Previous,
    blank,
    differs_only_in_punctuation,
    merge,
    read,
    same_but_dates_and_references,
    write,
)
from manproof.catalogue.similar import SimilarMessages

if TYPE_CHECKING:
    from pathlib import Path

RULE = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)
needs_msgmerge = pytest.mark.skipif(
    shutil.which("msgmerge") is None, reason="needs msgmerge (Debian: gettext)"
)


def header(*, language: str, created: str, bugs: str = "", rule: str = "") -> Entry:
    text = (
        f"Project-Id-Version: p\nReport-Msgid-Bugs-To: {bugs}\nPOT-Creation-Date: {created}\n"
        "PO-Revision-Date: 2025-01-01 00:00+0000\nLast-Translator: t\nLanguage-Team: none\n"
        f"Language: {language}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
        "Content-Transfer-Encoding: 8bit\n"
    )
    plural = f"Plural-Forms: {rule}\nX-Generator: an editor\n" if rule else ""
    return Entry(msgid="", msgstr=text + plural, comments=("by hand",))


def russian(*entries: Entry) -> Catalogue:
    return Catalogue(
        header=header(language="ru", created="2025-01-01 00:00+0000", rule=RULE), entries=entries
    )


def template(*entries: Entry) -> Catalogue:
    return Catalogue(
        header=header(language="", created="2026-11-21 00:00+0000", bugs="bugs@example.org"),
        entries=entries,
    )


def merged(old: Entry, new: Entry) -> Entry:
    return merge(russian(old), template(new)).entries[0]


SENTENCE = "The address is already in use, and cannot be reused"
OLD = Entry(
    msgid=SENTENCE,
    msgstr="Адрес занят",
    comments=("of the translator",),
    extracted=("old",),
    references=("a:1",),
    unknown=("#= x",),
)


def test_an_equal_message_keeps_its_translation() -> None:
    new = Entry(msgid=SENTENCE, extracted=("new",), references=("b:2",), flags=("no-wrap",))
    assert merged(OLD, new) == replace(OLD, extracted=("new",), references=("b:2",), flags=("no-wrap",))


def test_a_similar_message_is_fuzzy_and_tells_its_old_text() -> None:
    found = merged(OLD, Entry(msgid=SENTENCE + " soon"))
    assert (found.msgstr, found.flags) == (OLD.msgstr, ("fuzzy",))
    assert found.previous == Previous(msgid=SENTENCE)
    assert found.comments == OLD.comments


def test_a_fuzzy_message_keeps_the_text_that_it_was_translated_from() -> None:
    fuzzy = replace(OLD, flags=("fuzzy",), previous=Previous(msgid="first"))
    for new in (SENTENCE, SENTENCE + " soon"):
        assert merged(fuzzy, Entry(msgid=new)).previous == Previous(msgid="first")


def test_a_lost_message_is_obsolete_and_returns() -> None:
    other = Entry(msgid="Quite another thing")
    gone = merge(russian(OLD), template(other))
    assert gone.entries[0] == other
    assert gone.entries[1] == replace(OLD, obsolete=True, extracted=(), references=())
    back = merge(gone, template(Entry(msgid=SENTENCE))).entries[0]
    assert back == replace(OLD, extracted=(), references=())


def test_an_untranslated_message_that_is_lost_leaves_nothing() -> None:
    assert merge(russian(Entry(msgid="a")), template(Entry(msgid="zzz"))).entries == (Entry(msgid="zzz"),)


def test_forms_of_a_plural() -> None:
    one = Entry(msgid="one day", msgstr="день")
    many = Entry(msgid="one day", plural="days", forms=("", ""))
    assert merged(one, many).forms == ("день",) * 3
    assert merged(one, many).fuzzy
    assert merged(replace(OLD, msgid="zzz"), many).forms == ("", "", "")
    days = Entry(msgid="one day", plural="days", msgstr="a", forms=("a", "b", "c"))
    assert merged(days, Entry(msgid="one day")).msgstr == "a"
    assert merged(days, Entry(msgid="one day")).fuzzy
    changed = merged(days, replace(many, plural="more days"))
    assert changed.previous == Previous(msgid="one day", plural="days")


def test_the_header_is_kept_but_for_what_the_template_knows() -> None:
    fields = merge(russian(OLD), template()).fields
    assert fields["POT-Creation-Date"] == "2026-11-21 00:00+0000"
    assert fields["Report-Msgid-Bugs-To"] == "bugs@example.org"
    assert list(fields)[-2:] == ["Plural-Forms", "X-Generator"]
    assert fields["Language"] == "ru"


def test_dates_and_references_alone_are_no_change() -> None:
    a = merge(russian(OLD), template(Entry(msgid=SENTENCE, references=("a:1",))))
    b = merge(a, template(Entry(msgid=SENTENCE, references=("z:9",))))
    later = replace(b, header=header(language="ru", created="2027", bugs="bugs@example.org", rule=RULE))
    assert same_but_dates_and_references(a, b)
    assert same_but_dates_and_references(a, later)
    assert not same_but_dates_and_references(a, merge(a, template(Entry(msgid=SENTENCE, extracted=("x",)))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("A file, which is open.", "A file which is open"),
        ("a non-blocking socket", "A nonblocking socket"),
        ("see  here: now", "see here — now"),
        ("“quoted” (text)", '"quoted" text'),
        ("in :file:`/etc/x`, is", "In :file:`/etc/x` is"),
        ("don't", "don’t"),
        ("5 seconds", "5, seconds"),
    ],
)
def test_harmless_changes(old: str, new: str) -> None:
    assert differs_only_in_punctuation(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.5 s", "15 s"),
        ("the value -1", "the value 1"),
        ("is :errno:`EACCES`", "is :errno:`EPERM`"),
        ("is ``a.b``", "is ``ab``"),
        ("EACCES", "eacces"),
        ("a < b", "a > b"),
        ("50% of it", "50 of it"),
        ("Is it open?", "Is it open."),
        ("option -x", "option x"),
        ("see https://example.org/a", "see https://example.org/b"),
        ("he can not", "he can"),
        ("*all* files", "all files"),
        ("a :arg:`x` b", "a b :arg:`x`"),
    ],
)
def test_harmful_changes(old: str, new: str) -> None:
    assert not differs_only_in_punctuation(old, new)


def test_a_harmless_change_costs_no_translation() -> None:
    new = template(Entry(msgid=SENTENCE.replace(",", "")), Entry(msgid=SENTENCE + " today"))
    kept, fuzzy = merge(russian(OLD), new, harmless=differs_only_in_punctuation).entries
    assert (kept.msgstr, kept.flags, kept.previous) == (OLD.msgstr, (), None)
    assert fuzzy.flags == ("fuzzy",)


def test_a_fuzzy_translation_stays_fuzzy_over_a_harmless_change() -> None:
    old = russian(replace(OLD, flags=("fuzzy",)))
    new = template(Entry(msgid=SENTENCE.replace(",", "")))
    assert merge(old, new, harmless=differs_only_in_punctuation).entries[0].fuzzy


def test_another_context_is_not_harmless() -> None:
    new = template(Entry(msgid=SENTENCE, context="other"))
    assert merge(russian(OLD), new, harmless=differs_only_in_punctuation).entries[0].fuzzy


def best(text: str, *others: str, context: str | None = None) -> str | None:
    entries = [
        Entry(msgid=m, msgstr="x", context=c or None)
        for c, _, m in (other.rpartition("|") for other in others)
    ]
    found = SimilarMessages(entries).best(text, context)
    return None if found is None else found.msgid


def test_what_is_most_similar() -> None:
    assert best("abcdef", "abcdxx", "abcdex") == "abcdex"
    assert best("abcdefgh", "xyzw", "qqqqqqqq") is None
    assert best("abcdefgh", "c|abcdefgx", "abcdefgy", context="d") == "abcdefgy"
    assert best("abcdefgh", "abcdefgy", "c|abcdefgx", context="c") == "abcdefgy"
    assert best("abcdefgh", "a b c d e f g h") is None  # no run of four characters in common
    assert best("abc", "bc", "ab") == "bc"  # of equals, the earlier
    assert best("ab", "abcd") == "abcd"
    assert best("", "abc") is None


def varied(rng: random.Random, text: str, words: list[str]) -> str:
    parts = text.split(" ")
    for _ in range(rng.choice([1, 1, 2, 4, 8])):
        at = rng.randrange(len(parts))
        parts[at] = rng.choice([parts[at] + ",", rng.choice(words), "", parts[at].upper()])
    return " ".join(part for part in parts if part)


def large(seed: int, count: int, changed: int, added: int) -> tuple[Catalogue, Catalogue]:
    """Old catalogue and new template: natural lengths, and sentences that resemble each other."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("etaoinshrdlu", k=rng.randint(1, 10))) for _ in range(3000)]
    text = [" ".join(rng.choices(words, k=rng.randint(1, 40))) for _ in range(count + added)]
    texts = list(dict.fromkeys(text))
    base, extra = texts[:count], texts[count:]
    old = [Entry(msgid=t, msgstr=f"п {t}", references=(f"a:{n}",)) for n, t in enumerate(base)]
    new = base.copy()
    for at in rng.sample(range(len(base)), changed):
        new[at] = varied(rng, new[at], words) or "x"
    for text_added in extra:
        new.insert(rng.randrange(len(new)), text_added)
    entries = [Entry(msgid=t, references=(f"a:{n}",)) for n, t in enumerate(dict.fromkeys(new))]
    return russian(*old), template(*entries)


def by_msgmerge(old: Catalogue, new: Catalogue, folder: Path) -> str:
    (folder / "old.po").write_bytes(write(old).encode())
    (folder / "new.pot").write_bytes(write(new).encode())
    command = ["msgmerge", "--previous", "--quiet", "old.po", "new.pot"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout.decode()


@needs_msgmerge
@pytest.mark.parametrize("seed", range(3))
def test_msgmerge_does_the_same(seed: int, tmp_path: Path) -> None:
    old, new = large(seed, count=700, changed=70, added=20)
    assert write(merge(old, new)) == by_msgmerge(old, new, tmp_path)


@needs_msgmerge
def test_msgmerge_does_the_same_with_short_texts_and_contexts(tmp_path: Path) -> None:
    rng = random.Random(3)
    pairs = {(rng.choice([None, "a", "b"]), "".join(rng.choices("abcd й", k=k % 9 + 1))) for k in range(900)}
    ordered = sorted(((c, m) for c, m in pairs if m.strip()), key=repr)
    old = russian(*(Entry(msgid=m, context=c, msgstr="x" + m) for c, m in ordered[::2]))
    new = template(*(Entry(msgid=m, context=c) for c, m in ordered[::3] + ordered[1::6]))
    assert write(merge(old, new)) == by_msgmerge(old, new, tmp_path)


def test_merging_twice_changes_nothing() -> None:
    old, new = large(9, count=200, changed=60, added=10)
    once = merge(old, new)
    assert merge(once, new) == once
    assert write(merge(once, new)) == write(once)


def test_a_large_catalogue_is_merged_in_time() -> None:
    old, new = large(1, count=8500, changed=400, added=0)
    start = time.process_time()
    merge(old, new)
    assert time.process_time() - start < 8  # a second or so; the rest is for a loaded machine


def test_a_new_catalogue() -> None:
    pot = template(Entry(msgid="a"), Entry(msgid="b", plural="bs", forms=("", "")))
    catalogue = blank(pot, "ru", revised="2026-11-21 12:00+0000")
    assert list(catalogue.fields.items()) == [
        ("Project-Id-Version", "p"),
        ("Report-Msgid-Bugs-To", "bugs@example.org"),
        ("POT-Creation-Date", "2026-11-21 00:00+0000"),
        ("PO-Revision-Date", "2026-11-21 12:00+0000"),
        ("Last-Translator", "Automatically generated"),
        ("Language-Team", "none"),
        ("Language", "ru"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", RULE),
    ]
    assert catalogue.entries[1].forms == ("", "", "")
    again, found = read(write(catalogue).encode(), "ru.po", locale="ru")
    assert again == catalogue
    assert found == []


def test_a_new_catalogue_of_an_unknown_language_has_no_plural_forms() -> None:
    assert "Plural-Forms" not in blank(template(), "tlh", revised="").fields
