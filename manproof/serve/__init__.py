"""The live preview: builds a project, serves it to this machine, and shows what is edited.

Manual pages are made at once, by this process, which has all that it needs at hand: those that somebody
looks at, and a few more. What takes longer (hundreds of pages after a change of a template; index, evidence,
findings, search) another process makes meanwhile, which is ended by the next change.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from manproof import files, resources, settings
from manproof.config import Project
from manproof.diagnostic import UserError
from manproof.render.live import Problem
from manproof.serve.web import listening
from manproof.serve.workshop import Workshop

_STEP, _LONGEST, _LOOK = 20, 200, 500
"""Milliseconds: changes so close are one, but for no longer; how often there may be something else to do."""

Told = Callable[[list[Problem]], None]


def serve(project: Project, port: int | None, *, begun: Callable[[str], None], built: Told) -> None:
    """Serves a project until it is interrupted.

    ``begun`` is told the address once the site is there, ``built`` after each build what is wrong.
    Raises UserError where the port is not to be had, or the files cannot be watched.
    """
    workshop = Workshop(project, project.output / "serve")
    with listening(workshop, port) as server:
        # before there are threads, this may be spread over the cores
        built(workshop.rebuild(sheets=True, cores=len(os.sched_getaffinity(0))))
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            begun(server.url)
            _follow(workshop, built)
        finally:
            workshop.close()
            server.shutdown()


def _follow(workshop: Workshop, built: Told) -> None:
    """Makes what changes, for ever."""
    with contextlib.ExitStack() as stack:
        others: subprocess.Popen[bytes] | None = None
        for changed in _changes(workshop.project):
            if changed:
                stack.close()
                found = workshop.rebuild(sheets=False)
                built(found)
                # with errors the rest of the site stays as it was, but for manual pages that are left to make
                sound = all(each.kind != "error" for each in found)
                others = stack.enter_context(_others(workshop)) if sound or workshop.left else None
            elif others is not None and others.poll() is not None:
                others = None
                built(workshop.rebuild(sheets=True))  # it is made; this takes in what is wrong with it


@contextlib.contextmanager
def _others(workshop: Workshop) -> Iterator[subprocess.Popen[bytes]]:
    """A process that makes the rest of the site; it is ended, if it has not done so by itself."""
    command = [sys.executable, "-m", "manproof", "build", "--format", "html", "-o", str(workshop.out)]
    process = subprocess.Popen(
        command, cwd=workshop.project.root, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _changes(project: Project) -> Iterator[bool]:
    """Yields True when something was saved that the site is made of, or may have been; now and then False."""
    from watchfiles import watch

    wanted = _settings(project)
    while True:
        folders, first = _folders(project), True
        try:
            for changes in watch(
                *folders,
                watch_filter=lambda _change, path: not Path(path).name.startswith("."),
                debounce=_LONGEST,
                step=_STEP,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
            ):
                before, wanted = wanted, _settings(project)
                # there may be something from before the watch
                yield bool(changes) or first or before != wanted
                first = False
                if _folders(project) != folders:
                    break
        except OSError as problem:
            raise UserError(
                f"cannot watch the files: {problem}; raise fs.inotify.max_user_watches, "
                "or set WATCHFILES_FORCE_POLLING=1"
            ) from None


def _settings(project: Project) -> list[object]:
    """What changes when the project's settings do; their folder holds too much to be watched."""
    return [files.signature(str(project.root / name)) for name in settings.FILES]


def _folders(project: Project) -> list[Path]:
    """The folders that the site is made of, as far as they are there."""
    own = (project.root / "source", project.root / "translations", resources.templates())
    return [path for path in own if path.is_dir()]
