"""``python -m benchmarks``: measures the program beside other tools."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import content
from benchmarks.measure import Result, Task, best
from benchmarks.table import machine, table
from benchmarks.tasks import MSGMERGE, OURS, PO4A, PO4A_ALONE, PO4A_EACH, SPHINX, Bench

_RESULTS = Path(__file__).parent / "RESULTS.md"
_HEAD = """\
# Speed

Written by `python -m benchmarks --write`. Every page is generated with the size of connect(2): some
235 lines of source, 48 texts to translate, 18 entries of ERRORS, a program of 60 lines. It is built in
English and Russian, as man(7) and as HTML, so that each task writes four files a page.

Figures are the best of {repeat} runs (of one run where it takes over half a minute), in which the tools
take turns: seconds of the clock, and the size of the largest process. In brackets is how many times as
long as manproof a tool takes.

- *po4a + mandoc*: one catalogue for all pages, which is its fastest way; as po4a is one process, each
  core gets a `po4a.cfg` with half of the pages, then runs `mandoc -T html` for them. English man pages
  are its source, which it need not write. Beside it the same with one `po4a.cfg`, on one core; and with
  a catalogue for each page, as manproof and Sphinx have it.
- *Sphinx*: its builders `html` and `man` share what was read, and the languages are built side by side.
- *linted* is `manproof lint --no-probe` with nothing remembered; its peers are `mandoc -Tlint` on the pages
  of both languages and `msgfmt -c`, which look at less.
- *msgmerge*: a process for each catalogue, in two lots side by side; it reads templates that are there, and
  nothing else.
- A build of manproof makes the site around the pages too: lists, rules, progress, and the words for the
  search. 5000 pages are built by manproof alone.
- manproof alone waits until the disk has what it writes.

"""
_MANY = 5000
"""Pages that manproof alone builds, and only cold: whether time is linear, and how much memory it takes."""


def main() -> None:
    """The command."""
    arguments = _arguments()
    tools = _tools(arguments.sphinx)
    for name in (PO4A, SPHINX):
        if name not in tools:
            print(f"{name} is not installed, so it is left out", file=sys.stderr)
    rows: dict[str, dict[str, Result]] = {}
    columns = [
        tool
        for tool in (OURS, PO4A, PO4A_ALONE, PO4A_EACH, MSGMERGE, SPHINX)
        if tool == OURS or tool in tools
    ]
    with tempfile.TemporaryDirectory(prefix="manproof-bench-") as folder:
        for name, tasks in _tasks(arguments.pages, tools, Path(folder)):
            print(f"{name} …", file=sys.stderr)
            rows[name] = best(tasks, arguments.repeat)
    report = "\n".join([*machine(tools), "", table(rows, columns)]) + "\n"
    print(report, end="")
    if arguments.write:
        _RESULTS.write_text(_HEAD.format(repeat=arguments.repeat) + report, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--pages", type=int, nargs="+", default=[1, 100, 500, _MANY], help="sizes of the project"
    )
    parser.add_argument("--quick", action="store_true", help="small projects, once each")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each task; the best counts")
    parser.add_argument("--sphinx", default="sphinx-build", help="the program of Sphinx, if not on the PATH")
    parser.add_argument("--write", action="store_true", help="write benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.pages, arguments.repeat = [1, 20], 1
    return arguments


def _tools(sphinx: str) -> dict[str, str]:
    """The peers that are here, and their programs."""
    po4a = (
        dict.fromkeys((PO4A, PO4A_ALONE, PO4A_EACH), "po4a")
        if shutil.which("po4a") and shutil.which("mandoc")
        else {}
    )
    program = shutil.which(sphinx)
    msgmerge = {MSGMERGE: "msgmerge"} if shutil.which("msgmerge") else {}
    return {**po4a, **msgmerge, **({SPHINX: program} if program else {})}


def _tasks(sizes: list[int], tools: dict[str, str], folder: Path) -> Iterator[tuple[str, list[Task]]]:
    for size in sizes:
        peers = {} if size == _MANY else tools
        bench = Bench(content.pages(size), folder / str(size), peers)
        what = "1 page" if size == 1 else f"{size} pages"
        yield f"{what}, cold", list(bench.cold())
        if size == 1:
            yield "--help", list(bench.help())
        if 1 < size < _MANY:
            yield f"{what}, one edited", list(bench.edit())
            yield f"{what}, nothing changed", list(bench.nothing())
            yield f"{what}, linted", list(bench.lint())
            yield f"{what}, linted again", list(bench.relint())
            yield f"{what}, templates extracted", list(bench.extract())
            yield f"{what}, catalogues updated after an edit", list(bench.update())


if __name__ == "__main__":
    main()
