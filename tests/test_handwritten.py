"""Pages written by hand: which entries ERRORS has, in every way that people write them."""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from manproof import handwritten
from manproof.diagnostic import Severity
from manproof.handwritten import Manual

PAGES = Path(__file__).parent / "golden/by-hand"


def page(tmp_path: Path, text: str, name: str = "x.2") -> Manual:
    """A page with these lines, in a manual of its own."""
    path = tmp_path / "man2" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return handwritten.read(path)


def tags(manual: Manual) -> list[str]:
    return [" ".join(entry.errnos) for entry in manual.entries]


def errors(tmp_path: Path, *lines: str, title: str = "ERRORS") -> list[str]:
    """The tags of a section of errors with these lines."""
    text = "\n".join([".TH x 2", ".SH NAME", "x \\- y", f".SH {title}", *lines, ".SH NOTES", ".TP", ".B EIO"])
    return tags(page(tmp_path, text))


def test_every_way_of_man() -> None:
    manual = handwritten.read(PAGES / "man2/connect.2")
    assert tags(manual) == [
        "EACCES", "EAGAIN EWOULDBLOCK", "EBADF", "ECONNREFUSED", "EPROTOTYPE", "EFAULT", "EINTR", "ENOTDIR",
        "EISCONN", "ENETUNREACH", "EALREADY", "ETIMEDOUT", "ENOTSOCK", "EHOSTUNREACH", "ENODEV", "EADDRINUSE",
        "EACESS",
    ]  # fmt: skip
    assert (manual.names, manual.section, manual.found) == (("connect",), "2", ())
    assert manual.mentioned["EINVAL"].line == 25
    assert "ENOENT" in manual.mentioned and "ENOENT" not in manual.errnos


def test_every_tag_has_its_line() -> None:
    path = PAGES / "man2/connect.2"
    lines = path.read_text(encoding="utf-8").split("\n")
    for name, span in handwritten.read(path).errnos.items():
        line = lines[span.line - 1]
        assert name in line or line == "\\*(al", name  # a string is where it is used


