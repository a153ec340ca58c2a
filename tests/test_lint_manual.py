"""Pages written by hand under the lint: the rules, and the command as a maintainer's first try of it."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from manproof import evidence, handwritten, lab
from manproof.diagnostic import Diagnostic, Severity
from manproof.fingerprint import fingerprints
from manproof.lint import manual as rules
from manproof.lint import table
from manproof.lint.manual import Reading
from manproof.lint.run import run
from manproof.observation import Observation
from tests.conftest import GOLDEN, Golden
from tests.lab_run import needs_namespaces
from tests.observed import STEPS, SYSTEM, observation, record
from tests.specimen import ROOT

MAN, MDOC = GOLDEN / "by-hand/man2/connect.2", GOLDEN / "by-hand/mdoc/connect.2"
HEAD = ".TH connect 2\n.SH NAME\nconnect \\- join\n.SH ERRORS\n"


def judged(
    path: Path, *observations: Observation, elsewhere: Mapping[str, str] | None = None
) -> dict[str, list[Diagnostic]]:
    """What the rules say of a page, by their names."""
    reading = Reading(
        manual=handwritten.read(path),
        probed=("connect",),
        observations=observations,
        system=SYSTEM,
        elsewhere=elsewhere or {},
    )
    found: dict[str, list[Diagnostic]] = {}
    for item in run(rules.FAMILY, reading, table().values(), reading.place):
        found.setdefault(item.rule, []).append(item)
    return found


def page(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "connect.2"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def told(found: Mapping[str, list[Diagnostic]]) -> dict[str, list[str]]:
    """The first words of each message, by rule."""
    return {rule: [first(d.message) for d in items] for rule, items in found.items()}


def first(message: str) -> str:
    """The first errno or page that a message names."""
    return str(re.findall(r"\bE[A-Z0-9]+\b|\w+\(\d\)", message)[0])


def test_an_errno_without_an_entry(tmp_path: Path) -> None:
    path = page(tmp_path, ".TP\n.B EACCES\nNo right, unlike\n.BR EPERM .\n")
    items = [observation("a.b", "EACCES"), observation("c.d", "EPERM", plain=True), observation("e.f", "EIO")]
    found = judged(path, *items, observation("g", "EIO", title="So."))
    assert told(found) == {"errno-not-named": ["EIO", "EPERM"]}
    eio, eperm = found["errno-not-named"]
    assert eio.span.line == 4, "the heading, where an entry would be added"
    assert "“So.”, one of 2 conditions; see: manproof probe connect/g --c" in eio.message
    assert "Linux 6.18, x86-64 answered it" in eio.message
    assert "no entry names EPERM (but line 8 speaks of it)" in eperm.message


def test_a_finding_is_known_again(tmp_path: Path) -> None:
    """By the errno, not by its line or the record that gave it: a baseline survives both."""
    path = page(tmp_path, ".TP\n.B EIO\n.TP\n.B EACESS\n")
    before = [*judged(path, observation("a", "EPERM"), observation("b", "ENOENT")).values()]
    path.write_text("." + '\\" moved\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = [*judged(path, observation("c.d", "EPERM"), observation("e", "ENOENT")).values()]
    marks = [fingerprints([item for items in found for item in items]) for found in (before, after)]
    assert marks[0] == marks[1] and len(set(marks[0])) == 4
    assert {item.span.field for items in before for item in items} == {
        "errors/EPERM", "errors/ENOENT", "errors/EIO", "errors/EACESS",
    }  # fmt: skip


def test_an_errno_that_was_not_seen(tmp_path: Path) -> None:
    path = page(tmp_path, '.TP\n.BR EACCES ", " EIO\ntext\n.TP\n.B EIO\ntext\n')
    found = judged(path, observation("a", "EACCES"), observation("b", None))
    [item] = found["errno-never-seen"]
    assert (item.span.line, item.severity) == (6, Severity.NOTE)
    assert "none of 1 conditions that were tried (1 more could not be) gives it" in item.message


@pytest.mark.parametrize(("one", "other"), [("EAGAIN", "EWOULDBLOCK"), ("ENOTSUP", "EOPNOTSUPP")])
def test_names_of_one_number_are_one_errno(tmp_path: Path, one: str, other: str) -> None:
    assert not judged(page(tmp_path, f".TP\n.B {one}\ntext\n"), observation("a", other))
    assert not judged(page(tmp_path, f".TP\n.B {other}\ntext\n"), observation("a", one))


def test_a_name_that_is_no_errno(tmp_path: Path) -> None:
    found = judged(page(tmp_path, ".TP\n.B EACESS\ntext\n.TP\n.B EIO\n"), observation("a", "EIO"))
    assert told(found) == {"errno-never-seen": ["EACESS"]}
    assert "check its spelling" in found["errno-never-seen"][0].message


def test_answers_of_other_calls_do_not_count(tmp_path: Path) -> None:
    path = page(tmp_path, ".TP\n.B EIO\ntext\n")
    items = [observation("a", "ENOTCONN", origin="getpeername"), observation("b", "success")]
    assert told(judged(path, *items, observation("c", "EIO", origin="so_error"))) == {}


def test_what_one_made_condition_alone_gives_is_a_note(tmp_path: Path) -> None:
    path = page(tmp_path, ".TP\n.B EIO\ntext\n")
    items = [
        observation("a", "EIO"),
        observation("p.1", "ENONET", title="x"),
        observation("p.2", "ENONET", title="x"),
    ]
    found = judged(path, *items)
    assert told(found) == {"errno-rare-not-named": ["ENONET"]}
    assert found["errno-rare-not-named"][0].severity is Severity.NOTE
    ordinary = observation("p.3", "ENONET", title="x", plain=True)
    assert told(judged(path, *items, ordinary)) == {"errno-not-named": ["ENONET"]}
    other = observation("q", "ENONET", title="y")
    assert told(judged(path, *items, other)) == {"errno-not-named": ["ENONET"]}


def test_the_simplest_condition_is_named(tmp_path: Path) -> None:
    items = [
        observation("made.a", "EIO", steps=STEPS[:1]),
        observation("plain.long", "EIO", plain=True, steps=STEPS * 3),
        observation("plain.unspoken", "EIO", plain=True, steps=STEPS[:1], unspoken="two processes"),
        observation("plain.bare", "EIO", plain=True),
        observation("plain.best", "EIO", plain=True, steps=STEPS),
    ]
    [item] = judged(page(tmp_path, ".TP\n.B EPERM\n"), *items)["errno-not-named"]
    assert item.message.endswith("manproof probe connect/plain.best --c")
    [item] = judged(page(tmp_path, ".TP\n.B EPERM\n"), items[2])["errno-not-named"]
    assert item.message.endswith("manproof probe connect/plain.unspoken --trace")


def test_a_page_without_errors_is_one_diagnostic(tmp_path: Path) -> None:
    found = judged(page(tmp_path, "It may fail.\n"), observation("a", "EIO"), observation("b", "EPERM"))
    assert [item.message for items in found.values() for item in items] == [
        "the page names no errno, and Linux 6.18, x86-64 answered EIO, EPERM; document them"
    ]


def test_errors_of_another_page_count_as_named(tmp_path: Path) -> None:
    path = page(tmp_path, "As for\n.BR accept (2).\n")
    assert not judged(path, observation("a", "EIO"), elsewhere={"EIO": "accept(2)"})


# The command.


def manproof(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    usual = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "TMPDIR"}}
    return subprocess.run(
        [sys.executable, "-m", "manproof", *map(str, arguments)],
        cwd=cwd,
        env=usual | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def linted(*arguments: str | Path, cwd: Path, **environment: str) -> tuple[int, list[dict[str, Any]], str]:
    done = manproof("lint", "--format", "json", *arguments, cwd=cwd, **environment)
    assert done.returncode < 2, done.stderr
    assert len(done.stderr.splitlines()) == 1
    return done.returncode, json.loads(done.stdout), done.stderr.strip()


@pytest.mark.parametrize("path", [MAN, MDOC], ids=lambda path: path.parent.name)
def test_pages_in_a_folder_without_a_project(tmp_path: Path, path: Path, golden: Golden) -> None:
    """What the record that comes with the program says of each way to write an entry."""
    status, found, summary = linted(path, cwd=tmp_path)
    lines = [f"{d['line']}: {d['severity']}: {first(d['message'])} [{d['rule']}]\n" for d in found]
    golden(f"by-hand/{path.parent.name}.txt", "".join(lines))
    assert status == 1
    assert "errnos verified live (not asked for; add --probe)" in summary
    assert "supported by the record linux-" in summary


def shipped() -> dict[str, str]:
    """What the record that comes with the program has seen: an errno, and a condition that gave it."""
    [path] = (ROOT / "source/linux/evidence").glob("*.json")
    seen = evidence.read(path).observations
    return {
        o.outcome: o.condition
        for o in seen
        if o.outcome != "success" and o.origin in ("connect", "so_error") and o.outcome
    }


def test_a_page_that_names_all_is_clean(tmp_path: Path) -> None:
    entries = "".join(f".TP\n.B {name}\ntext\n" for name in shipped())
    status, found, summary = linted(page(tmp_path, entries), cwd=tmp_path)
    assert (status, found) == (0, [])
    assert f"0 of {len(shipped())} errnos verified live" in summary
    assert f"{len(shipped())} supported by the record" in summary


@pytest.mark.parametrize("name", sorted(shipped()))
def test_each_entry_that_is_taken_away_is_missed(tmp_path: Path, name: str) -> None:
    """In process, since there are many: no errno is found by luck."""
    entries = "".join(f".TP\n.B {other}\ntext\n" for other in shipped() if other != name)
    [path] = (ROOT / "source/linux/evidence").glob("*.json")
    observations = evidence.read(path).observations
    found = judged(page(tmp_path, entries), *observations)
    [item] = found.get("errno-not-named", []) + found.get("errno-rare-not-named", [])
    assert f"no entry names {name}" in item.message
    [key] = [word for word in item.message.split() if word.startswith("connect/")]
    [condition] = lab.conditions(key)
    assert next(o.outcome for o in observations if o.condition == condition.name) == name


def test_reproducers_can_be_had(tmp_path: Path) -> None:
    """Each command that a message names prints a program, or a trace where there is no program."""
    _, found, _ = linted(MDOC, cwd=tmp_path)
    [message] = [item["message"] for item in found if "no entry names ENOENT" in item["message"]]
    command = message.partition("see: ")[2].split()
    assert command[:2] == ["manproof", "probe"]
    done = manproof(*command[1:], cwd=tmp_path)
    assert done.returncode == 0 and "connect(" in done.stdout


def test_a_call_without_probes(tmp_path: Path) -> None:
    path = tmp_path / "ioctl.2"
    path.write_text(".TH ioctl 2\n.SH NAME\nioctl, stty \\- x\n.SH ERRORS\n.TP\n.B EIO\n", encoding="utf-8")
    status, [item], summary = linted(path, cwd=tmp_path)
    assert (status, item["rule"], item["severity"]) == (0, "no-probes", "note")
    assert item["message"].startswith("no probes for ioctl(2), stty(2); ")
    assert summary == "manproof: 0 of 1 errnos verified live (there are no probes)"


def test_a_program_of_that_name_is_no_call(tmp_path: Path) -> None:
    path = tmp_path / "connect.1"
    path.write_text(".TH connect 1\n.SH NAME\nconnect \\- x\n", encoding="utf-8")
    assert "no probes for connect(1)" in linted(path, cwd=tmp_path)[1][0]["message"]


def test_without_evidence_only_the_file_is_judged(tmp_path: Path) -> None:
    assert linted(MAN, "--no-probe", cwd=tmp_path)[:2] == (0, [])
    (tmp_path / "x.2").write_bytes(b"\x7fELF\0")
    status, [item], _ = linted("x.2", "--no-probe", cwd=tmp_path)
    assert (status, item["rule"], item["path"], item["line"]) == (1, "page-unreadable", "x.2", 1)


def test_a_record_of_ones_own_is_believed(tmp_path: Path) -> None:
    digest = {"digest": next(c.digest for c in lab.conditions() if c.name == "fd.closed")}
    one = record(observation("fd.closed", "EBADF", plain=True, **digest))
    (tmp_path / "mine.json").write_text(evidence.text(one), encoding="utf-8")
    path = page(tmp_path, ".TP\n.B EIO\n")
    status, found, summary = linted(path, "--evidence", "mine.json", cwd=tmp_path)
    assert (status, [item["rule"] for item in found]) == (1, ["errno-not-named", "errno-never-seen"])
    assert "0 of 1 errnos verified" in summary
    status, found, _ = linted(path, "--evidence", "mine.json", "--require-verified", cwd=tmp_path)
    assert [item["severity"] for item in found] == ["warning", "error"]


def test_rules_can_be_chosen(tmp_path: Path) -> None:
    _, found, _ = linted(MAN, "--select", "errno-never-seen", cwd=tmp_path)
    assert {item["rule"] for item in found} == {"errno-never-seen"}
    assert linted(MAN, "--ignore", "manual", cwd=tmp_path)[:2] == (0, [])


@needs_namespaces
def test_a_live_run(tmp_path: Path) -> None:
    """The program as it would be with two conditions only."""
    few = (
        "from manproof import lab\nevery = lab.conditions\n"
        "lab.conditions = lambda *names: every(*names or ('connect/fd.closed', 'connect/fd.pipe'))\n"
        "from manproof.cli import main\nmain()"
    )
    path = page(tmp_path, ".TP\n.B EBADF\n.TP\n.B EIO\n")
    done = subprocess.run(
        [sys.executable, "-c", few, "lint", "--probe", "--min-verified", "2", str(path)],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "no entry names ENOTSOCK" in done.stdout and "EIO is documented, but none of 2" in done.stdout
    assert "1 of 2 errnos verified live on Linux" in done.stderr
    assert "are fewer than 2" in done.stderr
    assert not list(tmp_path.glob("build*"))


def manual(tmp_path: Path) -> Path:
    """A manual with a page of connect(2), a link to it, and one of another call."""
    folder = tmp_path / "man/man2"
    folder.mkdir(parents=True)
    (folder / "connect.2.gz").write_bytes(gzip.compress(MAN.read_bytes()))
    (folder / "join.2.gz").symlink_to("connect.2.gz")
    (folder / "ioctl.2").write_text(".TH ioctl 2\n.SH NAME\nioctl \\- x\n.SH ERRORS\n", encoding="utf-8")
    return folder


def test_paths_lead_from_the_folder_of_the_project() -> None:
    done = manproof(
        "lint", "--format", "text", "../../golden/by-hand/mdoc/connect.2", cwd=ROOT / "tests/golden/connect"
    )
    assert done.stdout.startswith("tests/golden/by-hand/mdoc/connect.2:11: ")
    assert done.stdout.count("    11 | .Sh ERRORS\n") == 1, "once for all findings at one line"


def test_a_folder_of_pages(tmp_path: Path) -> None:
    """A page and links to it are one; all calls without probes are one note."""
    folder = manual(tmp_path)
    _, found, _ = linted(folder, cwd=tmp_path)
    assert found[0]["rule"] == "no-probes" and found[0]["path"] == str(folder)
    assert found[0]["message"].startswith("no probes for the calls of 1 of the 2 pages here")
    _, alone, _ = linted(folder / "connect.2.gz", cwd=tmp_path)
    assert [item["message"] for item in found[1:]] == [item["message"] for item in alone]


def test_errors_of_the_page_beside_it(tmp_path: Path) -> None:
    """A page that refers to another one names what that one does; one that is not there is told."""
    folder = manual(tmp_path)
    for name, said in (
        ("connect", "As for\n.BR bind (2)\nand\n.BR gone (2).\n"),
        ("bind", ".TP\n.B EINVAL\n"),
    ):
        text = f".TH {name} 2\n.SH NAME\n{name} \\- x\n.SH ERRORS\n{said}"
        (folder / f"{name}.2.gz").write_bytes(gzip.compress(text.encode()))
    _, found, _ = linted(folder / "connect.2.gz", cwd=tmp_path)
    assert "EINVAL" not in {first(item["message"]) for item in found}
    assert "ENOENT" in {first(item["message"]) for item in found}
    [note] = [item["message"] for item in found if item["rule"] == "errors-elsewhere"]
    assert note == "the section of errors refers to gone(2), not found beside the page"


@pytest.mark.skipif(not shutil.which("man"), reason="MAN IS NOT INSTALLED")
@pytest.mark.parametrize("name", ["connect(2)", "connect.2"])
def test_a_page_is_found_as_man_finds_it(tmp_path: Path, name: str) -> None:
    folder = manual(tmp_path)
    _, found, _ = linted(name, cwd=tmp_path, MANPATH=str(folder.parent))
    assert {item["path"] for item in found} == {str(folder / "connect.2.gz")}


def test_a_page_is_found_without_man(tmp_path: Path) -> None:
    folder = manual(tmp_path)
    _, found, _ = linted("connect(2)", cwd=tmp_path, MANPATH=f":{folder.parent}", PATH=str(tmp_path))
    assert {item["path"] for item in found} == {str(folder / "connect.2.gz")}


@pytest.mark.parametrize(
    "name", ["nosuch(2)", "nosuch.2", "nosuch", "/nosuch/x.2.gz", "-(2)", "a b(2)", "\x1b[m"]
)
def test_what_is_not_there(tmp_path: Path, name: str) -> None:
    done = manproof("lint", "--", name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no page" in done.stderr and "name a file, or a page as connect(2)" in done.stderr
    assert len(done.stderr.splitlines()) == 1 and "\x1b" not in done.stderr


def test_a_project_keeps_its_own_pages(tmp_path: Path) -> None:
    """Where a project has a page of that name, that is meant; other pages may be named beside it."""
    done = manproof("lint", "connect(2)", "--no-probe", cwd=ROOT)
    assert "causes verified" in done.stderr and "errnos" not in done.stderr
    done = manproof("lint", "connect(2)", MAN, "--no-probe", cwd=ROOT)
    assert "causes and errnos verified" in done.stderr


@pytest.mark.parametrize("locale", ["", "ru/"])
def test_the_page_that_we_build_is_clean(tmp_path: Path, locale: str) -> None:
    """Our own page, as man(7) in either language, names all that was seen, and nothing else."""
    built = manproof("build", "connect", "--format", "man", "-o", tmp_path / "out", cwd=ROOT)
    assert built.returncode == 0, built.stderr
    status, found, summary = linted(tmp_path / f"out/man/linux/{locale}man2/connect.2", cwd=tmp_path)
    assert (status, found) == (0, [])
    assert f"; {len(shipped())} supported by the record" in summary
