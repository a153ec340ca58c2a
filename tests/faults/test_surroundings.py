"""A poor machine, next to no environment, traps among the files: the same pages, or a clear message."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import kill
from tests.faults.kill import tree
from tests.sample import PAGE, manproof, project, surroundings, write

OUTPUT = "man/sample/man2/sample.2"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture
def expected(root: Path) -> dict[str, bytes]:
    """The pages as they should be."""
    assert manproof(root, "build", "-o", str(root.parent / "expected")).returncode == 0
    return tree(root.parent / "expected")


LIMITS = {
    "memory": (resource.RLIMIT_AS, 200 << 20),
    "descriptors": (resource.RLIMIT_NOFILE, 24),
    "stack": (resource.RLIMIT_STACK, 512 << 10),
    "core files": (resource.RLIMIT_CORE, 0),
}


@pytest.mark.parametrize("name", LIMITS)
def test_low_limits(name: str, root: Path, expected: dict[str, bytes]) -> None:
    kind, value = LIMITS[name]
    done = manproof(root, "build", preexec_fn=lambda: resource.setrlimit(kind, (value, value)))
    assert done.returncode == 0, done.stderr
    assert tree(root / "build") == expected


@pytest.mark.parametrize("size", [4 << 10, 64 << 10])
def test_files_that_may_not_grow(size: int, root: Path) -> None:
    """Python ignores SIGXFSZ, so the write fails as on a full disk."""
    write(root / "source/sample/sample.2.yaml", PAGE.replace("Words.", "Words. " * 2_000))
    done = manproof(root, "build", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert done.returncode in (0, 2)
    assert (done.returncode == 2) == ("File too large" in done.stderr)
    assert not [name for name in tree(root / "build") if ".manproof-tmp" in name]


BARE = ["env", "-i", f"PATH={os.environ['PATH']}", f"PYTHONPATH={surroundings()['PYTHONPATH']}"]


@pytest.mark.parametrize("more", ["LC_ALL=C", "LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0", "TZ=Asia/Tokyo"])
def test_next_to_no_environment(more: str, root: Path, expected: dict[str, bytes]) -> None:
    done = manproof(root, "build", before=[*BARE, *more.split()])
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(root / "build") == expected


TRAPS: dict[str, Callable[[Path, Path], object]] = {
    "link to a file": Path.symlink_to,
    "link to nothing": lambda path, victim: path.symlink_to(victim.parent / "nothing"),
    "link to itself": lambda path, _: path.symlink_to(path),
    "link to a device": lambda path, _: path.symlink_to("/dev/null"),
    "hard link": Path.hardlink_to,
    "FIFO": lambda path, _: os.mkfifo(path),
}


@pytest.mark.parametrize("name", TRAPS)
def test_trap_in_place_of_an_output(name: str, root: Path, expected: dict[str, bytes]) -> None:
    """It is replaced; what it led to stays as it is."""
    victim, path = root / "victim", root / "build" / OUTPUT
    victim.write_bytes(b"precious")
    path.parent.mkdir(parents=True)
    TRAPS[name](path, victim)
    assert manproof(root, "build").returncode == 0
    assert tree(root / "build") == expected
    assert path.is_file() and not path.is_symlink()
    assert victim.read_bytes() == b"precious"
    assert not (root / "nothing").exists()


def test_folder_in_place_of_an_output(root: Path) -> None:
    (root / "build" / OUTPUT / "inside").mkdir(parents=True)
    done = manproof(root, "build")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "a folder is in its place; remove it" in done.stderr


SOURCES: dict[str, Callable[[Path], object]] = {
    "link out of the project": lambda path: path.symlink_to("/etc/passwd"),
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "FIFO": os.mkfifo,
    "folder": Path.mkdir,
    "link to itself": lambda path: path.symlink_to(path),
    "socket": lambda path: os.mknod(path, stat.S_IFSOCK | 0o600),
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "file",
    ["source/sample/a.c", "source/sample/sample.2.yaml", "source/sample/edition.yaml",
     "translations/ru/LC_MESSAGES/sample/sample.2.po"],
)  # fmt: skip
def test_trap_in_place_of_a_source(name: str, file: str, root: Path) -> None:
    """It is named, and neither read nor waited for."""
    write(root / "source/sample/sample.2.yaml", PAGE + "examples: [{id: a, file: a.c}]\n")
    write(root / "source/sample/a.c", "int a;\n")
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    SOURCES[name](path)
    done = manproof(root, "build", timeout=20)
    assert done.returncode in (1, 2)
    assert path.name in done.stderr
    assert not [data for data in tree(root / "build").values() if b"root:" in data]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_while_it_works(number: signal.Signals, root: Path) -> None:
    """The status tells the signal; nothing unfinished and no process is left."""
    for page in range(40):
        write(root / f"source/sample/page{page}.2.yaml", PAGE.replace("name: sample", f"name: page{page}"))
    started = subprocess.Popen(
        [sys.executable, "-m", "manproof", "build", "-j", "2"],
        cwd=root, env=surroundings(), text=True, stderr=subprocess.PIPE,
    )  # fmt: skip
    while started.poll() is None and not (root / "build/man/sample/man2").exists():
        time.sleep(0.005)
    started.send_signal(number)
    said = started.communicate(timeout=300)[1]
    assert "Traceback" not in said
    assert started.returncode in (128 + number, 0)
    assert not [name for name in tree(root / "build") if ".manproof-tmp" in name]


def test_two_builds_at_once(tmp_path: Path) -> None:
    """Thrice; `make faults` does it fifty times."""
    kill.at_once(tmp_path, 3)


@pytest.mark.parametrize("umask", [0o077, 0o000])
def test_mode_of_all_files(umask: int, root: Path) -> None:
    assert manproof(root, "build", umask=umask).returncode == 0
    modes = {path.stat().st_mode & 0o777 for path in (root / "build").rglob("*") if path.is_file()}
    assert modes == {0o666 & ~umask}


@pytest.mark.parametrize("command", [["rules", "--write"], ["i18n", "extract"], ["i18n", "init", "de"]])
def test_what_a_killed_run_has_left_is_removed(command: list[str], root: Path) -> None:
    for folder in ("docs", "translations"):
        write(root / folder / ".manproof-tmp-1-0", "half")
    assert manproof(root, *command).returncode == 0
    folder = "docs" if command[0] == "rules" else "translations"
    assert not [name for name in tree(root / folder) if ".manproof-tmp" in name]
