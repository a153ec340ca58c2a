"""The Makefile and its tools: what they say, what they install, what they leave alone."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
TARGETS = re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)[0].split()
TARGETS.remove(".setup")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout without a program, whose pages are built."""
    folder = tmp_path / "project"
    for name in ("Makefile", "README.md", "LICENSE", "requirements.lock", "requirements-dev.lock"):
        copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "tools", folder / "tools")
    for page in ("man/linux/man2/connect.2", "man/linux/ru/man2/connect.2", "html/index.html"):
        write(folder / "build" / page, page)
    write(folder / "build/.gitignore", "*")
    return folder


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs make without what an outer make or a packager may have put into the environment."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), **environment}
    program = shutil.which("make") or "make"
    return subprocess.run(
        [program, *arguments], cwd=folder, env=clean, capture_output=True, text=True, check=False
    )


def done(folder: Path, *arguments: str, **environment: str) -> str:
    """The output of a make that must succeed."""
    run = make(folder, *arguments, **environment)
    assert run.returncode == 0, run.stderr
    return run.stdout


def files(folder: Path) -> set[str]:
    """What lies below a folder, without what was there from the beginning."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_help_lists_every_target(project: Path) -> None:
    listed = re.findall(r"^([a-z-]+) {2,}\S", done(project, "help"), re.MULTILINE)
    assert listed == TARGETS


def test_every_target_is_known_without_built_in_rules(project: Path) -> None:
    for target in TARGETS:
        assert done(project, "-R", "-n", "--warn-undefined-variables", target)


def test_docs_is_the_default(project: Path) -> None:
    assert done(project, "-n") == done(project, "-n", "docs")
    assert "manproof build" in done(project, "-n")


@pytest.mark.parametrize(
    ("goals", "level"),
    [
        (["docs"], "docs"),
        (["docs", "probe"], "probe"),
        (["docs", "probe", "lint"], "lint"),
        (["docs", "probe", "check"], "check"),
    ],
)
def test_one_setup_serves_all_goals(project: Path, goals: list[str], level: str) -> None:
    assert re.findall(r"tools/setup (\w+)", done(project, "-n", *goals)) == [level]


def test_another_program_needs_no_setup(project: Path) -> None:
    run = make(project, "-j2", "man", "html", "MANPROOF=echo", "SETUP=no")
    assert sorted(run.stdout.splitlines()) == ["build --format html", "build --format man"]
    assert not (project / ".venv").exists()


def test_commands_are_shown_on_request(project: Path) -> None:
    assert done(project, "docs", "MANPROOF=:") == ""
    assert done(project, "docs", "MANPROOF=:", "V=1") == ": build \n"


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("docs", ["python3", "venv", "requirements.lock"]),
        ("probe", ["python3", "ip", "nft"]),
        ("check", ["python3", "gcc", "mandoc", "msgfmt", "requirements-dev.lock", "html-validate"]),
    ],
)
def test_forbidden_setup_names_what_is_missing(
    project: Path, tmp_path: Path, target: str, names: list[str]
) -> None:
    before = files(project)
    run = make(project, target, PATH=str(tmp_path / "nothing"), SETUP="no")
    assert run.returncode == 2
    assert "SETUP=no, so nothing was installed" in run.stderr
    for name in names:
        assert re.search(rf"\b{re.escape(name)}\b", run.stderr), name
    assert "not found" not in run.stderr
    assert files(project) == before


def test_setup_of_a_user_names_the_command(project: Path, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    write(tools / "apt-get", "#!/bin/sh\necho called >&2\nexit 1\n")
    write(tools / "id", "#!/bin/sh\necho 1000\n")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    run = make(project, "docs", PATH=str(tools))
    assert run.returncode == 2
    assert "sudo apt-get install python3 python3-venv\n" in run.stderr
    assert "called" not in run.stderr


def test_old_python_is_refused(project: Path, tmp_path: Path) -> None:
    old = tmp_path / "bin/python3"
    write(old, "#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    run = make(project, "docs", PATH=str(old.parent), SETUP="no")
    assert run.returncode == 2
    assert "python3 means 3.11 or newer" in run.stderr


def test_setup_is_yes_or_no(project: Path) -> None:
    run = make(project, "docs", SETUP="0")
    assert run.returncode == 2
    assert "SETUP is yes or no, not 0" in run.stderr


def test_install_and_uninstall_leave_nothing(project: Path, tmp_path: Path) -> None:
    stage = tmp_path / "stage"
    for _ in range(2):
        done(project, "install", f"DESTDIR={stage}")
    share = stage / "usr/local/share"
    page = share / "manproof/man/linux/ru/man2/connect.2"
    assert page.read_text(encoding="utf-8") == "man/linux/ru/man2/connect.2"
    assert page.stat().st_mode & 0o777 == 0o644
    assert (share / "doc/manproof/html/index.html").exists()
    assert not files(share / "man")
    done(project, "uninstall", f"DESTDIR={stage}")
    assert not stage.exists()


def test_uninstall_leaves_what_others_wrote(project: Path, tmp_path: Path) -> None:
    (tmp_path / "usr/share").mkdir(parents=True)
    where = (f"DESTDIR={tmp_path}", "prefix=/usr")
    before = files(tmp_path)
    done(project, "install", *where)
    write(tmp_path / "usr/share/doc/other/README", "someone's own")
    done(project, "uninstall", *where)
    assert files(tmp_path) - before == {
        "usr/share/doc",
        "usr/share/doc/other",
        "usr/share/doc/other/README",
    }


def test_uninstall_knows_pages_that_are_built_no_more(project: Path, tmp_path: Path) -> None:
    done(project, "install", f"DESTDIR={tmp_path / 'stage'}")
    done(project, "clean")
    done(project, "uninstall", f"DESTDIR={tmp_path / 'stage'}")
    assert not (tmp_path / "stage").exists()


def test_install_writes_over_no_file_of_others(project: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "usr/share/man/linux/man2/connect.2"
    write(theirs, "theirs")
    before = files(tmp_path)
    where = (f"DESTDIR={tmp_path}", "prefix=/usr", "mandir=/usr/share/man")
    run = make(project, "install", *where)
    assert run.returncode == 2
    assert f"{theirs} is there and is not ours" in run.stderr
    assert files(tmp_path) == before
    assert theirs.read_text(encoding="utf-8") == "theirs"


def test_install_does_not_build(project: Path, tmp_path: Path) -> None:
    done(project, "clean")
    run = make(project, "install", f"DESTDIR={tmp_path / 'stage'}", "MANPROOF=echo")
    assert run.returncode == 2
    assert "there is no build/man; run make docs first" in run.stderr
    assert run.stdout == ""
    assert not (tmp_path / "stage").exists()


def test_nothing_to_uninstall_is_said(project: Path, tmp_path: Path) -> None:
    run = make(project, "uninstall", f"DESTDIR={tmp_path}")
    assert run.returncode == 2
    assert "say the same DESTDIR and prefix" in run.stderr


def test_installed_pages_go_to_absolute_places(project: Path) -> None:
    run = make(project, "install", "prefix=here")
    assert run.returncode == 2
    assert "must begin with a slash" in run.stderr


def test_clean_keeps_the_folder(project: Path) -> None:
    done(project, "clean")
    assert files(project / "build") == {".gitignore"}


def test_goals_that_change_the_tree_take_their_turn(project: Path) -> None:
    build = "mkdir -p build/man; sleep 0.2; echo new >build/man/page; :"
    done(project, "-j4", "clean", "docs", f"MANPROOF={build}")
    assert (project / "build/man/page").exists()


def test_scripts_are_clean() -> None:
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed")
    tools = (path for path in (ROOT / "tools").iterdir() if path.is_file())
    scripts = [str(path) for path in (*tools, ROOT / ".ci/run")]
    subprocess.run(["shellcheck", *scripts], check=True)
