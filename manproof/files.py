"""Reading and writing files: whole or not at all, and only where something changes."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from manproof.diagnostic import UserError, quoted

MAX_BYTES = 32 << 20
"""Of a file to read: no source needs more, and a sparse file would fill the memory."""
_MARK = ".manproof-tmp-"


def read(path: Path, within: Path | None = None, most: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file, of which there are ``most``; anything else is the user's mistake.

    So is a link that leads out of the folder ``within`` from below it: see ``leads_out``.
    """
    if within is not None and leads_out(path, within):
        raise UserError(
            f"{quoted(str(path))}: a link that leads out of the project; put the file itself there"
        )
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UserError(f"{quoted(str(path))}: not a regular file; put a file there")
            data = file.read(most + 1)
    except OSError as problem:
        raise _refused("read", path, problem) from None
    if len(data) > most:
        raise UserError(f"{quoted(str(path))}: larger than {most >> 20} MiB; split it")
    return data


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path begins in a folder and yet, by links or by ``..``, ends out of it."""
    real = os.path.realpath(path)
    if real == str(path):  # as nearly all do: there is neither
        return False
    return path.is_relative_to(folder) and not Path(real).is_relative_to(os.path.realpath(folder))


def write(path: Path, data: bytes, within: Path | None = None) -> bool:
    """Puts ``data`` at ``path`` and tells whether that changed anything; see ``write_all``."""
    return write_all({path: data}, within)


def write_all(contents: Mapping[Path, bytes], within: Path | None = None) -> bool:
    """Puts files in their places and tells whether that changed anything.

    Each is made beside its place, flushed to the disk and renamed, so that a reader sees the old file
    or the new one, never a part; what was flushed first is in place first. A link is replaced, not
    followed; a folder that is one and leads out of ``within`` is refused. Raises UserError where a file
    cannot be written; files before it may be in place then.
    """
    for folder in {path.parent for path in contents} if within else ():
        refuse_way_out(folder, within)
    drafts = [_Draft(path, data) for path, data in contents.items() if not _holds(path, data)]
    for start in range(0, len(drafts), _AT_ONCE):
        _place(drafts[start : start + _AT_ONCE])
    return bool(drafts)


_AT_ONCE = 16
"""Files; the disk takes them together in the time of one, and each needs a descriptor meanwhile."""


def _place(drafts: Sequence[_Draft]) -> None:
    try:
        for step in (_Draft.fill, _Draft.flush, _Draft.rename):
            for draft in drafts:
                try:
                    step(draft)
                except OSError as problem:
                    raise _refused("write", draft.path, problem) from None
    finally:
        for draft in drafts:
            draft.close()


_NUMBERS = count()


class _Draft:
    """A file while it is made beside its place."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path, self.data = path, data
        self.temporary = path.parent / f"{_MARK}{os.getpid()}-{next(_NUMBERS)}"
        self.descriptor = -1

    def fill(self) -> None:
        """Writes the file, and has the disk begin with it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            self.temporary.unlink()  # left by a process of the same number that was killed
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        self.descriptor = os.open(self.temporary, flags, 0o666)
        with os.fdopen(self.descriptor, "wb", closefd=False) as file:
            file.write(self.data)
        # as a side effect this starts to write; fsync alone would have each file wait for its own turn
        os.posix_fadvise(self.descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def flush(self) -> None:
        """Waits until the disk has the file."""
        os.fsync(self.descriptor)

    def rename(self) -> None:
        """Puts the file in its place."""
        self.temporary.rename(self.path)

    def close(self) -> None:
        """Ends the work on the file; what did not get to its place is removed."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            with contextlib.suppress(OSError):
                self.temporary.unlink()


def _holds(path: Path, data: bytes) -> bool:
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    except OSError:
        return False


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the tree below ``folder`` alone, making the folder if need be; another holder is waited for."""
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


@contextlib.contextmanager
def swept(folder: Path, within: Path | None = None) -> Iterator[None]:
    """The same for a folder that belongs to people, in which no file of ours may stay: it is locked itself.

    It may not be a link that leads out of ``within``. Where the file system can lock no folder, nothing is
    locked and nothing removed.
    """
    import fcntl

    refuse_way_out(folder, within)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as problem:
        raise _refused("write", folder, problem) from None
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            sweep(folder)
        yield
    finally:
        os.close(descriptor)


def refuse_way_out(folder: Path, within: Path | None) -> None:
    """Raises UserError for a folder to write to that leads out of the one that it seems to lie in."""
    if within is not None and leads_out(folder, within):
        shown = quoted(str(folder))
        raise UserError(f"{shown}: a link that leads out of {quoted(str(within))}; put a folder there")


def remove(path: Path, within: Path) -> None:
    """Removes a file that lies below a folder; any other stays, and so does what cannot be removed."""
    if path.is_relative_to(within) and not leads_out(path.parent, within):
        with contextlib.suppress(OSError):
            path.unlink()


def sweep(folder: Path) -> None:
    """Removes the unfinished files of killed processes; call it while holding the tree."""
    for parent, _, names in os.walk(folder):
        for name in names:
            if name.startswith(_MARK):
                with contextlib.suppress(OSError):
                    Path(parent, name).unlink()


def real(path: Path | str) -> Path:
    """Where a path leads to. ``Path.resolve`` fails on links that lead in a circle; here they stay."""
    return Path(os.path.realpath(path))


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
    if problem.errno == errno.EEXIST and problem.filename:
        path = Path(problem.filename)  # a part of the path that is no folder
    if verb == "read" and problem.errno in (errno.EACCES, errno.ENOTDIR):
        way_out = "check the path and its permissions"
    return UserError(f"cannot {verb} {quoted(str(path))}: {problem.strerror}; {way_out}")
