"""The programs of the pages: they compile without a warning and do what the pages say."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sample import ROOT

LINUX = ROOT / "source/linux/connect-nonblocking.c"
ILLUMOS = ROOT / "source/illumos/connect-event-port.c"
SOURCES = sorted(ROOT.glob("source/*/*.c"))
FLAGS = ("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror")
STAND_INS = {"illumos": ("-I", "tests/illumos")}
"""Headers that other systems have, and this one has not."""
COMPILERS = [name for name in ("gcc", "clang", "cc") if shutil.which(name)]
Program = Callable[..., subprocess.CompletedProcess[str]]


def compiled(source: Path, *arguments: str | Path) -> None:
    if not COMPILERS:
        pytest.skip("there is no C compiler: the example programs were not verified")
    options = [*FLAGS, *STAND_INS.get(source.parent.name, ()), *arguments]
    done = subprocess.run(
        [COMPILERS[0], *options, source], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_syntax(source: Path) -> None:
    compiled(source, "-fsyntax-only")


@pytest.fixture(scope="module", params=[LINUX, ILLUMOS], ids=["linux", "illumos"])
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A program of ours; that of illumos runs on the stand-in of its event ports."""
    out = tmp_path_factory.mktemp("example") / "connect"
    compiled(request.param, "-o", out)

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([out, *arguments], capture_output=True, text=True, check=False, timeout=30)

    return run


@contextmanager
def listener(backlog: int = 1, address: str = "127.0.0.1") -> Iterator[tuple[socket.socket, str]]:
    """A socket that listens on a free port of the loopback interface, and the port."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as found:
        found.bind((address, 0))
        found.listen(backlog)
        yield found, str(found.getsockname()[1])


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_listener(address: str, program: Program) -> None:
    try:
        with listener(address=address) as (_, port):
            done = program(address, port)
    except OSError as problem:
        pytest.skip(f"the loopback interface has no {address} ({problem}): nothing was verified with it")
    assert (done.returncode, done.stdout, done.stderr) == (0, "connected\n", "")


def test_closed_port(program: Program) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # nobody else gets the port, and nobody listens at it
        done = program("127.0.0.1", str(bound.getsockname()[1]))
    assert done.returncode == 1
    assert "Connection refused" in done.stderr


@pytest.mark.parametrize("program", [LINUX], ids=["linux"], indirect=True)
def test_silent_peer(program: Program) -> None:
    """The queue of a listener that accepts nobody is full, so no answer comes within the limit of 5 s."""
    with listener(backlog=0) as (_, port):
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", int(port)))
        done = program("127.0.0.1", port)
        for one in waiting:
            one.close()
    assert done.returncode == 1
    assert "timed out" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["127.0.0.1"], ["127.0.0.1", "no-such-service"]])
def test_mistakes(program: Program, arguments: list[str]) -> None:
    done = program(*arguments)
    assert done.returncode == 1
    assert done.stderr


@pytest.mark.parametrize("program", [ILLUMOS], ids=["illumos"], indirect=True)
@pytest.mark.parametrize(
    "arguments",
    [["nowhere", "1"], ["127.0.0.1", "0"], ["::1", "65536"], ["::1", "80x"], ["::1", ""], ["1", "9" * 40]],
)
def test_addresses_and_ports(program: Program, arguments: list[str]) -> None:
    done = program(*arguments)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_lines_fit_into_the_page(source: Path) -> None:
    """Code is set in by 11 columns, and a terminal has 80."""
    assert all(len(line.expandtabs()) <= 69 for line in source.read_text(encoding="utf-8").splitlines())
