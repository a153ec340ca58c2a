"""Diagnostics for programs: a list of objects."""

from __future__ import annotations

import json
from collections.abc import Sequence

from manproof.diagnostic import Diagnostic


def render(found: Sequence[Diagnostic]) -> str:
    """A JSON list with rule, severity, path, line, column, field and message of each diagnostic."""
    rows = [
        {"rule": d.rule, "severity": str(d.severity), **d.span._asdict(), "message": d.message} for d in found
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
