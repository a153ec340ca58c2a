"""Names of files may hold anything but a slash; each is told in one line, and does nothing to a terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.hostile.test_records import record
from tests.sample import PAGE, manproof, project, write

NAMES = (
    "\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "a\u202eb", "a\u2066b", "a\u2028b", "a\u200bb", "\ufeffa",
    "a\n::error::b", "a\n.so x", "a\r", "a\x0b", "a\x7f", "<script>alert(1)</script>", "a\" onclick=\"b",
    "-rf", "%s%n", "{0}", "$(id)", "\udcff", "a b", "##[error]a", "\U000e0041",
)  # fmt: skip
COMMANDS = (
    ("build",), ("lint",), ("lint", "--format", "github"), ("lint", "--format", "concise"),
    ("i18n", "update"), ("build", "no-such-page"), ("compare", "sample"),
)  # fmt: skip
PLACES = {
    "page": ("source/sample/{}.2.yaml", PAGE),
    "comparison": ("source/comparison/{}.yaml", "x"),
    "findings": ("source/findings/{}.yaml", "x"),
    "record": ("source/sample/evidence/{}.json", json.dumps(record(seen={"call": "sample"}))),
    "wrong record": ("source/sample/evidence/{}.json", "x"),
}


@pytest.mark.parametrize("place", PLACES)
def test_names_are_told_in_one_line(place: str, tmp_path: Path) -> None:
    root = project(tmp_path)
    path, text = PLACES[place]
    for name in NAMES:
        write(root / path.format(name), text)
    for command in COMMANDS:
        done = manproof(root, *command)
        assert all(map(str.isprintable, (done.stdout + done.stderr).split("\n"))), command
        assert not [line for line in done.stderr.split("\n") if line.startswith(("::", ".so"))], command
    for made in (root / "build").rglob("*"):
        assert os.fsencode(made).decode("utf-8", "replace").isprintable()
        if made.suffix == ".html":
            shown = made.read_text(encoding="utf-8")
            assert "<script>alert" not in shown and 'onclick="b' not in shown
            assert "\x1b" not in shown and "\u202e" not in shown
