"""The excerpt and its caret: below the right character, whatever the line holds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from manproof.diagnostic import Span, error, note
from manproof.report import render
from manproof.report.run import Run
from tests.report.runs import USUAL


def excerpt(line: str, column: int) -> list[str]:
    """What is told below the message."""
    found = [error("wrong", Span("a.yaml", 1, column), "m")]
    return render("text", Run(found=found, lines=lambda _: [line])).split("\n")[1:-1]


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("name: x", 7, "     1 | name: x", "       |       ^"),
        ("\tname", 2, "     1 |  name", "       |  ^"),
        ("日本: x", 5, "     1 | 日本: x", "       |       ^"),
        ("e\u0301: x", 5, "     1 | e\u0301: x", "       |    ^"),
        ("a\x1b[0m", 3, "     1 | a\ufffd[0m", "       |   ^"),
        ("name: x", 8, "     1 | name: x", "       |        ^"),
    ],
)
def test_caret(line: str, column: int, shown: str, caret: str) -> None:
    assert excerpt(line, column) == [shown, caret]


@pytest.mark.parametrize("column", [1, 50, 150, 299])
def test_of_a_long_line_the_part_around_the_place_is_shown(column: int) -> None:
    line = "".join(chr(ord("a") + n % 26) for n in range(300))
    shown, caret = excerpt(line, column)
    assert len(shown) < 125
    assert shown[caret.index("^")] == line[column - 1]
    assert ("…" in shown[:11]) is (column > 71) and shown.endswith("…") is (column < 261)


@pytest.mark.parametrize(("line", "column", "lines"), [("x", 0, 1), ("x", 9, 1), ("  ", 1, 0), ("", 1, 0)])
def test_what_cannot_be_pointed_at(line: str, column: int, lines: int) -> None:
    assert len(excerpt(line, column)) == lines


@pytest.mark.parametrize("span", [Span("a.yaml"), Span("a.yaml", 9, 1), Span("gone.yaml", 1, 1)])
def test_no_excerpt_where_there_is_no_line(span: Span) -> None:
    run = Run(found=[error("wrong", span, "m")], lines=lambda path: ["x"] if path == "a.yaml" else [])
    assert render("text", run) == render("concise", run)


def test_one_excerpt_for_all_that_is_wrong_at_a_place() -> None:
    here = Span("a.yaml", 1, 1)
    run = Run(found=[error("wrong", here, "m"), error("worse", here, "n")], lines=lambda _: ["x"])
    assert render("text", run).count("     1 | x") == 1


def test_many_notes_are_counted_and_errors_are_not() -> None:
    here = Span("a.yaml")
    many = Run(found=[note("trifle", here, str(n)) for n in range(9)])
    assert render("text", many).split("\n")[3:] == [
        "a.yaml: note: 6 more like this; --format concise has them all [trifle]", ""
    ]  # fmt: skip
    assert len(render("text", Run(found=[error("wrong", here, str(n)) for n in range(9)])).split("\n")) == 10


def test_colour_changes_nothing_but_the_colour() -> None:
    coloured = render("text", replace(USUAL, colour=True))
    assert "\x1b[31m" in coloured
    assert re.sub("\x1b\\[\\d*m", "", coloured) == render("text", USUAL)
    for form in ("concise", "json", "sarif", "github", "gitlab", "junit"):
        assert render(form, replace(USUAL, colour=True)) == render(form, USUAL)
