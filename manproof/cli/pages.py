"""The pages that a command is about, and the editions that this system is to judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from manproof import config, files, host
from manproof.config import Project, Source
from manproof.diagnostic import UserError, quoted
from manproof.load import load_edition
from manproof.spec import Edition


def chosen(project: Project, paths: Sequence[str]) -> list[Source]:
    """The pages in these files and folders, or of these names; all pages without any.

    A catalogue stands for its page, and any other file of an edition for all of its pages; what belongs to
    no edition, such as a glossary, stands for all pages.
    """
    editions = config.chosen_editions(project, ())
    known = config.chosen_sources(project, editions, ())
    found: set[Source] = set()
    for name in paths:
        below = _below(project, known, files.real(name))
        if not below and Path(name).exists():
            raise UserError(
                f"there is no page in {quoted(name)}; pages are source/<edition>/<name>.<section>.yaml"
            )
        found |= below or set(config.chosen_sources(project, editions, [name]))
    return [source for source in known if not paths or source in found]


def _below(project: Project, known: Sequence[Source], place: Path) -> set[Source]:
    """The pages that a path stands for."""
    below = {source for source in known if place in _upwards(source.path)}
    if below or not place.exists():
        return below
    some = {source for source in known if place.parent == files.real(source.path).parent} or {
        source
        for source in known
        for locale in project.locales()
        for name in (source.page, "edition")
        if place in _upwards(project.catalogue(locale, f"{source.edition}/{name}"))
    }
    shared = (files.real(project.root / folder) for folder in ("source", "translations"))
    return some or set(known if any(map(place.is_relative_to, shared)) else ())


def _upwards(path: Path) -> tuple[Path, ...]:
    """A file, and the folders that it lies in."""
    path = files.real(path)
    return (path, *path.parents) if path.exists() else ()


def gates(edition: Edition) -> bool:
    """Whether this system is one that the edition must be true of."""
    return edition.status == "current" and host.runs(edition.platform)


def gating(project: Project) -> list[str]:
    """The names of the editions that this system is to judge."""
    return [name for name in project.editions() if (found := edition(project, name)) and gates(found)]


def edition(project: Project, name: str) -> Edition | None:
    """An edition by its name, if its file is in order."""
    path = project.edition_file(name)
    return load_edition(project.read(path), project.shown(path))[0]
