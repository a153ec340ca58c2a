"""The code is held to docs/ARCHITECTURE.md: who may import whom, and how large things may grow."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "manproof"
NAMES_FOR_NOTHING = {"util", "core", "common", "base", "helper", "manager"}
LONGEST_FUNCTION = 40
LONGEST_FILE = 300


def table(document: str) -> dict[str, set[str]]:
    """The rows of the table of modules: a name, and the names that it may import."""
    rows = re.findall(r"^\| `([\w.]+)/?` \|.*\| ([^|]+) \|$", document, re.MULTILINE)
    return {name.removesuffix(".py"): set(cell.split(", ")) - {"-"} for name, cell in rows}


def imports(source: str, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Line and name of each module or package of ours that a file of ``package`` imports.

    Imports inside functions and for type checkers count like the others.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            start = [*above, node.module] if node.module else above
            names = [".".join([*start, alias.name]) for alias in node.names]
        else:
            continue
        for name in names:
            if name.startswith("manproof."):
                yield node.lineno, name.split(".")[1]


TABLE = table((ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8"))
FILES = sorted(PACKAGE.rglob("*.py"))
UNITS = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES}
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))


def test_table_is_read() -> None:
    assert TABLE["diagnostic"] == set()
    assert TABLE["join"] == {"spec", "observation", "diagnostic"}
    assert TABLE["cli"] == {"all"}
    named = set().union(*TABLE.values()) - {"all"}
    assert named <= TABLE.keys(), "the table permits modules that have no row"


def test_facts_and_words_meet_in_join_alone() -> None:
    facts, words = {"observation", "lab", "probes"}, {"spec", "prose", "document", "translate"}
    for name in facts:
        assert not TABLE[name] & words
    for name in words | {"load", "render"}:
        assert not TABLE[name] & facts


@pytest.mark.parametrize(
    "source",
    [
        "import manproof.lab.record",
        "from manproof import lab",
        "from manproof.lab import record",
        "from ..lab import record",
        "from .. import lab",
        "def f():\n    from manproof.lab import record",
        "if TYPE_CHECKING:\n    import os, manproof.lab",
    ],
)
def test_every_form_of_import_is_seen(source: str) -> None:
    assert [name for _, name in imports(source, ("manproof", "render"))] == ["lab"]


def test_every_module_has_a_row() -> None:
    assert UNITS - {"__init__"} == TABLE.keys(), "docs/ARCHITECTURE.md names the modules that there are"


@each_file
def test_imports(path: Path) -> None:
    relative = path.relative_to(ROOT)
    unit = relative.parts[1].removesuffix(".py")
    allowed = TABLE.get(unit, set()) | {unit}
    strangers = [
        f"{relative}:{line}: {unit} may not import {name}"
        for line, name in imports(path.read_text(encoding="utf-8"), relative.parts[:-1])
        if name in UNITS and name not in allowed and "all" not in allowed
    ]
    assert not strangers


@each_file
def test_name_says_something(path: Path) -> None:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    words = {word.removesuffix("s") for part in parts for word in part.split("_")}
    assert not words & NAMES_FOR_NOTHING, "name it after what it does"


@each_file
def test_size(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not too_long, f"functions of over {LONGEST_FUNCTION} lines"
