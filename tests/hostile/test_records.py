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
        f"date {d}": json.dumps(record({"date": d}))
        for d in (
            "20261121",
            "2026-W47-6",
            "2026-325",
            "0001-01-01",
            "1969-12-31",
            "9999-12-31",
            "2026-11-21T10:00",
            "2026-11-21\n",
            "\u0662\u0660\u0662\u0666-11-21",
            "-026-11-21",
            "",
        )
    },
    **{
        f"kernel {ascii(k)[:20]}": json.dumps(record({"kernel": k}))
        for k in (
            "",
            "x",
            "6",
            "6.",
            ".6",
            "6.\u00b2",
            "\u0666.\u0661",
            "6." + "9" * 5_000,
            "9" * 5_000 + ".1",
            "-6.1",
            "../6.1",
            " 6.1",
            "v6.1",
        )
    },
    **{
        f"condition {ascii(c)[:20]}": json.dumps(record(seen={"condition": c}))
        for c in (
            "",
            "A",
            "a..b",
            "../a",
            "/a",
            "a/b",
            "a/../../b",
            "a b",
            "a\n::error::x",
            'a"><b>',
            "a%00b",
            "a.",
            ".a",
            "a-",
            "-a",
            "\u0430",
            "a" * 91,
            "a." + "b" * 300,
        )
    },
    **{f"call {c!a}": json.dumps(record(seen={"call": c})) for c in ("", "../a", "a b", "2a", "<b>")},
    **{
        f"outcome {o!a}": json.dumps(record(seen={"outcome": o}))
        for o in (
            "",
            "<b>",
            "eacces",
            "E",
            "EACCES\n",
            "Success",
            "E ACCES",
            "\u0415ACCES",
            "99999",
        )
    },
    **{f"origin {o!a}": json.dumps(record(seen={"from": o})) for o in ("", "<b>", "so error", "../a")},
    **{f"errno {e!a}": json.dumps(record(step={"errno": e})) for e in ("", "</pre>", "eio", "E\n")},
    "kind that is none": json.dumps(record(step={"kind": "zzz"})),
    "part that is none": json.dumps(record(step={"part": "zzz"})),
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


STRANGE: dict[str, dict[str, Any]] = {
    "errno that no system knows": record(step={"errno": "ENOSUCH"}),
    "errno without a name": record(step={"errno": "530"}, seen={"outcome": "530"}),
    "time that is none": record(seen={"seconds": float("nan")}),
    "time without an end": record(seen={"seconds": float("inf")}),
    "time of many digits": record(seen={"seconds": 10**400}),
    "answer of many digits": record(step={"answer": 10**4000}),
    "many threads": record(step={"thread": 10**4000}),
    "threads below zero": record(step={"thread": -5}),
    "format in the code": record(step={"code": "{fd} {0} {x!r:>9999999999} %n"}),
    "quotes in a symbol": record(step={"makes": 'x"; system("id"); //'}),
    "long condition": record(seen={"condition": "a" * 90}),
    "first day": record({"date": "1980-01-01"}),
    "last day": record({"date": "2199-12-31"}),
    "release of a distribution": record({"kernel": "6.18.44+deb13-amd64"}),
    "title of a megabyte": record(seen={"title": "x " * 500_000}),
}


@pytest.mark.parametrize("name", STRANGE)
def test_strange_but_sound(name: str, tmp_path: Path) -> None:
    """All that is made of a record: pages, exhibits, archive, reports."""
    cause = (
        "errors: [{group: g, rows: [{errno: [EACCES], causes: [{id: b, claims: {a: EACCES}, when: x}]}]}]\n"
    )
    root = project(tmp_path, {"sample.2": PAGE + cause})
    told = STRANGE[name]
    told["observations"][0]["call"] = "sample"
    write(root / "source/sample/evidence/a.json", json.dumps(told))
    done = manproof(root, "build", "--format", "html", "--format", "man", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert (root / "build/html/sample/sample.2.evidence.tar").exists()
    assert manproof(root, "lint").returncode == 1
    assert manproof(root, "compare", "sample").returncode == 0


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