def test_every_way_of_mdoc() -> None:
    manual = handwritten.read(PAGES / "mdoc/connect.2")
    assert tags(manual) == [
        "EACCES", "EBADF", "EAGAIN EWOULDBLOCK", "ECONNREFUSED ECONNRESET", "EINVAL", "ENOTDIR",
    ]  # fmt: skip
    assert (manual.names, manual.section) == (("connect",), "2")
    assert [str(item) for item in manual.references] == ["accept(2)"]
    assert {"EINPROGRESS", "ENOENT"} <= manual.mentioned.keys()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([".TP", "[EACCES]"], ["EACCES"]),
        ([".TP", ".BR EACCES ,", "text"], ["EACCES"]),
        ([".TP", '.BR EACCES ", " EPERM', "text"], ["EACCES EPERM"]),
        ([".TP", ".B EACCES, EPERM and EIO", "text"], ["EACCES EPERM EIO"]),
        ([".TP", "\\f[B]EACCES\\f[R]", "text"], ["EACCES"]),
        ([".TP", "\\f[CR]EACCES\\f[R] (since Linux 2.6)", "text"], ["EACCES"]),
        ([".TP", "\\fBE2BIG\\fP", "text"], ["E2BIG"]),
        ([".TP", "\\s-1\\fBEACCES\\fR\\s+1", "text"], ["EACCES"]),
        ([".TP", "\\s[-1]\\fBEACCES\\fR\\s[0]", "text"], ["EACCES"]),
        ([".TP", ".SM EACCES", "text"], ["EACCES"]),
        ([".TP", "ERESTARTNOINTR (since Linux 2.6)", "text"], ["ERESTARTNOINTR"]),
        ([".TP", ".B EOF", "text"], []),
        ([".TP", ".B EXT_FLAG", "text"], []),
        ([".TP", ".B EXIT_FAILURE", "text"], []),
        ([".B EACCES", "a first entry without its .TP"], ["EACCES"]),
        (["Text names", ".B EACCES", "inside of a sentence.", ".TP", ".B EPERM"], ["EPERM"]),
        ([".PP", "\\fBEACCES\\fR", ".RS 4", "DocBook.", ".RE"], ["EACCES"]),
        ([".TP", ".B EACCES", "text", ".PP", "more", ".TP", ".B EPERM"], ["EACCES", "EPERM"]),
        (['.IP "EACCES" 4', '.IX Item "EACCES"', "pod"], ["EACCES"]),
        (['.IP "\\f(CW\\*(C`EACCES\\*(C\'\\fR" 4', "pod"], ["EACCES"]),
        ([".IP - 2", "EACCES, EPERM: text that names EIO"], ["EACCES EPERM"]),
        ([".IP \\(bu 2", "The disk fails:", ".BR EIO ,", ".B EPERM"], ["EIO", "EPERM"]),
        ([".IP \\(bu 2", "EACCES: unlike EIO"], ["EACCES"]),
        ([".It", "The disk fails:", ".Er EIO ."], ["EIO"]),
        ([".TP", ".BI EACCES\\ ", "text"], ["EACCES"]),
        (["'TP", "'B EACCES"], ["EACCES"]),
        ([".  TP", ".  B EACCES"], ["EACCES"]),
        ([".TP", ".B EAC\\", "CES"], ["EACCES"]),
        ([".TP", '.B EACCES \\" why EIO'], ["EACCES"]),
        ([".TP", ".B EACCES", ".ie n .ds a EPERM", ".el .ds a EIO", ".TP", "\\*a"], ["EACCES", "EPERM"]),
        ([".if \\n(.g .TP", ".if \\n(.g .B EACCES"], ["EACCES"]),
        ([".if !\\n(.g .TP", ".if !\\n(.g .B EACCES"], []),
        ([".ie \\nX>0 \\{\\", ".TP", ".B EIO", ".\\}", ".el \\{\\", ".TP", ".B EACCES", ".\\}"], ["EACCES"]),
        ([".nr X 2", ".ie \\nX>1 .TP", ".el .PP", ".B EACCES"], ["EACCES"]),
        ([".if 'a'b' .ig", ".TP", ".B EACCES"], ["EACCES"]),
        ([".if d TP \\{.TP", ".B EACCES\\}"], ["EACCES"]),
        ([".de EX", ".TP", ".B \\\\$1", "..", ".EX EACCES"], ["EACCES"]),
        ([".de Q END", "..", ".TP", ".B EIO", ".END", ".TP", ".B EACCES"], ["EACCES"]),
        ([".TP", ".B \\(lqEACCES\\(rq"], ["EACCES"]),
    ],
)
def test_tags(tmp_path: Path, lines: list[str], expected: list[str]) -> None:
    assert errors(tmp_path, *lines) == expected


