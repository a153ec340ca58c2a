"""Observations, records and pages for the tests of what is made of them."""

from __future__ import annotations

from typing import Any

from manproof.load import load_page
from manproof.observation import Observation, Record, Step, System
from manproof.spec import Page

SYSTEM = System(
    kernel="6.18.44-test",
    architecture="x86_64",
    libc="glibc 2.36",
    privileges="root",
    seccomp="off",
    tool="0.1.0",
    date="2026-11-21",
)
STEPS = (
    Step(
        call="socket(AF_UNIX, SOCK_STREAM, 0)", code="socket(AF_UNIX, SOCK_STREAM, 0)", makes="s1", answer=3
    ),
    Step(part="control", call="connect(3, 0x1, 2)", code="connect(s1, (void *)1, 2)", answer=0),
    Step(
        part="observe", call="connect(3, 0x1, 2)", code="connect(s1, (void *)1, 2)", answer=-1, errno="EACCES"
    ),
)


def observation(condition: str, outcome: str | None, **fields: Any) -> Observation:
    """An observation that was made, or with None as its outcome one that was not."""
    known: dict[str, Any] = {"call": "connect", "title": f"{condition}."}
    if outcome is None:
        known |= {"status": "unsupported", "reason": "unshare: EPERM", "remedy": "run as root"}
    else:
        known |= {"status": "observed", "outcome": outcome, "origin": "connect"}
    return Observation(condition=condition, **{**known, **fields})


def record(*observations: Observation, **fields: Any) -> Record:
    """A run that made these."""
    system = System(**{**vars(SYSTEM), **fields})
    return Record(system=system, observations=observations)


def page(causes: str, *, rest: str = "") -> Page:
    """connect(2) with one row, of EACCES, whose causes are given as YAML."""
    text = f"""\
name: connect
section: "2"
date: 2026-11-21
summary: connect a socket
description:
  - text: It connects.
errors:
  - group: all
    rows:
      - errno: [EACCES]
        causes: {causes}
{rest}"""
    found, problems = load_page(text.encode(), "source/linux/connect.2.yaml")
    assert found, problems
    return found
