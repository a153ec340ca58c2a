"""What can be told of the system that answered."""

from __future__ import annotations

import datetime
import os
import platform
from pathlib import Path

from manproof import __version__
from manproof.observation import System

_SECCOMP = {"0": "off", "1": "strict", "2": "filter"}
# Where a sandbox gives itself away: a file, and a word in it (or that it exists at all).
_MARKS = (
    ("gVisor", "/proc/version", "gVisor"),
    ("WSL", "/proc/version", "icrosoft"),
    ("Docker", "/.dockerenv", ""),
    ("Podman", "/run/.containerenv", ""),
    ("container", "/run/systemd/container", ""),
)


def _read(path: str) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None


def _status(field: str) -> str:
    for line in (_read("/proc/self/status") or "").splitlines():
        if line.startswith(f"{field}:"):
            return line.split()[1]
    return ""


def sandbox() -> str:
    """The containers, emulators and tracers that were recognised, by name."""
    found = [name for name, path, word in _MARKS if (text := _read(path)) is not None and word in text]
    if _status("TracerPid") not in ("", "0"):
        found.append("traced")
    return ", ".join(found)


def describe(*, plain: bool = False, restriction: str = "", remedy: str = "") -> System:
    """The system as it is now. ``SOURCE_DATE_EPOCH`` does not apply: the date is that of a fact."""
    libc = " ".join(part for part in platform.libc_ver() if part)
    return System(
        kernel=platform.release(),
        architecture=platform.machine(),
        libc=libc or "unknown",
        privileges="root" if os.geteuid() == 0 and not plain else "plain" if plain else "user",
        seccomp=_SECCOMP.get(_status("Seccomp"), "unknown"),
        sandbox=sandbox(),
        security=_read("/sys/kernel/security/lsm") or "",
        restriction=restriction,
        remedy=remedy,
        tool=__version__,
        date=datetime.datetime.now(datetime.UTC).date().isoformat(),
    )
