"""A report for whatever shows test results: JUnit's XML, a test case for each diagnostic."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree

from manproof.diagnostic import Diagnostic, Severity, quoted
from manproof.report.run import Run, is_broken, is_untried


def render(run: Run) -> str:
    """One suite. Its first case is the lint itself, with the summary, so that no report is empty."""
    outcomes = Counter(_outcome(item) for item in run.found)
    counts = {
        "tests": str(len(run.found) + 1),
        "failures": str(outcomes["failure"] + bool(run.shortfall and run.successful)),
        "errors": str(outcomes["error"] + (not run.successful)),
        "skipped": str(outcomes["skipped"]),
    }
    root = ElementTree.Element("testsuites", {"name": "manproof", **counts})
    suite = ElementTree.SubElement(root, "testsuite", {"name": "manproof lint", **counts})
    _lint(suite, run)
    for item in run.found:
        _case(suite, item)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _outcome(item: Diagnostic) -> str:
    """The element that tells it; none for a mere note, which fails nothing."""
    if is_untried(item):
        return "skipped"
    if item.severity is Severity.NOTE:
        return "system-out"
    return "error" if is_broken(item) else "failure"


def _lint(suite: ElementTree.Element, run: Run) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname="manproof", name="lint")
    if not run.successful:
        ElementTree.SubElement(case, "error", message="the check could not be done as a whole")
    elif run.shortfall:
        ElementTree.SubElement(case, "failure", message=quoted(run.shortfall))
    ElementTree.SubElement(case, "system-out").text = quoted(run.summary)


def _case(suite: ElementTree.Element, item: Diagnostic) -> None:
    path, name = quoted(item.span.path), " ".join(filter(None, [item.rule, quoted(item.span.field)]))
    case = ElementTree.SubElement(suite, "testcase", classname=path, name=name, file=path)
    if item.span.line:
        case.set("line", str(item.span.line))
    outcome = ElementTree.SubElement(case, _outcome(item))
    outcome.text = str(item)
    if outcome.tag != "system-out":
        outcome.set("message", quoted(item.message))
    if outcome.tag in ("failure", "error"):
        outcome.set("type", item.rule)
