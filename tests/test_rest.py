"""The dialect of prose: what is in it, what is refused with its place, and that neither costs much."""

from __future__ import annotations

import builtins
import io
import os
import sys
from typing import Any

import pytest
from docutils import nodes
from hypothesis import example, given, settings
from hypothesis import strategies as st

from manproof.diagnostic import Diagnostic, Span
from manproof.prose import BLOCKS, INLINES, ROLES, role
from manproof.rest import parse_blocks, parse_inline
from manproof.rest.recorder import MAX_FLAWS
from tests.sample import places, rest, show

HERE = Span(path="a.yaml", line=10, column=5)

GOOD = {
    "func": "connect",
    "arg": "addr->sa_family",
    "errno": "EACCES",
    "const": "AF_UNIX",
    "type": "const struct sockaddr *",
    "file": "/etc/a b",
    "man": "socket(2)",
    "opt": "-lc",
    "env": "HOME",
    "url": "https://example.org/a?b=c&d=~e#f",
}
BAD = {
    "func": ["f()", "a b", "1a", "", "функция"],
    "arg": ["a-b", "a.", "*a"],
    "errno": ["eio", "IO", "E", "EIO EPERM"],
    "const": ["A B", "A-B"],
    "type": ["int[2]", "1x"],
    "file": ["/a\nb"],
    "man": ["socket", "a(2) b", "(2)"],
    "opt": ["x", "-", "- x"],
    "env": ["A=B", "$HOME"],
    "url": [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.org",
        "ftp://a",
        "http://a b",
        "java\nscript:x",
        "HTTP://a",
        "x https://a",
        "http://",
        'https://a"b',
        "https://a<b",
    ],
}

# a construct, and the line and column (from the field's first) of what must be said of it
REFUSED = {
    "note": (".. note:: x", 0, 0),
    "raw": ("Words.\n\n.. raw:: html\n\n   <b>x</b>", 2, 0),
    "include": (".. include:: /etc/passwd", 0, 0),
    "include of a role": ("- a\n- .. include:: /etc/passwd", 1, 0),
    "csv-table of a file": (".. csv-table:: x\n   :file: /etc/passwd", 0, 0),
    "literalinclude": (".. literalinclude:: /etc/passwd", 0, 0),
    "image": (".. image:: x.png", 0, 0),
    "figure in a list": ("Words.\n\n- .. figure:: x.png", 2, 0),
    "math": (".. math:: x", 0, 0),
    "role definition": (".. role:: raw(raw)\n   :format: html", 0, 0),
    "default role": (".. default-role:: math", 0, 0),
    "class": (".. class:: x", 0, 0),
    "container": (".. container:: x", 0, 0),
    "meta": (".. meta::\n   :a: b", 0, 0),
    "comment": ("Words.\n\n.. hidden from readers", 2, 0),
    "empty comment": ("..", 0, 0),
    "target": (".. _x: http://example.org", 0, 0),
    "substitution": (".. |x| replace:: y", 0, 0),
    "date": (".. |x| date:: %Y", 0, 0),
    "footnote": (".. [1] x", 0, 0),
    "citation": (".. [A] x", 0, 0),
    "anonymous target": ("__ http://example.org", 0, 0),
    "substitution reference": ("a |b| c", 0, 2),
    "reference": ("a b_ c", 0, 2),
    "anonymous reference": ("a b__ c", 0, 2),
    "phrase reference": ("a `b c`_ d", 0, 2),
    "embedded URI": ("a `b <javascript:x>`_ d", 0, 2),
    "footnote reference": ("a [1]_ b", 0, 2),
    "citation reference": ("a [B]_ c", 0, 2),
    "inline target": ("a _`b` c", 0, 2),
    "field list": (":a: b", 0, 0),
    "option list": ("-a  b", 0, 0),
    "doctest": (">>> 1", 0, 0),
    "line block": ("| a", 0, 0),
    "title": ("A title\n=======\n\nText.", 0, 0),
    "transition": ("a\n\n-----\n\nb", 2, 0),
    "block quote": ("a\n\n   quoted", 2, 3),
    "text set in": ("   a", 0, 3),
    "classifier": ("term : kind\n   Text.", 0, 0),
    "letters": ("a. x\nb. y", 0, 0),
    "an initial": ("A. Person wrote this.", 0, 0),
    "Roman numbers": ("i. x\nii. y", 0, 0),
    "empty item": ("- a\n-\n- b", 1, 0),
    "cell over columns": ("== ==\na  b\n-----\n== ==\nc  d\n== ==", 1, 0),
    "list in a cell": ("=== ===\na   b\n=== ===\n- x  y\n=== ===", 3, 0),
    "table without an end": ("== ==\na  b", 0, 0),
    "no role": ("a `b` c", 0, 2),
    "unknown role": ("a :foo:`b` c", 0, 2),
    "unknown role after the text": ("a `b`:foo: c", 0, 2),
    "raw role": (":raw:`<b>`", 0, 0),
    "code role": ("x\ny :code:`b`", 1, 2),
    "pep": (":pep:`8`", 0, 0),
    "unclosed emphasis": ("a *b", 0, 0),
    "unclosed strong text": ("a **b", 0, 0),
    "unclosed literal": ("a ``b", 0, 0),
    "unclosed role": ("a :func:`b", 0, 0),
    "no code after ::": ("a::\n\nb", 2, 0),
    "list that ends in text": ("- a\nb", 1, 0),
    "tab": ("a\nb\tc", 1, 0),
}


