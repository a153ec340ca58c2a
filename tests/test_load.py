"""The loader: what is wrong in a source is told at once, each thing with its place, and never a crash."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manproof.load import MAX_PROBLEMS, load_edition, load_page, load_program
from manproof.load.tree import MAX_BYTES, MAX_DEPTH
from manproof.spec import Group, Paragraph, Subsection
from tests.sample import EDITION, PAGE, block, page, places, show

PATH = "source/sample/sample.2.yaml"

Place = tuple[str, int, int]


def instead(old: str, new: str) -> str:
    """The page with something else in a place."""
    assert PAGE.count(old) == 1
    return PAGE.replace(old, new)


ROW = PAGE + "errors:\n  - group: g\n    rows:\n      - errno: [EIO]\n        causes: [{id: a, when: x}]\n"

# what is wrong: the source, then the rule, line and column of all that must be said
FORM: dict[str, tuple[str, Place]] = {
    "unknown key": (PAGE + "sumary: x\n", ("unknown-key", 7, 1)),
    "unknown key in a paragraph": (PAGE + "    clams: {a: success}\n", ("unknown-key", 7, 5)),
    "unknown key of a claim": (
        PAGE + '    claims: {a: {outcome: success, linx: "<6"}}\n', ("unknown-key", 7, 36)
    ),
    "a merge key is a key like others": (PAGE + "<<: {bugs: x}\n", ("unknown-key", 7, 1)),
    "NO is a word": (PAGE + "NO: x\n", ("unknown-key", 7, 1)),
    "neither text nor subsection": (instead("text:", "txt:"), ("missing-field", 6, 5)),
    "missing field": (instead("summary: show a sample\n", ""), ("missing-field", 1, 1)),
    "missing outcome": (PAGE + '    claims: {a: {linux: "<6.1"}}\n', ("missing-field", 7, 17)),
    "a group of nothing": (PAGE + "errors:\n  - group: g\n    title: Empty\n", ("missing-field", 8, 5)),
    "missing causes": (ROW.replace("causes: [", "cause: ["), ("unknown-key", 11, 9)),
    "text for a list": (instead("\n  - text: Words.", " Words."), ("wrong-type", 5, 14)),
    "mapping for a list": (instead("  - text", "    text"), ("wrong-type", 6, 5)),
    "list for text": (instead("show a sample", "[a, b]"), ("wrong-type", 4, 10)),
    "mapping for text": (instead("show a sample", "{a: b}"), ("wrong-type", 4, 10)),
    "text for a record": (PAGE + "synopsis: int f(void);\n", ("wrong-type", 7, 11)),
    "list for a record": (PAGE + "synopsis: [a]\n", ("wrong-type", 7, 11)),
    "list for claims": (PAGE + "    claims: [a]\n", ("wrong-type", 7, 13)),
    "no claims": (PAGE + "    claims: {}\n", ("wrong-type", 7, 13)),
    "one errno without a list": (ROW.replace("[EIO]", "EIO"), ("wrong-type", 10, 16)),
    "empty list": (PAGE + "notes: []\n", ("wrong-type", 7, 8)),
    "no value": (PAGE + "notes:\n", ("wrong-type", 7, 7)),
    "empty text": (instead("Words.", '""'), ("wrong-type", 6, 12)),
    "blank text": (instead("Words.", '"   "'), ("wrong-type", 6, 12)),
    "blank block": (instead("Words.", "|\n\n"), ("wrong-type", 6, 11)),
    "tilde": (instead("show a sample", "~"), ("wrong-type", 4, 10)),
    "null": (instead("show a sample", "null"), ("wrong-type", 4, 10)),
    "a list as the file": ("- name: sample\n", ("wrong-type", 1, 1)),
    "a word as the file": ("sample\n", ("wrong-type", 1, 1)),
    "nothing after ---": ("---\n", ("wrong-type", 2, 1)),
    "errno in lower case": (ROW.replace("EIO", "eio"), ("wrong-value", 10, 17)),
    "condition in upper case": (PAGE + "    claims: {A: success}\n", ("wrong-value", 7, 14)),
    "outcome that is none": (PAGE + "    claims: {a: yes}\n", ("wrong-value", 7, 17)),
    "range that is none": (
        PAGE + "    claims: {a: {outcome: EIO, linux: 6.3}}\n", ("wrong-value", 7, 39)
    ),
    "release without a dot": (PAGE + "    since: 5\n", ("wrong-value", 7, 12)),
    "release 1e3": (PAGE + "    since: 1e3\n", ("wrong-value", 7, 12)),
    "caller that is none": (PAGE + "    holds: {caller: root}\n", ("wrong-value", 7, 21)),
    "id in upper case": (PAGE + "    id: Words\n", ("wrong-value", 7, 9)),
    "month 13": (instead("11-21", "13-21"), ("wrong-value", 3, 7)),
    "a day that is not in the month": (instead("11-21", "02-30"), ("wrong-value", 3, 7)),
    "a time": (instead("11-21", "11-21T10:00:00Z"), ("wrong-value", 3, 7)),
    "a year of five digits": (instead("2026", "12026"), ("wrong-value", 3, 7)),
    "section 2.0": (instead('"2"', "2.0"), ("wrong-value", 2, 10)),
    "section with a path": (instead('"2"', "2/../x"), ("wrong-value", 2, 10)),
    "section 0": (instead('"2"', "0"), ("wrong-value", 2, 10)),
    "name with a slash": (instead("name: sample", "name: a/b"), ("wrong-value", 1, 7)),
    "name that goes up": (instead("name: sample", "name: ../b"), ("wrong-value", 1, 7)),
    "name with two dots": (instead("name: sample", "name: a..b"), ("wrong-value", 1, 7)),
    "name like an option": (instead("name: sample", "name: -rf"), ("wrong-value", 1, 7)),
    "name with a line feed": (instead("name: sample", r'name: "sample\n"'), ("wrong-value", 1, 8)),
    "name of 65 letters": (instead("name: sample", f"name: {65 * 'a'}"), ("wrong-value", 1, 7)),
    "name in Cyrillic": (instead("name: sample", "name: имя"), ("wrong-value", 1, 7)),
    "name in full-width letters": (instead("name: sample", "name: ｓample"), ("wrong-value", 1, 7)),
    "name of another file": (instead("name: sample", "name: other"), ("file-name", 1, 7)),
    "reference without a section": (PAGE + "see_also: [socket]\n", ("wrong-value", 7, 12)),
    "reference with a blank": (PAGE + "see_also: [socket (2)]\n", ("wrong-value", 7, 12)),
    "program in another folder": (PAGE + "examples: [{id: a, file: ../x.c}]\n", ("wrong-value", 7, 26)),
    "program by its full path": (PAGE + "examples: [{id: a, file: /x.c}]\n", ("wrong-value", 7, 26)),
    "parameter that is no name": (
        PAGE + "synopsis: {includes: [a.h], functions: [{name: f-g, returns: int}]}\n",
        ("wrong-value", 7, 48),
    ),
    "include with a bracket": (
        PAGE + "synopsis: {includes: ['a>.h'], functions: [{name: f, returns: int}]}\n",
        ("wrong-value", 7, 24),
    ),
    "duplicate id": (PAGE + "    id: a\nnotes:\n  - {text: x, id: a}\n", ("duplicate-id", 9, 19)),
    "duplicate id of a group": (
        ROW.replace("causes: [{id: a", "causes: [{id: g"), ("duplicate-id", 11, 23)
    ),
    "duplicate key": (PAGE + "name: other\n", ("duplicate-key", 7, 1)),
    "duplicate key in a paragraph": (PAGE + "    text: Again.\n", ("duplicate-key", 7, 5)),
    "duplicate key in braces": (
        PAGE + "attributes: [{type: a, value: b, type: c}]\n", ("duplicate-key", 7, 34)
    ),
    "duplicate key, once quoted": (PAGE + '"name": sample\n', ("duplicate-key", 7, 2)),
}  # fmt: skip

YAML: dict[str, tuple[str, Place]] = {
    "anchor": (instead("show a", "&a show a"), ("yaml-feature", 4, 10)),
    "alias": (PAGE + "library: *a\n", ("yaml-alias", 7, 10)),
    "tag": (instead("show a", "!!str show a"), ("yaml-feature", 4, 10)),
    "tag that runs code elsewhere": (
        instead("show a sample", "!!python/name:os.system x"), ("yaml-feature", 4, 10)
    ),
    "tag of one's own": (instead("- text", "- !part\n    text"), ("yaml-feature", 6, 5)),
    "version": ("%YAML 1.1\n---\n" + PAGE, ("yaml-feature", 1, 1)),
    "tag directive": ("%TAG ! tag:example.org,2026:\n---\n" + PAGE, ("yaml-feature", 1, 1)),
    "unknown directive": ("%INCLUDE x\n---\n" + PAGE, ("yaml-syntax", 1, 9)),
    "second document": (PAGE + "---\n" + PAGE, ("yaml-documents", 7, 1)),
    "second document after its end": (PAGE + "...\n---\na: b\n", ("yaml-documents", 8, 1)),
    "list as a key": (PAGE + "? [a, b]\n: c\n", ("yaml-key", 7, 3)),
    "mapping as a key": (PAGE + "? {a: b}\n: c\n", ("yaml-key", 7, 3)),
    "no key": (PAGE + ": c\n", ("yaml-syntax", 7, 1)),
    "tab as indentation": (PAGE + "library:\n\t- text: x\n", ("yaml-syntax", 8, 1)),
    "unclosed list": (PAGE + "library: [a, b\n", ("yaml-syntax", 7, 10)),
    "unclosed quotes": (PAGE + 'library: "a\n', ("yaml-syntax", 7, 10)),
    "wrong indentation": (PAGE + "   library: x\n", ("yaml-syntax", 7, 4)),
    "two colons": (instead("show a", "show: a"), ("yaml-syntax", 4, 14)),
    "at sign": (instead("show a", "@show a"), ("yaml-syntax", 4, 10)),
    "escape that is none": (instead("Words.", r'"\q"'), ("yaml-syntax", 6, 12)),
    "half of a surrogate pair": (instead("Words.", r'"\ud800"'), ("yaml-syntax", 6, 14)),
    "code point after the last": (instead("Words.", r'"\U00110000"'), ("yaml-syntax", 6, 14)),
    "empty": ("", ("yaml-empty", 1, 0)),
    "comment alone": ("# nothing\n", ("yaml-empty", 1, 0)),
    "lists in lists": (PAGE + "bugs: " + "[" * 100_000, ("yaml-too-deep", 7, 6 + MAX_DEPTH + 1)),
    "mappings in mappings": (PAGE + "bugs: " + "{a: " * 100_000, ("yaml-too-deep", 7, 100)),
    "keys in keys": (PAGE + "? " * 100_000, ("yaml-too-deep", 7, 51)),
    "lists in lists by lines": (
        PAGE + "bugs:\n" + "- " * 100_000, ("yaml-too-deep", 8, 2 * MAX_DEPTH + 1)
    ),
    "many values": (PAGE + "bugs: [" + "a," * 60_000 + "]", ("yaml-too-deep", 7, 99_976)),
    "large file": (PAGE + "#" * MAX_BYTES, ("file-too-large", 1, 1)),
}  # fmt: skip

BYTES: dict[str, tuple[bytes, Place]] = {
    "Latin-1": (PAGE.replace("Words", "café").encode("latin-1"), ("not-utf-8", 6, 14)),
    "UTF-16": (PAGE.encode("utf-16"), ("not-utf-8", 1, 1)),
    "UTF-32": (PAGE.encode("utf-32"), ("not-utf-8", 1, 1)),
    "surrogate": (PAGE.encode() + b"\xed\xa0\x80\n", ("not-utf-8", 7, 1)),
    "overlong slash": (PAGE.encode() + b"# \xc0\xaf\n", ("not-utf-8", 7, 3)),
    "cut in a letter": (PAGE.encode() + "# ж".encode()[:-1], ("not-utf-8", 7, 3)),
    "no text at all": (bytes(range(128, 256)), ("not-utf-8", 1, 1)),
}

CHARACTERS = {
    "null": "\x00", "bell": "\x07", "escape": "\x1b", "vertical tab": "\x0b", "form feed": "\x0c",
    "carriage return": "\r", "file separator": "\x1c", "delete": "\x7f", "NEL": "\x85", "C1": "\x9b",
    "LS": "\u2028", "PS": "\u2029", "byte order mark": "\ufeff", "replacement": "\ufffd",
    "RLO": "\u202e", "LRE": "\u202a", "PDF": "\u202c", "open isolate": "\u2067", "close isolate": "\u2069",
    "non-character": "\ufdd0", "another non-character": "\uffff", "one of plane 16": "\U0010fffe",
}  # fmt: skip


@pytest.mark.parametrize(("text", "place"), [*FORM.values(), *YAML.values()], ids=[*FORM, *YAML])
def test_wrong_source(text: str, place: Place) -> None:
    found = load_page(text.encode(), PATH)[1]
    assert place in places(found), show(found)
    assert_tellable(found)
    follow_ups = {"missing-field", "wrong-type"}  # an unknown key is often a known one, misspelt
    assert {item.rule for item in found} - follow_ups <= {place[0]}


@pytest.mark.parametrize(("data", "place"), BYTES.values(), ids=BYTES)
def test_wrong_encoding(data: bytes, place: Place) -> None:
    loaded, found = load_page(data, PATH)
    assert loaded is None
    assert places(found) == [place]
    assert "UTF-8" in found[0].message


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_character_that_a_reviewer_cannot_see(character: str) -> None:
    """Refused where it stands, as itself; in a comment too, where it would hide a key; and in programs."""
    loaded, found = load_page(instead("Words.", f"a{character}b").encode(), PATH)
    assert (loaded, places(found)) == (None, [("refused-character", 6, 12)])
    assert f"U+{ord(character):04X}" in found[0].message
    assert places(load_page(f"{PAGE}# {character}bugs: x".encode(), PATH)[1]) == [("refused-character", 7, 3)]
    found = load_program(f"int x;\n/* {character} */\n".encode(), "x.c")[1]
    assert places(found) == [("refused-character", 2, 4)]


@pytest.mark.parametrize("character", CHARACTERS.values(), ids=CHARACTERS)
def test_character_by_its_escape(character: str) -> None:
    written = f"\\U{ord(character):08x}"
    for text in (instead("Words.", f'"a{written}b"'), f'{PAGE}"{written}": x\n'):
        loaded, found = load_page(text.encode(), PATH)
        assert loaded is None
        assert "refused-character" in {item.rule for item in found}
        assert f"U+{ord(character):04X}" in show(found)
        assert_tellable(found)


@pytest.mark.parametrize(
    "text", ["a\u200cb", "a\u200db", "\u200f", "x\u2067y\u2069z", "e\u0301", "😀", "\u00a0"]
)
def test_characters_that_languages_need(text: str) -> None:
    assert page(instead("Words.", f"Words {text}.")).description[0].text.text == f"Words {text}."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "address",
    ["https://a.b/{name}", "http://a.b/{name}.{section}", "https://a.b/{name} {section}", "{name}{section}"],
)
def test_address_of_the_pages_of_others(address: str) -> None:
    text = EDITION + f"manpages: '{address}'\n"
    loaded, found = load_edition(text.encode(), "edition.yaml")
    assert loaded is None
    assert [item.message.partition(",")[0] for item in found] == [
        "manpages must be an https address with {name} and {section} in it"
    ]


def test_all_problems_at_once() -> None:
    text = PAGE.replace("2026-11-21", "today").replace("text:", "txt:") + "sumary: x\nnotes: []\n    \n"
    assert places(load_page(text.encode(), PATH)[1]) == [
        ("wrong-value", 3, 7),
        ("missing-field", 6, 5),
        ("unknown-key", 7, 1),
        ("wrong-type", 8, 8),
    ]


@pytest.mark.parametrize(
    ("written", "hint"),
    [("sumary", "summary"), ("see-also", "see_also"), ("Name", "name"), ("error", "errors")],
)
def test_hint(written: str, hint: str) -> None:
    found = load_page(f"{PAGE}{written}: x\n".encode(), PATH)[1]
    assert f"did you mean {hint}?" in found[0].message


def test_without_a_hint_the_known_keys_are_named() -> None:
    found = load_page(f"{PAGE}xyz: x\n".encode(), PATH)[1]
    assert "known are name, section, date" in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        PAGE + "".join(f"key{n}: x\n" for n in range(5_000)),
        PAGE + "notes: [" + ", ".join(5_000 * ["{id: a, text: b}"]) + "]\n",
        PAGE + "name: x\n" * 5_000,
    ],
    ids=["unknown keys", "duplicate ids", "duplicate keys"],
)
def test_no_more_is_told_than_people_read(text: str) -> None:
    found = load_page(text.encode(), PATH)[1]
    assert MAX_PROBLEMS <= len(found) <= MAX_PROBLEMS + 1


def test_a_binary_file_does_not_flood_the_screen() -> None:
    found = load_page(b"\0" * MAX_BYTES, PATH)[1]
    assert 0 < len(found) < 50


@pytest.mark.parametrize(
    "text",
    [
        PAGE + r'    claims: {"a\nb": success}' + "\n",
        PAGE + r'notes: [{id: "a\n.so x"}]' + "\n",
        PAGE + '? "' + r"a\n" * 500 + '"\n: x\n',
        PAGE + "bugs: &" + "a" * 9_000 + " x\n",
        PAGE + "bugs: *" + "a" * 9_000 + "\n",
        PAGE + "bugs: !" + "a" * 9_000 + " x\n",
        PAGE + f"    id: {'A' * 9_000}\n",
        PAGE + f"? {'A' * 9_000}\n: x\n" * 2,
    ],
)
def test_names_of_others_fit_into_a_line(text: str) -> None:
    found = load_page(text.encode(), PATH)[1]
    assert found
    assert_tellable(found)


def assert_tellable(found: list[Any]) -> None:
    """A message is one line that a terminal can show, and says where."""
    for item in found:
        assert str(item).isprintable()
        assert len(item.message) < 300
        assert item.span.path == PATH
        assert item.span.line or item.rule == "more-problems"
        assert re.match(r"[^A-Z]", item.message)
        assert not item.message.endswith(".")


def test_everything_is_text() -> None:
    text = (
        PAGE.replace('"2"', "2")
        + "    since: 5.10\n    context: 1e3\nnotes:\n  - text: 2026-01-02\n  - text: 0x10\n"
    )
    loaded = page(text + "  - text: yes\n  - text: 12:30:45\n  - text: .inf\n  - text: 010\n")
    assert (loaded.section, loaded.date) == ("2", "2026-11-21")
    first = loaded.description[0]
    assert isinstance(first, Paragraph)
    assert (first.since, first.context) == ("5.10", "1e3")
    texts = [item.text.text for item in loaded.notes if isinstance(item, Paragraph)]
    assert texts == ["2026-01-02", "0x10", "yes", "12:30:45", ".inf", "010"]


@pytest.mark.parametrize(
    ("scalar", "line", "column"),
    [
        ("Words.", 6, 11),
        ('"Words."', 6, 12),
        ("'Words.'", 6, 12),
        ("|\n      Words.", 7, 7),
        (">\n      Words.", 7, 7),
        ("|\n\n\n      Words.", 9, 7),
        ("|2-\n        Words.", 7, 9),
        ("# a comment\n      Words.", 7, 7),
        ("|  # a comment\n        Words.", 7, 9),
    ],
)
def test_place_of_a_text(scalar: str, line: int, column: int) -> None:
    first = page(instead("Words.", scalar)).description[0]
    assert isinstance(first, Paragraph)
    assert first.text.text.strip() == "Words."
    assert (first.text.span.line, first.text.span.column) == (line, column)
    assert first.text.span.field == "description/0/text"


def test_places_of_words() -> None:
    loaded = page(ROW + "see_also: [socket(2),\n  bind(2)]\n")
    assert [(w.span.line, w.span.column) for w in loaded.see_also] == [(12, 12), (13, 3)]
    group = loaded.errors[0]
    assert isinstance(group, Group)
    cause = group.rows[0].causes[0]
    assert (cause.when.span.line, cause.when.span.column) == (11, 32)
    assert cause.when.span.field == "errors/g/rows/EIO/causes/a/when"


def test_line_ends_of_windows() -> None:
    assert page(PAGE.replace("\n", "\r\n")) == page(PAGE)


def test_markers_of_one_document() -> None:
    assert page(f"{PAGE}...\n") == page(PAGE)
    assert page(f"---\n{PAGE}").summary.text == "show a sample"


def test_subsections_do_not_nest() -> None:
    text = (
        PAGE + "notes:\n  - subsection: A\n    id: a\n    body:\n      - {subsection: B, id: b, body: []}\n"
    )
    found = load_page(text.encode(), PATH)[1]
    assert {"wrong-type", "missing-field", "unknown-key"} & {item.rule for item in found}


def test_edition() -> None:
    loaded, found = load_edition(EDITION.encode(), "source/sample/edition.yaml")
    assert loaded is not None
    assert not found
    assert [heading.field for heading in loaded.sections][:3] == ["name", "library", "synopsis"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("label: Sample\n", "", ("missing-field", 1, 1)),
        ("status: current", "status: modern", ("wrong-value", 6, 9)),
        ("platform: linux", "platform: hurd", ("wrong-value", 5, 11)),
        ("field: name,", "field: nam,", ("wrong-value", 8, 13)),
        ("manual: Sample Manual", "manual: |\n  a\n  b", ("wrong-value", 3, 3)),
        ("manual: Sample Manual", f"manual: {'a' * 201}", ("wrong-value", 2, 9)),
        ("manual: Sample Manual", 'manual: "a\\tb"', ("wrong-value", 2, 10)),
        ("field: library,", "field: name,", ("duplicate-section", 9, 13)),
        ("field: library, title: LIBRARY", "field: library, title: NAME", ("duplicate-section", 9, 29)),
        ("  - {field: name, title: NAME}\n", "", ("missing-section", 1, 1)),
    ],
)
def test_wrong_edition(old: str, new: str, place: Place) -> None:
    assert old in EDITION
    found = load_edition(EDITION.replace(old, new, 1).encode(), "source/sample/edition.yaml")[1]
    assert place in places(found), show(found)


def test_program() -> None:
    text = "int main(void)\n{\n\treturn 0;\n}\n"
    assert load_program(text.encode(), "a.c") == (text, [])
    assert places(load_program(b"\xff", "a.c")[1]) == [("not-utf-8", 1, 1)]


def test_subsection_and_paragraph_are_told_apart() -> None:
    text = PAGE + f"  - subsection: Part\n    id: part\n    body:\n      - text: {block('More.', 10)}\n"
    part = page(text).description[1]
    assert isinstance(part, Subsection)
    assert part.body[0].text.text == "More."


PIECES = st.sampled_from(
    [
        *"[]{}:,-?*&!|>'\"%@`#\n \t\\", "  ", "\n  ", "\n    - ", ": ", "- ", "a", "text", "errno", "EACCES",
        "claims", "body", "subsection", "\\e", "\\u202e", "<<", "\x85", "\r", "ж", "…", "\u2067", "1e3", "~",
        "---\n", "...\n",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"{PAGE}notes:{text}", PAGE.replace("Words.", text)):
        loaded, found = load_page(whole.encode(), PATH)
        assert loaded is not None or found
        assert_tellable(found)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    loaded, found = load_page(data, PATH)
    assert loaded is None
    assert_tellable(found)
