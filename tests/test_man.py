"""The man pages: what formatters, their lints, man(1) and apropos(1) make of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from manproof.render import Settings
from manproof.render.man import render
from tests import troff
from tests.conftest import GOLDEN
from tests.sample import PAGE, ROOT, described, manproof, tree

# what mandoc may say of our pages, and why we leave it so
ACCEPTED = {
    r"STYLE: lower case character in document title: .*": "man-pages(7) writes it as the name of the page",
    r"WARNING: cannot parse date, using it verbatim: .*": "mandoc knows the months of English only",
    r"STYLE: normalizing date format to: .*": "the form of dates belongs to the edition",
    r"STYLE: input text line longer than 80 bytes: .*": "it counts bytes, of which Cyrillic letters have two",
    r"WARNING: empty block: (?:UR|MT)": "a URL that is its own text, in the form of man-pages(7)",
}
PAGES = {
    path.relative_to(GOLDEN).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(GOLDEN.glob("*/*.troff"))
}
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's pages as ``make`` builds them."""
    out = tmp_path_factory.mktemp("built")
    done = manproof(ROOT, "build", "--format", "man", "-o", str(out))
    assert done.returncode == 0, done.stderr
    return out / "man"


@each_page
def test_groff_is_silent(page: str) -> None:
    assert troff.run("groff", "-t", "-man", "-ww", "-Kutf8", "-Tutf8", "-z", text=page) == ("", "")


@each_page
def test_groff_is_silent_after_preconv(page: str) -> None:
    """As old formatters, which cannot read UTF-8 themselves, get it."""
    ascii_page, said = troff.run("preconv", text=page)
    assert not said
    assert ascii_page.isascii()
    assert troff.run("groff", "-t", "-man", "-ww", "-Tutf8", "-z", text=ascii_page) == ("", "")


@each_page
def test_mandoc_says_what_we_know(page: str) -> None:
    strangers = [m for m in troff.lint(page) if not any(re.fullmatch(known, m) for known in ACCEPTED)]
    assert not strangers


@each_page
def test_man_is_silent(page: str, tmp_path: Path) -> None:
    file = tmp_path / "page.2"
    file.write_text(page, encoding="utf-8")
    shown, said = troff.run("man", "--warnings", "-l", str(file))
    assert shown
    assert not said


@each_page
def test_nothing_is_live(page: str) -> None:
    assert not list(troff.live(page))


@each_page
def test_lines_are_short_and_hold_one_sentence(page: str) -> None:
    """Diffs of the output are read too; a line is long only where a single word or code makes it so."""
    for line in prose_lines(page):
        assert len(line) <= 76 or " " not in line
        assert not re.search(r"[a-zа-яё]{2}[.?!] [A-ZА-ЯЁ]", line), line


def prose_lines(page: str) -> list[str]:
    """The lines that hold running text: not code, cells, macros or the line of NAME."""
    without = re.sub(
        r"^\.(?:EX.*?^\.EE|TS.*?^\.TE|nf.*?^\.fi|SH [^\n]*\n[^\n]* \\- [^\n]*)$", "", page, flags=re.M | re.S
    )
    return [line for line in without.split("\n") if not line.startswith((".", "'"))]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("connect/connect.2.en", "connect - connect a socket to the address of a peer"),
        ("connect/connect.2.ru", "connect - соединяет сокет с адресом удалённой стороны"),
        ("illumos/connect.3socket.en", "connect - connect a socket to a peer"),
        ("illumos/connect.3socket.ru", "connect - соединяет сокет с удалённой стороной"),
        ("redhat-5.2/connect.2.en", "connect - connect a socket to another one"),
        ("redhat-5.2/connect.2.ru", "connect - соединяет сокет с другим сокетом"),
    ],
)
def test_lexgrog_reads_the_name(name: str, line: str) -> None:
    page = GOLDEN / f"{name}.troff"
    assert troff.run("lexgrog", page)[0] == f'{page}: "{line}"\n'


@pytest.mark.parametrize(
    ("arguments", "environment", "title"),
    [
        (["-M", "{}"], {}, "NAME"),
        (["-L", "ru"], {"MANPATH": "{}"}, "ИМЯ"),
        (["-M", "{}/ru"], {}, "ИМЯ"),
        (["-M", "{}", "-L", "de"], {}, "NAME"),
    ],
)
def test_man_finds_the_page(
    arguments: list[str], environment: dict[str, str], title: str, built: Path
) -> None:
    for folder in sorted(built.iterdir()):
        here = [argument.format(folder) for argument in arguments]
        told = {name: value.format(folder) for name, value in environment.items()}
        shown, said = troff.run("man", *here, "connect", **told)
        assert not said
        assert f"\n{title}\n" in re.sub(r".\x08", "", shown)


@pytest.mark.parametrize("section", [["3socket"], ["3SOCKET"], ["-s", "3socket"], ["3"], []])
def test_man_finds_a_section_of_several_letters(section: list[str], built: Path) -> None:
    """In the folder that man(1) of illumos wants."""
    found, said = troff.run("man", "-w", "-M", str(built / "illumos"), *section, "connect")
    assert (found.strip(), said) == (str(built / "illumos/man3socket/connect.3socket"), "")


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_the_page_is_no_book(locale: str) -> None:
    page = GOLDEN / f"connect/connect.2.{locale}.troff"
    shown = troff.run("man", "-l", str(page), MANWIDTH="80")[0]
    assert len(shown.splitlines()) < 280
    assert all(len(re.sub(r".\x08", "", line)) <= 80 for line in shown.splitlines())


