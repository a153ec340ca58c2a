"""The records: what they hold, and that JSON keeps all of it."""

import json
from typing import Any

import pytest

from manproof.observation import Observation, Record, Step, System, from_json, to_json

STEPS = (
    Step(call="socket(AF_INET, SOCK_STREAM, 0) = 3", code="socket(...)", makes="s1", answer=3),
    Step(part="observe", call="connect(3, {...}, 16)", code="connect(...)", answer=-1, errno="EACCES"),
)
SEEN = Observation(
    call="connect",
    condition="tcp.example",
    status="observed",
    outcome="EACCES",
    origin="connect",
    seconds=0.25,
    title="An example.",
    digest="0123",
    steps=STEPS,
)
HERE = System(
    kernel="6.18.44-fc-v669",
    architecture="x86_64",
    libc="glibc 2.36",
    privileges="root",
    seccomp="off",
    tool="0.1.0",
    date="2026-11-21",
)


@pytest.mark.parametrize("record", [STEPS[1], SEEN, HERE, Record(system=HERE, observations=(SEEN, SEEN))])
def test_json_keeps_everything(record: Any) -> None:
    text = json.dumps(to_json(record))
    assert from_json(type(record), json.loads(text)) == record


def test_json_spells_origin_as_from() -> None:
    assert to_json(SEEN)["from"] == "connect"
    assert "origin" not in to_json(SEEN)


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(TypeError):
        from_json(Step, {"call": "", "code": "", "unheard": 1})


@pytest.mark.parametrize(
    ("status", "outcome"),
    [("observed", None), ("unsupported", "EACCES"), ("broken", "success"), ("passed", "success")],
)
def test_impossible_observations_cannot_be_made(status: str, outcome: str | None) -> None:
    with pytest.raises(ValueError):
        Observation(call="connect", condition="x", status=status, outcome=outcome)


def test_the_system_tells_its_linux() -> None:
    assert HERE.linux == "6.18"
    assert HERE.slug == "linux-6.18-x86_64"
    assert str(HERE) == "Linux 6.18, x86-64"
