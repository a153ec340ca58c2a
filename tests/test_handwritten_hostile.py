"""Files that are no pages, or that were made to do harm: a diagnostic with a place, in bounded time."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import random
import shutil
import subprocess
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from manproof import handwritten
from manproof.diagnostic import Diagnostic
from manproof.files import MAX_BYTES as MAX_READ
from manproof.handwritten import Manual
from manproof.handwritten.archive import MAX_BYTES
from tests.hostile.texts import ESCAPES, QUOTES, REQUESTS

HEAD = ".TH x 2\n.SH NAME\nx \\- y\n.SH ERRORS\n"
TAIL = ".TP\n.B EACCES\ntext\n"


def read(tmp_path: Path, data: bytes | str, name: str = "x.2") -> Manual:
    path = tmp_path / "man2" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    return handwritten.read(path)


def only(manual: Manual) -> Diagnostic:
    [problem] = manual.found
    return problem


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_bomb_is_not_unpacked(tmp_path: Path, compress: Callable[[bytes], bytes]) -> None:
    data = compress(b".\n" * (10 << 20))
    tracemalloc.start()
    problem = only(read(tmp_path, data))
    assert tracemalloc.get_traced_memory()[1] < MAX_READ + 4 * MAX_BYTES
    tracemalloc.stop()
    assert (problem.rule, problem.span.path) == ("page-unreadable", str(tmp_path / "man2/x.2"))
    assert "longer than 4 MiB" in problem.message


@pytest.mark.skipif(not shutil.which("zstd"), reason="ZSTD IS NOT INSTALLED")
def test_a_bomb_of_zstd_is_not_unpacked(tmp_path: Path) -> None:
    packed = subprocess.run(["zstd", "-q"], input=b"\n" * (100 << 20), capture_output=True, check=True).stdout
    assert "longer than 4 MiB" in only(read(tmp_path, packed)).message
    assert "zstd cannot uncompress it" in only(read(tmp_path, packed[:50])).message


def test_a_page_that_includes_itself(tmp_path: Path) -> None:
    manual = read(tmp_path, HEAD + TAIL + ".so man2/x.2\n.so man2/x.2\n" * 20)
    assert list(manual.errnos) == ["EACCES"]
    assert any("does one include itself?" in item.message for item in manual.found)


def test_a_file_of_many_streams(tmp_path: Path) -> None:
    assert "more than 64 gzip streams" in only(read(tmp_path, gzip.compress(b"") * 100_000)).message


@pytest.mark.parametrize(
    ("data", "fact"),
    [
        (gzip.compress(b"x" * 999, mtime=0)[:-12], "in the middle of its gzip stream"),
        (b"\x1f\x8b\x09rubbish", "gzip cannot uncompress it"),
        (b"BZh9rubbish", "bzip2 cannot uncompress it"),
        (b"BZh9", "in the middle of its bzip2 stream"),
        (b"\xfd7zXZ\0rubbish-rubbish", "xz cannot uncompress it"),
        (b"\x1f\x9d\x90", "compressed by compress"),
        (b"LZIP\1", "compressed by lzip"),
        (b"\x7fELF\2\1\1\0\0", "null character"),
        (b"\0", "null character"),
        (b"", "neither .TH nor .Dd"),
        (b"\xff\xfe\xfd" * 99, "neither .TH nor .Dd"),
        (bytes(range(1, 256)) * 9, "neither .TH nor .Dd"),
    ],
)
def test_what_is_no_page(tmp_path: Path, data: bytes, fact: str) -> None:
    problem = only(read(tmp_path, data))
    assert fact in problem.message and problem.span.path.endswith("x.2")


def test_a_null_character_has_its_line(tmp_path: Path) -> None:
    assert only(read(tmp_path, HEAD + "a\0b")).span.line == 5


@pytest.mark.parametrize("kind", ["folder", "pipe", "missing"])
def test_what_is_no_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.2"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    problem = only(handwritten.read(path))
    assert (problem.rule, problem.span.path) == ("page-unreadable", str(path))


def included(tmp_path: Path, request: str) -> str:
    problem = only(read(tmp_path, HEAD + request + "\n" + TAIL))
    assert (problem.rule, problem.span.line) == ("page-include", 5)
    return problem.message


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../secret.2", "man2/../../secret.2", "man2/./../../secret.2", "~/x", "", "a\\&b",
     "man2//x.2", "$HOME/x", "man2/gone.2", "man2", "."],
)  # fmt: skip
def test_only_the_manual_itself_is_included(tmp_path: Path, name: str) -> None:
    secret = tmp_path.parent / "secret.2"
    secret.write_text(".TP\n.B EIO\n", encoding="utf-8")
    assert "is not included" in included(tmp_path, f".so {name}")
    assert "EIO" not in handwritten.read(tmp_path / "man2/x.2").errnos


def test_a_link_out_of_the_manual_is_not_followed(tmp_path: Path) -> None:
    (tmp_path.parent / "secret.2").write_text(".TP\n.B EIO\n", encoding="utf-8")
    (tmp_path / "man2").mkdir()
    (tmp_path / "man2/link.2").symlink_to(tmp_path.parent / "secret.2")
    assert "no such file in the manual" in included(tmp_path, ".so man2/link.2")


def test_what_is_included_may_be_unreadable(tmp_path: Path) -> None:
    (tmp_path / "man2").mkdir()
    (tmp_path / "man2/b.2").write_bytes(b"\x1f\x8b")
    (tmp_path / "man2/c.2").write_bytes(b"a\0")
    assert "in the middle of its gzip stream" in included(tmp_path, ".so man2/b.2")
    assert "null character" in included(tmp_path, ".so man2/c.2")


def test_pages_that_include_each_other(tmp_path: Path) -> None:
    read(tmp_path, ".so man2/y.2\n", "x.2")
    manual = read(tmp_path, HEAD + TAIL + ".so man2/x.2\n", "y.2")
    assert list(manual.errnos) == ["EACCES"]
    assert {item.rule for item in manual.found} == {"page-endless"}
    assert {item.span.path for item in manual.found} <= {str(tmp_path / f"man2/{name}.2") for name in "xy"}


ENDLESS = {
    "macro": ".de Q\n.Q\n.Q\n..\n.Q\n",
    "macro at its end": ".de Q\nx\n.Q\n..\n.Q\n",
    "two macros": ".de Q\n.S\n.S\n..\n.de S\n.Q\n.Q\n..\n.Q\n",
    "arguments": ".de Q\n.Q \\\\$* \\\\$* \\\\$*\n..\n.Q xxxxxxxxxxxxxxxx\n",
    "long text": "x" * (1 << 20) + "\n",
    "short lines": ".\n" * (1 << 20),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_repeats_itself_is_bounded(tmp_path: Path, kind: str) -> None:
    manual = read(tmp_path, HEAD + TAIL + ENDLESS[kind])
    assert list(manual.errnos) == ["EACCES"]
    if "macro" in kind or kind == "arguments":
        assert manual.found and {item.rule for item in manual.found} == {"page-endless"}
        assert all(item.span.line for item in manual.found)


HUGE = {
    "strings": "".join(f".ds {b} {f'{chr(92)}*{a}' * 60}\n" for a, b in pairwise("abcdefgh")) + "\\*h\n",
    "a string of itself": ".ds a \\*a\\*a\n\\*a\n",
    "conditions in a line": ".if n " * 10_000 + "x\n",
    "conditions one in another": ".if n \\{\\\n" * 10_000 + "x\n",
    "conditions that are left out": ".if t \\{\\\n" * 10_000 + "x\n",
    "a macro that multiplies": ".de Q\n" + "\\\\$*" * 15_000 + "\n..\n.Q " + "x" * 60_000 + "\n",
    "many files that are not there": ".so man2/gone.2\n" * 50_000,
    "a loop": ".while 1 \\{\\\n.TP\n.B EIO\n.\\}\n",
    "no end of a macro": ".de Q\n.TP\n.B EIO\n",
    "no end of what is ignored": ".ig\n.TP\n.B EIO\n",
    "continued lines": "x\\\n" * 10_000,
    "quotes": '.B ' + '"' * 50_000 + "\n",
    "escapes": "\\f" * 50_000 + "\n" + "\\h'" * 50_000 + "\n",
    "brackets": ".B " + "\\[" * 50_000 + "\n",
    "blanks": ".B" + " " * 60_000 + "x\n" + ".if" + " " * 60_000 + "\n",
    "tags": ".TP\n" + "EIO, " * 20_000 + "\n",
    "name": ".B " + "E" * 60_000 + "\n",
    "dashes": "-" * 60_000 + "\n.TP\n" + "-_" * 30_000 + "\n",
    "a tag of many": ".TP\n" + "EIO " * 49 + "!x\n",
    "blanks in the name": ".SH NAME\n" + (" " * 60_000 + "\n") * 60,
    "commas": ".TP\nEIO" + " , " * 30_000 + "x\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", HUGE)
def test_what_is_huge_is_bounded(tmp_path: Path, kind: str) -> None:
    """What comes before is read; no expression takes the square of a line's length."""
    tracemalloc.start()
    manual = read(tmp_path, HEAD + TAIL + HUGE[kind])
    assert tracemalloc.get_traced_memory()[1] < MAX_READ + 16 * MAX_BYTES
    tracemalloc.stop()
    assert "EACCES" in manual.errnos
    assert len(manual.found) < 100


