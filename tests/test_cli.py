"""The command line: what scripts rely on, and that no mistake of a user ends in a traceback."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from manproof import __version__
from tests.sample import EDITION, PAGE, ROOT, manproof, project, surroundings, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    found = project(tmp_path / "project")
    write(found / "translations/ru/LC_MESSAGES/manproof.po", PO)
    return found


PO = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'

MISTAKES: dict[str, tuple[list[str], str]] = {
    "unknown page": (["build", "nothing"], "there is no page “nothing”; known are sample/sample.2"),
    "page with a slash": (["build", "../../etc/passwd"], "there is no page “../../etc/passwd”"),
    "page with a newline": (["build", "a\nb"], r"there is no page “a\nb”"),
    "page with an escape": (["build", "\x1b[31m"], r"there is no page “\x1b[31m”"),
    "page of 5,000 letters": (["build", "a" * 5_000], "there is no page “aaa"),
    "empty page": (["build", ""], "there is no page “”"),
    "page that is no text": (["build", "\udcff"], "there is no page “"),
    "unknown edition": (["build", "--edition", "hurd"], "there is no edition “hurd”; known are sample"),
    "edition with dots": (["build", "--edition", ".."], "there is no edition “..”"),
    "unknown locale": (["build", "--locale", "de"], "there is no locale de; known are en, ru"),
    "locale with a slash": (["build", "--locale", "../x"], "“../x” is no locale; write one such as ru"),
    "locale with a newline": (["build", "--locale", "ru\n"], r"“ru\n” is no locale"),
    "empty locale": (["build", "--locale", ""], "“” is no locale"),
    "locale C": (["build", "--locale", "C"], "“C” is no locale"),
    "locale of 300 letters": (["build", "--locale", "a" * 300], "is no locale"),
    "unknown format": (["build", "--format", "pdf"], "'pdf' is not one of"),
    "no number": (["build", "-j", "many"], "'many' is not a valid integer"),
    "no process": (["build", "-j", "0"], "0 is not in the range"),
    "unknown option": (["build", "--fast"], "--fast"),
    "unknown command": (["built"], "No such command 'built'"),
    "output that is a file": (["build", "-o", "source/sample/edition.yaml"], "cannot write"),
    "output under a file": (["build", "-o", "source/sample/edition.yaml/x"], "cannot write"),
    "page to read": (["man", "nothing"], "there is no page “nothing”"),
    "language to read": (
        ["man", "sample", "--locale", "ru"],
        "sample/sample.2 has no translation to ru; add it with",
    ),
    "nothing to read": (["man"], "Missing argument"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_of_the_user(name: str, root: Path) -> None:
    arguments, message = MISTAKES[name]
    done = manproof(root, *arguments)
    assert done.returncode == 2
    assert not done.stdout
    assert message in done.stderr
    assert done.stderr.strip("\n").replace("\n", "").isprintable()
    assert not (root / "build/man").exists()


def test_output_folder_that_is_no_text(root: Path) -> None:
    done = manproof(root, "build", "--format", "man", "-o", os.fsdecode(b"out\xff"))
    assert done.returncode == 0, done.stderr
    assert (root / os.fsdecode(b"out\xff") / "man/sample/man2/sample.2").exists()


def test_dangling_link_as_output(root: Path) -> None:
    (root / "build").symlink_to(root / "nowhere")
    done = manproof(root, "build")
    assert done.returncode == 2
    assert f"cannot write {root}/build" in done.stderr


def test_where_there_is_no_project(tmp_path: Path) -> None:
    done = manproof(tmp_path, "build")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "manproof: error: there is no folder source/ here or above; "
        "begin with source/<edition>/edition.yaml\n"
    )


@pytest.mark.parametrize("there", ["nothing", "an edition"])
def test_project_that_is_just_begun(there: str, root: Path) -> None:
    (root / "source/sample/sample.2.yaml").unlink()
    if there == "nothing":
        (root / "source/sample/edition.yaml").unlink()
    done = manproof(root, "build")
    assert done.returncode == 2
    assert "source/<edition>/" in done.stderr


def test_folder_that_is_gone(root: Path) -> None:
    (root / "here").mkdir()
    script = f'cd here && rmdir "$PWD" && "{sys.executable}" -m manproof build'
    done = subprocess.run(
        ["sh", "-c", script], cwd=root, env=surroundings(), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "the working folder is gone; change to another one" in done.stderr
    assert done.returncode == 2


def test_findings_are_one_a_line_and_fail(root: Path) -> None:
    write(root / "source/sample/sample.2.yaml", PAGE.replace("Words.", "A b_.") + "sumary: x\nbugs: []\n")
    done = manproof(root, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "source/sample/sample.2.yaml:7:1", "source/sample/sample.2.yaml:8:7",
    ]  # fmt: skip
    assert done.stderr.splitlines()[0].endswith("did you mean summary? [unknown-key]")


@pytest.mark.parametrize("below", [".", "source", "source/sample"])
def test_project_is_found_from_below(below: str, root: Path) -> None:
    assert manproof(root / below, "build", "--format", "man").returncode == 0
    assert (root / "build/man/sample/man2/sample.2").exists()


@pytest.mark.parametrize("page", ["sample", "sample.2", "sample(2)", "sample/sample", "sample/sample.2"])
def test_names_of_a_page(page: str, root: Path) -> None:
    assert manproof(root, "build", page, "--format", "man").returncode == 0


@pytest.mark.parametrize("fds", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_files(fds: str, root: Path) -> None:
    """No output is written over by messages that go to a reused descriptor."""
    reference = root.parent / "reference"
    manproof(root, "build", "-o", str(reference))
    write(root / "source/sample/broken.2.yaml", "x")
    script = f'"{sys.executable}" -m manproof build {fds}'
    done = subprocess.run(
        ["sh", "-c", script], cwd=root, env=surroundings(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for path in ("man/sample/man2/sample.2", "html/sample/sample.2.en.html"):
        assert (root / "build" / path).read_bytes() == (reference / path).read_bytes()


def test_messages_in_the_c_locale(root: Path) -> None:
    strict = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = manproof(root, "build", "имя", environment=strict)
    assert done.returncode == 2
    assert "there is no page" in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["man", "-h"], ["--version"]])
def test_help(arguments: list[str], root: Path) -> None:
    done = manproof(root.parent, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(("Usage: ", "manproof")) and all(
        len(line) < 90 for line in done.stdout.split("\n")
    )


def test_version() -> None:
    assert __version__ in manproof(ROOT, "--version").stdout


def test_without_a_command_help_is_shown(root: Path) -> None:
    done = manproof(root)
    assert done.returncode == 2
    assert "Usage: " in done.stdout + done.stderr


HEAVY = ("docutils", "jinja2", "babel", "yaml", "rich", "pygments")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["build", "--locale", "../x"]])
def test_answers_come_without_heavy_modules(arguments: list[str], root: Path) -> None:
    script = (
        "import sys\nfrom manproof.cli import main\n"
        f"sys.argv[1:] = {arguments!r}\ntry:\n    main()\n"
        f"finally:\n    print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "HEAVY []" in done.stdout


def test_nothing_to_do_needs_no_heavy_modules(root: Path) -> None:
    manproof(root, "build")
    done = manproof(root, "build", environment={"PYTHONPROFILEIMPORTTIME": "1"})
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "manproof" in imported
    assert not imported & set(HEAVY)


def test_reader_that_goes_away(root: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m manproof build --help | head -c 1; true'],
        cwd=root, env=surroundings(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "U"
    assert not done.stderr


def test_full_standard_output(root: Path) -> None:
    """What nobody got is no success."""
    with Path("/dev/full").open("w") as full:
        done = manproof(root, "--help", stdout=full)
    assert done.returncode != 0
    assert "No space left on device" in done.stderr


def test_progress_is_for_terminals(root: Path) -> None:
    for number in range(12):
        write(root / f"source/sample/p{number}.2.yaml", PAGE.replace("name: sample", f"name: p{number}"))
    assert not manproof(root, "build", "--format", "man").stderr
    shutil.rmtree(root / "build")
    ours, theirs = pty.openpty()
    done = manproof(root, "build", "--format", "man", stderr=theirs, environment={"TERM": "xterm"})
    os.close(theirs)
    assert done.returncode == 0
    assert b"building" in os.read(ours, 4096)
    os.close(ours)


def test_man_shows_the_page_as_it_stands(root: Path) -> None:
    if shutil.which("man") is None:
        pytest.skip("man is not installed: reading a page was not tried")
    write(root / "source/sample/sample.2.yaml", PAGE.replace("Words.", "Other words."))
    done = manproof(root, "man", "sample", environment={"GROFF_NO_SGR": "1", "MANPAGER": "cat"})
    assert done.returncode == 0, done.stderr
    assert "Other words." in re.sub(".\x08", "", done.stdout)


def test_man_reads_the_edition_of_this_system(root: Path) -> None:
    """And another one where that has no such page, or where it was asked for."""
    if shutil.which("man") is None:
        pytest.skip("man is not installed: reading a page was not tried")
    write(root / "source/another/edition.yaml", EDITION.replace("status: current", "status: foreign"))
    for name in ("sample", "lone"):
        text = PAGE.replace("name: sample", f"name: {name}").replace("Words.", "Foreign words.")
        write(root / f"source/another/{name}.2.yaml", text)
    plain = {"GROFF_NO_SGR": "1", "MANPAGER": "cat"}
    arguments = {("sample",): False, ("lone",): True, ("sample", "--edition", "another"): True}
    for wanted, is_foreign in arguments.items():
        done = manproof(root, "man", *wanted, environment=plain)
        assert ("Foreign words." in re.sub(".\x08", "", done.stdout)) is is_foreign


def test_man_that_is_not_there(root: Path) -> None:
    done = manproof(root, "man", "sample", environment={"PATH": "/nowhere"})
    assert done.returncode == 2
    assert "there is no man(1) here; the page is" in done.stderr


def test_man_of_a_page_with_errors(root: Path) -> None:
    write(root / "source/sample/sample.2.yaml", PAGE + "sumary: x\n")
    done = manproof(root, "man", "sample")
    assert (done.returncode, done.stdout) == (1, "")
