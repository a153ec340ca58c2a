"""Where the lab has too little of something: one message, or `unsupported`, never a guess."""

from __future__ import annotations

import subprocess
import sys

import pytest

from manproof.observation import Record
from tests.lab_run import (
    ROOT,
    differences,
    everything,
    needs_namespaces,
    needs_root,
    readable_python,
    run_as,
)

SOME = ("connect/fd", "connect/peer.rst", "connect/route.prohibit", "connect/tcp.closed-meanwhile")
PLACES = "for place in /tmp /var/tmp; do mount --bind $place $place; mount -o remount,bind,ro $place; done"
APART = pytest.mark.skipif(
    subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode != 0,
    reason="NO MOUNT NAMESPACES HERE",
)


def honest(seen: Record) -> set[str]:
    """The reasons for what was not observed; what was is what is seen with enough of everything."""
    assert not differences(everything(), seen)
    assert not [item for item in seen.observations if item.status == "broken"]
    lacking = [item for item in seen.observations if item.status == "unsupported"]
    assert lacking and all(item.reason and item.remedy for item in lacking)
    return {item.reason for item in lacking}


def apart(script: str) -> tuple[str, ...]:
    """Run a program after a shell has changed the mounts, in a mount namespace of its own."""
    return ("unshare", "-m", "sh", "-c", f'{script}; exec "$0" "$@"')


@needs_root
@needs_namespaces
@pytest.mark.parametrize("number", [2, 3, 4, 5, 6])
def test_few_processes(number: int) -> None:
    """Nobody else may run as this user: the limit counts all of its processes."""
    alone = ("setpriv", "--reuid=64111", "--regid=64111", "--clear-groups")
    before = ("prlimit", f"--nproc={number}", *alone)
    seen = run_as(before, *SOME, python=readable_python())
    assert honest(seen) <= {"Resource temporarily unavailable (EAGAIN)", "can't start new thread"}


@needs_root
@needs_namespaces
@APART
def test_no_proc() -> None:
    seen = run_as(apart("mount -t tmpfs none /proc"), *SOME)
    assert all(reason.startswith("/proc/") for reason in honest(seen))


@needs_root
@needs_namespaces
@APART
def test_no_tun() -> None:
    seen = run_as(apart("mount --bind /dev/null /dev/net/tun"), *SOME)
    assert all(reason.startswith("TUNSETIFF") for reason in honest(seen))


@needs_root
@APART
def test_no_room_for_files(tmp_path: object) -> None:
    """The folder of the lab can be made, but nothing in it."""
    full = apart(f"mount -t tmpfs -o nr_inodes=4 none {tmp_path}; export TMPDIR={tmp_path}")
    seen = run_as((*full, sys.executable, f"{ROOT}/tests/forbid.py", "unshare"), "connect/unix.missing")
    assert honest(seen) == {"No space left on device (ENOSPC)"}


@needs_root
@APART
@pytest.mark.parametrize(
    ("before", "says"),
    [
        (apart(f"{PLACES}; cd /proc"), "No usable temporary directory"),
        (("prlimit", "--nofile=64"), "a process may have 64 descriptors here"),
    ],
    ids=["read-only", "descriptors"],
)
def test_one_message_where_nothing_can_be_tried(before: tuple[str, ...], says: str) -> None:
    code = f"import sys; sys.path.insert(0, '{ROOT}'); from manproof.cli import main; main()"
    command = [*before, sys.executable, "-c", code, "probe", "connect/fd"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"manproof: error: nothing can be probed here: {says}")
    assert done.stderr.count("\n") == 1
