"""Forbid a system call with seccomp(2), as a container does, then run a program.

forbid.py unshare PROGRAM [ARGUMENT...]
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

NUMBERS = {
    "x86_64": {"unshare": 272, "connect": 42},
    "aarch64": {"unshare": 97, "connect": 203},
}[platform.machine()]
LIBC = ctypes.CDLL(None, use_errno=True)


def forbid(name: str, error: int) -> None:
    """From now on the call fails with ``error``, in this thread and in all that it starts."""
    rules = [
        (0x20, 0, 0, 0),  # load the number of the call
        (0x15, 0, 1, NUMBERS[name]),  # is it this one?
        (0x06, 0, 0, 0x00050000 | error),  # then SECCOMP_RET_ERRNO
        (0x06, 0, 0, 0x7FFF0000),  # else SECCOMP_RET_ALLOW
    ]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rules), ctypes.addressof(program)))
    if LIBC.prctl(38, 1, 0, 0, 0) or LIBC.prctl(22, 2, head, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    forbid(sys.argv[1], 1)
    os.execv(sys.argv[2], sys.argv[2:])
