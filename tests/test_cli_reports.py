"""``manproof lint --format`` and ``-o`` as a user and a job see them."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import pty
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from manproof.cli.reports import _lines
from manproof.report import FORMATS
from tests.report.runs import junit, sarif
from tests.sample import PAGE, ROOT, manproof, project, surroundings, write

WRONG = PAGE + "sumary: ещё раз\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    found = project(tmp_path / "project")
    write(found / "source/sample/sample.2.yaml", WRONG)
    return found


def test_a_format_changes_neither_the_exit_status_nor_the_summary(root: Path) -> None:
    for folder, status in ((root, 1), (ROOT, 0)):
        runs = [manproof(folder, "lint", "--format", form) for form in FORMATS]
        assert {run.returncode for run in runs} == {status}
        (told,) = {run.stderr for run in runs}
        assert re.fullmatch(
            r"manproof: 0 of \d+ causes verified live.*\n", told.splitlines(keepends=True)[-1]
        )


def test_text_shows_the_line(root: Path) -> None:
    assert manproof(root, "lint").stdout.split("\n")[1:] == ["     7 | sumary: ещё раз", "       | ^", ""]
    below = manproof(root / "source/sample", "lint", "sample.2.yaml")
    assert below.stdout == manproof(root, "lint").stdout


def test_the_readme_shows_a_real_excerpt(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "source", tmp_path / "source")
    page = tmp_path / "source/linux/connect.2.yaml"
    right, wrong = "unix.dgram-reconnect: success", "unix.dgram-reconnect: EISCONN"
    write(page, page.read_text("utf-8").replace(right, wrong))
    readme = (ROOT / "README.md").read_text("utf-8")
    (excerpt,) = (block for block in re.findall(r"```text\n(.*?)```", readme, re.DOTALL) if wrong in block)
    run = manproof(tmp_path, "lint")
    assert run.returncode == 1
    assert excerpt in run.stdout, "what README.md shows is not what is printed"


def test_several_reports_of_one_run(root: Path) -> None:
    outputs = [f"{form}=out/report.{form}" for form in FORMATS]
    options = [word for output in outputs for word in ("-o", output)]
    run = manproof(root, "lint", "--format", "concise", *options)
    assert run.returncode == 1
    for form in FORMATS:
        written = (root / f"out/report.{form}").read_text("utf-8")
        assert written == manproof(root, "lint", "--format", form).stdout
    first = sarif((root / "out/report.sarif").read_text("utf-8"))["results"][0]
    assert first["ruleId"] == "unknown-key"
    assert len(junit((root / "out/report.junit").read_text("utf-8"))) == 2


def test_rules_are_declared(root: Path) -> None:
    run = sarif(manproof(root, "lint", "--format", "sarif").stdout)
    assert "errno-contradicted" in {rule["id"] for rule in run["tool"]["driver"]["rules"]}


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("report.sarif", "-o is “report.sarif”; write FORMAT=FILE, with one of text, concise"),
        ("pdf=x", "-o is “pdf=x”; write FORMAT=FILE"),
        ("sarif=", "-o is “sarif=”; write FORMAT=FILE"),
        ("sarif=source", "-o sarif=source: that is a folder; name a file in it"),
        ("sarif=source/sample/sample.2.yaml/x", "cannot write source/sample/sample.2.yaml"),
        ("pdf\n\x1b[0m=x", r"-o is “pdf\n\x1b[0m=x”"),
    ],
)
def test_mistakes(output: str, message: str, root: Path) -> None:
    run = manproof(root, "lint", "-o", output)
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr


def test_two_reports_in_one_file(root: Path) -> None:
    run = manproof(root, "lint", "-o", "sarif=x", "-o", "junit=x")
    assert (run.returncode, run.stdout) == (2, "")
    assert "-o names x twice" in run.stderr


def test_a_device_stays_a_device(root: Path) -> None:
    node = root / "full"
    os.mkfifo(node)
    reader = os.open(node, os.O_RDONLY | os.O_NONBLOCK)
    assert manproof(root, "lint", "-o", f"json={node}").returncode == 1
    assert json.loads(os.read(reader, 1 << 16))[0]["rule"] == "unknown-key"
    os.close(reader)
    assert stat.S_ISFIFO(node.stat().st_mode)


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_no_success(form: str, root: Path) -> None:
    write(root / "source/sample/sample.2.yaml", PAGE + "library:\n  - text: a\n  - text: b_.\n")
    with Path("/dev/full").open("w") as full:
        run = manproof(root, "lint", "--format", form, stdout=full)
    assert run.returncode == 2
    assert "No space left on device" in run.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_a_terminal_without_unicode(form: str, root: Path) -> None:
    strict = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    run = manproof(root, "lint", "--format", form, environment=strict)
    assert run.returncode == 1
    if form in ("text", "concise"):
        assert run.stdout.isascii()
    else:
        assert run.stdout == manproof(root, "lint", "--format", form).stdout


def test_a_reader_that_goes_away(root: Path) -> None:
    lint = f'"{sys.executable}" -m manproof lint --format json'
    command = f'{lint} 2>&1 | head -c 1 >/dev/null; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(
        ["bash", "-c", command], cwd=root, env=surroundings(), capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() in ("1", "141")  # it may have ended before
    assert not done.stderr


TERMINALS = {
    "a terminal": ({}, True),
    "NO_COLOR": ({"NO_COLOR": "1"}, False),
    "both": ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    "a simple terminal": ({"TERM": "dumb"}, False),
    "CI": ({"CI": "true"}, False),
    "CI that is forced": ({"CI": "true", "FORCE_COLOR": "1"}, True),
}


@pytest.mark.parametrize("name", TERMINALS)
def test_colour_on_a_terminal(name: str, root: Path) -> None:
    environment, wanted = TERMINALS[name]
    ours, theirs = pty.openpty()
    run = manproof(root, "lint", stdout=theirs, environment={"TERM": "xterm", **environment})
    os.close(theirs)
    told = os.read(ours, 1 << 16)
    os.close(ours)
    assert run.returncode == 1 and b"unknown-key" in told
    assert (b"\x1b[" in told) is wanted


def test_colour_elsewhere(root: Path) -> None:
    assert "\x1b" not in manproof(root, "lint").stdout
    forced = {"FORCE_COLOR": "1"}
    assert "\x1b[31m" in manproof(root, "lint", environment=forced).stdout
    manproof(root, "lint", "-o", "text=report", environment=forced)
    assert "\x1b" not in (root / "report").read_text("utf-8")
    assert "\x1b" not in manproof(root, "lint", "--format", "json", environment=forced).stdout


def test_summary_of_a_step_is_added_to_what_is_there(root: Path) -> None:
    summary = root / "summary.md"
    summary.write_text("# Before\n", "utf-8")
    step = {"GITHUB_STEP_SUMMARY": str(summary)}
    manproof(root, "lint", environment=step)
    assert summary.read_text("utf-8") == "# Before\n"
    manproof(root, "lint", "--format", "github", environment=step)
    assert summary.read_text("utf-8").startswith("# Before\n<h3>manproof</h3>\n<p>0 of 0 causes")
    run = manproof(
        root, "lint", "--format", "github", environment={"GITHUB_STEP_SUMMARY": str(root / "no/x")}
    )
    assert run.returncode == 1
    assert "no summary was added to" in run.stderr and "::error file=" in run.stdout


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".2": bytes, ".2.gz": gzip.compress, ".2.bz2": bz2.compress, ".2.xz": lzma.compress,
}  # fmt: skip


@pytest.mark.parametrize("suffix", PACKERS)
def test_lines_of_a_page_are_found_in_any_wrapping(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"connect{suffix}"
    path.write_bytes(PACKERS[suffix](".TH connect 2\r\n.SH ИМЯ\f\u2028\n\xff".encode()))
    assert _lines(path) == [".TH connect 2", ".SH ИМЯ\f\u2028", "ÿ"]
    path.write_bytes(PACKERS[suffix](b"a\n\xff"))
    assert _lines(path) == ["a", "\ufffd"]
    if suffix != ".2":
        path.write_bytes(PACKERS[suffix](b"a\n" * 99)[:20])
        assert _lines(path) == ()
        path.write_bytes(PACKERS[suffix](b"x" * 99_999)[:-9])
        assert _lines(path) == ()


def test_what_cannot_be_read_has_no_lines(tmp_path: Path) -> None:
    assert _lines(tmp_path) == _lines(tmp_path / "gone") == _lines(Path("/dev/zero")) == ()
