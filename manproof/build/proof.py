"""The evidence that a page is built with: the record that was named, or the newest that its edition keeps."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from manproof import words
from manproof.build.plan import Job
from manproof.config import Project
from manproof.diagnostic import Span, UserError, error
from manproof.render import Evidence
from manproof.spec import Edition, Page

if TYPE_CHECKING:
    from manproof.build.make import Product
    from manproof.observation import Record


def proof(job: Job, page: Page, edition: Edition, project: Project, product: Product) -> Evidence | None:
    """What is known of a page; nothing of a page that no system of today is to be held against."""
    if edition.status != "current":
        return None
    folder = project.edition_file(job.source.edition).parent
    if product.sees(folder / "evidence") is None and job.evidence is None:
        return None
    from manproof import evidence

    paths = [job.evidence] if job.evidence else evidence.kept(folder)
    try:
        found = _newest(project.root, tuple((path, product.sees(path)) for path in paths))
    except UserError as problem:
        product.found.append(error("unreadable", Span(project.shown(folder)), str(problem)))
        return None
    if found is None:
        return None
    from manproof.notes import notes

    product.record, record = found
    return notes(page, record)


@lru_cache(maxsize=16)
def _newest(root: Path, files: tuple[tuple[Path, tuple[int, ...] | None], ...]) -> tuple[Path, Record] | None:
    """The newest record of some files, and where it lies; their signatures make changed files new ones."""
    from manproof import evidence

    return evidence.newest((path for path, _ in files), root)


def dated(shown: Evidence | None, edition: Edition, said: words.Words) -> Evidence | None:
    """The same with its date written out in a language."""
    return shown and replace(shown, date=words.date(shown.date, edition.date_form, said))
