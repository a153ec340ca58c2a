"""A record of a run is a file that anybody can send: it is one, or it is refused and named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from manproof import evidence
from manproof.diagnostic import UserError
from tests.elements import elements
from tests.hostile.sources import CHARACTERS
from tests.sample import PAGE, manproof, project, write

SYSTEM = {
    "kernel": "6.18.1",
    "architecture": "x86_64",
    "libc": "glibc 2.36",
    "privileges": "root",
    "seccomp": "off",
    "tool": "0",
    "date": "2026-11-21",
}
SEEN = {
    "call": "connect",
    "condition": "a",
    "status": "observed",
    "outcome": "EACCES",
    "from": "connect",
    "title": "T",
    "steps": [{"call": "connect()", "code": "connect()", "part": "observe", "answer": -1, "errno": "EACCES"}],
}


def record(system: Any = None, seen: Any = None, step: Any = None) -> dict[str, Any]:
    """A record with something else in a place."""
    steps = [{**SEEN["steps"][0], **(step or {})}]  # type: ignore[dict-item]  # a list of steps
    return {
        "system": {**SYSTEM, **(system or {})},
        "observations": [{**SEEN, "steps": steps, **(seen or {})}],
    }


WRONG: dict[str, str] = {
    "nothing": "",
    "a word": "x",
    "null": "null",
    "a list": "[]",
    "a number": "1",
    "a text": '"x"',
    "bytes": "\0\0",
    "half": json.dumps(record())[:-20],
    "two": json.dumps(record()) * 2,
    "lists in lists": "[" * 100_000,
    "objects in objects": '{"a":' * 100_000,
    "many digits": '{"system": ' + "9" * 5_000 + "}",
    "system that is none": json.dumps({**record(), "system": []}),
    "no system": json.dumps({"observations": []}),
    "observations in a text": json.dumps({**record(), "observations": "abc"}),
    "observations in an object": json.dumps({**record(), "observations": {"a": 1}}),
    "observation that is none": json.dumps({**record(), "observations": [1]}),
    "more": json.dumps({**record(), "more": 1}),
    "unknown field": json.dumps(record(seen={"__class__": "x"})),
    "status that is none": json.dumps(record(seen={"status": "passed"})),
    "outcome of nothing": json.dumps(record(seen={"status": "broken"})),
    "condition in an object": json.dumps(record(seen={"condition": {"a": 1}})),
    "condition in a list": json.dumps(record(seen={"condition": ["a"]})),
    "title that is a number": json.dumps(record(seen={"title": 1})),
    "steps in a text": json.dumps(record(seen={"steps": "x"})),
    "steps of numbers": json.dumps(record(seen={"steps": [1, 2]})),
    "step without code": json.dumps(record(seen={"steps": [{"call": ""}]})),
    "answer in a text": json.dumps(record(step={"answer": "x"})),
    "errno that is a number": json.dumps(record(step={"errno": 13})),
    "thread that is true": json.dumps(record(step={"thread": True})),
    "date that is none": json.dumps(record({"date": "<b>"})),
    "date out of the calendar": json.dumps(record({"date": "2026-02-30"})),
    "date that is null": json.dumps(record({"date": None})),
    "kernel that is a number": json.dumps(record({"kernel": 6})),
    **{
        f"{name} in a title": json.dumps(record(seen={"title": f"a{c}b"}), ensure_ascii=False)
        for name, c in CHARACTERS.items()
    },
    **{
        f"{name} by its escape": json.dumps(record(step={"call": f"a{c}b"})) for name, c in CHARACTERS.items()
    },
    "half of a pair": json.dumps(record({"libc": "\ud800"})),
    "a character in a key": json.dumps(record({"\u202e": ""})),
}


def test_the_usual_one_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.json", json.dumps(record()))
    assert evidence.read(tmp_path / "a.json").observations[0].outcome == "EACCES"


@pytest.mark.parametrize("name", WRONG)
def test_refused_by_its_name(name: str, tmp_path: Path) -> None:
    write(tmp_path / "a.json", WRONG[name])
    with pytest.raises(
        UserError, match=r"a\.json is no record of a run: .*; make it anew with: manproof probe"
    ) as found:
        evidence.read(tmp_path / "a.json")
    assert str(found.value).isprintable()
    assert len(str(found.value)) < 500


TEXTS = (
    "<script>alert(1)</script>",
    '" onclick="x',
    ".so /etc/passwd",
    "\n.so x",
    "\\fB",
    "{{ 7*7 }}",
    "*/ int x; /*",
)


@pytest.mark.parametrize("text", TEXTS)
def test_shown_letter_by_letter(text: str, tmp_path: Path) -> None:
    """All that a page shows of a record, in every format."""
    cause = (
        "errors: [{group: g, rows: [{errno: [EACCES], "
        "causes: [{id: b, claims: {a: EACCES}, when: Why.}]}]}]\n"
    )
    root = project(tmp_path, {"sample.2": PAGE + cause})
    told = record(
        {"kernel": f"6.1 {text}"}, {"title": text, "explanation": text}, {"call": text, "code": text}
    )
    write(root / "source/sample/evidence/a.json", json.dumps(told))
    formats = [word for name in ("man", "html", "text", "json") for word in ("--format", name)]
    assert manproof(root, "build", *formats).returncode == 0
    assert manproof(root, "lint").returncode in (0, 1)
    pages = [path.read_text(encoding="utf-8") for path in (root / "build/html").rglob("*.html")]
    assert any("&lt;script" in page or "<script" not in text for page in pages)
    for item in (item for page in pages for item in elements(page)):
        assert "onclick" not in item.attributes
        assert item.name != "script" or item.attributes["src"] in ("site.js", "../site.js")
    man = (root / "build/man/sample/man2/sample.2").read_text(encoding="utf-8")
    assert "\n.so" not in man
