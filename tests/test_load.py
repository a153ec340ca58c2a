"""The loader: what is wrong in a source is told at once, each thing with its place, and never a crash."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manproof.load import MAX_PROBLEMS, load_edition, load_page, load_program
from manproof.load.tree import MAX_BYTES
from manproof.spec import Group, Paragraph, Subsection
from tests.hostile.sources import ROW, Place, instead
from tests.sample import EDITION, PAGE, ROOT, assert_tellable, block, page, places, show

PATH = "source/sample/sample.2.yaml"


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


def test_the_edition_of_the_manual() -> None:
    """What docs/source.md shows is all that an edition needs."""
    text = (ROOT / "docs/source.md").read_text(encoding="utf-8")
    shown = text.partition("## An edition")[2].split("```yaml\n")[1].partition("```")[0]
    loaded, found = load_edition(shown.encode(), "source/mine/edition.yaml")
    assert loaded is not None and not found
    for line in shown.splitlines()[:4]:
        assert load_edition(shown.replace(line, "").encode(), "edition.yaml")[0] is None, line


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
