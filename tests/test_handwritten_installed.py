"""The pages of the system's own manual: all that have errors are read, and as another program reads them.

Debian's manpages-dev has 434 names in section 2 whose page has a section ERRORS; names that are links
count, as each is a page to its reader. In 24 of them no entry has a tag: the call cannot fail, or another
page is referred to, or it is said in prose. The other 410 are read.
"""

from __future__ import annotations

import gzip
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from manproof import handwritten
from manproof.handwritten import Manual
from manproof.handwritten.words import heads_errors

README = Path(__file__).parent.parent / "README.md"
FOLDER = Path("/usr/share/man/man2")
WITHOUT_TAGS = {
    # cannot fail
    "getegid", "getegid32", "geteuid", "geteuid32", "getgid", "getgid32", "getpid", "getppid", "gettid",
    "getuid", "getuid32", "sched_yield", "set_tid_address", "sgetmask", "ssetmask",
    # as another page has it
    "pread", "pread64", "pwrite", "pwrite64", "restart_syscall", "sendmmsg", "wait3", "wait4",
    # in prose
    "getunwind",
}  # fmt: skip
pytestmark = pytest.mark.skipif(
    not (FOLDER / "connect.2.gz").exists(),
    reason="MANPAGES-DEV IS NOT INSTALLED: no page of a system was read",
)


def name(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(".2")


def text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", "replace")


def with_errors() -> list[Path]:
    """The pages with a heading of that name, links among them; this test's own reading."""
    return [path for path in sorted(FOLDER.glob("*.2.gz")) if re.search(r'^\.SH "?ERRORS', text(path), re.M)]


@cache
def manuals() -> dict[Path, Manual]:
    return {path: handwritten.read(path) for path in with_errors()}


def test_the_tags_of_all_pages_are_read() -> None:
    pages = manuals()
    tagged = {name(path) for path, page in pages.items() if page.tagged}
    untagged = {name(path) for path in pages} - tagged
    assert all(page.errors is not None and not page.found for page in pages.values())
    assert untagged <= WITHOUT_TAGS, "pages of which no tag was read"
    if version() == "6.03-2":
        assert (len(pages), len(tagged)) == (434, 410)
    assert len(tagged) >= 0.94 * len(pages)


def version() -> str:
    """The version of Debian's package; empty on another system."""
    if not shutil.which("dpkg-query"):
        return ""
    command = ["dpkg-query", "-W", "-f", "${Version}", "manpages-dev"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_pages_without_tags_refer_to_others_or_cannot_fail() -> None:
    pages = {name(path): page for path, page in manuals().items()}
    assert [str(item) for item in pages["wait4"].references] == ["waitpid(2)"]
    assert [str(item) for item in pages["sendmmsg"].references] == ["sendmsg(2)"]
    assert list(pages["getunwind"].errnos) == ["EFAULT"]
    assert not pages["getpid"].errnos and not pages["getpid"].references


def _terms(page: str) -> Iterator[str]:
    """The errnos of the tags in ERRORS, in the HTML that mandoc makes of a page."""
    for section in page.split('<section class="Sh">'):
        title = re.search(r"<h1[^>]*>(.*?)</h1>", section, re.S)
        if title and heads_errors(html.unescape(re.sub("<[^>]*>", "", title[1]))):
            for term in re.findall(r"<dt\b.*?</dt>", section, re.S):
                words = html.unescape(re.sub("<[^>]*>", "", term))
                yield from dict.fromkeys(
                    re.findall(r"(?<![A-Za-z0-9_])E[A-Z0-9]{2,}(?![A-Za-z0-9_(])", words)
                )


@pytest.mark.skipif(not shutil.which("mandoc"), reason="MANDOC IS NOT INSTALLED")
def test_mandoc_finds_the_same_tags() -> None:
    """A witness that shares no code: every tag of every page, in order, as mandoc understands them."""
    different = {}
    for path, page in manuals().items():
        if not path.is_symlink() and page.tagged:
            shown = subprocess.run(
                ["mandoc", "-Thtml", str(path)],
                capture_output=True,
                text=True,
                cwd=FOLDER.parent,
                check=False,
            ).stdout
            ours = [each for entry in page.entries for each in entry.errnos]
            if ours != (theirs := list(_terms(shown))):
                different[name(path)] = sorted(set(ours) ^ set(theirs)) or "order"
    # mincore(2) lacks the .TP of its first entry, which is a tag to a reader all the same
    different.pop("mincore", None)
    assert not different


def test_the_readme_shows_what_is_printed() -> None:
    """Of Debian 12's page of connect(2); numbers may change with every record."""
    block = re.search(r'manproof lint "connect\(2\)".*?```text\n(.*?)```', README.read_text("utf-8"), re.S)
    assert block
    command = [sys.executable, "-m", "manproof", "lint", str(FOLDER / "connect.2.gz")]
    done = subprocess.run(command, cwd=README.parent / "tests", capture_output=True, text=True, check=False)
    printed = {re.sub(r"\d+", "0", line) for line in (done.stdout + done.stderr).splitlines()}
    if version() == "6.03-2":
        assert {re.sub(r"\d+", "0", line) for line in block[1].splitlines()} <= printed
    else:
        assert "errnos verified live" in done.stderr
