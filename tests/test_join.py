"""Claims against observations: every verdict, prefixes, aliases, limits, and probes that have changed."""

from __future__ import annotations

import pytest

from manproof import join, standing
from manproof.join import current, same, verdicts, within
from manproof.observation import Observation
from tests.observed import observation, page, record

KNOWN = ("unix.write-denied.stream", "unix.write-denied.dgram", "unix.missing")
CLAIMS = "[{id: denied, claims: {%s}, when: Denied.}]"
ELSEWHERE = "elsewhere:\n  - {conditions: [injected], page: seccomp(2), reason: a filter can do anything}\n"


def kinds(claims: str, *seen: Observation, rest: str = "") -> list[str]:
    found = verdicts(page(CLAIMS % claims, rest=rest), record(*seen), KNOWN)
    return [verdict.kind for verdict in found]


@pytest.mark.parametrize(
    ("claims", "seen", "expected"),
    [
        ("unix.missing: EACCES", [observation("unix.missing", "EACCES")], ["confirmed"]),
        ("unix.missing: EACCES", [observation("unix.missing", "ENOENT")], ["contradicted"]),
        ("unix.missing: EACCES", [observation("unix.missing", None)], ["unverified"]),
        ("unix.missing: EACCES", [], ["unverified"]),
        ("unix.misspelt: EACCES", [], ["unknown"]),
        (
            "unix.missing: EACCES",
            [observation("unix.missing", None, status="broken", reason="control")],
            ["broken"],
        ),
        (
            "unix.missing: EACCES",
            [observation("unix.missing", "EACCES"), observation("tcp.refused", "ECONNREFUSED")],
            ["confirmed", "undocumented"],
        ),
        (
            "unix.missing: EACCES",
            [observation("unix.missing", "EACCES"), observation("injected.by-filter", "ENOMEM")],
            ["confirmed", "elsewhere"],
        ),
        (
            "unix.missing: EACCES",
            [observation("unix.missing", "EACCES"), observation("udp.any", "success")],
            ["confirmed"],
        ),
        (
            "unix.missing: EACCES",
            [observation("unix.missing", "EACCES"), observation("udp.then", "EPIPE", origin="send")],
            ["confirmed"],
        ),
        (
            "unix.missing: EACCES",
            [observation("unix.missing", "EACCES"), observation("tcp.x", None, status="broken", reason="?")],
            ["confirmed", "broken"],
        ),
    ],
)  # fmt: skip
def test_verdicts(claims: str, seen: list[Observation], expected: list[str]) -> None:
    assert kinds(claims, *seen, rest=ELSEWHERE) == expected


def test_a_cause_that_cannot_be_proved_says_so() -> None:
    found = verdicts(page("[{id: disk, unproven: needs a bad disk, when: It fails.}]"), record(), KNOWN)
    assert [(verdict.kind, verdict.reason) for verdict in found] == [("unproven", "needs a bad disk")]


def test_the_longest_prefix_wins() -> None:
    claims = "unix: EACCES, unix.write-denied: EPERM"
    seen = [observation(name, "EACCES") for name in KNOWN]
    assert kinds(claims, *seen) == ["confirmed", "contradicted", "contradicted"]


def test_a_prefix_ends_between_words() -> None:
    assert join.covers("unix.write-denied", "unix.write-denied.stream")
    assert not join.covers("unix.write", "unix.write-denied.stream")


def test_errnos_are_compared_by_number() -> None:
    assert same("EAGAIN", "EWOULDBLOCK")
    assert same("EOPNOTSUPP", "ENOTSUP")
    assert not same("EACCES", "EPERM")
    assert not same("success", "EACCES")
    assert same("ENOTSUPP", "ENOTSUPP")  # known to the kernel only
    assert not same("ENOTSUPP", "ERESTARTSYS")


@pytest.mark.parametrize(
    ("kernel", "releases", "expected"),
    [
        ("6.18.44-cloud", ">=6.3", True),
        ("6.3.0", ">=6.3", True),
        ("6.2.16", ">=6.3", False),
        ("6.3", "<6.3", False),
        ("6.0.9", ">=5.10 <6.1", True),
        ("6.1.0", ">=5.10 <6.1", False),
        ("6.10.1", ">=6.9", True),
    ],
)
def test_ranges(kernel: str, releases: str, expected: bool) -> None:
    assert within(kernel, releases) is expected


def test_another_answer_out_of_range_contradicts_nothing() -> None:
    limited = 'unix.missing: {outcome: EACCES, linux: ">=6.19"}'
    assert kinds(limited, observation("unix.missing", "ENOENT")) == ["differs"]
    assert kinds(limited, observation("unix.missing", "EACCES")) == ["confirmed"]


@pytest.mark.parametrize(
    ("holds", "caller", "expected"),
    [
        ("unprivileged", "privileged", "differs"),
        ("unprivileged", "unprivileged", "contradicted"),
        ("privileged", "unprivileged", "differs"),
        ("privileged", "privileged", "contradicted"),
        ("unprivileged", "", "contradicted"),  # nobody knows: the answer counts
    ],
)
def test_another_answer_to_another_caller_contradicts_nothing(holds: str, caller: str, expected: str) -> None:
    source = page(f"[{{id: a, claims: {{unix.missing: EACCES}}, holds: {{caller: {holds}}}, when: A.}}]")
    for outcome, kind in (("success", expected), ("EACCES", "confirmed")):
        seen = record(observation("unix.missing", outcome, caller=caller))
        assert [verdict.kind for verdict in verdicts(source, seen, KNOWN)] == [kind]


def test_a_changed_probe_is_no_proof() -> None:
    then = record(*(observation(name, "EACCES", digest="then") for name in ("a", "b", "c")))
    now = current(then, {"connect/a": "then", "connect/b": "now"})
    assert [(item.condition, item.status) for item in now.observations] == [
        ("a", "observed"),
        ("b", "unsupported"),
    ]


def test_a_cause_stands_as_its_worst_verdict() -> None:
    source = page(CLAIMS % "unix.missing: EACCES, unix.write-denied: EACCES")
    seen = [observation("unix.missing", "EACCES"), observation(KNOWN[0], None)]
    one, *others = standing.standings(verdicts(source, record(*seen), KNOWN))
    assert (one.statement.name, one.kind, others) == ("denied", "unverified", [])
