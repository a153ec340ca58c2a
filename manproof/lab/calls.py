"""System calls as they are, with nothing in between.

Python's own wrappers hide what is looked for: they repeat a call that a signal interrupted (PEP
475), make sockets nonblocking behind a timeout, and resolve names.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import platform

from manproof.lab.errors import Unsupported
from manproof.lab.spelled import Spelled

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

_IPPROTO_TCP, _TCP_INFO = 6, 11

# The number of connect(2), from each architecture's asm/unistd.h.
_CONNECT = {
    "x86_64": 42,
    "aarch64": 203,
    "riscv64": 203,
    "loongarch64": 203,
    "s390x": 362,
    "ppc64le": 328,
    "ppc64": 328,
    "i686": 362,
    "armv7l": 283,
}
# System calls without a function in the C library; one number on all architectures.
_NUMBERED = {
    "landlock_create_ruleset": 444,
    "landlock_add_rule": 445,
    "landlock_restrict_self": 446,
}


def connect_number() -> int:
    """The number of connect(2) here. Raises :class:`Unsupported` where it is not known."""
    machine = platform.machine()
    if machine not in _CONNECT:
        raise Unsupported(
            f"the number of connect() is not known for {machine}", "add it to manproof/lab/calls.py"
        )
    return _CONNECT[machine]


def perform(name: str, arguments: tuple[Spelled, ...]) -> tuple[int, int]:
    """Call ``name`` once: what it returned, and errno (0 if it did not fail).

    connect() goes through syscall(2); the others through the C library, whose wrappers are thin.
    """
    raw = [_native(argument.raw) for argument in arguments]
    ctypes.set_errno(0)
    if name == "connect":
        result = _libc.syscall(ctypes.c_long(connect_number()), *raw)
    elif name in _NUMBERED:
        result = _libc.syscall(ctypes.c_long(_NUMBERED[name]), *raw)
    else:
        result = getattr(_libc, name)(*raw)
    return result, ctypes.get_errno() if result < 0 else 0


def _native(value: object) -> object:
    return ctypes.c_long(value) if isinstance(value, int) else value


def getsockopt(sock: int, level: int, option: int, size: int) -> bytes:
    """An option of a socket, as bytes. For the lab's own looking; not recorded."""
    buffer, length = ctypes.create_string_buffer(size), ctypes.c_int(size)
    if _libc.getsockopt(int(sock), int(level), int(option), buffer, ctypes.byref(length)) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return buffer.raw[: length.value]


def getsockname(sock: int) -> bytes:
    """The socket's own address, as bytes."""
    buffer, length = ctypes.create_string_buffer(128), ctypes.c_int(128)
    if _libc.getsockname(int(sock), buffer, ctypes.byref(length)) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return buffer.raw[: length.value]


def tcp_state(sock: int) -> int:
    """The state of a TCP socket (tcpi_state, the first byte of struct tcp_info)."""
    return getsockopt(sock, _IPPROTO_TCP, _TCP_INFO, 8)[0]


def tcp_repeats(sock: int) -> int:
    """How often TCP has repeated what waits for an answer (tcpi_retransmits, the third byte)."""
    return getsockopt(sock, _IPPROTO_TCP, _TCP_INFO, 8)[2]


def map_pages(size: int) -> int:
    """The address of new private memory of that size."""
    _libc.mmap.restype = ctypes.c_void_p
    place: int = _libc.mmap(None, ctypes.c_size_t(size), 3, 0x22, -1, ctypes.c_long(0))
    return place


def protect(place: int, rights: int) -> None:
    """Leave a page with these rights: 0 for none, 1 to be read."""
    _libc.mprotect(ctypes.c_void_p(place), ctypes.c_size_t(mmap.PAGESIZE), rights)
