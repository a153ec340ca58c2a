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


def errno_name(number: int) -> str:
    """The canonical name of an errno: EAGAIN, EOPNOTSUPP; the digits if it has none."""
    return _NAMES.get(number, str(number))


def errno_text(number: int) -> str:
    """What strerror(3) says, as strace prints it."""
    return os.strerror(number)


def errno_number(name: str) -> int:
    """The number of an errno's canonical name."""
    return next(number for number, known in _NAMES.items() if known == name)