def page(text: str) -> list[str]:
    """The lines of a page after its head, NAME and the title of DESCRIPTION."""
    lines = render(tree(text), Settings()).split("\n")
    return lines[lines.index(".SH DESCRIPTION") + 1 : -1]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (":func:`f` is.", [".BR f ()", "is."]),
        ("See :man:`a(2)`, x.", ["See", ".BR a (2),", "x."]),
        ("Set :arg:`a`.", ["Set", ".IR a ."]),
        ("(:const:`A`)", [".RB ( A )"]),
        ("Fonts: *a*\\ **b**.", ["Fonts:", r"\fIa\fR\fBb\fR."]),
        ("One. Two.", ["One.", "Two."]),
        ("See e.g. this.", ["See e.g. this."]),
        (":type:`struct a` x", [".I struct a", "x"]),
        ("A :func:`longer_name`", ["A", r".BR \%longer_name ()"]),
        ("3. x\n4. y", [".IP 3. 4", ".PD 0", "x", ".IP 4. 4", "y", ".PD"]),
        ("- x\n- y", [r".IP \(bu 2", ".PD 0", "x", r".IP \(bu 2", "y", ".PD"]),
        ("x\n\ny", ["x", ".P", "y"]),
        ("T\n    x", [".TP", "T", "x"]),
        ("::\n\n    .x\n\n    y", [".in +4n", ".EX", r"\&.x", r"\&", "y", ".EE", ".in"]),
        ("x :url:`https://a.b`.", ["x", ".UR https://a.b", ".UE ."]),
        ("x :url:`mailto:a@b`", ["x", ".MT a@b", ".ME"]),
    ],
)
def test_form(text: str, lines: list[str]) -> None:
    """As a maintainer would write it by hand."""
    assert page(described(text)) == lines


def test_head() -> None:
    settings = Settings(source="a 1", manual="The Manual", date="2026-01-02", licence="x", origin="a.yaml")
    head = render(tree(PAGE), settings).split("\n")[:4]
    assert head == [
        "'\\\" -*- coding: UTF-8 -*-",
        '.\\" x',
        '.\\" Made by manproof from a.yaml: change that file, not this one.',
        '.TH sample 2 2026-01-02 "a 1" "The Manual"',
    ]


@pytest.mark.parametrize(
    ("settings", "head"),
    [
        (Settings(date="Nov 1, 2026", upper_case=True), '.TH SAMPLE 2 "Nov 1, 2026"'),
        (Settings(date="2026-01-02", source="a 1"), '.TH sample 2 2026-01-02 "a 1"'),
        (Settings(date="2026-01-02", manual="The Manual"), '.TH sample 2 2026-01-02 "" "The Manual"'),
    ],
)
def test_head_in_the_form_of_the_edition(settings: Settings, head: str) -> None:
    assert render(tree(PAGE), settings).split("\n")[3] == head


def test_a_list_of_errors_keeps_its_distance_from_what_stands_above() -> None:
    rows = "[{errno: [EIO], causes: [{id: a, when: One.}]}, {errno: [EPERM], causes: [{id: b, when: Two.}]}]"
    for intro, start in (("", [".SH ERRORS", ".PD 0", ".TP"]), ("  - text: Above.\n", ["Above.", ".TP"])):
        text = render(tree(f"{PAGE}errors:\n{intro}  - {{group: all, rows: {rows}}}\n"), Settings())
        lines = text.split("\n")[text.split("\n").index(start[0]) :]
        assert lines[: len(start)] == start
        assert lines.index(".PD 0") < lines.index(".B EPERM") < lines.index(".PD")


def test_a_page_with_a_table_asks_for_tbl() -> None:
    text = described("== ==\na  b\n== ==\nc  d\n== ==")
    assert render(tree(text), Settings()).startswith("'\\\" t ")


SYNOPSIS = (
    PAGE
    + """\
synopsis:
  includes: [a.h]
  functions:
    - {name: f, returns: int}
    - name: function
      returns: char *
      parameters:
        - {type: const struct a_long_name *restrict, name: first}
        - {type: "int", name: second}
        - {type: const struct a_long_name *restrict, name: third}
"""
)


def test_synopsis() -> None:
    lines = render(tree(SYNOPSIS), Settings()).split("\n")
    start = lines.index(".SH SYNOPSIS")
    assert lines[start + 1 : lines.index(".SH DESCRIPTION")] == [
        ".nf",
        ".B #include <a.h>",
        ".P",
        ".B int f(void);",
        ".P",
        '.BI "char *function(const struct a_long_name *restrict " first ", int " second ,',
        '.BI "               const struct a_long_name *restrict " third );',
        ".fi",
    ]


def test_parameters_stand_under_the_first() -> None:
    shown = re.sub(
        r".\x08", "", troff.run("groff", "-man", "-Tutf8", text=render(tree(SYNOPSIS), Settings()))[0]
    )
    first, second = (line for line in shown.split("\n") if "a_long_name" in line)
    assert first.index("const") == second.index("const")
