"""What a lint found, as text or data: one module a format, each with ``render(run) -> str``.

A format is only a way to tell: what is told, and the exit status, are the same in all of them.
"""

from __future__ import annotations

from importlib import import_module

from manproof.report.run import Run

FORMATS = {
    "text": "manproof.report.text",
    "concise": "manproof.report.concise",
    "json": "manproof.report.json",
    "sarif": "manproof.report.sarif",
    "github": "manproof.report.github",
    "gitlab": "manproof.report.gitlab",
    "junit": "manproof.report.junit",
}
"""The formats by name; a module is imported when it is used."""


def render(form: str, run: Run) -> str:
    """A run in a format of ``FORMATS``, ending with a line feed if there is anything to tell."""
    text: str = import_module(FORMATS[form]).render(run)
    return text
