"""``python -m benchmarks.hostile``: how other tools take hostile text, as docs/SECURITY.md says.

Of each class of tests/hostile so many members are given to each tool as its user would give them. A text is
*shown* if groff and mandoc show it letter by letter in a title, a paragraph, a tag and code, and show what
stands after it; *refused* if the tool ends with an error; else it is lost or changed, or acts on something.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from docutils.core import publish_string

from manproof.catalogue import read
from manproof.document import document
from manproof.load import load_page
from manproof.render import Settings
from manproof.render.html import render as to_html
from manproof.render.man import render
from tests import sample, troff
from tests.hostile import catalogues, positions, prose, texts

MEMBERS = 12
"""Of a class; they are taken evenly from it."""
PO_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
MASTER = ".TH X 2 2026-11-21 x y\n.SH atame\nbtame\n.TP\nctame\nword\n.P\n.nf\ndtame\n.fi\n.P\nThe end.\n"
QUIET = {"report_level": 5, "halt_level": 5}


class RefusedError(Exception):
    """The tool takes the input for wrong."""


def run(*command: str | Path, text: str = "") -> str:
    """What a tool writes; RefusedError if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, input=text.encode(), capture_output=True, check=False, timeout=60)
    if done.returncode:
        raise RefusedError
    return done.stdout.decode()


def in_rest(text: str) -> str:
    """A page in reST, for docutils and pandoc: each sign of prose has a backslash before it."""
    line = sample.rest(positions.one_line(text))
    code = "\n".join(f"    {part}".rstrip() for part in text.split("\n"))
    rule = "=" * (3 * len(line) + 7)
    return "\n\n".join(
        ("NAME\n====", "x - y",
         f"{line} atitle\n{rule}", f"{line} bparagraph", f"{line} ctag\n    word", "::",
         f"    z\n{code} dcode", "The end.\n")
    )  # fmt: skip


def by_docutils(text: str) -> str:
    """The writer of man pages that docutils has."""
    return str(publish_string(in_rest(text), writer_name="manpage", settings_overrides=QUIET), "utf-8")


def by_pandoc(text: str) -> str:
    return run("pandoc", "-s", "-f", "rst", "-t", "man", text=in_rest(text))


def by_po4a(text: str) -> str:
    """The text as the translation of each passage of a man page."""
    said = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    words = {"atame": "atitle", "btame": "bparagraph", "ctame": "ctag", "dtame\\n": "dcode\\n"}
    entries = (f'msgid "{name}"\nmsgstr "{said} {end}"\n\n' for name, end in words.items())
    with tempfile.TemporaryDirectory() as folder:
        return po4a(Path(folder), (PO_HEAD + "".join(entries)).encode())


def po4a(folder: Path, catalogue: bytes) -> str:
    master, po, out = (folder / name for name in ("x.2", "x.po", "out.2"))
    master.write_text(MASTER, encoding="utf-8")
    po.write_bytes(catalogue)
    run("po4a-translate", "-k", "0", "-f", "man", "-m", master, "-M", "UTF-8", "-p", po, "-l", out)
    return out.read_text(encoding="utf-8")


def by_hand(text: str) -> str:
    """A page in which somebody put the text as it is: what mandoc and groff make of it."""
    words = {"atame": "atitle", "btame": "bparagraph", "ctame": "ctag", "dtame": "dcode"}
    page = MASTER
    for name, end in words.items():
        page = page.replace(name, f"{text} {end}")
    return page


TOOLS = {"docutils": by_docutils, "pandoc": by_pandoc, "po4a": by_po4a, "as it is": by_hand}


def verdict(tool: Callable[[str], str], text: str) -> str:
    """What a tool makes of a text."""
    try:
        page = tool(text)
        shown = [bare(troff.groff(page)[0]), bare(troff.mandoc(page))]
    except (RefusedError, UnicodeError):
        return "refused"
    line = positions.one_line(text)
    wanted = [bare(f"{line} {end}") for end in ("atitle", "bparagraph", "ctag", "dcode")]
    return "shown" if all(part in page for page in shown for part in [*wanted, "theend."]) else "changed"


def bare(text: str) -> str:
    """A text without blanks and soft hyphens; titles may be in capitals."""
    return re.sub(r"[\s\u00ad]", "", unicodedata.normalize("NFC", text).replace("…", "...")).casefold()


