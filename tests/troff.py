"""Formatters of man pages, and a scanner that knows what our pages may hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

MACROS = {
    "TH", "SH", "SS", "P", "TP", "TQ", "IP", "RS", "RE", "PD", "B", "I", "BR", "RB", "BI", "IB", "IR", "RI",
    "EX", "EE", "in", "nf", "fi", "TS", "TE", "UR", "UE", "MT", "ME",
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:[-e&%~ c]|f[RBI]|N'37'|\((?:aq|ga|ha|ti|dq|en|em|oq|cq|lq|rq|bu))"  # the ones that the writer uses
    r"|(?P<stranger>\\.?.?.?)"
)


def live(troff: str) -> Iterator[str]:
    """What a formatter would act on, though no page of ours holds it."""
    for number, line in enumerate(troff.split("\n"), 1):
        if line.startswith(('.\\" ', "'\\\" ")) and number < 4:
            continue
        if line.startswith((".", "'")):
            name = re.split(r"[ \\]", line[1:])[0]
            if line[0] == "'" or name not in MACROS:
                yield f"{number}: request {line[:40]}"
        for match in _ESCAPE.finditer(line):
            if match["stranger"]:
                yield f"{number}: escape {match['stranger']}"


def tool(name: str) -> str:
    """The path of a program; a test that lacks it says so."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: nothing about it was verified")
    return found


def run(*command: str | Path, text: str = "", **environment: str) -> tuple[str, str]:
    """What a program writes to both its outputs; it must succeed."""
    done = subprocess.run(
        [tool(str(command[0])), *command[1:]],
        input=text.encode(), capture_output=True, check=False, timeout=60, env=_environment() | environment,
    )  # fmt: skip
    assert done.returncode >= 0
    return done.stdout.decode(), done.stderr.decode()


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "GROFF_NO_SGR": "1", "TERM": "dumb"}


def groff(troff: str) -> tuple[str, str]:
    """A page in very long lines, and what groff says of it."""
    wide = ("-rLL=990n", "-rLT=990n", "-rHY=0")
    shown, said = run("groff", "-t", "-man", "-Tutf8", "-Kutf8", "-ww", *wide, text=troff)
    return folded(shown), said


def mandoc(troff: str) -> str:
    """A page in very long lines, as mandoc shows it."""
    return folded(run("mandoc", "-Tutf8", "-Kutf-8", "-Owidth=990", text=troff)[0])


def lint(troff: str) -> list[str]:
    """What mandoc's lint says: the severity and the message of each, without its place."""
    said = run("mandoc", "-Tlint", "-Wall", "-Kutf-8", text=troff)[0]
    return [line.split(": ", 2)[-1] for line in said.splitlines()]


def folded(text: str) -> str:
    """Text without overstrikes, and with single blanks."""
    return " ".join(re.sub(r".\x08", "", text).replace("\u00a0", " ").split())


_TITLES = {".SH", ".SS", ".B", ".I"}
_ALTERNATE = {".BR", ".RB", ".BI", ".IB", ".IR", ".RI", ".UR", ".UE", ".MT"}
_MEANT = {
    r"\e": "\\", r"\-": "-", r"\(aq": "'", r"\(ga": "`", r"\(ha": "^", r"\(ti": "~", r"\(dq": '"',
    r"\~": "\u00a0", r"\ ": "\u00a0", r"\(en": "–", r"\(em": "—", r"\(oq": "‘", r"\(cq": "’", r"\(lq": "“",
    r"\(rq": "”", r"\(bu": "•",
}  # fmt: skip


def text(troff: str) -> str:
    """What a page of ours says, read back without a formatter; list labels and blanks do not count."""
    page = re.sub(r"(?sm)^\.TS\n.*?^\.TE\n", lambda table: _cells(table[0]), troff)
    return "\n".join(_said(line) for line in page.split("\n")[3:])


def _cells(table: str) -> str:
    """The lines of a table that are not its form: what stands between ``T{`` and ``T}``."""
    cells = re.findall(r"(?sm)(?:^|@)T\{\n(.*?)(?=^T\})", table)
    return "".join(cells)


def _said(line: str) -> str:
    macro, _, rest = line.partition(" ")
    if macro == ".MT":
        rest = "mailto:" + rest
    if macro in _ALTERNATE:
        rest = "".join(word.strip('"') for word in re.findall(r'"[^"]*"|[^" ]+', rest))
    if macro in _TITLES | _ALTERNATE:
        return _unescaped(rest)
    if line.startswith((".", "'")):
        return ""
    return _unescaped(line)


def _unescaped(line: str) -> str:
    return re.sub(r"\\(?:f[RBI]|\(..|.)", lambda found: _MEANT.get(found[0], ""), line)
