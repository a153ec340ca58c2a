"""The program of the page: it compiles without a warning and does what the page says."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sample import ROOT

SOURCE = ROOT / "source/linux/connect-nonblocking.c"
FLAGS = ("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror")
COMPILERS = [name for name in ("gcc", "clang", "cc") if shutil.which(name)]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not COMPILERS:
        pytest.skip("there is no C compiler: the example program was not verified")
    out = tmp_path_factory.mktemp("example") / "connect"
    subprocess.run([COMPILERS[0], *FLAGS, "-o", out, SOURCE], check=True)
    return out


def run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False, timeout=30)


@contextmanager
def listener(backlog: int = 1) -> Iterator[tuple[socket.socket, str]]:
    """A socket that listens on a free port of the loopback interface, and the port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        found.listen(backlog)
        yield found, str(found.getsockname()[1])


def test_listener(program: Path) -> None:
    with listener() as (_, port):
        done = run(program, "127.0.0.1", port)
    assert (done.returncode, done.stdout, done.stderr) == (0, "connected\n", "")


def test_closed_port(program: Path) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # nobody else gets the port, and nobody listens at it
        done = run(program, "127.0.0.1", str(bound.getsockname()[1]))
    assert done.returncode == 1
    assert "Connection refused" in done.stderr


def test_silent_peer(program: Path) -> None:
    """The queue of a listener that accepts nobody is full, so no answer comes within the limit of 5 s."""
    with listener(backlog=0) as (_, port):
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", int(port)))
        done = run(program, "127.0.0.1", port)
        for one in waiting:
            one.close()
    assert done.returncode == 1
    assert "timed out" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["127.0.0.1"], ["127.0.0.1", "no-such-service"]])
def test_mistakes(program: Path, arguments: list[str]) -> None:
    done = run(program, *arguments)
    assert done.returncode == 1
    assert done.stderr


def test_lines_fit_into_the_page() -> None:
    """Code is set in by 11 columns, and a terminal has 80."""
    assert all(len(line.expandtabs()) <= 69 for line in SOURCE.read_text(encoding="utf-8").splitlines())
