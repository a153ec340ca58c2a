"""``manproof probe``, ``lint``, ``finding`` as scripts see them, and where the kernel refuses namespaces."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from manproof import evidence
from tests.lab_run import needs_namespaces
from tests.observed import observation, record
from tests.specimen import ROOT

SCHEMA = json.loads((ROOT / "manproof/evidence.schema.json").read_text(encoding="utf-8"))
EDITION = (ROOT / "source/linux/edition.yaml").read_text(encoding="utf-8")
PAGE = """\
name: connect
section: "2"
date: 2026-11-21
summary: connect a socket
description:
  - text: It connects :arg:`sockfd` to :arg:`addr`, of :arg:`addrlen` bytes.
errors:
  - group: all
    rows:
      - errno: [EBADF]
        causes: [{id: closed, claims: {fd.closed: EBADF}, when: It is not open.}]
      - errno: [EIO]
        causes: [{id: disk, unproven: needs a disk that fails, when: The disk fails.}]
      - errno: [ENETUNREACH]
        causes: [{id: no-route, claims: {net.no-route: ENETUNREACH}, when: No route leads there.}]
elsewhere:
  - conditions: [ROOTS]
    page: ip(7)
    reason: left out of this small page
synopsis:
  includes: [sys/socket.h]
  functions:
    - name: connect
      returns: int
      parameters:
        - {type: int, name: sockfd}
        - {type: const struct sockaddr *, name: addr}
        - {type: socklen_t, name: addrlen}
return_value:
  - text: Zero, or -1.
see_also: [bind(2)]
"""


FEW = """\
import sys
from manproof import lab
every = lab.conditions
lab.conditions = lambda *names: every(*names or ("connect/fd.closed", "connect/net.no-route"))
from manproof.cli import main
main()
"""
"""The program as it would be if there were few conditions; a run of all takes its time."""


def manproof(*arguments: str, cwd: Path, strace: str = "") -> subprocess.CompletedProcess[str]:
    """Runs the program, under strace with an injection if one is given."""
    usual = {"PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME"}
    environment = {name: value for name, value in os.environ.items() if name in usual}
    environment |= {"PYTHONPATH": str(ROOT)}
    tracer = (
        ["strace", "-f", "-o", "/dev/null", "-e", "trace=unshare", "-e", f"inject={strace}"] if strace else []
    )
    program = ["-c", FEW] if "--probe" in arguments else ["-m", "manproof"]
    return subprocess.run(
        [*tracer, sys.executable, *program, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def records(root: Path, *seen: Any) -> Path:
    """Keeps a record with the pages of a project."""
    path = root / "source/linux/evidence/linux-6.18-x86_64.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(evidence.text(record(*seen)), encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one page, which leaves all but two conditions to another page."""
    from manproof import lab

    claimed = ("fd.closed", "net.no-route")
    names = (item.name for item in lab.conditions())
    others = [name for name in names if not any(name == c or name.startswith(f"{c}.") for c in claimed)]
    folder = tmp_path / "source/linux"
    folder.mkdir(parents=True)
    (folder / "edition.yaml").write_text(EDITION, encoding="utf-8")
    (folder / "connect.2.yaml").write_text(PAGE.replace("ROOTS", ", ".join(others)), encoding="utf-8")
    return tmp_path


# probe


