"""The views of a record: two witnesses, strace and a C compiler, must agree with it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from threading import Lock

import pytest

from manproof.lab import program, shell, trace
from manproof.lab.program import WIDTH
from manproof.observation import Observation
from tests.lab_run import (
    compiled_and_run,
    everything,
    needs_compiler,
    needs_namespaces,
    needs_root,
    needs_strace,
    run_as,
)

STRACED = (
    "addr.null",
    "fd.minus-one",
    "fd.pipe",
    "family.unknown.tcp.ipv4",
    "len.negative.udp.ipv4",
    "unix.missing.stream",
    "unix.abstract-unbound.stream",
    "unix.nul-path.stream",
    "unix.write-denied.stream",
    "tcp.unspec.ipv4",
    "tcp.multicast.ipv4",
    "udp.broadcast-no-flag",
    "tcp.limited-broadcast",
    "ipv6.scope-of-no-device.tcp",
    "netlink.kernel",
    "fresh.unspec.unix.dgram",
    "vsock.short-address",
)


def spoken() -> list[Observation]:
    return [item for item in everything().observations if item.outcome and not item.unspoken]


@needs_namespaces
@needs_compiler
@needs_root
def test_every_c_program_sees_what_the_lab_saw(tmp_path: Path) -> None:
    abstract_names = Lock()  # which programs without a namespace of their own would share

    def one(item: Observation) -> str:
        text = program(item, everything().system)
        with abstract_names if "abstract(" in text else nullcontext():
            complaint = compiled_and_run(text, str(item.outcome), tmp_path / item.condition)
        return complaint and f"{item.condition}: {complaint}"

    with ThreadPoolExecutor(12) as pool:
        wrong = [complaint for complaint in pool.map(one, spoken()) if complaint]
    assert not wrong, "\n".join(wrong)


def test_programs_are_fit_to_be_mailed() -> None:
    """Those in which the program plays the peer compute checksums, and are longer than the others."""
    for item in spoken():
        lines = [line for line in program(item).splitlines() if line]
        plays = any(step.kind == "packet" for step in item.steps)
        assert len(lines) <= (120 if plays else 70), item.condition
        assert max(len(line.expandtabs()) for line in lines) <= WIDTH, item.condition


@needs_namespaces
@needs_strace
@needs_root
def test_strace_prints_the_same_lines(tmp_path: Path) -> None:
    before = ("strace", "-ff", "-qq", "-s", "256", "-e", "trace=connect", "-o", f"{tmp_path}/trace")
    seen = run_as(before, *(f"connect/{name}" for name in STRACED))
    printed = {line for path in tmp_path.iterdir() for line in squeezed(path.read_text())}
    assert [item.condition for item in seen.observations] == sorted(STRACED)
    for item in seen.observations:
        (line,) = (line for line in trace(item).splitlines() if line.endswith("<- observed"))
        assert line.removesuffix("   <- observed") in printed, line


def squeezed(text: str) -> list[str]:
    """strace aligns the results; pointers to the stack differ from run to run."""
    return [re.sub(r"\) +=", ") =", line) for line in text.splitlines()]


def test_a_trace_marks_the_control_and_the_observation() -> None:
    item = next(
        item for item in everything().observations if item.condition == "tcp.refused.closed-port.ipv4"
    )
    lines = trace(item).splitlines()
    assert lines[-1].endswith("= -1 ECONNREFUSED (Connection refused)   <- observed")
    assert sum(line.endswith("= 0   <- control") for line in lines) == 1


@needs_namespaces
def test_shell_lines_are_those_of_the_tools() -> None:
    item = next(item for item in everything().observations if item.condition == "route.prohibit.tcp.ipv4")
    assert shell(item).splitlines()[-1] == "ip -4 route add prohibit 198.51.100.2"


def test_what_was_not_observed_has_no_program() -> None:
    lacking = [item for item in everything().observations if not item.steps]
    for item in lacking:
        with pytest.raises(ValueError, match=re.escape(item.condition)):
            program(item)