PIECES = [
    *(f".{request}\n" for request in REQUESTS),
    *(f"x\\{escape}y\n" for escape in ESCAPES),
    *(f".TP\n.B {quote}\n" for quote in QUOTES),
    ".It Xo\n", ".Xc\n", ".Bl -tag\n", ".El\n", ".SH ERRORS\n", ".Sh ERRORS\n", ".SS x\n", ".TS\n", ".TE\n",
    "..\n", ".\\}\n", ".if n \\{", ".el \\}\n", ".de TP\n", ".IP\n", ".IP \"\n", ".It Bq Er EIO\n",
    "\\*(", "\\n[", "\\",
    ".TP\n.B EACCES\n", "EACCES\n", ".so man2/x.2\n", ".nr a 99999999999999\n", ".if \\na>1 x\n", ".SH\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=30).map("".join))
@example(".so man2/x.2\n" * 40)
@example(".if")
@example("\\")
def test_no_roff_gives_a_traceback(tmp_path: Path, text: str) -> None:
    manual = read(tmp_path, text)
    lines = text.count("\n") + 1
    assert all(entry.errnos and 0 < entry.span.line <= lines for entry in manual.entries)
    assert all(item.span.path and item.message and item.rule for item in manual.found)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from([b"", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0"]))
def test_no_bytes_give_a_traceback(tmp_path: Path, data: bytes, magic: bytes) -> None:
    manual = read(tmp_path, magic + data)
    assert all(item.span.path for item in manual.found)


def test_a_page_with_broken_bits(tmp_path: Path) -> None:
    """A real page of ours, compressed, with one byte changed: read, or refused with a place."""
    whole = gzip.compress((Path(__file__).parent / "golden/by-hand/man2/connect.2").read_bytes(), mtime=0)
    chance = random.Random(1)
    refused = 0
    for _ in range(200):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        refused += bool(read(tmp_path, bytes(data)).found)
    assert refused > 150, "a changed byte is noticed, but in the header"
