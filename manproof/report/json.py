"""Diagnostics for programs: a list of objects."""

from __future__ import annotations

import json
from typing import Any

from manproof.report.run import Run


def render(run: Run) -> str:
    """A JSON list with rule, severity, path, line, column, field and message of each diagnostic."""
    return dump(
        [
            {"rule": d.rule, "severity": str(d.severity), **d.span._asdict(), "message": d.message}
            for d in run.found
        ]
    )


def dump(value: Any) -> str:
    """A value as JSON that can be written as UTF-8: lone surrogates become escapes."""
    text = json.dumps(value, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace").decode()  # \udcff, as Python and JSON both spell it
