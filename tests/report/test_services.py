"""What code hosts make of a report: their limits, and what each of them wants to find in it."""

from __future__ import annotations

import json
import urllib.parse
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from manproof.diagnostic import Diagnostic, Severity, Span, error, note
from manproof.report import github, render
from manproof.report.run import Run
from tests.report.runs import (
    CLEAN,
    FIELD,
    FOUND,
    PAGE,
    RULES,
    SUMMARY,
    USUAL,
    Command,
    commands,
    junit,
    of_severity,
    sarif,
)  # fmt: skip

# SARIF


def test_all_rules_are_declared_and_a_clean_run_closes_alerts() -> None:
    run = sarif(render("sarif", CLEAN))
    assert run["results"] == []
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("manproof", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == [rule.name for rule in RULES]
    first = driver["rules"][0]
    assert first["shortDescription"]["text"] == "The kernel gives another outcome."
    assert first["help"]["markdown"].endswith("\n\nGood: `claims: {a.b: EBADF}`")
    assert first["defaultConfiguration"]["level"] == "error"
    assert first["properties"] == {"tags": ["evidence"], "problem.severity": "error"}


def test_results_come_with_place_rule_and_fingerprint() -> None:
    run = sarif(render("sarif", USUAL))
    assert run["columnKind"] == "utf16CodeUnits"
    assert [item["level"] for item in run["results"]] == ["error", "error", "warning", "note"]
    first = run["results"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": PAGE, "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 3, "startColumn": 40}
    assert first["partialFingerprints"].keys() == {"specPath/v1"}
    whole = run["results"][1]["locations"][0]["physicalLocation"]
    assert whole["region"] == {"startLine": 1}


def test_what_could_not_be_tried_is_no_result_unless_it_is_required() -> None:
    run = sarif(render("sarif", USUAL))
    assert "errno-unverified" not in {item["ruleId"] for item in run["results"]}
    (invocation,) = run["invocations"]
    told, summary = invocation["toolExecutionNotifications"]
    assert told["associatedRule"] == {"id": "errno-unverified", "index": 1}
    assert told["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": FIELD}]
    assert summary["message"]["text"] == SUMMARY
    required = [replace(item, severity=Severity.ERROR) for item in FOUND]
    run = sarif(render("sarif", replace(USUAL, found=required)))
    assert "errno-unverified" in {item["ruleId"] for item in run["results"]}


