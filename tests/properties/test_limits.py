"""The largest input that is let in, of every kind: never over 10 seconds or 512 MiB, never a traceback."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from manproof.catalogue import Catalogue, Entry
from manproof.catalogue import write as to_po
from tests.sample import PAGE, block, described, manproof, project, write

SECONDS, BYTES = 10, 512 << 20
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
LONGEST = 19_000

PROSE = {
    "stars": "*" * LONGEST,
    "stars apart": "* " * (LONGEST // 2),
    "strong": "**a " * (LONGEST // 4),
    "backquotes": "`" * LONGEST,
    "backquotes apart": "`a " * (LONGEST // 3),
    "bars": "|a " * (LONGEST // 3),
    "literals": "``a`` " * (LONGEST // 6),
    "roles": ":arg:`a` " * (LONGEST // 9),
    "colons": ":" * LONGEST,
    "half roles": ":arg:` " * (LONGEST // 7),
    "underscores": "a_ " * (LONGEST // 3),
    "words": "word " * (LONGEST // 5),
    "backslashes": "\\" * LONGEST,
    "dots": "." * LONGEST,
    "brackets": "[" * LONGEST,
    "stops": ". A" * (LONGEST // 3),
    "isolates": "\u2067a\u2069 " * (LONGEST // 4),
    "marks": "a" + "\u0335" * LONGEST,
    "wide": "漢" * LONGEST,
    "items": "- a\n" * (LONGEST // 4),
    "numbers": "".join(f"{n}. a\n" for n in range(1, 3000)),
    "definitions": "a\n  b\n" * (LONGEST // 6),
    "quotes": '"' * LONGEST,
    "spaces": "a" + " " * LONGEST + "b",
    "nested": "\n\n".join("  " * n + "- a" for n in range(30)),
    "blank lines": "a" + "\n" * LONGEST + "b",
    "table": "==== " * 300 + "\n" + "a    " * 300 + "\n" + "==== " * 300,
    "tildes": "~" * LONGEST,
    "code": "a::\n\n" + "  .so x\\\n" * (LONGEST // 9),
    "long word": "a" * LONGEST,
    "links": ":url:`http://a` " * 1000,
}

CATALOGUES = {
    "many entries": "".join(f'msgid "text {n}"\nmsgstr "Text {n}"\n\n' for n in range(40_000)),
    "many comments": "# x\n" * 400_000 + 'msgid "a"\nmsgstr "b"\n',
    "long text": 'msgid "Words."\nmsgstr ""\n' + f'"{"a b. " * 1000}"\n' * 5,
    "long lines": f'msgid "Words."\nmsgstr "{"a " * 4990}"\n' * 1,
    "many flags": "#, " + "x, " * 3000 + '\nmsgid "a"\nmsgstr "b"\n',
    "many references": "#: " + "a:1 " * 2000 + '\nmsgid "a"\nmsgstr "b"\n',
    "quotes": 'msgid "Words."\nmsgstr "' + '\\"' * 4000 + '"\n',
    "roles": 'msgid "Words."\nmsgstr "' + ":arg:`a` " * 1000 + '"\n',
    "wrong lines": "x\n" * 400_000,
    "large": "# " + "x" * 9_000 + "\n",
    "obsolete": "".join(f'#~ msgid "text {n}"\n#~ msgstr "Text {n}"\n\n' for n in range(40_000)),
}  # fmt: skip

SOURCES = {
    "large comment": PAGE + "#" * ((1 << 20) - 200),
    "large scalar": PAGE.replace("Words.", "a " * 500_000),
    "large block": PAGE.replace("Words.", block("a\n" * 70_000, 6)),
    "many paragraphs": PAGE + "".join(f"  - text: Words {n}.\n" for n in range(12_000)),
    "many keys": PAGE + "".join(f"key{n}: x\n" for n in range(20_000)),
    "many lists": PAGE + "bugs: [" + "[]," * 40_000 + "]\n",
    "many quotes": PAGE + 'bugs: "' + "''" * 400_000 + '"\n',
    "many examples": PAGE + "examples:\n" + "".join(f"  - {{id: a{n}, file: a.c}}\n" for n in range(5_000)),
}


def held(root: Path, *arguments: str) -> None:
    """Runs the program in so much memory and time of a processor, which others may need too."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    done = manproof(root, *arguments, preexec_fn=limit)
    assert done.returncode in (0, 1), done.stderr[-400:]
    assert "MemoryError" not in done.stderr


