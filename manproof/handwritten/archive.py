"""The bytes of a manual page, uncompressed; bounded in size and time, whatever the file holds."""

from __future__ import annotations

import bz2
import lzma
import shutil
import subprocess
import tempfile
import threading
import zlib
from collections.abc import Callable
from typing import IO, Any

MAX_BYTES = 4 << 20
"""Of a page, uncompressed; the longest pages that are installed anywhere have about two millions."""
_MEMORY = 128 << 20
_MAX_STREAMS = 64
_DEADLINE = 10.0  # seconds


class UnreadableError(Exception):
    """Why no text can be had of a file, and the way out."""


_STREAMS: dict[bytes, tuple[str, Callable[[], Any]]] = {
    b"\x1f\x8b": ("gzip", lambda: zlib.decompressobj(31)),
    b"BZh": ("bzip2", bz2.BZ2Decompressor),
    b"\xfd7zXZ\0": ("xz", lambda: lzma.LZMADecompressor(memlimit=_MEMORY)),
}
"""How files begin, by whom they were compressed, and what uncompresses them."""

_ZSTD = b"\x28\xb5\x2f\xfd"
_OTHERS = {b"\x1f\x9d": "compress", b"LZIP": "lzip", b"\x04\x22\x4d\x18": "lz4"}

SUFFIXES = ("", ".gz", ".bz2", ".xz", ".zst")
"""What the names of pages end in, that can be read."""


def text_of(data: bytes) -> bytes:
    """The uncompressed bytes of a page; its first bytes say how it is compressed, not its name.

    Raises ``UnreadableError``.
    """
    for magic, program in _OTHERS.items():
        if data.startswith(magic):
            raise UnreadableError(
                f"it is compressed by {program}, which is not read here; uncompress it first"
            )
    if data.startswith(_ZSTD):
        data = _zstd(data)
    else:
        for magic, (program, make) in _STREAMS.items():
            if data.startswith(magic):
                data = _uncompressed(data, magic, program, make)
                break
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"its text is longer than {MAX_BYTES >> 20} MiB; no manual page is")
    return data


def _uncompressed(data: bytes, magic: bytes, program: str, make: Callable[[], Any]) -> bytes:
    """The text of all streams that follow each other; what follows them is left, as gzip(1) does."""
    parts: list[bytes] = []
    left = MAX_BYTES + 1
    while data.startswith(magic) and left > 0:
        if len(parts) == _MAX_STREAMS:
            raise UnreadableError(f"it has more than {_MAX_STREAMS} {program} streams; compress it anew")
        stream = make()
        try:
            parts.append(stream.decompress(data, left))
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, MemoryError) as problem:
            raise UnreadableError(f"{program} cannot uncompress it ({problem}); fetch it anew") from None
        left -= len(parts[-1])
        if not stream.eof and left > 0:
            raise UnreadableError(f"it ends in the middle of its {program} stream; fetch it anew")
        data = stream.unused_data
    return b"".join(parts)


def _zstd(compressed: bytes) -> bytes:
    """By the program of that name: the library of Python 3.11 has no such thing."""
    program = shutil.which("zstd")
    if program is None:
        raise UnreadableError(
            "it is compressed by zstd, and there is no zstd here; install it, or uncompress it"
        )
    command = [program, "-dcq", f"--memory={_MEMORY >> 20}MB"]
    with (
        tempfile.TemporaryFile() as file,
        subprocess.Popen(
            command, stdin=_filled(file, compressed), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process,
    ):
        assert process.stdout is not None
        clock = threading.Timer(_DEADLINE, process.kill)
        clock.start()
        data = process.stdout.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            process.kill()
        process.wait()
        clock.cancel()
    if process.returncode and len(data) <= MAX_BYTES:
        raise UnreadableError("zstd cannot uncompress it; fetch it anew")
    return data


def _filled(file: IO[bytes], data: bytes) -> IO[bytes]:
    file.write(data)
    file.seek(0)
    return file
