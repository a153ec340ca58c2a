"""The live preview: builds a project, serves it to this machine, and shows what is edited."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from manproof import resources
from manproof.config import Project
from manproof.diagnostic import Diagnostic, UserError
from manproof.serve.web import listening
from manproof.serve.workshop import Workshop

_STEP, _LONGEST, _LOOK = 20, 200, 2000
"""Milliseconds: changes so close are one, but for no longer; how often new folders are looked for."""


def serve(
    project: Project,
    port: int | None,
    *,
    begun: Callable[[str], None],
    built: Callable[[list[Diagnostic]], None],
) -> None:
    """Serves a project until it is interrupted.

    ``begun`` is told the address once the site is there, ``built`` after each build what is wrong.
    Raises UserError where the port is not to be had, or the files cannot be watched.
    """
    workshop = Workshop(project, project.root / "build" / "serve")
    server = listening(workshop, port)
    try:
        # before there are threads, this may be spread over the cores
        built(workshop.rebuild(cores=len(os.sched_getaffinity(0))))
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        begun(server.url)
        for _ in _changes(project):
            built(workshop.rebuild())
    finally:
        workshop.close()
        server.server_close()


def _changes(project: Project) -> Iterator[None]:
    """Yields when something was saved that the site is made of, or may have been."""
    from watchfiles import watch

    while True:
        folders = _folders(project)
        yield None  # what was saved before the watch began
        try:
            for changes in watch(
                *folders,
                watch_filter=lambda _change, path: not Path(path).name.startswith("."),
                debounce=_LONGEST,
                step=_STEP,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
            ):
                if changes:
                    yield None
                if _folders(project) != folders:
                    break
        except OSError as problem:
            raise UserError(
                f"cannot watch the files: {problem}; raise fs.inotify.max_user_watches, "
                "or set WATCHFILES_FORCE_POLLING=1"
            ) from None


def _folders(project: Project) -> list[Path]:
    """The folders that the site is made of, as far as they are there."""
    own = (project.root / "source", project.root / "translations", resources.templates())
    return [path for path in own if path.is_dir()]
