"""The rules of probes: straight lines, a control, one observation, no idea of the answer."""

from __future__ import annotations

import ast
import errno
import re
import sys
from pathlib import Path

import pytest

from manproof.lab import conditions

PACKAGE = Path(__file__).resolve().parents[1] / "manproof"
FILES = sorted((PACKAGE / "probes").rglob("*.py"))
THEMES = [path for path in FILES if path.name != "__init__.py"]
BRANCHES = (
    ast.If, ast.IfExp, ast.For, ast.While, ast.Try, ast.Match, ast.comprehension, ast.Lambda,
)  # fmt: skip
ERRNOS = {*errno.errorcode.values(), "EWOULDBLOCK", "EOPNOTSUPP", "ENOTSUP"}


def probes(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)]


def said(node: ast.AST) -> list[str]:
    """The words of the lab in a piece of code, in the order of evaluation of statements."""
    return [
        part.func.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and isinstance(part.func.value, ast.Name)
        and part.func.value.id == "lab"
    ]


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_probes_are_straight_lines(path: Path) -> None:
    for probe in probes(path):
        found = [type(node).__name__ for node in ast.walk(probe) if isinstance(node, BRANCHES)]
        assert not found, f"{path.name}: {probe.name} has {found}"


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_a_probe_has_a_control_and_then_observes_once_at_the_end(path: Path) -> None:
    for probe in probes(path):
        words = [word for statement in probe.body for word in said(statement)]
        assert {"control", "no_control"} & set(words), f"{path.name}: {probe.name} has no control"
        last = said(probe.body[-1])
        assert words.count("observe") == ("observe" in last), f"{path.name}: {probe.name}"
        assert last[0] == "observe" or last[0].startswith("need_"), f"{path.name}: {probe.name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_probes_do_not_know_the_answer(path: Path) -> None:
    text = path.read_text()
    assert not ERRNOS & set(re.findall(r"\bE[A-Z0-9]+\b", text))
    assert not re.search(r"\berrno\b", text)
    assert ".outcome" not in text


def test_titles_are_sentences() -> None:
    for item in conditions():
        assert re.fullmatch(r"([A-Z(]|connect\(\)|sin6_).*\.", item.title), item.key
        assert len(item.title) <= 93
        assert item.explanation, item.key


def test_names_are_words_between_dots() -> None:
    for item in conditions():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+", item.name), item.name


def test_prefixes_select_whole_words() -> None:
    some = {item.name for item in conditions("connect/unix.write-denied")}
    assert some == {"unix.write-denied.stream", "unix.write-denied.dgram"}
    with pytest.raises(KeyError):
        conditions("connect/unix.write")


def test_a_digest_notices_a_word_of_the_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, dgram = sorted(conditions("connect/unix.write-denied"), key=lambda item: item.name)[::-1]
    assert re.fullmatch(r"[0-9a-f]{16}", stream.digest)
    assert stream.digest != dgram.digest
    before = stream.digest
    module = sys.modules[type(stream).__module__]
    monkeypatch.setattr(module, "_words", lambda _: ("another chmod",))
    assert stream.digest != before


MAY_IMPORT = {
    "observation.py": (),
    "lab": ("manproof.lab", "manproof.observation", "manproof"),
    "probes": ("manproof.lab", "manproof.probes"),
}


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_keep_to_the_table(part: str) -> None:
    whole = PACKAGE / part
    for path in [whole] if whole.is_file() else whole.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                ours = name.split(".")[0] == "manproof"
                allowed = any(name == good or name.startswith(f"{good}.") for good in MAY_IMPORT[part][:2])
                assert not ours or allowed or name in MAY_IMPORT[part], f"{path}: {name}"
