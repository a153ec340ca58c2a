"""Runs to report: a usual one, a clean one, and the readers that take reports apart."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from jsonschema import Draft4Validator

from manproof.diagnostic import Diagnostic, Severity, Span, error, note, warning
from manproof.report.run import Run
from tests.sample import ROOT

SARIF = Draft4Validator(json.loads((ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8")))


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule as reporters see one."""

    name: str
    family: str
    severity: Severity
    manual: str


MANUAL = """{}

    Why: somebody relies on it.

    Bad: `claims: {{a.b: EIO}}`

    Good: `claims: {{a.b: EBADF}}`
    """
RULES = [
    Rule(name=name, family=family, severity=severity, manual=MANUAL.format(fact))
    for name, family, severity, fact in (
        ("errno-contradicted", "evidence", Severity.ERROR, "The kernel gives another outcome."),
        ("errno-unverified", "evidence", Severity.NOTE, "A claim could not be tried."),
        ("probe-broken", "evidence", Severity.WARNING, "A probe went wrong."),
        ("translation-untranslated", "translation", Severity.NOTE, "A text has no translation."),
    )
]
PAGE, CATALOGUE = "source/linux/connect.2.yaml", "translations/ru/LC_MESSAGES/linux/connect.2.po"
SOURCES = {
    PAGE: ["name: connect", "", "          - {claims: {unix.live: EIO}, when: It 𝔘 is live.}", "x" * 300],
    CATALOGUE: ['msgid "\tthe peer"', 'msgstr "日本 адрес"'],
}
SUMMARY = "0 of 2 causes verified live (not asked for; add --probe)"
FIELD = "errors/unix/rows/EIO/causes/live"
FOUND = [
    note("translation-untranslated", Span(CATALOGUE, 2, 11), "the text has no translation; translate it"),
    error(
        "errno-contradicted", Span(PAGE, 3, 40, FIELD), "EIO claimed for unix.live, Linux answered success"
    ),
    warning("probe-broken", Span(PAGE, 4, 200, FIELD), "the probe of unix.live is broken: 100% lost"),
    note("errno-unverified", Span(PAGE, 3, 13, FIELD), "unix.live could not be tried: unshare: EPERM"),
    error("unreadable", Span("source/linux/other.2.yaml"), "it is empty; write a page, or remove it"),
]


def lines(path: str) -> Sequence[str]:
    return SOURCES.get(path, ())


USUAL = Run(found=FOUND, rules=RULES, version="1.2.3", summary=SUMMARY, lines=lines)
CLEAN = Run(found=[], rules=RULES, version="1.2.3", summary=SUMMARY, lines=lines)


def sarif(text: str) -> dict[str, Any]:
    """The run of a SARIF log, which must fit the schema."""
    log = json.loads(text)
    SARIF.validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def junit(text: str) -> ElementTree.Element:
    """The suite of a JUnit report, whose numbers must be those of its cases."""
    root = ElementTree.fromstring(text.encode())
    (suite,) = root
    cases = suite.findall("testcase")
    assert root.attrib | {"name": "manproof lint"} == suite.attrib
    assert suite.get("tests") == str(len(cases))
    for total, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert suite.get(total) == str(sum(case.find(tag) is not None for case in cases))
    return suite


@dataclass(frozen=True, kw_only=True)
class Command:
    """A workflow command, as GitHub's runner reads it."""

    name: str
    properties: dict[str, str]
    data: str


def commands(text: str) -> list[Command | str]:
    """The commands of a log; a line without one is itself. What stands after stop-commands is none."""
    found: list[Command | str] = []
    end = None
    for line in text.split("\n")[:-1]:
        if end is not None:
            end = None if line.strip() == f"::{end}::" else end
            found += [line] if end else []
        elif match := re.fullmatch(r"\s*::([a-z-]+)(?: (.*?))?::(.*)", line, re.DOTALL):
            if match[1] == "stop-commands":
                end = match[3]
                continue
            pairs = (pair.split("=", 1) for pair in (match[2] or "").split(","))
            properties = {key: unescaped(value, "%0D", "%0A", "%3A", "%2C") for key, value in pairs}
            found.append(
                Command(name=match[1], properties=properties, data=unescaped(match[3], "%0D", "%0A"))
            )
        else:
            assert "##[" not in line
            found.append(line)
    assert end is None
    return found


def unescaped(text: str, *escapes: str) -> str:
    for escape in escapes:
        text = text.replace(escape, chr(int(escape[1:], 16)))
    return text.replace("%25", "%")


def of_severity(severity: Severity, count: int, message: str = "it is wrong; correct it") -> list[Diagnostic]:
    return [
        Diagnostic(rule="wrong", severity=severity, span=Span(PAGE, n + 1, 1), message=f"{n}: {message}")
        for n in range(count)
    ]