@pytest.mark.parametrize(
    "title",
    ["ERRORS", '"ERRORS"', "Errors", "\\fBERRORS\\fR", "ОШИБКИ", "FEHLER", "ERREURS", "エラー", "BŁĘDY",
     '"RETURN VALUE AND ERRORS"', "\nERRORS", '"A TITLE IN NO TABLE"'],
)  # fmt: skip
def test_titles(tmp_path: Path, title: str) -> None:
    """In a language that the table does not have the section is known by its tags."""
    assert errors(tmp_path, ".TP", ".B EACCES", "text", ".TP", ".B EPERM", title=title) == ["EACCES", "EPERM"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "koi8-r", "euc-jp", "latin-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = ".TH x 2\n.SH ОШИБКИ\n.TP\n.B EACCES\nНет доступа.\n.TP\n.B EPERM\n"
    path = tmp_path / "x.2"
    path.write_bytes(text.encode(encoding, "replace"))
    assert tags(handwritten.read(path)) == ["EACCES", "EPERM"]


def test_prose_counts_where_there_are_no_tags(tmp_path: Path) -> None:
    manual = page(tmp_path, ".TH x 2\n.SH ERRORS\nIt fails with\n.B EFAULT\nif it must.\n")
    assert (tags(manual), manual.tagged, manual.errnos["EFAULT"].line) == (["EFAULT"], False, 4)


def test_a_page_that_cannot_fail(tmp_path: Path) -> None:
    manual = page(tmp_path, ".TH x 2\n.SH ERRORS\nThis call always succeeds.\n")
    assert manual.errors and not manual.entries and not manual.found


def test_references_outside_of_entries(tmp_path: Path) -> None:
    text = (
        ".TH x 2\n.SH ERRORS\nAs for\n.BR read (2)\nand \\fBlseek\\fP(2).\n.TP\n.B EIO\nSee\n.BR path (7).\n"
    )
    text += ".PP\n.MR write 2 .\n"
    assert [str(item) for item in page(tmp_path, text).references] == ["read(2)", "lseek(2)", "write(2)"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a, b, c \\- d", ("a", "b", "c")), ("a \\(em b", ("a",)), ("a - b-c", ("a",)), ("a -- b", ("a",)),
     (".B a ,\n.B b\n\\-\nc", ("a", "b")), ("\\fBa\\fP(2), b() \\- c", ("a", "b")), ("no dash", ("x",)),
     ("A text with a dash \\- here", ("x",)), (".SH PROLOG\nOf a norm \\- this.\n.SH NAME\na \\- b", ("a",))],
)  # fmt: skip
def test_names(tmp_path: Path, name: str, expected: tuple[str, ...]) -> None:
    assert page(tmp_path, f".TH x 2\n.SH NAME\n{name}\n.SH ERRORS\n").names == expected


def test_a_page_without_a_name_has_that_of_its_file(tmp_path: Path) -> None:
    assert page(tmp_path, ".TH x 2\n.SH ERRORS\n.TP\n.B EIO\n", "pause.2").names == ("pause",)


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress, "xz": lzma.compress, "bz2": bz2.compress,
    "gz-twice": lambda data: gzip.compress(data[:300]) + gzip.compress(data[300:]) + b"rubbish",
}  # fmt: skip


@pytest.mark.parametrize("kind", PACKED)
def test_compressed(tmp_path: Path, kind: str) -> None:
    """The first bytes tell how, whatever the name says; places are those of the text."""
    plain = PAGES / "man2/connect.2"
    path = tmp_path / "connect.2"
    path.write_bytes(PACKED[kind](plain.read_bytes()))
    packed = handwritten.read(path)
    assert not packed.found
    assert [(e.errnos, e.span.line) for e in packed.entries] == [
        (e.errnos, e.span.line) for e in handwritten.read(plain).entries
    ]


@pytest.mark.skipif(not shutil.which("zstd"), reason="ZSTD IS NOT INSTALLED")
def test_compressed_by_zstd(tmp_path: Path) -> None:
    path = tmp_path / "connect.2.zst"
    subprocess.run(["zstd", "-q", str(PAGES / "man2/connect.2"), "-o", str(path)], check=True)
    assert len(tags(handwritten.read(path))) == 17


def test_zstd_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "connect.2.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd" + b"x" * 20)
    monkeypatch.setenv("PATH", str(tmp_path))
    [problem] = handwritten.read(path).found
    assert "there is no zstd here; install it" in problem.message


def test_an_included_page_keeps_its_own_places(tmp_path: Path) -> None:
    (tmp_path / "man2").mkdir()
    (tmp_path / "man2/a.2.gz").write_bytes(gzip.compress(b".TH a 2\n.SH ERRORS\n.TP\n.B EIO\n"))
    manual = page(tmp_path, ".so man2/a.2\n")
    assert not manual.found
    [entry] = manual.entries
    assert (entry.span.path, entry.span.line) == (str(tmp_path / "man2/a.2.gz"), 4)


def test_a_neighbour_lies_in_the_same_manual(tmp_path: Path) -> None:
    path = tmp_path / "man2/x.2"
    page(tmp_path, "", "y.2")
    assert handwritten.neighbour(path, "y", "2") == tmp_path / "man2/y.2"
    assert handwritten.neighbour(path, "z", "2") is None


def test_what_is_no_page_says_so(tmp_path: Path) -> None:
    [problem] = page(tmp_path, "CONNECT(2)\n\nERRORS\n    EACCES\n").found
    assert problem.severity is Severity.ERROR
    assert "neither .TH nor .Dd" in problem.message and problem.span.line == 1
