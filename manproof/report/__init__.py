"""Diagnostics as text or data: one function a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manproof.diagnostic import Diagnostic
from manproof.report.json import render as as_json
from manproof.report.text import render as as_text

FORMATS: dict[str, Callable[[Sequence[Diagnostic]], str]] = {"text": as_text, "json": as_json}
