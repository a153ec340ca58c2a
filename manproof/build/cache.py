"""What earlier builds did: which inputs gave which outputs, and what they had to say.

Nothing but speed depends on it, and it may be deleted at any time.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from manproof import __version__, files
from manproof.build.plan import Job
from manproof.diagnostic import Diagnostic, Severity, Span, UserError

NAME = ".cache.json"
_PACKAGE = Path(__file__).parents[1]


@dataclass(kw_only=True)
class Record:
    """One job as it was done."""

    options: str
    inputs: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    entry: dict[str, Any] = field(default_factory=dict)

    def fresh(self, options: str) -> bool:
        """Whether the job would do the same again, and its outputs are as it left them."""
        if self.options != options:
            return False
        seen = {**self.inputs, **self.outputs}
        return all(_same(files.signature(path), then) for path, then in seen.items())


def _same(now: tuple[int, ...] | None, then: list[int] | None) -> bool:
    return (None if now is None else list(now)) == then


def options_of(job: Job, program: str) -> str:
    """All that a job depends on besides the content of files."""
    evidence = str(job.evidence) if job.evidence else None
    return json.dumps([program, job.locales, job.formats, job.titles, job.translated, evidence])


def program() -> str:
    """The program's version, and in a checkout the state of its files and templates."""
    newest = max(path.stat().st_mtime_ns for path in _PACKAGE.rglob("*.py"))
    return f"{__version__} {newest}"


def read(folder: Path) -> dict[str, Record]:
    """The records of a folder of outputs; a cache that cannot be read is none."""
    try:
        raw = json.loads((folder / NAME).read_bytes())
        return {key: _record(value) for key, value in raw.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _record(value: dict[str, Any]) -> Record:
    found = [_diagnostic(item) for item in value.pop("found")]
    return Record(**value, found=found)


def _diagnostic(value: dict[str, Any]) -> Diagnostic:
    span = Span(*value.pop("span"))
    return Diagnostic(span=span, severity=Severity(value.pop("severity")), **value)


def write(folder: Path, records: dict[str, Record]) -> None:
    """Keeps the records for the next build; a cache that cannot be kept is no error."""
    text = json.dumps({key: asdict(records[key]) for key in sorted(records)}, separators=(",", ":"))
    try:
        files.write(folder / NAME, text.encode())
    except UserError:
        (folder / NAME).unlink(missing_ok=True)
