"""Files are written whole or not at all, whatever the disk, the kernel or another program does."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from manproof import files
from manproof.diagnostic import UserError
from tests.sample import ROOT, manproof, project, surroundings


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_write_makes_folders_and_tells_of_changes(tmp_path: Path) -> None:
    path = tmp_path / "a/b/c"
    assert files.write(path, b"one")
    before = path.stat()
    assert not files.write(path, b"one")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert files.write(path, b"two")
    assert (path.read_bytes(), names(path.parent)) == (b"two", {"c"})


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o000])
def test_mode_is_the_users(umask: int, tmp_path: Path) -> None:
    before = os.umask(umask)
    try:
        files.write(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~umask


def test_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    victim, link, dangling = tmp_path / "victim", tmp_path / "link", tmp_path / "dangling"
    victim.write_bytes(b"precious")
    link.symlink_to(victim)
    dangling.symlink_to(tmp_path / "nowhere")
    for path in (link, dangling):
        files.write(path, b"precious")
        assert path.is_file()
        assert not path.is_symlink()
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "nowhere").exists()


def test_fifo_is_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    assert files.write(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"


def test_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a/inside").mkdir(parents=True)
    with pytest.raises(UserError, match=r"cannot write .*a: .*; a folder is in its place; remove it"):
        files.write(tmp_path / "a", b"x")
    assert names(tmp_path) == {"a"}


def test_file_in_the_path(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(UserError, match=f"{tmp_path}/a: .*; something else is in its place; remove it"):
        files.write(tmp_path / "a/b", b"x")


def test_names_that_begin_alike_in_one_batch(tmp_path: Path) -> None:
    contents = {tmp_path / f"{'a' * 100}.{number}": bytes([number]) for number in range(40)}
    files.write_all(contents)
    assert {path: path.read_bytes() for path in contents} == contents
    assert len(names(tmp_path)) == 40


@pytest.mark.parametrize("call", ["open", "fsync", "posix_fadvise", "rename"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_call_that_fails(
    call: str, number: int, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old files stay whole, the message names the file, and no draft is left."""
    contents = {tmp_path / name: b"new" for name in ("a", "b", "c")}
    for path in contents:
        path.write_bytes(b"old")
    fail_at(monkeypatch, call, number, at)
    with pytest.raises(UserError, match=r"cannot write .*/[abc]: .*; "):
        files.write_all(contents)
    monkeypatch.undo()
    assert names(tmp_path) == {"a", "b", "c"}
    assert {path.read_bytes() for path in contents} <= {b"old", b"new"}


