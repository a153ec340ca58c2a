"""The writer of plain text: its layout, and the columns that it measures."""

from __future__ import annotations

import re

import pytest
from docutils import nodes

from manproof.prose import role
from manproof.render.columns import columns, pad, width, wrap
from manproof.render.text import render
from tests.specimen import (
    PROGRAM,
    RUSSIAN,
    around,
    linux,
    published,
    rich,
    russian,
    settings,
    strangers,
    translated,
)

LINUX = render(linux(), settings())
RICH = render(rich(), settings())


def lines_of(text: str, title: str) -> list[str]:
    """The lines of a section."""
    found = text.split(f"\n{title}\n")[1]
    return re.split(r"\n(?=\S)", found)[0].rstrip("\n").split("\n")


def test_head_and_foot() -> None:
    lines = LINUX.split("\n")
    assert lines[0] == f"{'connect(2)':<29}{'System Calls Manual':<39}connect(2)"
    assert lines[-2] == f"{'manproof 2026.11':<34}{'2026-11-21':<34}connect(2)"
    assert LINUX.endswith("connect(2)\n")


def test_head_that_is_too_long() -> None:
    head = render(linux(), settings(manual="Manual of " + "very " * 14 + "much")).split("\n")[0]
    assert re.fullmatch(r"connect\(2\) Manual of (very ){14}much connect\(2\)", head)


@pytest.mark.parametrize("text", [RICH, *(render(page, settings()) for page in published().values())])
def test_lines_are_short_and_clean(text: str) -> None:
    for line in text.split("\n"):
        assert width(line) <= 78 or line.startswith(" " * 11)  # code keeps its lines
        assert line == line.rstrip()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_title_in_upper_case() -> None:
    lines = render(rich(), settings(upper_case=True, manual="", source="")).split("\n")
    assert lines[0].split() == ["THING(3SOCKET)", "THING(3SOCKET)"]
    assert lines[-2].split() == ["2026-11-21", "THING(3SOCKET)"]


def test_sections_and_parts() -> None:
    titles = [line for line in LINUX.split("\n")[1:-2] if re.match(r" {0,3}\S", line)]
    assert titles[:6] == [
        "NAME",
        "LIBRARY",
        "SYNOPSIS",
        "DESCRIPTION",
        "   Nonblocking sockets",
        "RETURN VALUE",
    ]
    assert "\n\n\n" not in LINUX


def test_name_and_synopsis() -> None:
    assert lines_of(RICH, "NAME") == ["       thing - do a thing & more"]
    assert lines_of(RICH, "SYNOPSIS") == [
        "       cc [flag...] file... -lsocket -lnsl [library...]",
        "",
        "       #include <sys/types.h>",
        "       #include <sys/thing.h>",
        "",
        "       char *thing(void);",
        "",
        "       int thing_with_a_long_name(const struct something_long *something,",
        "                                  socklen_t length_of_something);",
    ]


def test_lists_code_and_tables() -> None:
    text = "\n".join(lines_of(RICH, "DESCRIPTION"))
    assert (
        text.partition("       A list")[2]
        == """ in a list:

           if (a < b)
               f("&");

       1. one

          • nested
          • thing()

       2. two

       • bullet

       Term poll(2)
              Its text.

              Its second paragraph.

       Left  Right
       a     thing() is used
       b     <b>

   On thing() and poll(2)
       Inside."""
    )


def test_errors_hang() -> None:
    assert lines_of(RICH, "ERRORS") == [
        "       What every program meets.",
        "",
        "       EACCES The first cause.",
        "",
        "       EACCES",
        "       EPERM  • The second cause. Only privileged callers meet this.",
        "",
        "              • The third cause.",
        "",
        "                It has two paragraphs.",
        "",
        "   UNIX domain",
        "       EACCES The fourth; see EPERM.",
    ]


def test_programs_are_whole() -> None:
    code = [line[11:] for line in lines_of(RICH, "EXAMPLES")[2:]]
    assert "\n".join(code).strip() == PROGRAM.expandtabs(8).strip()


def test_reader_is_told_of_passages_in_english() -> None:
    text = render(translated(rich(), "Слово. "), settings(language=RUSSIAN, words=russian))
    notice = text.split("\n\n")[1]
    assert re.fullmatch(r" {7}Перевод неполон: \d+ из \d+\. Остальное пока на английском\.", notice)
    assert "Перевод неполон" not in RICH


def test_hostile_text_stays_text() -> None:
    text = ".so /etc/passwd \\fBx\\fR <b> {{ x }} %s"
    found = render(around(nodes.paragraph("", "", nodes.Text(text), role("f", "f", name="func"))), settings())
    assert text + "f()" in found


@pytest.mark.parametrize("stranger", strangers(), ids=lambda node: type(node).__name__)
def test_the_set_of_nodes_is_closed(stranger: nodes.Node) -> None:
    with pytest.raises(KeyError):
        render(around(stranger), settings())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("abc", 3),
        ("ёж", 2),
        ("е\u0308ж", 2),  # е with a diaeresis of its own
        ("日本", 4),
        ("ｱ", 1),
        ("ａ", 2),
        ("a\u200db", 2),
        ("שלום", 4),
    ],
)
def test_width(text: str, expected: int) -> None:
    assert width(text) == expected
    assert width(pad(text, 9)) == 9


def test_wrap() -> None:
    assert wrap("one two\n three", 7) == ["one two", "three"]
    assert wrap("a verylongword b", 5) == ["a", "verylongword", "b"]
    assert wrap("не\u00a0рвать тут", 8) == ["не\u00a0рвать", "тут"]
    assert wrap("  \n ", 5) == []


def test_wrap_between_wide_characters() -> None:
    assert wrap("接続します。", 6) == ["接続し", "ます。"]
    assert wrap("接続する。終", 8) == ["接続す", "る。終"]  # a full stop begins no line
    assert wrap("は connect() と書く", 13) == ["は connect()", "と書く"]


def test_columns() -> None:
    assert list(columns([["a", "bb"], ["日本", "c"]], 40)) == ["a     bb", "日本  c "]
    narrow = list(columns([["word", "one two three four five six"]], 20))
    assert narrow == ["word  one two three ", "      four five six "]
    assert list(columns([["a" * 30, "b" * 30]], 10)) == ["a" * 30 + "  " + "b" * 30]
