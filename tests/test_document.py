"""The document of a page: its order, its anchors, its units, and that nothing of the page is lost."""

from __future__ import annotations

import pytest
from docutils import nodes

from manproof.document import document, references
from tests.sample import EDITION, PAGE, ROOT, described, edition, page, places, tree

ERRORS = """\
errors:
  - group: all
    rows:
      - errno: [EACCES, EPERM]
        causes: [{id: one, when: One.}]
      - errno: [EIO]
        causes: [{id: two, when: Two.}, {id: three, when: Three.}]
  - group: others
    title: Others
    rows:
      - errno: [EACCES]
        causes: [{id: four, when: Four.}]
"""


def ids(root: nodes.document) -> list[str]:
    return [name for node in root.findall(nodes.Element) for name in node["ids"]]


def test_sections_are_the_editions() -> None:
    text = EDITION.replace("  - {field: notes, title: NOTES}\n", "").replace("DESCRIPTION}", "TEXT}")
    text += "  - {field: notes, title: REMARKS}\n"
    root, found = document(
        page(f"{PAGE}notes: [{{text: A note.}}]\nbugs: [{{text: A bug.}}]\n"), edition(text), {}
    )
    assert not found
    assert [section.children[0].astext() for section in root.children] == ["NAME", "TEXT", "BUGS", "REMARKS"]


def test_anchors() -> None:
    found = ids(tree(PAGE.replace("Words.", "Words.\n    id: words") + ERRORS))
    assert found == [
        "NAME", "DESCRIPTION", "words", "ERRORS", "EACCES", "EPERM", "one", "EIO", "two", "three", "others",
        "EACCES-others", "four",
    ]  # fmt: skip
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("holds", "sentences"),
    [
        ("linux: '>=6.3'", "Since Linux 6.3."),
        ("linux: <5.10", "Before Linux 5.10."),
        ("linux: '>=5.10 <6.1'", "Since Linux 5.10, and before Linux 6.1."),
        ("linux: '>=2.2', caller: unprivileged", "Since Linux 2.2. Privileged callers are exempt."),
    ],
)
def test_limits(holds: str, sentences: str) -> None:
    text = tree(f"{PAGE}    holds: {{{holds}}}\n").astext()
    assert text.endswith(f"Words. {sentences}")


@pytest.mark.parametrize(
    "last", ["- a\n- b", "Code::\n\n    x", "== ==\na  b\n== ==\nc  d\n== ==", "A\n    b"]
)
def test_limits_after_what_is_no_paragraph(last: str) -> None:
    """A release that the source gives is shown, whatever the passage ends with."""
    root = tree(described(last) + '    since: "5.1"\n')
    assert root.astext().endswith("Since Linux 5.1.")
    assert isinstance(root.children[-1].children[-1], nodes.paragraph)


def test_rare_causes_name_their_errnos() -> None:
    rare = (
        "errors:\n  - group: rare\n    rare:\n      - id: a\n        errno: [EIO, ENOMEM]\n        when: {}\n"
    )
    assert tree(PAGE + rare.format("a thing fails")).astext().endswith("a thing fails: EIO, ENOMEM")
    holds = "        holds: {linux: '>=6.3'}\n"
    assert (
        tree(PAGE + rare.format("a thing") + holds).astext().endswith("a thing: EIO, ENOMEM Since Linux 6.3.")
    )
    assert tree(PAGE + rare.format('"- a"') + holds).astext().endswith("EIO, ENOMEM Since Linux 6.3.")


def test_problems_of_prose_have_their_places() -> None:
    text = described("Fine.\n\nA b_ c.") + "notes:\n  - text: a :foo:`b`\n"
    found = document(page(text), edition(), {})[1]
    assert places(found) == [("rest-construct", 9, 9), ("rest-role", 11, 13)]


def test_program_that_is_not_there() -> None:
    found = document(page(f"{PAGE}examples: [{{id: a, file: a.c}}]\n"), edition(), {})[1]
    assert places(found) == [("missing-file", 7, 26)]


def test_references() -> None:
    text = described("See :man:`a(2)`.\n\n- :man:`b(3)`") + "see_also:\n  - c(7)\n"
    found = [(name, span.line, span.column) for name, span in references(tree(text))]
    assert found == [("a(2)", 7, 7), ("b(3)", 9, 7), ("c(7)", 11, 5)]


def test_section_that_the_edition_does_not_show() -> None:
    """What an author has written is never left out silently."""
    text = EDITION.replace("  - {field: bugs, title: BUGS}\n", "")
    found = document(page(f"{PAGE}bugs:\n  - text: A bug.\n"), edition(text), {})[1]
    assert places(found) == [("missing-section", 8, 5)]
    assert "bugs" in found[0].message


def test_page_of_the_repository() -> None:
    folder = ROOT / "source/linux"
    program = (folder / "connect-nonblocking.c").read_text()
    root, found = document(
        page((folder / "connect.2.yaml").read_text(encoding="utf-8"), "connect.2.yaml"),
        edition((folder / "edition.yaml").read_text(encoding="utf-8")),
        {"connect-nonblocking.c": program},
    )
    assert not found
    assert {"EACCES", "ETIMEDOUT", "NAME"} <= set(ids(root))
