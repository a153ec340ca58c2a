"""A comparison as a page of HTML: a table, or cards where there is no room for one.

Rows are chosen by radio buttons and rules of CSS, so that the page needs no script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup

from manproof import words
from manproof.compare.columns import MAY, SYSTEM, UNVERIFIED, Column
from manproof.compare.rows import DIFFERS, OTHERS, PARTLY, SAYS, SILENT, Cell, Row, Table
from manproof.compare.text import SIGNS, scores
from manproof.compare.words import texts
from manproof.interface import SUCCESS
from manproof.render import Settings
from manproof.render.frame import frame
from manproof.render.frame import page as framed
from manproof.render.markup import Writer

_WRONG = (DIFFERS, PARTLY)
_SIGNS = {**SIGNS, SILENT: "–"}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a page of a comparison is made of.

    ``document`` holds its words in the language of the page, ``explained`` the numbers of the notes on
    each situation, ``pages`` the address of each column's page, where there is one here.
    """

    table: Table
    document: nodes.document
    explained: Mapping[str, Sequence[int]]
    pages: Mapping[str, str]


def render(shown: Shown, settings: Settings) -> str:
    """The page in the language of the settings."""
    said = {name: settings.words(text, "comparison") for name, text in words.COMPARED.items()}
    page = _Page(shown, settings, said)
    families = list(page.families())
    call = shown.table.call
    return framed(
        settings,
        "compare.html",
        frame(
            settings,
            lambda locale: f"comparison/{quote(call)}.{locale}.html",
            title=f"{said['title']}: {call}()",
            description=page.intro(),
            place="comparison",
        ),
        styles=("compare.css",),
        rules="".join(_rules(family["name"] for family in families)),
        said=said,
        call=shown.table.call,
        intro=page.intro(),
        signs=[(sign, said[kind]) for kind, sign in _SIGNS.items() if kind != SAYS],
        columns=[page.column(column) for column in shown.table.columns],
        families=families,
        notes=page.notes("notes"),
        foot=list(page.foot()),
        right=words.fill(said["right"], {"system": page.system}),
        scores=page.scores(),
    )


def _rules(names: Iterable[str]) -> Iterator[str]:
    """A rule for each family: where its button is pressed, the other families are not shown."""
    for name in names:
        yield f".compare:has(#only-{name}:checked) tbody:not(#{name}) {{ display: none; }}\n"


class _Page:
    """Makes the finished values of one page."""

    def __init__(self, shown: Shown, settings: Settings, said: Mapping[str, str]) -> None:
        self.shown, self.settings, self.said = shown, settings, said
        self.writer = Writer(shown.document, settings)
        self.titles = texts(shown.document, "rows")
        self.caveats = texts(shown.document, "caveats")

    @property
    def system(self) -> str:
        """The system that was asked, if one was."""
        return next((column.label for column in self.shown.table.columns if column.name == SYSTEM), "")

    def intro(self) -> str:
        """One sentence: what is compared, and with which system."""
        system = next((column for column in self.shown.table.columns if column.name == SYSTEM), None)
        if system is None:
            return self.said["unobserved"]
        return words.fill(self.said["observed"], {"system": system.label, "about": self.about(system)})

    def about(self, column: Column) -> str:
        """A column's page and revision, with dates as the language writes them."""
        return _DATE.sub(lambda found: words.date(found[0], "iso", self.settings.words), column.about)

    def column(self, column: Column) -> dict[str, Any]:
        """The head of a column, and what is known of its manual."""
        caveat = self.caveats.get(column.name)
        return {
            "label": self.label(column),
            "about": self.about(column),
            "href": self.shown.pages.get(column.name, ""),
            "caveat": self.inline(caveat),
        }

    def label(self, column: Column) -> str:
        """What a column is called: an edition, a manual, or that which a system answered."""
        if column.name != SYSTEM:
            return column.label
        return words.fill(self.said["answered"], {"system": column.label})

    def families(self) -> Iterator[dict[str, Any]]:
        """The rows under their titles, but for those on which only the system speaks, and succeeds."""
        told = (row for row in self.shown.table.rows if row.documented)
        for name, rows in groupby(told, key=lambda row: row.family):
            title = {"text": self.said["others"], "lang": ""} if name == OTHERS else self.title(name)
            yield {"name": name, "title": title, "rows": [self.row(row) for row in rows]}

    def title(self, name: str) -> dict[str, str]:
        """The title of a family or row, and its language if it is not that of the page."""
        node = self.titles.get(name)
        if node is None:
            return {"text": name, "lang": ""}
        return {"text": node.astext(), "lang": node.get("lang", "")}

    def caption(self, title: str) -> dict[str, str]:
        """The title of a condition without its full stop, and its language likewise."""
        found = self.settings.words(f"{title}.", "").rstrip(".")
        english = found == title and self.settings.language.locale != "en"
        return {"text": found, "lang": "en" if english else ""}

    def row(self, row: Row) -> dict[str, Any]:
        """A row: what it is called, how it can be chosen, and its cells."""
        wrong = any(cell.kind in _WRONG for cell in row.cells.values())
        kinds = [*(["same"] if not row.differs else []), *(["right"] if not wrong else [])]
        return {
            "name": row.name.replace(".", "-"),
            "kinds": " ".join(kinds),
            "title": self.title(row.name) if row.known else self.caption(row.title),
            "groups": () if row.known else row.groups,
            "numbers": self.shown.explained.get(row.name, ()) if row.known else (),
            "cells": [self.cell(column, row.cells[column.name]) for column in self.shown.table.columns],
        }

    def cell(self, column: Column, cell: Cell) -> dict[str, Any]:
        """A cell: its sign, what that means, and the outcomes with their marks."""
        marks = {MAY: self.said["may"], UNVERIFIED: self.said["unverified"]}
        return {
            "label": self.label(column),
            "kind": cell.kind,
            "sign": _SIGNS[cell.kind],
            "means": self.said.get(cell.kind, ""),
            "outcomes": [
                (self.outcome(one), marks.get(mark, ""))
                for one, mark in zip(cell.outcomes, cell.marks, strict=True)
            ],
            "silent": cell.kind == SILENT,
        }

    def outcome(self, outcome: str) -> str:
        """An errno as it is, success in the words of the language."""
        return self.settings.words(SUCCESS, "site") if outcome == SUCCESS else outcome

    def notes(self, section: str) -> list[dict[str, Any]]:
        """The notes, each with its language if it is not that of the page."""
        found = texts(self.shown.document, section)
        return [{"text": self.inline(node), "lang": node.get("lang", "")} for node in found.values()]

    def inline(self, node: Any) -> Markup:
        """The content of a paragraph, or nothing."""
        return Markup(self.writer.inline(node)) if node is not None else Markup("")

    def scores(self) -> list[str]:
        """How much of what each column documents is what the system answers."""
        labels = {column.name: column.label for column in self.shown.table.columns}
        return [
            words.fill(self.said["score"], {"manual": labels[name], "right": right, "total": total})
            for name, right, total in scores(self.shown.table)
        ]

    def foot(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What all manuals document, and what POSIX requires and allows."""
        table = self.shown.table
        lists = (table.everywhere, table.required, table.required_unix, table.allowed)
        for name, errnos in zip(("everywhere", "shall", "shall_unix", "allows"), lists, strict=True):
            if errnos:
                yield self.said[name], errnos