def fail_at(monkeypatch: pytest.MonkeyPatch, call: str, number: int, at: int) -> None:
    """Has the n-th call of a function fail."""
    holder: Any = Path if call == "rename" else os
    real: Callable[..., Any] = getattr(holder, call)
    calls = 0

    def sometimes(*arguments: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise OSError(number, os.strerror(number))
        return real(*arguments, **options)

    monkeypatch.setattr(holder, call, sometimes)


KILLED = """
import os, signal, sys
from pathlib import Path
from manproof import files
setattr({holder}, {call!r}, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
files.write(Path(sys.argv[1]), b"new")
"""


@pytest.mark.parametrize(("holder", "call"), [("os", "posix_fadvise"), ("os", "fsync"), ("Path", "rename")])
def test_power_that_fails_in_the_middle(holder: str, call: str, tmp_path: Path) -> None:
    """The old file is whole, and the next build removes the draft."""
    root = project(tmp_path)
    assert manproof(root, "build", "--format", "man").returncode == 0
    page = root / "build/man/sample/man2/sample.2"
    old = page.read_bytes()
    script = KILLED.format(holder=holder, call=call)
    done = subprocess.run([sys.executable, "-c", script, page], env=surroundings(), check=False)
    assert done.returncode == -signal.SIGKILL
    assert page.read_bytes() == old
    assert len(names(page.parent)) == 2
    (root / "source/sample/sample.2.yaml").touch()
    assert manproof(root, "build", "--format", "man").returncode == 0
    assert names(page.parent) == {"sample.2"}


def test_full_disk(tmp_path: Path) -> None:
    """A real one, of 64 KiB, in a mount namespace of its own."""
    unshare, full = shutil.which("unshare"), tmp_path / "full"
    mount = f'mount -t tmpfs -o size=64k none "{full}"'
    full.mkdir()
    if (
        not unshare
        or subprocess.run([unshare, "-rm", "sh", "-c", mount], capture_output=True, check=False).returncode
    ):
        pytest.skip("no tmpfs can be mounted here: a full disk was not tried")
    root = project(tmp_path / "project")
    script = (
        f'{mount} && "{sys.executable}" -m manproof build --format man -o "{full}"; echo "status $?"; '
        f'head -c 200000 /dev/zero > "{full}/ballast"; echo "notes: [{{text: More}}]" >> '
        f"source/sample/sample.2.yaml; "
        f'"{sys.executable}" -m manproof build --format man -o "{full}"; echo "status $?"; '
        f'grep -c . "{full}/man/sample/man2/sample.2"; ls -A "{full}/man/sample/man2"'
    )
    done = subprocess.run(
        [unshare, "-rm", "sh", "-c", script],
        cwd=root, env=surroundings(), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "No space left on device; make room on the disk" in done.stderr
    first, second, lines, *listed = done.stdout.split("\n")
    assert (first, second) == ("status 0", "status 2")
    assert int(lines) > 5
    assert listed == ["sample.2", ""]


def test_folder_that_may_not_be_written(tmp_path: Path) -> None:
    root = project(tmp_path)
    out = root / "out"
    out.mkdir()
    out.chmod(0o555)
    done = unprivileged(root, "build", "-o", str(out))
    assert done.returncode == 2
    assert f"cannot write {out}" in done.stderr
    assert "choose another folder with -o" in done.stderr
    assert not names(out)


def test_source_that_may_not_be_read(tmp_path: Path) -> None:
    root = project(tmp_path)
    page = root / "source/sample/sample.2.yaml"
    page.chmod(0)
    done = unprivileged(root, "build")
    assert done.returncode == 1
    assert "source/sample/sample.2.yaml: error: cannot read" in done.stderr
    assert "check the path and its permissions" in done.stderr


def unprivileged(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the program without the right of root to override permissions."""
    if os.getuid() != 0:
        return manproof(root, *arguments)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("setpriv is not installed: permissions were not tried")
    dropped = "-dac_override,-dac_read_search"
    return manproof(root, *arguments, before=[setpriv, f"--inh-caps={dropped}", f"--bounding-set={dropped}"])


@pytest.mark.parametrize("kind", ["folder", "fifo", "device", "missing", "loop"])
def test_what_is_no_file_is_not_read(kind: str, tmp_path: Path) -> None:
    path = Path("/dev/zero") if kind == "device" else tmp_path / "a"
    if kind == "folder":
        path.mkdir()
    if kind == "fifo":
        os.mkfifo(path)
    if kind == "loop":
        path.symlink_to(path)
    with pytest.raises(UserError, match=str(path)):
        files.read(path)


def test_sparse_file_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(UserError, match="larger than"):
        files.read(path)


def test_sweep_removes_drafts_alone(tmp_path: Path) -> None:
    for name in (".manproof-tmp-1-0", "a/.manproof-tmp-2-0", ".hidden", "a/b"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    files.sweep(tmp_path)
    assert names(tmp_path) == {".hidden", "a"}
    assert names(tmp_path / "a") == {"b"}


def test_the_program_writes_nothing_beside_its_output(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    before = {path.relative_to(root) for path in root.rglob("*")}
    assert (
        manproof(root, "build", "-o", str(tmp_path / "out"), environment={"HOME": str(tmp_path)}).returncode
        == 0
    )
    assert {path.relative_to(root) for path in root.rglob("*")} == before
    assert names(tmp_path) == {"project", "out"}
    assert ROOT not in tmp_path.parents
