"""A report for GitLab's Code Quality widget: a list of issues, in the form of CodeClimate."""

from __future__ import annotations

from manproof.diagnostic import quoted
from manproof.fingerprint import fingerprints
from manproof.report.json import dump
from manproof.report.run import LEVELS, Run


def render(run: Run) -> str:
    """The fields that GitLab reads: description, check_name, fingerprint, severity, location."""
    names = fingerprints(run.found)
    return dump(
        [
            {
                "description": quoted(item.message),
                "check_name": item.rule,
                "fingerprint": name,
                "severity": LEVELS[item.severity].gitlab,
                "location": {"path": quoted(item.span.path), "lines": {"begin": item.span.line or 1}},
            }
            for item, name in zip(run.found, names, strict=True)
        ]
    )
