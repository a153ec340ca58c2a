"""A comparison as JSON; ``compare.schema.json`` in the package describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from manproof.compare.porting import Porting
from manproof.compare.rows import Cell, Row, Table


def render(
    table: Table, titles: Mapping[str, str], notes: Mapping[str, str], answer: Porting | None = None
) -> str:
    """All rows that the table has; those of a porter's answer say which list they belong to."""
    parts = {row.name: part for part, rows in _parts(answer).items() for row in rows}
    rows = [row for row in table.rows if answer is None or row.name in parts]
    whole = {
        "call": table.call,
        "columns": [{"name": c.name, "label": c.label, "about": c.about} for c in table.columns],
        "rows": [_row(row, titles, parts.get(row.name)) for row in rows],
        "notes": dict(notes),
        "everywhere": list(table.everywhere),  # every manual documents them
        "posix": {
            "shall": list(table.required),
            "shall_unix": list(table.required_unix),
            "may": list(table.allowed),
        },
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _parts(answer: Porting | None) -> dict[str, tuple[Row, ...]]:
    names = ("another", "new", "never", "silent", "same")
    return dict(zip(names, answer.parts.values(), strict=False)) if answer else {}


def _row(row: Row, titles: Mapping[str, str], part: str | None) -> dict[str, object]:
    known = {"porting": part} if part else {}
    return {
        "name": row.name,
        "family": row.family,
        "title": titles.get(row.name, row.title) if row.known else row.title,
        "differs": row.differs,
        **known,
        "conditions": list(row.conditions),
        "cells": {name: _cell(cell) for name, cell in row.cells.items()},
    }


def _cell(cell: Cell) -> dict[str, object]:
    marks = {one: mark for one, mark in zip(cell.outcomes, cell.marks, strict=True) if mark}
    return {"kind": cell.kind, "outcomes": list(cell.outcomes)} | ({"marks": marks} if marks else {})