def test_json_follows_the_contract(tmp_path: Path) -> None:
    run = manproof("probe", "connect/fd.closed", "connect/unix.live", "--format", "json", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    data = json.loads(run.stdout)
    Draft202012Validator(SCHEMA).validate(data)
    first = data["observations"][0]
    usual = {"call": "connect", "condition": "fd.closed", "outcome": "EBADF", "from": "connect"}
    assert usual.items() <= first.items()
    assert {"seconds", "status", "reason", "steps"} <= first.keys()
    assert {"kernel", "architecture", "libc", "privileges", "seccomp", "sandbox", "tool"} <= data[
        "system"
    ].keys()


def test_table_names_system_outcome_origin_and_counts(tmp_path: Path) -> None:
    run = manproof("probe", "connect/unix.write-denied", cwd=tmp_path)
    assert run.returncode == 0
    assert run.stdout.startswith("Linux ")
    assert "EACCES          connect     unix.write-denied.* (2)" in run.stdout
    assert run.stdout.endswith("2 conditions: 2 observed, 0 unsupported, 0 broken\n")
    assert "\x1b" not in run.stdout


def test_the_record_is_kept_in_a_project_or_where_it_is_asked_for(project: Path, tmp_path: Path) -> None:
    manproof("probe", "connect/fd.closed", cwd=project)
    (kept,) = (project / "build/evidence").iterdir()
    assert [item.condition for item in evidence.read(kept).observations] == ["fd.closed"]
    manproof("probe", "connect/fd.closed", "-o", "here", cwd=tmp_path)
    assert (tmp_path / "here" / kept.name).exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["conect"], "there is no system call “conect” with probes; did you mean connect?"),
        (["connect/unix.mising"], "“connect/unix.mising”; did you mean connect/unix.missing?"),
        (["connect/zzzzzzzz"], "“connect/zzzzzzzz”; all are named by: manproof probe --list"),
        (["--trace", "--format", "json"], "--trace shows text, and --format json has the steps already"),
        (["--store", "connect/fd"], "--store keeps whole runs only; leave the conditions out"),
    ],
)  # fmt: skip
def test_mistakes(arguments: list[str], message: str, tmp_path: Path) -> None:
    run = manproof("probe", *arguments, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr


def test_list_runs_nothing(tmp_path: Path) -> None:
    run = manproof("probe", "--list", "connect/fd.closed", cwd=tmp_path)
    assert run.stdout == "connect/fd.closed  The descriptor was a socket and has been closed.\n"


def test_trace_and_program(tmp_path: Path) -> None:
    trace = manproof("probe", "connect/fd.closed", "--trace", cwd=tmp_path).stdout
    assert trace.splitlines()[-1].startswith("connect(")
    assert "= -1 EBADF (Bad file descriptor)   <- observed" in trace
    program = manproof("probe", "connect/fd.closed", "--c", cwd=tmp_path).stdout
    assert program.startswith("/* connect/fd.closed\n") and "int main(void)" in program


# lint


def linted(*arguments: str, cwd: Path, strace: str = "") -> tuple[int, list[dict[str, Any]], str]:
    """Exit status, diagnostics and the last line of what is said."""
    run = manproof("lint", "--format", "json", *arguments, cwd=cwd, strace=strace)
    return run.returncode, json.loads(run.stdout or "[]"), run.stderr.splitlines()[-1]


@needs_namespaces
def test_a_live_run_verifies(project: Path) -> None:
    status, found, line = linted("--probe", "--require-verified", "--min-verified", "100%", cwd=project)
    assert (status, [item["rule"] for item in found]) == (0, ["errno-unproven"])
    assert line.startswith("manproof: 2 of 3 causes verified live on Linux ")
    assert line.endswith("; 1 unproven")


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.parametrize("errno", ["EPERM", "ENOSYS", "ENOSPC", "EINVAL", "EUSERS"])
def test_a_kernel_that_refuses_namespaces_proves_nothing_and_fails_nothing(project: Path, errno: str) -> None:
    status, found, line = linted("--probe", cwd=project, strace=f"unshare:error={errno}")
    assert status == 0
    unverified = [item for item in found if item["rule"] == "errno-unverified"]
    assert [item["severity"] for item in unverified] == ["note"]
    assert "net.no-route (no-route) could not be tried" in unverified[0]["message"]
    assert line.startswith("manproof: 1 of 3 causes verified live on Linux ") and errno in line


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
def test_verification_can_be_required(project: Path) -> None:
    refused = "unshare:error=EPERM"
    status, found, _ = linted("--probe", "--require-verified", cwd=project, strace=refused)
    assert status == 1
    assert [i["severity"] for i in found if i["rule"] == "errno-unverified"] == ["error"]
    assert [i["severity"] for i in found if i["rule"] == "errno-unproven"] == ["note"]
    run = manproof("lint", "--probe", "--min-verified", "2", cwd=project, strace=refused)
    assert run.returncode == 1
    assert "1 causes verified live are fewer than 2" in run.stderr


def test_without_a_record_nothing_is_verified_and_nothing_fails(project: Path) -> None:
    status, found, line = linted(cwd=project)
    assert status == 0
    assert {item["severity"] for item in found} == {"note"}
    assert line == "manproof: 0 of 3 causes verified live (not asked for; add --probe); 1 unproven"


def digests(*seen: tuple[str, str]) -> list[Any]:
    from manproof import lab

    known = {item.name: item.digest for item in lab.conditions()}
    return [observation(name, outcome, digest=known[name]) for name, outcome in seen]


def test_a_kept_record_supports(project: Path) -> None:
    good = digests(("fd.closed", "EBADF"), ("net.no-route.tcp.ipv4", "ENETUNREACH"))
    records(project, *good)
    status, _, line = linted(cwd=project)
    assert status == 0
    assert "; 2 supported by the record linux-6.18-x86_64.json of 2026-11-21; 1 unproven" in line


def test_a_record_contradicts_and_its_probe_must_be_todays(project: Path) -> None:
    path = records(project, *digests(("fd.closed", "ENOTSOCK"), ("fd.pipe", "ENOTSOCK")))
    status, found, _ = linted("--evidence", str(path), cwd=project)
    (wrong,) = (item for item in found if item["severity"] == "error")
    assert status == 1
    assert wrong["rule"] == "errno-contradicted"
    assert (wrong["path"], wrong["line"]) == ("source/linux/connect.2.yaml", 11)
    assert "EBADF claimed for fd.closed (closed), Linux 6.18, x86-64 answered ENOTSOCK" in wrong["message"]
    records(project, observation("fd.closed", "ENOTSOCK", digest="0" * 16))
    assert linted(cwd=project)[0] == 0
    assert linted("--no-probe", cwd=project)[:2] == (0, [])


def test_a_claim_outside_of_its_row_is_an_error(project: Path) -> None:
    page = project / "source/linux/connect.2.yaml"
    page.write_text(page.read_text().replace("fd.closed: EBADF", "fd.closed: ENOTSOCK"))
    status, found, _ = linted("--no-probe", cwd=project)
    assert (status, [item["rule"] for item in found]) == (1, ["claim-outside-row"])
    assert "ENOTSOCK claimed for fd.closed (closed) in the row of EBADF" in found[0]["message"]


@pytest.mark.parametrize(
    ("status", "severity"), [("current", "error"), ("historical", None), ("foreign", None)]
)
def test_only_current_editions_gate(project: Path, status: str, severity: str | None) -> None:
    edition = project / "source/linux/edition.yaml"
    edition.write_text(EDITION.replace("status: current", f"status: {status}"))
    path = str(records(project, *digests(("fd.closed", "ENOTSOCK"))))
    code, found, _ = linted("--evidence", path, cwd=project)
    assert code == (severity is not None)
    assert {item["rule"] for item in found} >= ({"errno-contradicted"} if severity else set())
    code, found, _ = linted("--evidence", path, "--portability", cwd=project)
    (told,) = (item for item in found if item["rule"] == "errno-contradicted")
    assert (code, told["severity"]) == ((1, "error") if severity else (0, "note"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--probe", "--no-probe"], "--probe, --evidence and --no-probe exclude each other"),
        (["--min-verified", "many"], "write a number such as 40, or 90%"),
        (["--evidence", "nowhere.json"], "cannot read nowhere.json"),
        (["accept"], "there is no page “accept”"),
    ],
)
def test_mistakes_of_lint(arguments: list[str], message: str, project: Path) -> None:
    run = manproof("lint", *arguments, cwd=project)
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr


def test_pages_are_chosen_by_path_or_name(project: Path) -> None:
    for path in ("source", "source/linux/connect.2.yaml", "connect", "linux/connect.2"):
        assert "of 3 causes" in manproof("lint", path, "--no-probe", cwd=project).stderr


# the repository


def test_the_pages_of_the_repository_are_supported_by_their_record() -> None:
    run = manproof("lint", "--require-verified", cwd=ROOT)
    assert run.returncode == 0, run.stdout