def ours(text: str) -> str:
    """The same for manproof."""
    page = render(positions.from_source([text]), Settings())
    for shown in (troff.groff(page)[0], troff.mandoc(page)):
        if not all(bare(part) in bare(shown) for part in positions.expected(0, text)):
            return "changed"
    return "shown"


def linted(text: str) -> bool:
    """Whether mandoc's lint has a warning or worse for a page with the text as it is."""
    said = troff.run("mandoc", "-Tlint", "-Wwarning", "-Kutf-8", text=by_hand(text))[0]
    return any("date" not in line for line in said.splitlines())


def some(members: Sequence[str]) -> list[str]:
    return (
        [members[at * len(members) // MEMBERS] for at in range(MEMBERS)]
        if len(members) > MEMBERS
        else [*members]
    )


def rows_of_texts() -> Iterable[list[str]]:
    """A row for each class of texts."""
    yield ["class", "tried", "manproof", *TOOLS, "as it is, lint of mandoc"]
    for name, members in texts.CLASSES.items():
        found = some(members)
        cells = [counted(ours(text) for text in found)]
        cells += [counted(verdict(tool, text) for text in found) for tool in TOOLS.values()]
        yield [name, str(len(found)), *cells, f"warns of {sum(map(linted, found))}"]


def counted(verdicts: Iterable[str]) -> str:
    """Such as ``11 shown, 1 changed``."""
    found = Counter(verdicts)
    return ", ".join(f"{found[word]} {word}" for word in ("shown", "refused", "changed") if found[word])


def rows_of_catalogues() -> Iterable[list[str]]:
    """What must be refused, and what is."""
    cases = [content for content, *_ in catalogues.REFUSED.values()]
    refused = {"manproof": sum(read(data, "de.po", locale="de")[0] is None for data in cases)}
    for name, tool in (("po4a-translate", po4a), ("msgfmt --check", msgfmt)):
        with tempfile.TemporaryDirectory() as folder:
            refused[name] = sum(fails(tool, Path(folder), data) for data in cases)
    yield ["catalogues that are wrong", *refused]
    yield [f"{len(cases)} tried", *(f"{number} refused" for number in refused.values())]


def msgfmt(folder: Path, data: bytes) -> str:
    (folder / "x.po").write_bytes(data)
    return run("msgfmt", "--check", "-o", "/dev/null", folder / "x.po")


def fails(tool: Callable[[Path, bytes], str], folder: Path, data: bytes) -> bool:
    try:
        tool(folder, data)
    except (RefusedError, UnicodeError):
        return True
    return False


ACTS = re.compile(
    r"<script|<img|javascript:|vbscript:|href=\"data:|src=\"data:|file:///|http-equiv=\"?refresh|SECRET"
)


def rows_of_prose() -> Iterable[list[str]]:
    """reST that reads a file or becomes something that acts, as HTML."""
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder, "secret.txt")
        secret.write_text("SECRET\n", encoding="utf-8")
        cases = [text.replace("{file}", str(secret)) for text in (*prose.DIRECTIVES, *prose.REFERENCES)]
        tools = (_our_html, _docutils_html, _pandoc_html)
        counts = [sum(acts(tool, text) for text in cases) for tool in tools]
    yield ["reST that would act, as HTML", "manproof", "docutils", "pandoc"]
    yield [f"{len(cases)} tried", *(f"{number} act" for number in counts)]


def acts(tool: Callable[[str], str], text: str) -> bool:
    try:
        return ACTS.search(tool(text).partition("<body")[2]) is not None
    except (RefusedError, UnicodeError, OSError):
        return False


def _our_html(text: str) -> str:
    page = load_page(sample.described(text).encode(), "source/sample/sample.2.yaml")[0]
    if page is None:
        raise RefusedError
    root, found = document(page, sample.edition(), {})
    if sample.errors(found):
        raise RefusedError
    return to_html(root, Settings(templates=sample.ROOT / "templates"))


def _docutils_html(text: str) -> str:
    return str(publish_string(text, writer_name="html5", settings_overrides=QUIET), "utf-8")


def _pandoc_html(text: str) -> str:
    return run("pandoc", "-s", "-f", "rst", "-t", "html", text=text)


def main() -> None:
    """Prints the tables."""
    for rows in (rows_of_texts(), rows_of_catalogues(), rows_of_prose()):
        for number, row in enumerate(rows):
            print("| " + " | ".join(row) + " |")
            if not number:
                print("|" + "---|" * len(row))
        print()


if __name__ == "__main__":
    main()
