"""Compilers and formatters read what strangers wrote: they get no file, and no end of memory."""

from __future__ import annotations

import re
import resource
from collections.abc import Sequence
from pathlib import Path

import pytest

from manproof import host
from manproof.config import Project
from manproof.diagnostic import Span
from manproof.lint.output import Output
from manproof.lint.system import _HEADER
from tests.lint.project import lint
from tests.sample import EDITION, PAGE, write

SECRET = "thesecretword"
"""The first word of a file that no program may show."""
TOP = Span("sample.2.yaml", 1, 1)
NO_COMPILER = pytest.mark.skipif(host.program("cc") is None, reason="NO C COMPILER")

INCLUDES = (
    '#include "{file}"', "#include <{file}>", '# include "{file}"', '\t#\tinclude\t"{file}"',
    '%:include "{file}"', '/**/#include "{file}"', '#/**/include "{file}"', '#/*\n*/include "{file}"',
    '#in\\\nclude "{file}"', '#\\\ninclude "{file}"', '#include_next "{file}"', '#import "{file}"',
    '#define FILE "{file}"\n#include FILE', "#include <../..{file}>", "#include <sys/../../..{file}>",
    "#include <stdio.h>\n#include <../../../../../../..{file}>", '#include <stdio.h> "{file}"',
    'int a[] = {{\n#embed "{file}"\n}};',
)  # fmt: skip
"""Ways to read a file into a program."""
NAMED = (
    '#line 1 "{file}"\nint x = y;', '# 1 "{file}"\nint x = y;', '#line 1 "{file}"\n#error x',
    '#pragma GCC pch_preprocess "{file}"', '#line 9 "{file}"\n#include <nowhere.h>',
)  # fmt: skip
"""Ways to have the compiler quote a file."""
FINE = (
    "<stdio.h>",
    "<sys/un.h>",
    "<X11/Xlib.h>",
    "<glib-2.0/glib.h>",
    "<asm-generic/errno.h>",
    "<a/b/c_d.h>",
)
WRONG = (
    "</etc/a.h>",
    "<../a.h>",
    "<a/../b.h>",
    "<a//b.h>",
    "<./a.h>",
    "<a/.b.h>",
    "<a>",
    '"a.h"',
    "<a.h> <b.h>",
    "A",
)
ENDLESS = (
    '#include "/dev/zero"',
    '#line 1 "/dev/zero"\nint x = y;',
    "#define a0 0+0+0+0+0+0+0+0+0+0\n"
    + "".join(f"#define a{n} {'+'.join([f'a{n - 1}'] * 10)}\n" for n in range(1, 9))
    + "int x = a8;",
    "char x[] = " + '"' * 2 + ";\n" + "int a" + "[9]" * 100_000 + ";",
)
"""Programs that take all memory."""


def messages(program: str, root: Path) -> list[str]:
    """What is told of a page that shows a program."""
    write(root / "source/sample/edition.yaml", EDITION)
    write(root / "source/sample/sample.2.yaml", f"{PAGE}examples:\n  - {{id: one, file: one.c}}\n")
    write(root / "source/sample/one.c", f"{program}\n")
    found = lint(Project(root=root), wanted=["program-broken"], unwanted=(), seen=False)
    return [d.message for d in found if d.rule == "program-broken"]


@NO_COMPILER
@pytest.mark.parametrize("form", INCLUDES)
def test_a_program_reads_no_file(form: str, tmp_path: Path) -> None:
    write(tmp_path / "secret", f"{SECRET}: {SECRET}\n")
    (message,) = messages(form.format(file=tmp_path / "secret"), tmp_path / "project")
    assert re.search(r"line \d+ includes more than a header of the system; write #include <name\.h>", message)


@NO_COMPILER
@pytest.mark.parametrize("form", NAMED)
def test_no_file_is_quoted(form: str, tmp_path: Path) -> None:
    write(tmp_path / "secret", f"{SECRET}: {SECRET}\n")
    (message,) = messages(form.format(file=tmp_path / "secret"), tmp_path / "project")
    assert SECRET not in message
    assert "does not compile" in message


