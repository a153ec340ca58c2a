"""The pages that a command looks at, read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from manproof import config
from manproof.build import Job
from manproof.build.make import make
from manproof.config import Project, Source
from manproof.diagnostic import Diagnostic, UserError, quoted
from manproof.files import read as bytes_of
from manproof.load import load_edition
from manproof.spec import Edition, Page


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page as its file has it, with what is wrong with the file; None where that is too much."""

    source: Source
    page: Page | None
    edition: Edition | None
    found: tuple[Diagnostic, ...]


def chosen(project: Project, paths: Sequence[str]) -> list[Source]:
    """The pages in these files and folders, or of these names; all pages without any."""
    editions = config.chosen_editions(project, ())
    known = config.chosen_sources(project, editions, ())
    found: set[Source] = set()
    for name in paths:
        place = Path(name).resolve()
        below = {
            source for source in known if place in (source.path.resolve(), *source.path.resolve().parents)
        }
        if not below and place.exists():
            raise UserError(
                f"there is no page in {quoted(name)}; pages are source/<edition>/<name>.<section>.yaml"
            )
        found |= below or set(config.chosen_sources(project, editions, [name]))
    return [source for source in known if not paths or source in found]


def sheet(job: Job, project: Project) -> Sheet:
    """A page, and all that a build would have to say of it, in every language."""
    made = make(job, project)
    return Sheet(source=job.source, page=made.page, edition=made.edition, found=tuple(made.found))


def gates(edition: Edition) -> bool:
    """Whether this system is one that the edition must be true of."""
    return edition.status == "current" and sys.platform.startswith(edition.platform)


def gating(project: Project) -> list[str]:
    """The names of the editions that this system is to judge."""
    return [name for name in project.editions() if (found := edition(project, name)) and gates(found)]


def edition(project: Project, name: str) -> Edition | None:
    """An edition by its name, if its file is in order."""
    path = project.edition_file(name)
    return load_edition(bytes_of(path), project.shown(path))[0]
