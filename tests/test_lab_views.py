"""The views of a record: two witnesses, strace and a C compiler, must agree with it."""

from __future__ import annotations

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from manproof.lab import errno_number, program, shell, trace
from manproof.observation import Observation
from tests.lab_run import everything, needs_compiler, needs_namespaces, needs_root, needs_strace, run_as

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


def witness(item: Observation, place: Path) -> str:
    """Compile the C program, run it as its own comment says, and report what is wrong."""
    source, binary = place / f"{item.condition}.c", place / "a.out"
    source.write_text(program(item, everything().system))
    command = [
        "cc",
        "-pipe",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-pthread",
        "-o",
        str(binary),
        str(source),
    ]
    compiled = subprocess.run(command, capture_output=True, text=True, check=False)
    if compiled.returncode:
        return f"{item.condition}: {compiled.stderr}"
    how = re.search(r" && ((?:unshare|\./a\.out).*?)(?:   \(.*)?$", source.read_text(), re.MULTILINE)
    assert how
    done = subprocess.run(
        how[1], shell=True, cwd=place, capture_output=True, text=True, check=False, timeout=60
    )
    number = 0 if item.outcome == "success" else errno_number(str(item.outcome))
    said = f"errno {number}:" in done.stdout
    return "" if said else f"{item.condition}: {item.outcome}, but {done.stdout}{done.stderr}"


@needs_namespaces
@needs_compiler
@needs_root
def test_every_c_program_sees_what_the_lab_saw(tmp_path: Path) -> None:
    def one(item: Observation) -> str:
        place = tmp_path / item.condition
        place.mkdir()
        place.chmod(0o755)
        return witness(item, place)

    with ThreadPoolExecutor(12) as pool:
        wrong = [complaint for complaint in pool.map(one, spoken()) if complaint]
    assert not wrong, "\n".join(wrong)


def test_most_programs_are_short_enough_to_mail() -> None:
    lengths = sorted(len(program(item).splitlines()) for item in spoken())
    assert lengths[len(lengths) // 2] <= 60
    assert lengths[-1] <= 180


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
