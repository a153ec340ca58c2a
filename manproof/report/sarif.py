"""SARIF 2.1.0, for code scanning: the OASIS standard for results of static analysis.

All rules are declared and a clean run has an empty list of results, so that alerts close. Columns
count UTF-16 code units, which is all that GitHub knows. What could not be tried is no result: it is
a notification of the invocation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from inspect import cleandoc
from typing import Any
from urllib.parse import quote

from manproof.diagnostic import Diagnostic, Span, quoted
from manproof.fingerprint import fingerprints
from manproof.report.json import dump
from manproof.report.run import LEVELS, Rule, Run, is_untried

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST = 25_000
"""Results that GitHub takes of one run; it refuses a file with more."""
_BASE = "%SRCROOT%"


def render(run: Run) -> str:
    """A log with one run."""
    numbers = {rule.name: number for number, rule in enumerate(run.rules)}
    told = sorted((item for item in run.found if not is_untried(item)), key=lambda item: -item.severity)
    marks = fingerprints(told)
    driver = {"name": "manproof", "rules": [_rule(rule) for rule in run.rules]}
    if run.version:
        driver |= {"version": run.version, "semanticVersion": run.version}
    content = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_BASE: {"description": {"text": "the folder of the project"}}},
        "invocations": [_invocation(run, numbers, len(told) - _MOST)],
        "results": [
            _result(item, mark, run, numbers) for item, mark in zip(told[:_MOST], marks[:_MOST], strict=True)
        ],
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [content]})


def _rule(rule: Rule) -> dict[str, Any]:
    manual = cleandoc(rule.manual)
    level = LEVELS[rule.severity]
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": manual.partition("\n")[0]},
        "fullDescription": {"text": manual.partition("\n")[0]},
        "help": {"text": manual, "markdown": manual},
        "defaultConfiguration": {"level": level.sarif},
        "properties": {"tags": [rule.family], "problem.severity": level.problem},
    }


def _invocation(run: Run, numbers: dict[str, int], left_out: int) -> dict[str, Any]:
    notes = [
        {
            "level": LEVELS[item.severity].sarif,
            "message": {"text": _text(item.message)},
            "locations": [_location(item.span, run)],
            "associatedRule": _reference(item.rule, numbers),
        }
        for item in run.found
        if is_untried(item)
    ]
    if left_out > 0:
        notes.append({"level": "warning", "message": {"text": f"{left_out} more results were left out"}})
    for level, told in (("error", run.shortfall), ("note", run.summary)):
        notes += [{"level": level, "message": {"text": _text(told)}}] if told else []
    return {"executionSuccessful": run.successful, "toolExecutionNotifications": notes}


def _result(item: Diagnostic, mark: str, run: Run, numbers: dict[str, int]) -> dict[str, Any]:
    reference = _reference(item.rule, numbers)
    where = {"ruleId": item.rule, **({"ruleIndex": reference["index"]} if "index" in reference else {})}
    return {
        **where,
        "level": LEVELS[item.severity].sarif,
        "message": {"text": _text(item.message)},
        "locations": [_location(item.span, run)],
        "partialFingerprints": {"specPath/v1": mark},
    }


def _reference(name: str, numbers: dict[str, int]) -> dict[str, Any]:
    return {"id": name, **({"index": numbers[name]} if name in numbers else {})}


def _location(span: Span, run: Run) -> dict[str, Any]:
    """A place; GitHub wants a line of each, so a whole file is its first line."""
    path = quote(span.path.encode("utf-8", "surrogateescape"))
    artifact = {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": _BASE}
    region = {"startLine": span.line or 1}
    if span.line and span.column:
        region["startColumn"] = _column(span, run.lines(span.path))
    where: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    if span.field:
        where["logicalLocations"] = [{"fullyQualifiedName": quoted(span.field)}]
    return where


def _column(span: Span, lines: Sequence[str]) -> int:
    """The column in UTF-16 code units."""
    before = lines[span.line - 1][: span.column - 1] if span.line <= len(lines) else ""
    return span.column + sum(ord(character) > 0xFFFF for character in before)


def _text(message: str) -> str:
    """A message in which SARIF sees neither a placeholder such as {0} nor a link such as [a](b)."""
    plain = re.sub(r"\{(\d+)\}", r"{{\1}}", quoted(message))
    return re.sub(r"\[(?=[^\]]*\]\()", r"\\[", plain)
