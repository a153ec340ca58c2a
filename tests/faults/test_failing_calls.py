"""Each write, fsync and rename of a run fails once: old files stay whole, and a message says what failed.

strace(1) has the n-th call of a kind fail, for every n that a run gets to.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.kill import Scene, restore, tree
from tests.sample import PAGE, project, surroundings, write

CALLS = {"write": "write", "fsync": "fsync", "rename": "?rename,renameat,?renameat2"}
WRONG = (("write", "ENOSPC"), ("fsync", "EIO"), ("rename", "EIO"))
MESSAGES = {"ENOSPC": "No space left on device", "EIO": "Input/output error"}
_MOST = 40
"""More calls of a kind than any of these runs makes."""


def run(root: Path, command: list[str], call: str, error: str, at: int) -> subprocess.CompletedProcess[str]:
    """Runs the program, whose n-th call fails."""
    inject = f"inject={CALLS[call]}:error={error}:when={at}"
    tracer = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS[call]}", "-e", inject]
    return subprocess.run(
        [*tracer, sys.executable, "-B", "-m", "manproof", *command],
        cwd=root, env=surroundings({"SOURCE_DATE_EPOCH": "1800000000"}), capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip


def scene(root: Path, name: str) -> Scene:
    """A small project that was built, and whose page has changed since."""
    project(root)
    command = ["build", "-j", "1"] if name == "build" else ["i18n", "update"]
    for arguments in (["i18n", "init", "ru"], ["i18n", "extract"], ["build", "-j", "1"]):
        assert not done(root, arguments)
    folder = root / ("build" if name == "build" else "translations")
    before = tree(folder)
    write(root / "source/sample/sample.2.yaml", PAGE.replace("Words.", "Other words."))
    assert not done(root, command)
    return Scene(command, root, folder, before, tree(folder), 0)


def done(root: Path, command: list[str]) -> int:
    environment = surroundings({"SOURCE_DATE_EPOCH": "1800000000"})
    command = [sys.executable, "-m", "manproof", *command]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False).returncode


@pytest.mark.parametrize(("call", "error"), WRONG)
@pytest.mark.parametrize("name", ["build", "update"])
def test_a_call_that_fails(name: str, call: str, error: str, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: failing calls were not tried")
    made = scene(tmp_path, name)
    failures = 0
    for at in range(1, _MOST):
        restore(made)
        ended = run(tmp_path, list(made.command), call, error, at)
        left = tree(made.folder)
        assert left.keys() <= made.before.keys() | made.after.keys()
        for path, data in made.before.items():
            assert left[path] in (data, made.after[path]), f"{path}: torn by {call} {at}"
        if ended.returncode == 0:
            assert left == made.after
            break
        failures += 1
        assert ended.returncode == 2, ended.stderr
        assert "Traceback" not in ended.stderr
        if ended.stderr:  # else it was the message that could not be written
            assert MESSAGES[error] in ended.stderr.splitlines()[-1]
    else:
        pytest.fail(f"{call} never came to its end")
    assert failures >= 1
