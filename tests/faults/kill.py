"""Kills builds, probes and updates at random moments; after each, nothing is torn, lost or left over.

python -m tests.faults.kill [RUNS]; `make faults` kills them 500 times in all.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.sample import PAGE, project, surroundings, write

Tree = Mapping[str, bytes]
"""Files by their paths below a folder."""


class Scene(NamedTuple):
    """A command, the folder that it writes, and the states before it and after it."""

    command: Sequence[str]
    root: Path
    folder: Path
    before: Tree
    after: Tree
    seconds: float


def tree(folder: Path) -> dict[str, bytes]:
    """The files below a folder, but for what tells one run from another of the same content."""
    found = (path for path in folder.rglob("*") if not path.is_dir())
    paths = [path for path in found if path.name not in (".lock", ".cache.json")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def run(root: Path, command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Starts the program with a folder of its own for temporary files, and a fixed clock."""
    place = root / "tmp"
    place.mkdir(exist_ok=True)
    more = {"TMPDIR": str(place), "SOURCE_DATE_EPOCH": "1800000000"}
    return subprocess.Popen(
        [sys.executable, "-m", "manproof", *command],
        cwd=root, env=surroundings(more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def finish(root: Path, command: Sequence[str]) -> float:
    """Runs the program to its end and tells how long it took."""
    start = time.monotonic()
    assert run(root, command).wait(120) == 0
    return time.monotonic() - start


def build(root: Path) -> Scene:
    """Pages in two languages, of which every one has changed."""
    pages = {f"page{n}.2": PAGE.replace("name: sample", f"name: page{n}") for n in range(14)}
    project(root, pages)
    for locale in ("ru", "de"):
        finish(root, ["i18n", "init", locale])
    command = ["build", "-j", "2"]
    finish(root, command)
    before = tree(root / "build")
    for page in (root / "source/sample").glob("page*.yaml"):
        write(page, page.read_text(encoding="utf-8").replace("Words.", "Other words."))
    seconds = finish(root, command)
    return Scene(command, root, root / "build", before, tree(root / "build"), seconds)


def update(root: Path) -> Scene:
    """Catalogues of pages of which every one has changed."""
    build(root)
    before = tree(root / "translations")
    seconds = finish(root, ["i18n", "update"])
    after = tree(root / "translations")
    return Scene(["i18n", "update"], root, root / "translations", before, after, seconds)


def probe(root: Path) -> Scene:
    """A few conditions; a record holds the time, so any whole one will do."""
    project(root)
    command = ["probe", "connect/addr", "-o", "out"]
    seconds = finish(root, command)
    return Scene(command, root, root / "out", tree(root / "out"), tree(root / "out"), seconds)


def restore(scene: Scene) -> None:
    """Puts the state before the command in place."""
    shutil.rmtree(scene.folder)
    for name, data in scene.before.items():
        path = scene.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def once(scene: Scene, moment: float) -> None:
    """Kills the command after so many seconds; its files are whole then, and all right after the next run."""
    restore(scene)
    started = run(scene.root, scene.command)
    time.sleep(moment)
    started.kill()
    started.wait(60)
    assert not any(_until_empty(lambda: _group(started.pid))), f"a process is left after {moment:.3f} s"
    left = tree(scene.folder)
    for name, data in scene.before.items():
        assert name in left, f"{name} is lost after {moment:.3f} s"
        whole = (data, scene.after[name])
        assert left[name] in whole or _is_record(name, left[name]), f"{name} is torn after {moment:.3f} s"
    finish(scene.root, scene.command)
    now = tree(scene.folder)
    assert now.keys() == scene.after.keys(), f"after {moment:.3f} s: {now.keys() ^ scene.after.keys()}"
    assert all(now[name] == data or _is_record(name, now[name]) for name, data in scene.after.items())
    unfinished = _until_empty(lambda: list((scene.root / "tmp").iterdir()))
    assert not unfinished, f"temporary files after {moment:.3f} s: {unfinished}"


def _is_record(name: str, data: bytes) -> bool:
    """A record of a run that is whole."""
    return name.startswith("linux-") and data.endswith(b"\n]}\n")


def _group(number: int) -> list[int]:
    """The process group of a run, if anything of it is left."""
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return []
    return [number]


def _until_empty(look: Callable[[], Sequence[object]]) -> Sequence[object]:
    """What there is left after a while for what is ending."""
    end = time.monotonic() + 10
    while (left := look()) and time.monotonic() < end:
        time.sleep(0.02)
    return left


def at_once(root: Path, runs: int) -> None:
    """Two builds at once, so many times: both succeed, and make what one makes."""
    project(root)
    finish(root, ["build", "-o", "alone"])
    for _ in range(runs):
        both = [run(root, ["build"]) for _ in range(2)]
        assert [one.wait(60) for one in both] == [0, 0]
        assert tree(root / "build") == tree(root / "alone")
        shutil.rmtree(root / "build")


SCENES = {"build": build, "update": update, "probe": probe}


def main(runs: int) -> None:
    """Kills the commands so many times, by turns."""
    runs = -(-runs // len(SCENES))
    for name, scene in SCENES.items():
        with tempfile.TemporaryDirectory() as folder:
            made = scene(Path(folder) / "project")
            chance = random.Random(1)
            for _ in range(runs):
                once(made, chance.uniform(0, 1.1 * made.seconds))
        print(
            f"{name}: killed {runs} times within {1.1 * made.seconds:.2f} s, nothing torn, lost or left over"
        )

    with tempfile.TemporaryDirectory() as folder:
        at_once(Path(folder), 50)
    print("build: two at once, 50 times: both succeeded, with the files of one")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
