"""Rules on how the source is written: those of man-pages(7), and words that want their role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from manproof import host
from manproof.diagnostic import Severity, Span
from manproof.lint import Found, rule
from manproof.lint.written import PHRASE, SENTENCES, Text, Written

FAMILY = "source"

_NEXT = re.compile(r"[.!?][)\"”»]? (?=[A-Z\0])")
_LAST_WORD = re.compile(r"[\w.\0]+(?=[)\"”»]*\Z)")
_ABBREVIATED = {"etc", "vs", "cf", "approx", "resp", "incl", "no", "fig", "sec", "e.g", "i.e"}


@rule(FAMILY, Severity.WARNING)
def sentence_mid_line(written: Written) -> Found:
    """A sentence begins in the middle of a line of the source.

    Why: with each sentence on a line of its own, a diff shows which sentence has changed
    (man-pages(7), "semantic newlines").

    Bad: `Nothing is sent. The address is kept.` in one line.

    Good: two lines, in a block (`text: |`).
    """
    for text in written.texts:
        for match in _NEXT.finditer(text.plain) if text.kind == SENTENCES else ():
            last = _LAST_WORD.search(text.plain, max(0, match.start() - 40), match.start())
            if last and len(last[0]) > 1 and last[0].lower() not in _ABBREVIATED:
                span = _in_one_line(written, text, match.end())
                if span is not None:
                    yield span, "a new sentence begins in the middle of a line; begin a new line"


def _in_one_line(written: Written, text: Text, index: int) -> Span | None:
    """Where the file has these words in one line; YAML folds lines of some texts into one."""
    start = max(0, index - 12, text.text.rfind("\n", 0, index) + 1)
    words = text.text[start : index + 1]
    first = max(text.span.line - 1, 0)
    for number, line in enumerate(written.lines()[first : first + 80]):
        column = line.find(words)
        if column >= 0:
            return Span(text.span.path, first + number + 1, column + index - start + 1, text.span.field)
    return None


# man-pages(7), "Preferred terms", and its advice to spell as Americans do
_PREFERRED = {
    "bit mask": "bitmask", "built in": "built-in", "file name": "filename", "file names": "filenames",
    "path name": "pathname", "path names": "pathnames", "file system": "filesystem",
    "file systems": "filesystems", "host name": "hostname", "lower case": "lowercase",
    "upper case": "uppercase", "non-blocking": "nonblocking", "non blocking": "nonblocking",
    "non-zero": "nonzero", "non zero": "nonzero", "null-terminator": "null byte",
    "super user": "superuser", "super-user": "superuser", "symlink": "symbolic link",
    "symlinks": "symbolic links", "time stamp": "timestamp", "time-stamp": "timestamp",
    "timezone": "time zone", "user name": "username", "run-time": "run time",
    "reserved port": "privileged port", "reserved ports": "privileged ports", "sub-directory": "subdirectory",
    "read only": "read-only", "real time": "real-time", "use space": "user space", "userspace": "user space",
    "time out": "timeout", "behaviour": "behavior", "colour": "color", "initialise": "initialize",
    "initialised": "initialized", "recognise": "recognize", "recognised": "recognized",
    "specialised": "specialized", "synchronise": "synchronize", "synchronised": "synchronized",
    "neighbour": "neighbor", "serialise": "serialize", "favour": "favor", "honour": "honor",
    "honours": "honors", "analogue": "analog", "catalogue": "catalog", "centre": "center",
    "Posix": "POSIX", "Unix": "UNIX", "linux": "Linux", "ip": "IP", "tcp": "TCP", "udp": "UDP",
    "Ipv4": "IPv4", "IPV4": "IPv4", "ipv4": "IPv4", "Ipv6": "IPv6", "IPV6": "IPv6", "ipv6": "IPv6",
    "internet": "Internet",
}  # fmt: skip
_PLAIN_WORDS = frozenset(re.split(r"[ -]", term)[0] for term in _PREFERRED)
_WANTED = re.compile(r"(?<![\w/.-])(?:" + "|".join(sorted(map(re.escape, _PREFERRED), key=len, reverse=True))
                     .replace(r"\ ", r"\s+") + r")(?![\w/(-]|\.\w)")  # fmt: skip


@rule(FAMILY, Severity.WARNING)
def spelling_not_preferred(written: Written) -> Found:
    """A word is spelt otherwise than man-pages(7) prefers.

    Why: one spelling in all pages makes them easy to search.

    Bad: `non-blocking`, `file name`, `symlink`, `behaviour`, `Unix`

    Good: `nonblocking`, `filename`, `symbolic link`, `behavior`, `UNIX`
    """
    for text in written.texts:
        for match in _WANTED.finditer(text.plain) if text.tokens & _PLAIN_WORDS else ():
            word = " ".join(match[0].split())
            yield text.at(match.start()), f"“{word}” is spelt “{_PREFERRED[word]}” in man pages; write it so"


_FINISHED = re.compile(r"[.:;!?…][)\"”»*]*\Z")


@rule(FAMILY, Severity.WARNING)
def sentence_unfinished(written: Written) -> Found:
    """A text of sentences does not end in a mark of punctuation.

    Why: readers cannot know whether something is missing.

    Bad: `when: The file does not exist`

    Good: `when: The file does not exist.`
    """
    for text in written.texts:
        last = text.text.rpartition("\n")[2]
        # code, and tables, end as they like
        if text.kind == SENTENCES and not last.startswith((" ", "=", "+")) and not _FINISHED.search(last):
            yield text.at(len(text.text) - 1), "the text ends without a mark of punctuation; end the sentence"


_SMALL = re.compile(r"[a-z]+(?=[ ,\n])")


@rule(FAMILY, Severity.WARNING)
def sentence_uncapitalized(written: Written) -> Found:
    """A text of sentences begins with a small letter.

    Why: its beginning was lost, or a phrase was made a sentence and not finished.

    Bad: `when: the file does not exist.`

    Good: `when: The file does not exist.`
    """
    for text in written.texts:
        if text.kind == SENTENCES and (match := _SMALL.match(text.plain)):
            yield text.span, f"the text begins with the small letter of “{match[0]}”; make it a capital"


_SHORTEST = 20


@rule(FAMILY, Severity.WARNING)
def paragraph_duplicate(written: Written) -> Found:
    """A paragraph stands twice on a page.

    Why: it was copied and not changed, or moved and not removed. Causes have a rule of their own.

    Bad: one paragraph in DESCRIPTION and in NOTES.

    Good: one of them.
    """
    seen: dict[str, int] = {}
    for text in written.texts:
        words = " ".join(text.text.casefold().split())
        if text.kind == SENTENCES and len(words) >= _SHORTEST and not text.span.field.endswith("/when"):
            if words in seen:
                yield text.span, f"the same paragraph stands in line {seen[words]}; leave it in one place"
            seen.setdefault(words, text.span.line)


@rule(FAMILY, Severity.WARNING)
def phrase_as_sentence(written: Written) -> Found:
    """A summary, a rare cause or a cell is written as a sentence.

    Why: the summary stands after a dash in apropos(1), and a rare cause before its errnos: neither
    has a capital or a full stop.

    Bad: `summary: Connect a socket.`

    Good: `summary: connect a socket`
    """
    for text in written.texts:
        if text.kind == PHRASE and not text.span.field.startswith("attributes"):
            if text.text.endswith((".", ";", ":", "!")):
                mark = text.text[-1]
                yield text.at(len(text.text) - 1), f"a phrase ends with “{mark}”; take it out"
            if re.match(r"[A-Z][a-z]+ [a-z]", text.text):
                yield (
                    text.span,
                    f"a phrase begins with the capital of “{text.text.split()[0]}”; make it small",
                )


_ROLE = re.compile(r"``(:[a-z]+:`[^`]*`?)``|(?<![\w`:]):([a-z]+):``([^`]+)``")


@rule(FAMILY, Severity.WARNING)
def role_in_literal(written: Written) -> Found:
    """A role stands between double backquotes, or its word does.

    Why: readers see the colons and backquotes themselves.

    Bad: ```` ``:func:`connect``` ````, ```` :func:``connect`` ````

    Good: ```` :func:`connect` ````
    """
    for text in written.texts:
        for match in _ROLE.finditer(text.text) if "``" in text.text else ():
            yield text.at(match.start()), f"{match[0]} would be shown letter by letter; use single backquotes"


_NAMES = re.compile(
    r"(?<![\w/.\-\0])(?:(?P<errno>E[A-Z]{3,}[A-Z0-9]*)|(?P<man>[a-z_]\w*\([1-8][a-z]{0,9}\))|(?P<func>[a-z_]\w*)\(\)"
    r"|(?P<const>(?:AF|PF|SOCK|SOL|IPPROTO|MSG|SIG|SA|SO|TCP|CAP|O)_[A-Z][A-Z0-9_]*))(?![\w\0])"
)


@rule(FAMILY, Severity.WARNING)
def name_unmarked(written: Written) -> Found:
    """An errno, a function, a constant or a page is named without its role.

    Why: it is not set in its font, leads nowhere, and a translation could change it unseen.

    Bad: `fails with EINPROGRESS; see poll(2)`

    Good: ``fails with :errno:`EINPROGRESS`; see :man:`poll(2)` ``
    """
    for text in written.texts:
        for kind, word, index in names(text.plain):
            yield text.at(index), f"{word} stands without its role; write :{kind}:`{word.removesuffix('()')}`"


_MAY_NAME = re.compile(r"[A-Z]{4}|\(\)|\([1-8]|[A-Z]_").search


def names(plain: str) -> Iterator[tuple[str, str, int]]:
    """The names in plain text: the role that each wants, the name, its offset."""
    for match in _NAMES.finditer(plain) if _MAY_NAME(plain) else ():
        kind = match.lastgroup or ""
        if kind != "errno" or match[0] in host.errnos():
            yield kind, match[0], match.start()
