"""The runner: the same outcomes whoever asks, honest answers, and nothing left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from manproof.lab import DEADLINE, Bench, conditions, run
from manproof.observation import Observation, Record
from tests.lab_run import (
    NOBODY,
    ROOT,
    SCRIPT,
    differences,
    everything,
    needs_namespaces,
    needs_root,
    needs_strace,
    readable_python,
    run_as,
)

TESTS = Path(__file__).resolve().parent
FORBID_UNSHARE = (sys.executable, str(TESTS / "forbid.py"), "unshare")


def unwell(record: Record, status: str) -> list[str]:
    return [f"{item.condition}: {item.reason}" for item in record.observations if item.status == status]


def test_nothing_is_broken() -> None:
    assert not unwell(everything(), "broken")


def test_what_is_unsupported_says_why_and_what_to_do() -> None:
    for item in everything().observations:
        if item.status == "unsupported":
            assert item.reason
            assert item.remedy


def test_results_come_one_by_one() -> None:
    seen: list[Observation] = []
    record = run(conditions("connect/fd"), jobs=2, on_result=seen.append)
    assert sorted(item.condition for item in seen) == [item.condition for item in record.observations]
    assert all(item.title and item.digest for item in seen)


def test_a_run_can_be_left_early() -> None:
    with Bench(conditions(), jobs=2) as bench:
        assert bench.system.linux
        assert next(iter(bench)).call == "connect"


@needs_namespaces
@needs_root
def test_an_ordinary_user_sees_the_same() -> None:
    """Of all conditions, that is: only those that ask for the real root are left out."""
    seen = run_as(NOBODY, python=readable_python())
    assert seen.system.privileges == "user"
    assert not unwell(seen, "broken")
    assert not differences(everything(), seen)
    at_root = {item.condition for item in everything().observations if item.outcome and not item.root}
    assert at_root == {item.condition for item in seen.observations if item.outcome}


@needs_root
@pytest.mark.parametrize("user", [NOBODY, ()], ids=["nobody", "root"])
def test_without_namespaces_plain_conditions_see_the_same(user: tuple[str, ...]) -> None:
    python = readable_python()
    seen = run_as((*user, python, *FORBID_UNSHARE[1:]), python=python)
    assert seen.system.privileges == "plain"
    assert "unshare() = EPERM" in seen.system.restriction
    assert not unwell(seen, "broken")
    assert not differences(everything(), seen)
    for item in seen.observations:
        assert item.plain or item.status == "unsupported", item.condition
    assert sum(item.status == "observed" for item in seen.observations) > 500


@needs_strace
@pytest.mark.parametrize("error", ["EPERM", "ENOSYS", "ENOSPC", "EINVAL", "EUSERS"])
def test_a_refused_unshare_is_unsupported_and_nothing_else(error: str) -> None:
    before = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=unshare",
              "-e", f"inject=unshare:error={error}")  # fmt: skip
    seen = run_as(before, "connect/route.prohibit", "connect/unix.stale")
    assert error in seen.system.restriction
    assert len({seen.system.remedy, ""}) == 2
    for item in seen.observations:
        assert item.status == ("observed" if item.plain else "unsupported")
        assert item.plain or (error in item.reason and item.remedy == seen.system.remedy)


@needs_namespaces
@needs_strace
def test_a_kernel_that_answers_wrongly_can_say_nothing() -> None:
    before = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=connect",
              "-e", "inject=connect:error=EXDEV")  # fmt: skip
    seen = run_as(before, "connect/fd", "connect/route.prohibit")
    assert seen.system.restriction.startswith("calibration")
    assert all(item.status == "unsupported" for item in seen.observations)


def honest(mode: str) -> list[list[str]]:
    command = [sys.executable, str(TESTS / "honesty.py"), mode]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return [line.split("\t") for line in done.stdout.splitlines()]


@needs_namespaces
def test_another_answer_of_connect_is_another_observation() -> None:
    """As soon as the control has succeeded, a filter makes every connect() fail with EXDEV."""
    seen = honest("filter")
    answered = [(name, outcome) for name, status, outcome, origin in seen if origin == "connect"]
    assert len(answered) > 500
    assert {outcome for _, outcome in answered} == {"EXDEV"}


@needs_namespaces
def test_a_failing_control_breaks_the_observation() -> None:
    (line,) = honest("control")
    assert line[1] == "broken"


@needs_namespaces
@needs_root
def test_the_host_is_left_as_it_was() -> None:
    """Counters and settings of the network namespace from which a run is started."""
    settings = "grep -r . /proc/sys/net 2>/dev/null | grep -v -E 'conntrack_count|random'"
    look = f"{{ cat /proc/net/snmp /proc/net/dev; {settings}; }}"
    script = f"{look} > before; {sys.executable} -c '{SCRIPT}' {ROOT} > seen; {look} > after"
    place = Path(os.environ.get("TMPDIR", "/tmp")) / f"host-{uuid.uuid4()}"
    place.mkdir()
    subprocess.run(["unshare", "-n", "sh", "-c", script], cwd=place, check=True, timeout=120)
    before, after = (place / name for name in ("before", "after"))
    assert "Tcp:" in before.read_text()
    assert before.read_text().splitlines() == after.read_text().splitlines()
    assert (place / "seen").stat().st_size > 100_000
    for path in place.iterdir():
        path.unlink()
    place.rmdir()


def marked(mark: str) -> list[int]:
    """The processes that carry a mark in their environment."""
    found = []
    for process in Path("/proc").iterdir():  # a pattern would be looked up, and fail at one that ends
        try:
            if process.name.isdecimal() and mark.encode() in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name
)
@pytest.mark.parametrize("plain", [False, True], ids=["namespaces", "plain"])
def test_an_interrupted_run_leaves_nothing_behind(
    tmp_path: Path, number: signal.Signals, plain: bool
) -> None:
    before = FORBID_UNSHARE if plain else ()
    for _ in range(3):
        mark = f"MANPROOF_TEST={uuid.uuid4()}"
        environment = {
            **os.environ,
            "TMPDIR": str(tmp_path),
            "MANPROOF_TEST": mark.partition("=")[2],
        }
        command = [*before, sys.executable, "-c", SCRIPT, str(ROOT)]
        with subprocess.Popen(command, env=environment, stdout=-3, stderr=-3) as process:
            time.sleep(random.uniform(0.1, 1.2))  # any moment at all is the point
            assert marked(mark)
            process.send_signal(number)
            process.wait(10)
        deadline = time.monotonic() + 5
        while marked(mark) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not marked(mark)
        assert not list(tmp_path.glob("manproof-lab-*"))


def test_descriptors_and_children_are_given_back() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        run(conditions("connect/fd.closed"))
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_no_condition_waits_for_a_default_timeout() -> None:
    """The kernel's own timeouts go to two minutes: none may be the end of a condition."""
    assert max(item.seconds for item in everything().observations) < DEADLINE
