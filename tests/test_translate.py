"""A language changes the words of a page, and nothing else, whatever its catalogue holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st

from manproof import words
from manproof.catalogue import Catalogue, read
from manproof.diagnostic import Diagnostic, Severity
from manproof.document import document
from manproof.render import Settings
from manproof.render.man import render
from manproof.translate import Translation, apply, extract, units
from tests import troff
from tests.conftest import GOLDEN
from tests.hostile.texts import TEXTS
from tests.sample import PAGE, described, edition, page, rest, show, tree

HEADER = (
    '# Переводчик <a@example.org>, 2025-2026.\nmsgid ""\nmsgstr ""\n'
    '"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
)
FIELD = "One :arg:`a`.\n\n- two\n- ``LITERAL``\n\nTerm\n    three *four*\n\nCode::\n\n    five"


def catalogue(entries: str) -> Catalogue:
    loaded, found = read((HEADER + entries).encode(), "ru.po", locale="ru")
    assert loaded is not None, show(found)
    return loaded


def entry(msgid: str, msgstr: str, context: str = "", flag: str = "") -> str:
    said = json.dumps(msgid, ensure_ascii=False), json.dumps(msgstr, ensure_ascii=False)
    head = (f"#, {flag}\n" if flag else "") + (f"msgctxt {json.dumps(context)}\n" if context else "")
    return f"\n{head}msgid {said[0]}\nmsgstr {said[1]}\n"


def translated(root: nodes.document, entries: str, locale: str = "ru") -> list[Diagnostic]:
    return apply(root, Translation(locale=locale, catalogues=(catalogue(entries),)))


def text_of(root: nodes.document) -> str:
    """The words of DESCRIPTION."""
    return root.children[1].astext()


def english(root: nodes.document) -> list[str]:
    """The units that are marked as English."""
    return [unit.node.astext() for unit in units(root) if unit.node.get("lang") == "en"]


def everything() -> nodes.document:
    folder = GOLDEN / "everything/source/demo"
    root, found = document(
        page((folder / "every-thing.3demo.yaml").read_text(encoding="utf-8"), "every-thing.3demo.yaml"),
        edition((folder / "edition.yaml").read_text(encoding="utf-8")),
        {"demo.c": "int a;\n"},
    )
    assert not found
    return root


def test_units() -> None:
    """What holds words of its own, once each, with blanks folded; code, names and literals are none."""
    found = list(units(tree(described(FIELD))))
    assert [unit.msgid for unit in found] == [
        "show a sample", "One :arg:`a`.", "two", "Term", "three *four*", "Code:",
    ]  # fmt: skip


def test_units_do_not_change_with_the_language() -> None:
    root = tree(described(FIELD))
    before = [(unit.msgid, unit.context) for unit in units(root)]
    translated(root, entry("two", "ДВА") + entry("Term", "X"))
    assert [(unit.msgid, unit.context) for unit in units(root)] == before
    assert [item.msgid for item in extract(units(root))] == [msgid for msgid, _ in before]


def test_template_entries() -> None:
    text = described("Same.\n\n- Same.") + "notes:\n  - {text: Same., context: other}\n"
    first, same, other = extract(units(tree(text)))
    assert (first.msgid, same.msgid, other.context) == ("show a sample", "Same.", "other")
    assert same.references == ("source/sample/sample.2.yaml:7", "source/sample/sample.2.yaml:9")
    (entry_,) = [
        item for item in extract(units(tree(described("A :arg:`b` and ``c``.")))) if "b" in item.msgid
    ]
    assert entry_.extracted == ("paragraph of DESCRIPTION", "Keep as they are: :arg:`b` ``c``")


def test_identity_gives_the_same_bytes() -> None:
    root = everything()
    before = render(root, Settings())
    entries = "".join(entry(unit.msgid, unit.msgid, unit.context) for unit in unique(root))
    assert not translated(root, entries)
    assert english(root) == []
    body = [line for line in render(root, Settings()).split("\n") if line]
    assert "\n".join(body).startswith(before.rstrip("\n"))


def unique(root: nodes.document) -> list[Any]:
    return list({(unit.context, unit.msgid): unit for unit in units(root)}.values())


def test_back_to_english() -> None:
    root = everything()
    before = render(root, Settings())
    translated(root, "".join(entry(unit.msgid, "Иначе.", unit.context) for unit in unique(root)))
    assert render(root, Settings()) != before
    apply(root, Translation(locale="en"))
    assert render(root, Settings()) == before


def test_words_are_put_in_place() -> None:
    root = tree(described(FIELD))
    entries = entry("One :arg:`a`.", ":arg:`a` один.") + entry("two", "два") + entry("three *four*", "*три*")
    assert not translated(root, entries)
    assert text_of(root).split("\n\n")[1:5] == ["a один.", "два", "LITERAL", "Term"]
    assert english(root) == ["show a sample", "Term", "Code:"]
    assert root["untranslated"] == (3, 6)


@pytest.mark.parametrize(
    "entries",
    [
        "",
        entry("two", ""),
        entry("two", "два", flag="fuzzy"),
        '\n#~ msgid "two"\n#~ msgstr "два"\n',
        entry("two", "два", context="elsewhere"),
        entry("Two", "два"),
    ],
    ids=["missing", "empty", "fuzzy", "obsolete", "another context", "another text"],
)
def test_what_is_not_translated_stays_english(entries: str) -> None:
    root = tree(described(FIELD))
    assert not translated(root, entries)
    assert "two" in text_of(root)
    assert "два" not in root.astext()
    assert "two" in english(root)


REFUSED = {
    "lost name": ("One :arg:`a`.", "Один."),
    "another name": ("One :arg:`a`.", "Один :arg:`b`."),
    "another role": ("One :arg:`a`.", "Один :const:`a`."),
    "name as text": ("One :arg:`a`.", "Один a."),
    "added name": ("two", "два :errno:`EIO`"),
    "added literal": ("two", "два ``x``"),
    "added link": ("two", "два :url:`https://example.org`"),
    "script": ("two", "два :url:`javascript:x`"),
    "unknown role": ("two", "два :foo:`x`"),
    "raw role": ("two", "два :raw:`<b>`"),
    "no role": ("two", "`два`"),
    "unclosed emphasis": ("two", "*два"),
    "unclosed literal": ("two", "``два"),
    "reference": ("two", "два_"),
    "link": ("two", "`два <https://example.org>`_"),
    "substitution": ("two", "|два|"),
    "footnote": ("two", "два [1]_"),
    "two paragraphs": ("two", "два\n\nтри"),
    "directive": ("two", ".. raw:: html"),
    "tab": ("two", "два\tтри"),
    "long word": ("two", "д" * 500),
}


@pytest.mark.parametrize(("msgid", "msgstr"), REFUSED.values(), ids=REFUSED)
def test_translation_that_is_refused(msgid: str, msgstr: str) -> None:
    """The source text stays, and the diagnostic names the line of the PO file."""
    root = tree(described(FIELD))
    before = text_of(root)
    found = translated(root, entry(msgid, msgstr))
    assert text_of(root) == before
    assert [(item.span.path, item.span.line) for item in found] == [("ru.po", 8)]
    assert found[0].severity >= Severity.WARNING
    assert str(found[0]).isprintable()


@pytest.mark.parametrize("msgstr", [":arg:`a` и :arg:`a`.", "Один — :arg:`a`, да, :arg:`a`."])
def test_another_count_is_only_told(msgstr: str) -> None:
    root = tree(described(FIELD))
    found = translated(root, entry("One :arg:`a`.", msgstr))
    assert [(item.rule, item.severity) for item in found] == [("translation-count", Severity.NOTE)]
    assert english(root).count("One a.") == 0


def test_context_tells_equal_texts_apart() -> None:
    text = PAGE + "notes:\n  - {text: Words., context: other}\n"
    root = tree(text)
    translated(root, entry("Words.", "Слова.") + entry("Words.", "Другие.", context="other"))
    assert "Слова." in root.children[1].astext()
    assert "Другие." in root.children[2].astext()


def test_the_first_catalogue_wins() -> None:
    root = tree(PAGE)
    first, second = (
        catalogue(entry("Words.", "первый")),
        catalogue(entry("Words.", "x") + entry("show a sample", "второй")),
    )
    apply(root, Translation(locale="ru", catalogues=(first, second)))
    assert "первый" in root.astext()
    assert "второй" in root.astext()


@pytest.mark.parametrize(
    ("msgstr", "shown"),
    [
        ("С Linux {release}.", "С Linux 2.2."),
        ("С Linux.", "Since Linux 2.2."),
        ("С Linux {release} и {name}.", "Since Linux 2.2."),
        ("{release} {release}", "2.2 2.2"),
        ("%s {release} {{release}} {0}", "Since Linux 2.2."),
    ],
)
def test_placeholders(msgstr: str, shown: str) -> None:
    """A fixed phrase that loses or adds a placeholder is not used; nothing else in it is a format."""
    root = tree(f"{PAGE}    since: '2.2'\n")
    translated(root, entry("Words.", "Слова.") + entry("Since Linux {release}.", msgstr))
    assert root.astext().find(shown) > 0


@pytest.mark.parametrize(
    ("form", "entries", "date"),
    [
        ("iso", "", "2026-11-21"),
        ("month-day-year", "", "Nov 21, 2026"),
        ("iso", entry("{month} {day}, {year}", "{day} {month} {year} г.", "date")
         + entry("November", "ноября", "date"),
         "21 ноября 2026 г."),
        ("iso", entry("{month} {day}, {year}", "{day}. {month}", "date"), "2026-11-21"),
        ("iso", entry("November", "ноября", "date"), "2026-11-21"),
    ],
)  # fmt: skip
def test_dates(form: str, entries: str, date: str) -> None:
    translation = Translation(locale="ru", catalogues=(catalogue(entries),))
    assert words.date("2026-11-21", form, translation.words) == date


def test_every_month_has_its_name() -> None:
    dates = [words.date(f"2026-{month:02}-09", "month-day-year", words.english) for month in range(1, 13)]
    assert dates[0] == "Jan 9, 2026"
    assert len(set(dates)) == 12


@pytest.mark.parametrize(
    ("comment", "names"),
    [
        ("# Имя Фамилия <a@b.c>, 2026.", "Имя Фамилия"),
        ("# A, 2024-2026.\n# B <b>, 2026.", "A, B"),
        ("# This file is distributed under the same licence.", ""),
        ("# Copyright (C) 2026 X", ""),
        ("# <script>, 2026.", ""),
        ("# FULL NAME <EMAIL@ADDRESS>, YEAR.", ""),
    ],
)
def test_credits(comment: str, names: str) -> None:
    loaded, _ = read((comment + "\n" + HEADER.partition("\n")[2]).encode(), "ru.po")
    root = tree("name: sample\nsection: '2'\ndate: 2026-01-01\nsummary: S\ndescription: [{text: S}]\n")
    assert loaded is not None
    apply(root, Translation(locale="ru", catalogues=(loaded,)))
    last: Any = root.children[-1]
    assert (last["ids"] == ["TRANSLATION"]) == bool(names)
    if names:
        assert last.astext().endswith(f"Translated by {names}.") or names in last.astext()


def test_readers_are_told_of_what_is_missing() -> None:
    root = tree(described(FIELD))
    translated(root, entry("two", "два") + entry(words.PARTLY, "Нет {missing} из {total}."))
    assert "Нет 5 из 6." in root.children[-1].astext()


def test_a_whole_translation_needs_no_notice() -> None:
    root = tree(PAGE)
    translated(root, entry("Words.", "Слова.") + entry("show a sample", "показывает"))
    assert root["untranslated"] == (0, 2)
    assert "incomplete" not in root.astext()


def skeleton(node: Any) -> Any:
    """The structure of a document without its words."""
    if isinstance(node, (nodes.TextElement, nodes.literal_block)):
        return type(node).__name__, node.get("ids")
    return type(node).__name__, node.get("ids"), [skeleton(child) for child in node.children]


PIECES = st.sampled_from(
    [
        "а", "б в", "\n", " ", "*", "**", "`", "``", ":arg:`a`", ":errno:`EIO`", "_", "|", "\\",
        ".. raw:: html",
        "::", "- ", "1. ", "==", "\n\n", "  ", ".", "'", "{x}", "<b>", "[1]_", "T}", "\u2067", "%",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_no_translation_changes_the_structure(text: str) -> None:
    root = tree(described(FIELD))
    before = [skeleton(section) for section in root.children]
    pages = "".join(entry(unit.msgid, text.strip() or "x", unit.context) for unit in unique(root))
    loaded, found = read((HEADER + pages).encode(), "ru.po", locale="ru")
    if loaded is None:
        assert found
        return
    apply(root, Translation(locale="ru", catalogues=(loaded,)))
    assert [skeleton(section) for section in root.children[: len(before)]] == before
    assert not list(troff.live(render(root, Settings())))


@pytest.mark.parametrize("text", TEXTS[::9], ids=lambda text: ascii(text)[1:30])
def test_hostile_translation_is_shown_letter_by_letter(text: str) -> None:
    root = tree(PAGE)
    escaped = rest(" ".join(text.split()))
    found = translated(root, entry("Words.", f"нач {escaped} кон") + entry("show a sample", f"{escaped} имя"))
    assert not found, show(found)
    made = render(root, Settings())
    assert not list(troff.live(made))
    shown = troff.folded(troff.groff(made)[0]).replace("...", "…")
    plain = " ".join(text.replace("\u00ad", "").replace("...", "…").split())
    assert f"нач {plain} кон" in shown
    assert f"{plain} имя" in shown
