"""Every format: its golden, a clean run, hostile texts, and that its reader parses whatever it is told."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manproof.diagnostic import Diagnostic, Severity, Span, quoted
from manproof.fingerprint import fingerprints
from manproof.report import FORMATS, render
from manproof.report.run import LEVELS, Run
from tests.conftest import Golden
from tests.hostile import TEXTS
from tests.report.runs import CLEAN, FOUND, RULES, SUMMARY, USUAL, Command, commands, junit, sarif

HOSTILE = (
    *TEXTS,
    "]]>", "<![CDATA[x]]>", "</failure>", "&lt;", "%0A::error::x", "%25", "a\n::error::x", "::add-mask::x",
    "::stop-commands::x", "##[add-mask]x", "a,b=c:d", "\r\n", "\0", "\x1b[31mred", "\x07\x08", "\x85",
    "\u2028\u2029", "\u202etxet", "\ufeff", "\ufffe", "\uffff", "\udcff", "\ud83d", "\U0010ffff", "{0} {1}",
    "[a](http://x)", "[a](1)", "<script>alert(1)</script>", "| a | b |", "`" * 3, "x" * 20_000, "𝔘" * 5_000,
    "",
)  # fmt: skip
PATHS = tuple(hostile for hostile in HOSTILE if hostile not in ("", "\ud83d"))  # which no system has
text = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(HOSTILE)
number = st.integers(0, 10_000)
paths = st.binary(min_size=1, max_size=60).map(os.fsdecode) | st.sampled_from(PATHS)
spans = st.builds(Span, path=paths, line=number, column=number, field=text)
severities = st.sampled_from(list(Severity))
rules = st.sampled_from([*(rule.name for rule in RULES), "errno-unproven", "no-probes", "rule-crashed"])
diagnostics = st.builds(Diagnostic, rule=rules, severity=severities, span=spans, message=text)


def parse_lines(told: str, run: Run) -> None:
    assert told == "".join(f"{item}\n" for item in run.found)
    assert all(line.isprintable() for line in told.split("\n"))


def parse_text(told: str, run: Run) -> None:
    assert all(line.isprintable() for line in told.split("\n"))
    heads = {str(item) for item in run.found if item.severity > Severity.NOTE}
    assert heads <= set(told.split("\n"))


def parse_json(told: str, run: Run) -> None:
    back = [
        Diagnostic(
            rule=row["rule"],
            severity=Severity[row["severity"].upper()],
            span=Span(row["path"], row["line"], row["column"], row["field"]),
            message=row["message"],
        )
        for row in json.loads(told)
    ]
    assert back == list(run.found)


def parse_sarif(told: str, run: Run) -> None:
    log = sarif(told)
    notifications = [n for n in log["invocations"][0]["toolExecutionNotifications"] if "associatedRule" in n]
    assert len(log["results"]) + len(notifications) == len(run.found)
    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == [rule.name for rule in run.rules]


def parse_github(told: str, run: Run) -> None:
    shown = [item for item in commands(told) if isinstance(item, Command)]
    plain = [item for item in commands(told) if isinstance(item, str)]
    assert {item.name for item in shown} <= {"error", "warning", "notice"}
    assert len(shown) + len(plain) == len(run.found) + 1
    assert all(sum(item.name == kind for item in shown) <= 10 for kind in ("error", "warning", "notice"))
    assert shown[-1].properties == {"title": "manproof"}


def parse_gitlab(told: str, run: Run) -> None:
    issues = json.loads(told)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(run.found)
    for issue, item in zip(issues, run.found, strict=True):
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["description"] == quoted(item.message)


def parse_junit(told: str, run: Run) -> None:
    cases = junit(told).findall("testcase")
    assert [case.get("file") for case in cases[1:]] == [quoted(item.span.path) for item in run.found]


READERS: dict[str, Callable[[str, Run], None]] = {
    "text": parse_text, "concise": parse_lines, "json": parse_json, "sarif": parse_sarif,
    "github": parse_github, "gitlab": parse_gitlab, "junit": parse_junit,
}  # fmt: skip
each_format = pytest.mark.parametrize("form", FORMATS)


def test_every_format_has_a_reader_and_every_severity_its_words() -> None:
    assert READERS.keys() == FORMATS.keys()
    assert list(LEVELS) == sorted(Severity, reverse=True)


@each_format
def test_golden(form: str, golden: Golden) -> None:
    golden(f"report/usual.{form}", render(form, USUAL))


def test_golden_in_colour(golden: Golden) -> None:
    golden("report/usual.colour", render("text", replace(USUAL, colour=True)).replace("\x1b", "␛"))


@each_format
def test_clean_run(form: str) -> None:
    told = render(form, CLEAN)
    READERS[form](told, CLEAN)
    if form in ("text", "concise"):
        assert told == ""


@each_format
@pytest.mark.parametrize("place", ["message", "path", "field", "summary"])
def test_hostile_texts_stay_texts(form: str, place: str) -> None:
    def said(hostile: str) -> Run:
        values: dict[str, Any] = {"path": "a.yaml", "line": 1, "column": 1, "field": "x", "message": "m"}
        values |= {place: hostile}
        message, summary = values.pop("message"), values.pop("summary", SUMMARY)
        item = Diagnostic(
            rule="errno-contradicted", severity=Severity.ERROR, span=Span(**values), message=message
        )
        return Run(found=[item], rules=RULES, summary=summary, lines=lambda _: [hostile])

    for hostile in PATHS if place == "path" else HOSTILE:
        told = render(form, said(hostile))
        told.encode()
        READERS[form](told, said(hostile))


@each_format
@given(found=st.lists(diagnostics, max_size=30), line=text)
def test_whatever_is_found_can_be_read(form: str, found: Sequence[Diagnostic], line: str) -> None:
    run = Run(found=found, rules=RULES, summary=SUMMARY, lines=lambda _: line.split("\n"))
    told = render(form, run)
    told.encode()
    READERS[form](told, run)


@given(found=st.lists(diagnostics, max_size=30))
def test_fingerprints_differ_and_do_not_depend_on_lines(found: Sequence[Diagnostic]) -> None:
    names = fingerprints(found)
    assert len(set(names)) == len(found)
    moved = [replace(item, span=item.span._replace(line=item.span.line + 7)) for item in found]
    assert fingerprints(moved) == names


def test_a_message_that_changes_leaves_a_fingerprint_that_has_a_field() -> None:
    before, after = FOUND[1], replace(FOUND[1], message="EIO claimed for unix.live, Linux 7 answered success")
    assert fingerprints([before]) == fingerprints([after])
    whole = FOUND[4]
    assert fingerprints([whole]) != fingerprints([replace(whole, message="another flaw")])
