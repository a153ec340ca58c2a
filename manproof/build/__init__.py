"""Builds pages: plans the jobs, leaves out what is up to date, and spreads the rest over the cores."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from manproof import files
from manproof.build import cache
from manproof.build.plan import DEFAULT_FORMATS, FORMATS, Job, plan
from manproof.config import Project
from manproof.diagnostic import Diagnostic

if TYPE_CHECKING:
    from manproof.build.make import Product

__all__ = ["DEFAULT_FORMATS", "FORMATS", "Job", "build", "plan"]

Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""

_WORTH_A_PROCESS = 12
"""Jobs; fewer are done sooner than a second process is started."""
_COLLECT_EVERY = 20
"""Jobs; a document's tree has cycles, so memory is bounded by collecting now and then."""


def build(
    project: Project, jobs: Sequence[Job], out: Path, *, cores: int, progress: Progress
) -> list[Diagnostic]:
    """Makes what is not up to date below ``out`` and returns what is wrong in the sources.

    Outputs of pages with errors stay as they are. Raises UserError where a file cannot be written.
    """
    with files.locked(out):
        records = cache.read(out)
        program = cache.program()
        options = {job.key: cache.options_of(job, program) for job in jobs}
        signature = lru_cache(None)(files.signature)
        stale = [
            job
            for job in jobs
            if job.key not in records or not records[job.key].fresh(options[job.key], signature)
        ]
        try:
            for done, (key, record) in enumerate(_run(stale, project, out, options, cores), 1):
                records[key] = record
                progress(done, len(stale))
            if stale and any("html" in job.formats for job in jobs):
                from manproof.build.index import index

                files.write(out / "html" / "index.html", index(project, records).encode())
        finally:
            if stale:
                files.sweep(out)
                cache.write(out, records)
    return sorted((d for job in jobs for d in records[job.key].found), key=lambda d: d.span)


def _run(
    jobs: Sequence[Job], project: Project, out: Path, options: dict[str, str], cores: int
) -> Iterator[tuple[str, cache.Record]]:
    """Does the jobs, in this process or in one for each core."""
    if cores < 2 or len(jobs) < _WORTH_A_PROCESS:
        yield from _do(jobs, project, out, options)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    import manproof.build.make  # noqa: F401  loaded once, before the processes part

    parts = [jobs[start : start + _WORTH_A_PROCESS] for start in range(0, len(jobs), _WORTH_A_PROCESS)]
    with ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool:
        for done in pool.map(_part, *zip(*((part, project, out, options) for part in parts), strict=True)):
            yield from done


def _part(
    jobs: Sequence[Job], project: Project, out: Path, options: dict[str, str]
) -> list[tuple[str, cache.Record]]:
    return list(_do(jobs, project, out, options))


def _do(
    jobs: Sequence[Job], project: Project, out: Path, options: dict[str, str]
) -> Iterator[tuple[str, cache.Record]]:
    if not jobs:
        return
    from manproof.build.make import make

    gc.disable()
    try:
        for number, job in enumerate(jobs, 1):
            product = make(job, project)
            yield job.key, _written(job, product, out, options)
            if number % _COLLECT_EVERY == 0:
                gc.collect()
    finally:
        gc.enable()


def _written(job: Job, product: Product, out: Path, options: dict[str, str]) -> cache.Record:
    for path, text in product.outputs.items():
        files.write(out / path, text.encode())
    paths = [str(out / path) for path in product.outputs]
    return cache.Record(
        options=options[job.key],
        inputs={path: seen and list(seen) for path, seen in product.inputs.items()},
        outputs={path: files.signature(path) for path in paths},
        found=product.found,
        entry=product.entry,
    )