def parsed(text: str) -> list[Any]:
    """The nodes of a field that must be right."""
    found, problems = parse_blocks(text, HERE)
    assert not problems, show(problems)
    return found


@pytest.mark.parametrize("name", ROLES)
def test_role(name: str) -> None:
    text = GOOD[name]
    for nodes_, problems in (
        parse_inline(f"a :{name}:`{text}` b", HERE),
        parse_inline(f"`{text}`:{name}:", HERE),
    ):
        assert not problems
        (found,) = [node for node in nodes_ if isinstance(node, role)]
        assert (found["name"], found.astext()) == (name, text)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_text_that_its_role_cannot_have(name: str, text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace("*", "\\*") or "\\ "
    problems = parse_inline(f"a :{name}:`{escaped}` b", HERE)[1]
    assert [item.rule for item in problems] in (["rest-role"], ["rest-syntax"]), show(problems)
    assert_tellable(problems)


@pytest.mark.parametrize(("text", "line", "column"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_in_the_dialect(text: str, line: int, column: int) -> None:
    problems = parse_blocks(text, HERE)[1]
    assert (10 + line, 5 + column) in [place[1:] for place in places(problems)], show(problems)
    assert_tellable(problems)


def test_what_is_in_the_dialect() -> None:
    text = (
        "Words with *emphasis*,\n**strong text** and ``a\\literal``.\n\n- a\n\n  1. b\n  2. c\n\n"
        "Term\n    Text.\n\nCode::\n\n   a\n\n     b\n\n== ==\nA  B\n== ==\nc  d\n== ==\n"
    )
    kinds = [type(node) for node in parsed(text)]
    assert kinds == [
        nodes.paragraph,
        nodes.bullet_list,
        nodes.definition_list,
        nodes.paragraph,
        nodes.literal_block,
        nodes.table,
    ]


def test_a_list_may_begin_at_any_number() -> None:
    (found,) = parsed("3. x\n4. y")
    assert found["start"] == 3


@pytest.mark.parametrize(
    "text",
    [
        "see http://example.org/ and a@b.org",
        "PEP 8, RFC 791",
        "<b>&amp;</b>",
        "$x$ 2*3*4",
        "a_b __init__ _ x**y (*) '*'",
        ".TH x",
        "..x",
        "...",
        "- a\\ b",
        "5.10 is a release",
    ],
)
def test_text_that_is_only_text(text: str) -> None:
    assert [type(child) for node in parsed(f"Words {text}.") for child in node.children] == [nodes.Text]


def test_places_of_units() -> None:
    found = parsed("One\ntwo.\n\n- three\n\n  four\n\nTerm\n    five")
    spans = [
        node["span"]
        for top in found
        for node in top.findall(lambda n: "span" in getattr(n, "attributes", ()))
    ]
    assert [(span.line, span.column) for span in spans] == [(10, 5), (13, 5), (15, 7), (17, 5), (18, 9)]


def test_source_of_units() -> None:
    first, code = parsed("A *b*::\n\n   x")
    assert first.rawsource == "A *b*:"
    assert code.astext() == "x"


@pytest.mark.parametrize(
    "text",
    [
        "- " * 400 + "a",
        "1. " * 400 + "a",
        "#. " * 400 + "a",
        "(1) " * 400 + "a",
        "- 1. " * 400 + "a",
        "* + - " * 99,
        "\n".join(" " * n + "a" for n in range(150)),
        "\n\n".join("  " * n + "- a" for n in range(100)),
        "\n".join(" " * n + "a::\n" for n in range(150)),
        "• ‣ ⁃ " * 200 + "a",
        "\n".join("   " * n + ">>> a" for n in range(100)),
        "| " * 400 + "a",
        ":a: " * 400,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_nesting_is_bounded(text: str) -> None:
    """No recursion goes so deep that Python or a writer would fail."""
    found, problems = parse_blocks(text, HERE)
    assert problems or max(depth(node) for node in found) < 60
    assert_tellable(problems)


def depth(node: Any) -> int:
    return 1 + max(map(depth, node.children), default=0)


PIECES = (
    "*a ",
    "**a ",
    "`a ",
    "``a ",
    ":func:`a` ",
    ":func:`a ",
    "`a`_ ",
    "[a]_ ",
    "|a ",
    "_`a ",
    "a_ ",
    "a:",
    "`<",
    "a\n b\n",
    "- a\n",
    "::\n",
    "== ==\n",
    "=\n",
    "a\n=\n",
    ".. a\n",
    ":a: b\n",
    "\\*",
    "a - ",
    "((",
    "'*'",
)


@pytest.mark.parametrize("piece", PIECES)
def test_work_is_linear(piece: str) -> None:
    """Twice the text is at most about twice the work."""
    assert effort(piece * 1_000) < 2.5 * effort(piece * 500) + 3_000


def effort(text: str) -> int:
    """How many functions are called, Python's own among them, to parse a text."""
    calls = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        parse_blocks(text, HERE)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", PIECES)
def test_no_more_is_told_than_people_read(piece: str) -> None:
    problems = parse_blocks(piece * 3_000, HERE)[1]
    assert len(problems) <= MAX_FLAWS + 3
    assert_tellable(problems)


@pytest.mark.parametrize("text", ["a" * 25_000, "a " * 12_000, "a:" * 1_000, "ж" * 401])
def test_long_texts_and_words(text: str) -> None:
    problems = parse_blocks(text, HERE)[1]
    assert {item.rule for item in problems} == {"text-too-long"}


@pytest.mark.parametrize("name", ["include", "raw", "csv-table", "literalinclude", "image", "figure", "math"])
def test_no_file_is_ever_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a file was opened")

    for module, function in ((builtins, "open"), (io, "open"), (os, "open")):
        monkeypatch.setattr(module, function, forbidden)
    text = f"Words.\n\n.. {name}:: /etc/passwd\n   :file: /etc/passwd\n   :url: file:///etc/passwd"
    assert parse_blocks(text, HERE)[1]
    assert parse_inline(f":{name}:`/etc/passwd`", HERE)[1]


def test_parsing_does_not_depend_on_what_was_parsed_before() -> None:
    parse_blocks(".. _x: http://a", HERE)
    parse_blocks("*a " * 500, HERE)
    parse_blocks("- " * 400, HERE)
    assert [node.pformat() for node in parsed("A :func:`f`.\n\n- b")] == [
        node.pformat() for node in parsed("A :func:`f`.\n\n- b")
    ]


WORDS = st.sampled_from(
    [
        "a",
        "b c",
        "\n",
        " ",
        "*",
        "**",
        "`",
        "``",
        ":func:`f`",
        ":url:`",
        "_",
        "|",
        "\\",
        ".",
        "..",
        "::",
        "- ",
        "1. ",
        "A) ",
        "=",
        "==",
        "\n\n",
        "  ",
        "x:",
        "(",
        ")",
        "[1]",
        "'",
        '"',
        "ж",
        "<",
        ">",
        "+",
        "•",
        "\u00a0",
    ]
)
ANY = st.lists(WORDS, max_size=25).map("".join)


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    for parse in (parse_inline, parse_blocks):
        found, problems = parse(text, HERE)
        assert_tellable(problems)
        known = (*BLOCKS, *INLINES)
        assert problems or all(isinstance(node, known) for top in found for node in top.findall())


@settings(max_examples=150, deadline=None)
@given(ANY)
@example("`````")
@example("A)")
def test_the_fast_way_gives_what_the_long_way_gives(text: str) -> None:
    """A paragraph alone takes a short cut; after another paragraph it cannot."""
    if not text.strip() or text[0] in " \n":
        return
    alone, problems = parse_blocks(text.strip(), HERE)
    second, others = parse_blocks(f"Words.\n\n{text.strip()}", HERE)
    assert bool(problems) == bool(others)
    if not problems:
        assert [shape(node) for node in alone] == [shape(node) for node in second[1:]]


def shape(node: Any) -> Any:
    if isinstance(node, nodes.Text):
        return str(node)
    return type(node).__name__, node.get("name"), node.rawsource, [shape(child) for child in node.children]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30))
def test_a_backslash_makes_any_sign_text(text: str) -> None:
    found, problems = parse_inline(rest(text), HERE)
    assert not problems
    assert "".join(node.astext() for node in found) == text


def assert_tellable(problems: list[Diagnostic]) -> None:
    for item in problems:
        assert str(item).isprintable()
        assert len(item.message) < 400
        assert item.span.line >= HERE.line
        assert item.span.column >= HERE.column
