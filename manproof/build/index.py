"""The page that lists all pages, from what the builds of the pages recorded."""

from __future__ import annotations

from collections.abc import Mapping

from manproof import resources
from manproof.build.cache import Record
from manproof.config import Project
from manproof.render import Language, Settings
from manproof.render.index import Entry, Shelf, render


def index(project: Project, records: Mapping[str, Record]) -> str:
    """The index as HTML; pages that could not be built are not in it."""
    shelves: list[Shelf] = []
    for edition in project.editions():
        pages = {s.page for s in project.sources([edition])}
        found = {
            key.partition("/")[2]: records[key].entry
            for key in sorted(records)
            if key.startswith(f"{edition}/")
        }
        entries = tuple(_entry(page, entry) for page, entry in found.items() if entry and page in pages)
        for first in [entry for entry in found.values() if entry][:1]:
            shelves.append(Shelf(name=edition, label=first["label"], manual=first["manual"], entries=entries))
    return render(shelves, Settings(templates=resources.templates()))


def _entry(page: str, entry: dict[str, object]) -> Entry:
    languages = entry["languages"]
    assert isinstance(languages, list)
    return Entry(
        title=str(entry["title"]),
        page=page,
        summary=str(entry["summary"]),
        languages=tuple(Language(**language) for language in languages),
    )