@pytest.mark.parametrize("name", PROSE)
def test_prose(name: str, tmp_path: Path) -> None:
    held(project(tmp_path, {"sample.2": described(PROSE[name])}), "build", "-j", "1")


@pytest.mark.parametrize("name", SOURCES)
def test_source(name: str, tmp_path: Path) -> None:
    held(project(tmp_path, {"sample.2": SOURCES[name]}), "build", "-j", "1")


@pytest.mark.parametrize("name", CATALOGUES)
@pytest.mark.parametrize("command", [["build", "-j", "1"], ["i18n", "update"]], ids=["build", "update"])
def test_catalogue(name: str, command: list[str], tmp_path: Path) -> None:
    root = project(tmp_path)
    write(root / "translations/ru/LC_MESSAGES/sample/sample.2.po", HEAD + CATALOGUES[name])
    held(root, *command)


@pytest.mark.parametrize(("many", "few", "words"), [(40_000, 4_000, 1), (700, 45, 1_500)])
def test_everything_has_changed(many: int, few: int, words: int, tmp_path: Path) -> None:
    """Each new text would be held against each old one."""
    more = " of the many" * words
    old = tuple(Entry(msgid=f"old text {n}{more}", msgstr="x") for n in range(many))
    pages = {"sample.2": PAGE + "".join(f"  - text: new text {n}{more}\n" for n in range(few))}
    root = project(tmp_path, pages)
    catalogue = root / "translations/ru/LC_MESSAGES/sample/sample.2.po"
    header = Entry(msgid="", msgstr="Content-Type: text/plain; charset=UTF-8\n")
    write(catalogue, to_po(Catalogue(header=header, entries=old)))
    held(root, "i18n", "update", "ru")
    assert catalogue.read_text(encoding="utf-8").count("\n#~ msgid ") > many * 0.9  # nothing is lost


RECORDS = {
    "lists": "[" * 1_000_000,
    "objects": '{"a":' * 200_000,
    "a long text": '["' + "x" * 30_000_000 + '"]',
    "a number out of range": "[1e9999]",
}


@pytest.mark.parametrize("name", RECORDS)
def test_record(name: str, tmp_path: Path) -> None:
    root = project(tmp_path)
    write(root / "source/sample/evidence/a.json", RECORDS[name])
    held(root, "build", "-j", "1")


MANUAL = ".TH CONNECT 2\n.SH NAME\nconnect \\- join\n.SH ERRORS\n.TP\n.B EIO\nSo.\n"
MANUALS = {
    "many strings and conditions": "".join(f".ds a{n} x\n" for n in range(30_000)) + ".if d z x\n" * 60_000,
    "a long end of what is ignored": f".ig {'a' * 60_000}\n" + "x\n" * 100_000,
    "a long end of a macro": f".de X {'.' * 60_000}\n" + "x\n" * 100_000,
    "many ends of what is ignored": f".ig {'(' * 60_000}\n" * 60,
    "a long string, often": f".ds x {'a' * 60_000}\n" + "\\*x\n" * 60_000,
    "a long string of errnos, often": f".ds x {'EINVAL ' * 9_000}\n" + "\\*x\n" * 60_000,
    "many arguments, often": ".de M\n" + "\\\\$*" * 15_000 + "\n..\n" + f".M {'a ' * 30_000}\n" * 60,
    "a long macro, too deep": ".de B\n" + ".br\n" * 30_000 + "..\n"
    + "".join(f".de D{n}\n.D{n + 1}\nx\n..\n" for n in range(14)) + ".de D14\n" + ".B\nx\n" * 15_000
    + "..\n.D0\n",
}  # fmt: skip


@pytest.mark.parametrize("name", MANUALS)
def test_page_written_by_hand(name: str, tmp_path: Path) -> None:
    write(tmp_path / "man2/connect.2", MANUAL + MANUALS[name])
    held(tmp_path, "lint", "man2/connect.2")
