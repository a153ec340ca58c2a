"""What the system that the program runs on has: errnos, manual pages, programs."""

from __future__ import annotations

import ctypes
import errno
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_MANUALS = ("/usr/share/man", "/usr/local/share/man")
_LARGEST = 4095
"""The largest errno that a system call of Linux can return (linux/err.h, MAX_ERRNO)."""


@cache
def errnos() -> frozenset[str]:
    """The names of errnos: those that Python knows, and those of glibc (strerrorname_np, since 2.32)."""
    known = {name for name in vars(errno) if name.startswith("E")}
    name_of = getattr(ctypes.CDLL(None), "strerrorname_np", None)
    if name_of is not None:
        name_of.restype = ctypes.c_char_p
        known |= {name.decode() for number in range(1, _LARGEST + 1) if (name := name_of(number))}
    return frozenset(known)


@cache
def constants() -> frozenset[str]:
    """The constants of C that Python knows of this system: of sockets, files, signals and waiting."""
    modules = (
        import_module(name) for name in ("fcntl", "os", "select", "signal", "socket", "stat", "termios")
    )
    return frozenset(name for module in modules for name in vars(module) if name.isupper() and "_" in name)


@cache
def manual(section: str) -> frozenset[str]:
    """The names of the installed pages of a section such as ``2``, in English; none where there are none."""
    folders = (Path(root) / f"man{section[:1]}" for root in _MANUALS)
    return frozenset(
        path.name.removesuffix(path.suffix if path.suffix in _PACKED else "").rpartition(".")[0]
        for folder in folders
        for path in folder.glob("*")
    )


@cache
def functions() -> frozenset[str]:
    """The names of the installed pages on system calls and functions of the library, in English."""
    return manual("2") | manual("3")


_PACKED = (".gz", ".bz2", ".xz", ".zst", ".lz")


@cache
def program(name: str) -> str | None:
    """The path of a program, if it is installed."""
    return shutil.which(name)


def has(name: str) -> bool:
    """Whether a program, or a Python package of that name, is installed; codespell is the package."""
    return find_spec("codespell_lib") is not None if name == "codespell" else program(name) is not None


def runs(platform: str) -> bool:
    """Whether this system is of a platform, such as ``linux``."""
    return sys.platform.startswith(platform)


@lru_cache(maxsize=64)  # pages name the same folders
def sysctls(folder: Path) -> frozenset[str]:
    """The paths of what lies in a folder below /proc/sys; none of any other folder."""
    if ".." in folder.parts or not folder.is_relative_to("/proc/sys"):
        return frozenset()
    try:
        return frozenset(map(str, folder.iterdir()))
    except OSError:
        return frozenset()


class Answer(NamedTuple):
    """What a program said on both its outputs, errors first, and its exit status."""

    text: str
    status: int


_SECONDS = 20
_LIMITS = f"ulimit -v {512 << 10}; ulimit -t {_SECONDS}"
_LIMITED = ("sh", "-c", f'{{ {_LIMITS}; }} 2>/dev/null; exec "$@"', "sh")
"""Runs a command in 512 MiB: texts of strangers reach compilers and formatters."""


def ask(command: Sequence[str], text: str) -> Answer:
    """What a program answers to a text, if it needs no more than 20 seconds and 512 MiB.

    Raises OSError or subprocess.TimeoutExpired.
    """
    surroundings = {"PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    done = subprocess.run(
        [*_LIMITED, *command],
        input=text.encode(),
        capture_output=True,
        timeout=_SECONDS,
        env=surroundings,
        check=False,
    )
    return Answer((done.stderr + done.stdout).decode(errors="replace"), done.returncode)
