"""Rules on the pages that are made: what formatters say of them, where their text was written."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from docutils import nodes

from manproof import host
from manproof.diagnostic import Severity, Span
from manproof.lint import Found, rule
from manproof.prose import walk

FAMILY = "output"

_FIRST_MARK = 0xF0000
"""The first character of a private plane of Unicode, which no source may hold: marks count from it."""
_MARKS = re.compile(f"[{chr(_FIRST_MARK)}-\U000ffffd]")
_PARAGRAPH = re.compile(r"\.(?:P|TP|TQ|IP|SH|SS|RS|TH)\b|T\{")


def mark(root: Any) -> list[Span]:
    """Puts a mark into each text of a document, and gives the places that the marks stand for."""
    numbers, places = count(_FIRST_MARK), list[Span]()
    for node in walk(root):
        if isinstance(node, nodes.TextElement) and "span" in node and node.get("about"):
            leaf = next(
                (child for child in walk(node) if isinstance(child, nodes.Text) and str(child).strip()), None
            )
            if leaf is not None:
                text, own = str(leaf), leaf.parent
                at = len(text) - len(text.lstrip()) + 1
                marked = nodes.Text(text[:at] + chr(next(numbers)) + text[at:])
                marked.parent = own
                own.children[own.children.index(leaf)] = marked
                places.append(node["span"])
    return places


@dataclass(frozen=True, kw_only=True)
class Output:
    """A man page of which a formatter is asked: its text with marks, and the places that they stand for.

    ``top`` is the place of what comes before all texts, and ``synopsis`` that of SYNOPSIS, if it is there.
    """

    marked: str
    places: Sequence[Span]
    locale: str
    top: Span
    synopsis: Span | None = None

    @cached_property
    def troff(self) -> str:
        """The page as it is built."""
        return _MARKS.sub("", self.marked)

    @cached_property
    def starts(self) -> list[tuple[int, Span]]:
        """The lines, from 1, in which texts begin, with their places."""
        lines = self.marked.split("\n")
        found = []
        for number, line in enumerate(lines):
            if line == ".nf" and self.synopsis:  # of the writers, SYNOPSIS alone uses it
                found.append((number + 1, self.synopsis))
            for match in _MARKS.findall(line):
                first = number
                while first and not _PARAGRAPH.match(lines[first - 1]):
                    first -= 1
                found.append((first + 1, self.places[ord(match) - _FIRST_MARK]))
        return found

    def place(self, line: int) -> Span:
        """The text that a line of the output belongs to; the top of the file before all texts."""
        return next((span for first, span in reversed(self.starts) if first <= line), self.top)

    def told(self, command: Sequence[str], pattern: re.Pattern[str]) -> Found:
        """The messages of a program that match, each once in a place; that it failed, if it says no more."""
        try:
            answer = host.ask(command, self.troff)
        except (OSError, subprocess.TimeoutExpired) as problem:
            yield self.top, str(problem)
            return
        found = [
            (self.place(int(match["line"])), match["message"]) for match in pattern.finditer(answer.text)
        ]
        if answer.status and not found:
            last = answer.text.strip().rpartition("\n")[2][:200]
            found = [(self.top, f"it ended with status {answer.status}: {last or 'without a word'}")]
        yield from dict.fromkeys(found)


_GROFF = re.compile(
    r"^(?:\w+: ?)?<standard input>:(?P<line>\d+): (?:(?:warning|error)(?: \[[^\]]*\])?: )?(?P<message>.*)$",
    re.M,
)


@rule(FAMILY, Severity.WARNING, costly=True, needs="groff")
def groff_warning(output: Output) -> Found:
    """A page makes groff warn, with all of its warnings on.

    Why: what it warns of is shown otherwise than it was meant: a line that cannot be broken, a
    character that no font has.

    Bad: a word in a literal that is wider than the page.

    Good: a text that can be broken.
    """
    command = ["groff", "-t", "-man", "-ww", "-Kutf8", "-Tutf8", "-z", "-rLL=78n"]
    for span, message in output.told(command, _GROFF):
        yield span, f"groff: {message} ({output.locale}); change the text"


# what mandoc may say of every page, and why it is left so
_ACCEPTED = re.compile(
    "lower case character in document title"  # man-pages(7) writes it as the name of the page
    "|cannot parse date|normalizing date format"  # it knows English dates; their form is the edition's
    "|input text line longer than 80 bytes"  # it counts bytes, of which Cyrillic letters have two
    "|empty block: (?:UR|MT)"  # a URL that is its own text, in the form of man-pages(7)
    "|missing manual section|unknown manual section"  # sections such as 3socket
)
_MANDOC = re.compile(r"^mandoc: <stdin>:(?P<line>\d+):\d+: (?:\w+): (?P<message>.*)$", re.MULTILINE)


@rule(FAMILY, Severity.WARNING, costly=True, needs="mandoc")
def mandoc_warning(output: Output) -> Found:
    """A page makes the lint of mandoc say something.

    Why: it is the formatter of the BSDs, of Alpine and of many web sites, and it reads more strictly
    than groff. What it says of every page of man-pages(7)'s form is left out.

    Bad: a list in a table.

    Good: a text that mandoc shows as it is meant.
    """
    command = ["mandoc", "-Tlint", "-Wall", "-Kutf-8"]
    for span, message in output.told(command, _MANDOC):
        if not _ACCEPTED.match(message):
            yield span, f"mandoc: {message} ({output.locale}); change the text"


@rule(FAMILY, Severity.WARNING, costly=True, needs="mandb")  # the man of man-db; others take no --warnings
def man_warning(output: Output) -> Found:
    """A page makes man(1) warn, as the lintian of Debian asks it.

    Why: it chooses the preprocessors and the encoding itself, so it may fail where groff does not.

    Bad: a page whose first line does not say that it needs tbl.

    Good: a page that man shows in silence.
    """
    command = ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", "-"]
    for span, message in output.told(command, _GROFF):
        yield span, f"man: {message} ({output.locale}); change the text"
