"""Builds pages: plans the jobs, leaves out what is up to date, and spreads the rest over the cores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from pathlib import Path

from manproof import files
from manproof.build import cache
from manproof.build.plan import DEFAULT_FORMATS, FORMATS, Job, outputs, plan
from manproof.config import Project
from manproof.diagnostic import Diagnostic, UserError

__all__ = ["DEFAULT_FORMATS", "FORMATS", "Job", "build", "plan"]

Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""

Stale = tuple[Job, str]
"""A job that is to be done, and its options as the cache knows them."""

_Done = list[tuple[str, cache.Record]]
_PART = 12
"""Jobs that are done together; fewer are done sooner than a second process is started."""


def build(
    project: Project,
    jobs: Sequence[Job],
    out: Path,
    *,
    cores: int,
    progress: Progress,
    sheets: bool = True,
    first: Collection[str] = (),
    most: int | None = None,
) -> list[Diagnostic]:
    """Makes what is not up to date below ``out`` and returns what is wrong in the sources.

    Outputs of pages with errors stay as they are; those of pages and languages that are gone are removed.
    Without ``sheets`` the pages of the site that are no manual pages stay as they are, too. Pages whose keys
    are among the ``first`` are made first; after ``most`` pages the others are left as they are.
    Raises UserError where a file cannot be written.
    """
    out, program = out.absolute(), cache.program()
    with files.locked(out):
        records = cache.read(out)
        options = {job.key: cache.options_of(job, program) for job in jobs}
        stale = sorted(_stale(jobs, options, records), key=lambda each: each[0].key not in first)
        found: list[Diagnostic] = []
        with _kept(out, records, changed=cache.forget(records, project, out)):
            for done in _pages(stale[:most], project, records, out, cores):
                progress(done, len(stale))
            if any("html" in job.formats for job in jobs):
                from manproof.build.site import refresh, said

                found = (
                    refresh(project, jobs[0].site, records, out, program, cores) if sheets else said(records)
                )
    found += (d for job in jobs if job.key in records for d in records[job.key].found)
    return sorted(dict.fromkeys(found), key=lambda d: d.span)


@contextmanager
def _kept(out: Path, records: dict[str, cache.Record], *, changed: bool) -> Iterator[None]:
    """Keeps the records in the cache if they have changed, also those made before a failure."""
    before = set(map(id, records.values()))
    try:
        yield
    except BaseException:
        with suppress(UserError):  # what went wrong first is told
            _keep(out, records)
        raise
    if changed or before != set(map(id, records.values())):
        _keep(out, records)


def _stale(
    jobs: Sequence[Job], options: Mapping[str, str], records: Mapping[str, cache.Record]
) -> Iterator[Stale]:
    """The jobs whose outputs are not there, or are not what their inputs make now."""
    signature = lru_cache(None)(files.signature)
    for job in jobs:
        if job.key not in records or not records[job.key].fresh(options[job.key], signature):
            yield job, options[job.key]


def _pages(
    stale: Sequence[Stale], project: Project, records: dict[str, cache.Record], out: Path, cores: int
) -> Iterator[int]:
    """Does the jobs and records them; tells how many are done."""
    by_key, languages = {job.key: job for job, _ in stale}, project.locales()
    for done, (key, record) in enumerate(_run(stale, project, out, cores), 1):
        possible = outputs(project, by_key[key], languages)
        records[key] = cache.joined(records.get(key), record, out, possible)
        yield done


def _keep(out: Path, records: dict[str, cache.Record]) -> None:
    """Leaves the records of what is done, and nothing unfinished."""
    files.sweep(out)
    cache.write(out, records)


def _run(
    jobs: Sequence[Stale], project: Project, out: Path, cores: int
) -> Iterator[tuple[str, cache.Record]]:
    """Does the jobs, in this process or in one for each core."""
    if not jobs:
        return
    import manproof.build.make  # noqa: F401  loaded once, before the processes part
    from manproof.spread import spread

    parts = [jobs[start : start + _PART] for start in range(0, len(jobs), _PART)]
    work = partial(_part, project=project, out=out)
    for done in spread(work, parts, cores):
        yield from done


def _part(jobs: Sequence[Stale], project: Project, out: Path) -> list[tuple[str, cache.Record]]:
    """Makes a few pages, then puts them on the disk together."""
    from manproof.build.make import make

    products = [make(job, project) for job, _ in jobs]
    files.write_all({path: data for each in products for path, data in each.below(out).items()}, out)
    return [
        (job.key, cache.recorded(product, out, options))
        for (job, options), product in zip(jobs, products, strict=True)
    ]