def test_columns_are_in_utf16() -> None:
    line = "𝔘𝔫: é x"
    run = Run(found=[error("wrong", Span("a", 1, 7), "m")], lines=lambda _: [line])
    region = sarif(render("sarif", run))["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["startColumn"] == 9
    assert line.encode("utf-16-le")[2 * 8 :].decode("utf-16-le") == line[6:]


@pytest.mark.parametrize(
    "path", ["a b.yaml", "a:b.yaml", "%41.yaml", "имя.yaml", "#x?y", "/usr/share/man/man2/a.2", "\udcff"]
)
def test_uris_lead_back_to_paths(path: str) -> None:
    told = sarif(render("sarif", Run(found=[error("wrong", Span(path), "m")])))
    artifact = told["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    uri = urllib.parse.urlsplit(artifact["uri"])
    back = urllib.parse.unquote_to_bytes(uri.path).decode("utf-8", "surrogateescape")
    assert (back, uri.query, uri.fragment) == (path, "", "")
    assert (uri.scheme == "file") is path.startswith("/") is ("uriBaseId" not in artifact)


def test_more_results_than_github_takes_are_cut_and_counted() -> None:
    found = [*of_severity(Severity.NOTE, 25_010), *of_severity(Severity.ERROR, 1)]
    (run,) = json.loads(render("sarif", Run(found=found)))["runs"]
    assert len(run["results"]) == 25_000
    assert run["results"][0]["level"] == "error"
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "11 more results were left out"


@pytest.mark.parametrize("successful", [True, False])
def test_a_check_that_could_not_be_done_is_no_success(successful: bool) -> None:
    run = replace(CLEAN, successful=successful)
    assert sarif(render("sarif", run))["invocations"][0]["executionSuccessful"] is successful
    assert junit(render("junit", run)).get("errors") == str(int(not successful))


# GitHub


def test_errors_come_first_and_ten_of_a_kind_are_kept() -> None:
    found = [item for severity in Severity for item in of_severity(severity, 12)]
    told = commands(render("github", Run(found=found, summary=SUMMARY)))
    shown = [item for item in told if isinstance(item, Command)]
    assert [item.name for item in shown] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert shown[-1].data == f"7 more in the log of this step; {SUMMARY}"
    plain = [item for item in told if isinstance(item, str)]
    assert [line.split(": ")[1] for line in plain] == ["error"] * 2 + ["warning"] * 2 + ["note"] * 3


def test_nothing_in_a_message_is_a_command() -> None:
    hostile = "100%,%0A a: b ##[error]x ::error::y"
    found = [*of_severity(Severity.ERROR, 30, hostile)]
    told = render("github", Run(found=[replace(i, span=Span("::a,b=c\n::x::", 1)) for i in found]))
    first = commands(told)[0]
    assert isinstance(first, Command)
    assert first.properties == {"file": "::a,b=c\\n::x::", "line": "1", "title": "wrong"}
    assert first.data.endswith(f"error: 0: {hostile} [wrong]")


def test_a_shortfall_is_an_error_of_its_own() -> None:
    run = Run(found=of_severity(Severity.ERROR, 10), summary=SUMMARY, shortfall="3 are fewer than 40")
    shown = [item for item in commands(render("github", run)) if isinstance(item, Command)]
    assert shown[0].data == "3 are fewer than 40"
    assert [item.name for item in shown].count("error") == 10
    assert junit(render("junit", replace(CLEAN, shortfall="x"))).get("failures") == "1"


class Table(HTMLParser):
    """The tags and the text of a summary."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_summary_of_a_step() -> None:
    message = "</td><script>x</script> | `a` [b](c)\n\n# d"
    table = Table()
    table.feed(github.step_summary(replace(USUAL, found=[*FOUND, error("wrong", Span(PAGE), message)])))
    assert table.tags.count("tr") == len(FOUND) + 2
    assert "script" not in table.tags
    assert message.replace("\n", "\\n") in table.text
    assert SUMMARY in table.text
    assert "<table>" not in github.step_summary(CLEAN)


def test_summary_stays_within_what_github_takes() -> None:
    told = github.step_summary(Run(found=of_severity(Severity.ERROR, 500, "ж" * 5_000), summary=SUMMARY))
    assert 800_000 < len(told.encode()) < 1 << 20
    assert "more; the log has them all" in told


# JUnit


@pytest.mark.parametrize(
    ("rule", "severity", "tag"),
    [
        ("errno-contradicted", Severity.ERROR, "failure"),
        ("misspelling", Severity.WARNING, "failure"),
        ("probe-broken", Severity.WARNING, "error"),
        ("errno-unverified", Severity.NOTE, "skipped"),
        ("errno-unproven", Severity.NOTE, "skipped"),
        ("errno-unverified", Severity.ERROR, "failure"),
        ("translation-untranslated", Severity.NOTE, "system-out"),
    ],
)
def test_what_becomes_of_a_diagnostic(rule: str, severity: Severity, tag: str) -> None:
    item = Diagnostic(rule=rule, severity=severity, span=Span(PAGE, 3, 1, FIELD), message="m")
    _, case = junit(render("junit", replace(CLEAN, found=[item]))).findall("testcase")
    assert [child.tag for child in case] == [tag]
    assert case.attrib == {"classname": PAGE, "name": f"{rule} {FIELD}", "file": PAGE, "line": "3"}


def test_no_report_is_empty() -> None:
    (case,) = junit(render("junit", CLEAN)).findall("testcase")
    assert [(child.tag, child.text) for child in case] == [("system-out", SUMMARY)]


def test_notes_fail_no_test() -> None:
    suite = junit(render("junit", replace(CLEAN, found=[note("trifle", Span(PAGE), "m")])))
    assert (suite.get("failures"), suite.get("errors")) == ("0", "0")
