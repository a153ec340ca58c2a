"""What was wrong when the lint was introduced, and is passed over: a file of fingerprints.

A fingerprint is made of the rule, the file and the path of the field, so it does not change when lines
move. Several findings that are alike are counted: one more of them is told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from manproof import files
from manproof.diagnostic import Diagnostic, Severity, UserError, quoted
from manproof.fingerprint import fingerprints

_VERSION = 1


def read(path: Path, within: Path | None = None) -> frozenset[str]:
    """The fingerprints of a file; UserError if it is no such file."""
    try:
        data = json.loads(files.read(path, within))
        if data["version"] != _VERSION:
            raise ValueError
        return frozenset(str(row["fingerprint"]) for row in data["findings"])
    except (ValueError, KeyError, TypeError, RecursionError):
        shown = quoted(str(path))
        way_out = f"write one with: manproof lint --baseline {shown} --update-baseline"
        raise UserError(f"{shown} is no baseline of this version; {way_out}") from None


def without(
    found: Sequence[Diagnostic], known: frozenset[str], may_pass: Callable[[Diagnostic], bool]
) -> list[Diagnostic]:
    """The diagnostics that are not in the baseline, in their order; some must not be passed over."""
    marks = zip(fingerprints(found), found, strict=True)
    return [item for mark, item in marks if mark not in known or not may_pass(item)]


def write(
    path: Path,
    found: Sequence[Diagnostic],
    may_pass: Callable[[Diagnostic], bool],
    within: Path | None = None,
) -> int:
    """Writes the errors and warnings among some diagnostics; returns how many there are."""
    marks = zip(fingerprints(found), found, strict=True)
    rows = [
        {"fingerprint": mark, "rule": item.rule, "path": item.span.path, "field": item.span.field}
        for mark, item in marks
        if item.severity >= Severity.WARNING and may_pass(item)
    ]
    rows.sort(key=lambda row: (row["path"], row["rule"], row["field"], row["fingerprint"]))
    text = json.dumps({"version": _VERSION, "findings": rows}, indent=2, ensure_ascii=False)
    files.write(path, (text + "\n").encode("utf-8", "backslashreplace"), within)
    return len(rows)
