"""Reading and writing files: whole or not at all, and only where something changes."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from manproof.diagnostic import UserError, quoted

_MARK = ".manproof-tmp-"


def read(path: Path) -> bytes:
    """The bytes of a regular file; anything else is the user's mistake."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UserError(f"{quoted(str(path))}: not a regular file; put a file there")
            return file.read()
    except OSError as problem:
        raise _refused("read", path, problem) from None


def write(path: Path, data: bytes) -> bool:
    """Puts ``data`` at ``path`` and tells whether that changed anything.

    The file is made beside its place, flushed to the disk and renamed, so that a reader sees the old
    file or the new one, never a part. A link at ``path`` is replaced, not followed.
    """
    if _holds(path, data):
        return False
    temporary = path.parent / f"{_MARK}{os.getpid()}-{path.name[:64]}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fill(temporary, data)
        temporary.rename(path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise _refused("write", path, problem) from None
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    except OSError:
        return False


def _fill(path: Path, data: bytes) -> None:
    """Writes a new file and waits until the disk has it."""
    with contextlib.suppress(FileNotFoundError):
        path.unlink()  # left by a process of the same number that was killed
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the tree below ``folder`` alone, making the folder if need be; another holder is waited for.

    What a killed process left unfinished in the tree is removed.
    """
    import fcntl

    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    except OSError as problem:
        raise _refused("write", folder, problem) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Removes the unfinished files of killed processes; call it while holding the tree."""
    for path in folder.rglob(f"{_MARK}*"):
        with contextlib.suppress(OSError):
            path.unlink()


def signature(path: Path | str) -> tuple[int, ...] | None:
    """What changes when a file does: size, times and place; None where there is no file."""
    try:
        found = os.stat(path)  # noqa: PTH116  thousands of calls: a Path costs more than the call
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


_WAYS_OUT = {
    errno.ENOSPC: "make room on the disk",
    errno.EROFS: "choose another folder with -o",
    errno.EACCES: "change its permissions, or choose another folder with -o",
    errno.ENOENT: "check the path",
    errno.ENOTDIR: "a part of the path is a file; remove it, or choose another folder with -o",
    errno.EISDIR: "a folder is in its place; remove it",
    errno.EEXIST: "something else is in its place; remove it",
}


def _refused(verb: str, path: Path, problem: OSError) -> UserError:
    way_out = _WAYS_OUT.get(problem.errno or 0, "check the file system")
    if verb == "read" and problem.errno in (errno.EACCES, errno.ENOTDIR):
        way_out = "check the path and its permissions"
    return UserError(f"cannot {verb} {quoted(str(path))}: {problem.strerror}; {way_out}")