@NO_COMPILER
@pytest.mark.parametrize(
    ("program", "line"),
    [('#include "a"', 1), ('#define A \\\n 1\n#define B \\\n 2\n\n#include "a"', 6),
     ('int x;\n#in\\\nclude "a"\nint y \\\n;', 2)],
)  # fmt: skip
def test_the_line_is_that_of_the_file(program: str, line: int, tmp_path: Path) -> None:
    (message,) = messages(program, tmp_path)
    assert f"line {line} includes" in message


@NO_COMPILER
def test_a_header_of_the_system_is_none_of_them(tmp_path: Path) -> None:
    """Words and comments that look like directives are none, and the usual ones are usual."""
    program = (
        '#include <stdio.h>\n#  include <sys/socket.h>  /* socket */\n#include <netinet/in.h> // in\n'
        '#include <linux/if_packet.h>\n#include <asm-generic/errno.h>\n'
        '#define TEXT "x#include y"\n#ifdef TEXT\nint import;\n#endif\n/* include "x" */\n'
    )  # fmt: skip
    assert messages(program, tmp_path) == []


@pytest.mark.parametrize("header", [*FINE, *WRONG])
def test_a_header_is_known_by_its_form(header: str) -> None:
    assert bool(_HEADER.fullmatch(f"#include {header}")) == (header in FINE)


@NO_COMPILER
@pytest.mark.parametrize("program", ENDLESS, ids=range(len(ENDLESS)))
def test_a_program_has_an_end(program: str, tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    (message,) = messages(program, tmp_path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "does not compile" in message
    assert len(message) < 400
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 45, "two tries of 20 s"


SYNOPSES = (
    "{{includes: [{file}], functions: [{{name: sample, returns: int}}]}}",
    "{{includes: [stdio.h], functions: [{{name: sample, returns: 'int x;#include\"{file}\"'}}]}}",
)


@NO_COMPILER
@pytest.mark.parametrize("form", SYNOPSES)
def test_a_prototype_reads_no_file(form: str, tmp_path: Path) -> None:
    write(tmp_path / "secret", f"{SECRET}: {SECRET}\n")
    write(tmp_path / "source/sample/edition.yaml", EDITION)
    for file in (f"{tmp_path}/secret", f"../../../../../..{tmp_path}/secret"):
        write(tmp_path / "source/sample/sample.2.yaml", f"{PAGE}synopsis: {form.format(file=file)}\n")
        found = lint(Project(root=tmp_path), wanted=["prototype-differs"], unwanted=(), seen=False)
        assert found
        assert SECRET not in " ".join(d.message for d in found).replace("/secret", "")


COMMANDS: tuple[tuple[Sequence[str], str], ...] = (
    (["sh", "-c", "exit 3"], "status 3: without a word"),
    (["sh", "-c", "echo gone >&2; exit 3"], "status 3: gone"),
    (["sh", "-c", "kill -9 $$"], "status -9"),
    (["no-such-program"], "no-such-program: not found"),
    (["sh", "-c", "head -c 900m /dev/zero | tail -c 800m >&2"], "tail: memory exhausted"),
    (["sh", "-c", "echo '<standard input>:1: told' >&2; exit 3"], "told"),
)


@pytest.mark.parametrize(("command", "expected"), COMMANDS)
def test_a_formatter_that_fails_is_told(command: Sequence[str], expected: str) -> None:
    output = Output(marked=".TH x 2\n", places=(), locale="en", top=TOP)
    ((span, message),) = output.told(command, re.compile(r"<standard input>:(?P<line>\d+): (?P<message>.+)"))
    assert span == TOP
    assert expected in message


def test_a_formatter_that_does_not_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "_SECONDS", 0.2)
    output = Output(marked=".TH x 2\n", places=(), locale="en", top=TOP)
    ((_, message),) = output.told(["sleep", "5"], re.compile("(?P<line>x)(?P<message>x)"))
    assert "timed out" in message


@pytest.mark.parametrize(
    "folder",
    [
        "/etc",
        "/proc/sys/../../etc",
        "/proc/sysx",
        "proc/sys/net",
        "/proc/sys/none",
        "/proc/sys/vm/swappiness",
    ],
)
def test_files_are_looked_for_below_proc_sys_alone(folder: str) -> None:
    assert host.sysctls(Path(folder)) == frozenset()
    assert "/proc/sys/net/ipv4" in host.sysctls(Path("/proc/sys/net"))
