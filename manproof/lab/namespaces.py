"""Fresh namespaces for one condition, and what it means when they are refused."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
from pathlib import Path

from manproof.lab.errors import Unsupported, errno_name

_libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = (
    0x00020000,
    0x10000000,
    0x20000000,
    0x40000000,
)
_ALL = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID
_MS_REC, _MS_PRIVATE = 0x4000, 0x40000
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
# A directory that exists everywhere and that nothing in a probe needs; the private mount hides it.
_PLACES = ("/mnt", "/media", "/srv", "/opt")

# unshare(2) refuses in many voices; each wants another remedy.
REMEDIES = {
    "EPERM": "a container's seccomp profile or a sysctl forbids it: run with "
    "--security-opt seccomp=unconfined, or set kernel.unprivileged_userns_clone=1",
    "ENOSYS": "the system call is missing or hidden by a sandbox: run outside of it",
    "ENOSPC": "a limit is reached: raise user.max_user_namespaces and user.max_net_namespaces",
    "EUSERS": "a limit on the nesting of namespaces is reached: raise user.max_user_namespaces",
    "EINVAL": "the kernel has no user or network namespaces (CONFIG_USER_NS, CONFIG_NET_NS), "
    "or the caller has threads",
}
_MAPS = (
    "namespaces are granted without the right to use them: on Ubuntu, set "
    "kernel.apparmor_restrict_unprivileged_userns=0, or give the program a profile with userns"
)


def die_with_parent(parent: int | None = None) -> None:
    """Ask for SIGKILL as soon as the process that started this one is gone, or end now."""
    _libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os._exit(0)


def enter(*, root: bool = False) -> None:
    """Leave for fresh user, network, mount and PID namespaces, mapped to root.

    The PID namespace holds the next child. With ``root`` there is no user namespace: what needs
    the real root is done by the real root.
    Raises :class:`Unsupported`, with a remedy, if that is refused.
    """
    before = Path("/proc/self/ns/net").stat().st_ino
    user, group = os.geteuid(), os.getegid()
    if root and user:
        raise Unsupported("the condition needs the real root, not a mapped one", "run as root")
    if _libc.unshare(_ALL & ~CLONE_NEWUSER if root else _ALL) < 0:
        name = errno_name(ctypes.get_errno())
        raise Unsupported(f"unshare() = {name}", REMEDIES.get(name, "allow user and network namespaces"))
    try:
        if not root:
            _write_maps(user, group)
        _private_directory()
        _loopback_up()
    except OSError as failure:
        what = f"{errno_name(failure.errno or 0)} for {failure.filename}"
        reason = f"unshare() succeeds, but not the use of it: {what}"
        raise Unsupported(reason, _MAPS) from None
    if Path("/proc/self/ns/net").stat().st_ino == before:
        raise Unsupported(
            "unshare() succeeds, but the network namespace is still the old one",
            "run outside of the sandbox that pretends",
        )


def _write_maps(user: int, group: int) -> None:
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"0 {user} 1"),
        ("gid_map", f"0 {group} 1"),
    ):
        Path("/proc/self", name).write_text(text, encoding="ascii")


def _mount(source: bytes, target: str, kind: bytes | None, flags: int) -> None:
    if _libc.mount(source, os.fsencode(target), kind, ctypes.c_ulong(flags), None) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), f"mount {target}")


def _private_directory() -> None:
    place = next((place for place in _PLACES if Path(place).is_dir()), "/tmp")
    _mount(b"none", "/", None, _MS_REC | _MS_PRIVATE)
    _mount(b"manproof", place, b"tmpfs", 0)
    os.chdir(place)


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack_from("H", fcntl.ioctl(sock, _SIOCGIFFLAGS, request), 16)[0]
        try:
            fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))
        except OSError as failure:
            raise OSError(failure.errno, failure.strerror, "lo") from None


def main(arguments: list[str]) -> int:
    """Run a program in namespaces as a condition gets them: for trying a C program by hand."""
    enter(root=arguments[0] == "--root")
    arguments = arguments[arguments[0] == "--root" :]
    child = os.fork()
    if child == 0:
        die_with_parent()
        os.execv(arguments[0], arguments)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
