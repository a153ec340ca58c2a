"""Annotations for GitHub: workflow commands in the log, and a table for the page of the run.

GitHub keeps ten errors, ten warnings and ten notices of a step, and drops the others without a word;
it reads a line that begins with two colons as a command, and ``##[command]`` anywhere in a line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from html import escape

from manproof.diagnostic import Diagnostic, Severity, quoted
from manproof.report.run import LEVELS, Run

_SHOWN = 10
"""Annotations of a kind that GitHub keeps for each step."""
_LONGEST = 4_000
"""Characters of a message; GitHub refuses annotations over 64 KiB."""
_LARGEST = 900_000
"""Bytes of the table; GitHub drops a summary over 1 MiB."""


def render(run: Run) -> str:
    """Workflow commands, errors first; a notice with the summary; then what GitHub would not show."""
    kinds = {kind: [item for item in run.found if item.severity is kind] for kind in LEVELS}
    room = dict.fromkeys(LEVELS, _SHOWN) | {Severity.NOTE: _SHOWN - 1}  # one notice is the summary
    room[Severity.ERROR] -= bool(run.shortfall)
    shown = [item for kind, items in kinds.items() for item in items[: room[kind]]]
    rest = [item for kind, items in kinds.items() for item in items[room[kind] :]]
    more = f"{len(rest)} more in the log of this step; " if rest else ""
    lines = [*map(_command, shown), _remark("notice", more + run.summary), *_remainder(rest)]
    if run.shortfall:
        lines.insert(0, _remark("error", run.shortfall))
    return "".join(f"{line}\n" for line in lines)


def _remark(kind: str, text: str) -> str:
    """A command about the run as a whole."""
    return f"::{kind} title=manproof::{_data(quoted(text))}"


def _command(item: Diagnostic) -> str:
    span = item.span
    properties = {"file": quoted(span.path), "line": span.line, "col": span.column, "title": item.rule}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    return f"::{LEVELS[item.severity].github} {listed}::{_data(_short(str(item)))}"


def _remainder(rest: Sequence[Diagnostic]) -> Iterator[str]:
    """Plain lines, in which GitHub is told to look for no commands."""
    if not rest:
        return
    lines = [str(item) for item in rest]
    # an end that nobody can have written into a message: it depends on all of them
    end = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    yield f"::stop-commands::{end}"
    yield from lines
    yield f"::{end}::"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(run: Run) -> str:
    """The run for the file that GITHUB_STEP_SUMMARY names: HTML, in which no text is Markdown."""
    told = filter(None, [run.shortfall, run.summary])
    head = "<h3>manproof</h3>\n" + "".join(f"<p>{escape(quoted(line))}</p>\n" for line in told)
    if not run.found:
        return head
    rows = [_row(item) for item in sorted(run.found, key=lambda item: -item.severity)]
    kept, size = 0, len(head)
    for row in rows:
        size += len(row.encode())
        kept += size <= _LARGEST
    more = f"<p>{len(rows) - kept} more; the log has them all</p>\n" if kept < len(rows) else ""
    titles = "<tr><th>Severity</th><th>Place</th><th>Message</th><th>Rule</th></tr>\n"
    return f"{head}<table>\n{titles}{''.join(rows[:kept])}</table>\n{more}"


def _row(item: Diagnostic) -> str:
    message = escape(_short(quoted(item.message)))
    place, rule = escape(str(item.span)), escape(item.rule)
    return (
        f"<tr><td>{item.severity}</td><td><code>{place}</code></td><td>{message}</td><td>{rule}</td></tr>\n"
    )
