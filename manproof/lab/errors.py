"""How a probe ends without an answer, and what errno numbers are called."""

from __future__ import annotations

import errno
import os

# Two names, one number: the canonical one is what the kernel's own sources use.
_ALIASES = {"EWOULDBLOCK": "EAGAIN", "ENOTSUP": "EOPNOTSUPP", "EDEADLOCK": "EDEADLK"}

# Numbers that include/linux/errno.h keeps inside the kernel, but that escape now and then.
_INTERNAL = {
    512: "ERESTARTSYS",
    513: "ERESTARTNOINTR",
    514: "ERESTARTNOHAND",
    515: "ENOIOCTLCMD",
    517: "EPROBE_DEFER",
    524: "ENOTSUPP",
}

_NAMES = {number: _ALIASES.get(name, name) for number, name in errno.errorcode.items()} | _INTERNAL


class Unsupported(Exception):  # noqa: N818 (named as the status it leads to)
    """What the probe needs cannot be had here. ``remedy`` tells how it could be."""

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


class Broken(Exception):  # noqa: N818 (named as the status it leads to)
    """The set-up or the control went wrong, so the answer would mean nothing."""

    @property
    def reason(self) -> str:
        return str(self)


# What a machine, or a limit of the caller, may have too little of; none of it says anything of a probe.
_SHORT = {
    "EAGAIN": "allow more processes and threads: ulimit -u",
    "EMFILE": "allow more descriptors: ulimit -n",
    "ENFILE": "allow more open files: sysctl fs.file-max",
    "ENOMEM": "give it more memory",
    "ENOBUFS": "give it more memory",
    "ENOSPC": "make room in the folder for temporary files, or name another one: TMPDIR",
    "EDQUOT": "make room in the folder for temporary files, or name another one: TMPDIR",
    "EROFS": "name a folder for temporary files that can be written: TMPDIR",
}


def shortage(name: str) -> str:
    """What to do if an errno says that something has run out; nothing if it says something else."""
    return _SHORT.get(name, "")


def lack(failure: OSError) -> Unsupported | None:
    """What is said of an error of the system that is none of the probe: too little of it, or no /proc."""
    name = errno_name(failure.errno or 0)
    remedy = shortage(name)
    if not remedy and str(failure.filename).startswith("/proc/"):
        remedy = "mount proc, and do not hide it: it tells the state of processes and of the network"
        return Unsupported(f"{failure.filename}: {failure.strerror} ({name})", remedy)
    return Unsupported(f"{failure.strerror} ({name})", remedy) if remedy else None


def errno_name(number: int) -> str:
    """The canonical name of an errno: EAGAIN, EOPNOTSUPP; the digits if it has none."""
    return _NAMES.get(number, str(number))


def errno_text(name: str) -> str:
    """What strerror(3) says of an errno's canonical name, as strace prints it; nothing of a foreign one."""
    return next((os.strerror(number) for number, known in _NAMES.items() if known == name), "")


def errno_number(name: str) -> int:
    """The number of an errno's canonical name."""
    return next(number for number, known in _NAMES.items() if known == name)
