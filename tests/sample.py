"""Small sources for tests, and the means to put any text into them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from docutils import nodes

from manproof.diagnostic import Diagnostic, Severity
from manproof.document import document
from manproof.load import load_edition, load_page
from manproof.spec import Edition, Page

ROOT = Path(__file__).parent.parent
FIELDS = (
    "name", "library", "synopsis", "description", "return_value", "errors", "attributes", "versions",
    "standards", "history", "notes", "caveats", "bugs", "examples", "see_also",
)  # fmt: skip
EDITION = """\
label: Sample
manual: Sample Manual
source: sample 1.0
licence: "SPDX-License-Identifier: MIT"
platform: linux
status: current
sections:
""" + "".join(f"  - {{field: {name}, title: {name.replace('_', ' ').upper()}}}\n" for name in FIELDS)
PAGE = """\
name: sample
section: "2"
date: 2026-11-21
summary: show a sample
description:
  - text: Words.
"""


def quote(text: str) -> str:
    """A text as a scalar of YAML, on one line."""
    return json.dumps(text, ensure_ascii=False)


def rest(text: str) -> str:
    """A text as reST that shows it letter by letter: each sign has a backslash before it."""
    lines = (re.sub(r"([!-/:-@\[-`{-~•‣⁃])", r"\\\1", line) for line in text.split("\n"))
    # a line of one sign would underline a title
    return "\n".join("\\ " + line if line and not line[0].isalnum() else line for line in lines)


def block(text: str, indent: int) -> str:
    """A text as a block scalar of YAML."""
    return "|\n" + "\n".join(" " * indent + line if line else "" for line in text.split("\n"))


def described(text: str) -> str:
    """A page whose DESCRIPTION is a text in reST."""
    return PAGE.replace("Words.", block(text, 6))


def page(text: str, path: str = "source/sample/sample.2.yaml") -> Page:
    """A page that must be right."""
    loaded, found = load_page(text.encode(), path)
    assert loaded is not None, show(found)
    return loaded


def edition(text: str = EDITION) -> Edition:
    """An edition that must be right."""
    loaded, found = load_edition(text.encode(), "source/sample/edition.yaml")
    assert loaded is not None, show(found)
    return loaded


def tree(text: str, programs: Mapping[str, str] | None = None) -> nodes.document:
    """The document of a page that must be right."""
    root, found = document(page(text), edition(), programs or {})
    assert not found, show(found)
    return root


def show(found: list[Diagnostic]) -> str:
    """Diagnostics, one a line."""
    return "\n".join(str(item) for item in found)


def errors(found: list[Diagnostic]) -> list[Diagnostic]:
    """What fails a build."""
    return [item for item in found if item.severity is Severity.ERROR]


def places(found: list[Diagnostic]) -> list[tuple[str, int, int]]:
    """The rule, line and column of each."""
    return [(item.rule, item.span.line, item.span.column) for item in found]


def assert_tellable(found: list[Diagnostic], path: str = "source/sample/sample.2.yaml") -> None:
    """A message is one line that a terminal can show, and says where."""
    for item in found:
        assert str(item).isprintable()
        assert len(item.message) < 300
        assert item.span.path == path
        assert item.span.line or item.rule == "more-problems"
        assert re.match(r"[^A-Z]", item.message)
        assert not item.message.endswith(".")


def project(folder: Path, pages: Mapping[str, str] | None = None) -> Path:
    """A project with the edition ``sample`` and, if no others are given, the page ``sample(2)``."""
    write(folder / "source/sample/edition.yaml", EDITION)
    for name, text in (pages or {"sample.2": PAGE}).items():
        write(folder / f"source/sample/{name}.yaml", text)
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def manproof(
    folder: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
    **options: object,
) -> subprocess.CompletedProcess[str]:
    """Runs the program as a user would, in a folder; a traceback is never right.

    ``before`` is a command that starts it, ``options`` go to ``subprocess.run``.
    """
    done = subprocess.run(  # type: ignore[call-overload]  # options are the caller's
        [*before, sys.executable, "-m", "manproof", *arguments],
        **{"cwd": folder, "env": surroundings(environment), "text": True, "encoding": "utf-8",
           "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 300, **options},
    )  # fmt: skip
    assert "Traceback" not in (done.stderr or ""), done.stderr
    return done  # type: ignore[no-any-return]


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which the program of this checkout is found, and little else."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **(more or {})}
