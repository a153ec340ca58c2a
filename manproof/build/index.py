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
    shelves = (_shelf(project, edition, records) for edition in project.editions())
    comparisons = [_comparison(records[key].entry) for key in sorted(records) if "call" in records[key].entry]
    settings = Settings(templates=resources.templates())
    return render([shelf for shelf in shelves if shelf], settings, comparisons)


def _comparison(entry: dict[str, object]) -> Entry:
    """A comparison in the list: its pages lie in a folder of their own."""
    return _entry(str(entry["call"]), {"title": f"{entry['call']}()", "summary": "", **entry})


def _shelf(project: Project, edition: str, records: Mapping[str, Record]) -> Shelf | None:
    pages = [source.page for source in project.sources([edition])]
    entries = {page: records[key].entry for page in pages if (key := f"{edition}/{page}") in records}
    built = {page: entry for page, entry in entries.items() if entry}
    if not built:
        return None
    first = next(iter(built.values()))
    shown = tuple(_entry(page, entry) for page, entry in built.items())
    return Shelf(name=edition, label=first["label"], manual=first["manual"], entries=shown)


def _entry(page: str, entry: dict[str, object]) -> Entry:
    languages = entry["languages"]
    assert isinstance(languages, list)
    return Entry(
        title=str(entry["title"]),
        page=page,
        summary=str(entry["summary"]),
        languages=tuple(Language(**language) for language in languages),
    )
