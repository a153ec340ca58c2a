"""Records of runs on the disk: read with care, written so that a person can read and compare them.

``evidence.schema.json`` beside this module describes the files.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from manproof import files
from manproof.diagnostic import UserError, quoted
from manproof.observation import Observation, Record, Step, from_json, to_json

_USUAL = {f.name: f.default for f in dataclasses.fields(Step) if f.default is not dataclasses.MISSING}


def read(path: Path) -> Record:
    """The record in a file. Raises ``UserError`` for a file that is none, naming the way out."""
    try:
        return from_json(Record, json.loads(files.read(path)))
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        why = quoted(str(problem)[:200])
        way_out = "make it anew with: manproof probe"
        raise UserError(f"{quoted(str(path))} is no record of a run: {why}; {way_out}") from None


def text(record: Record) -> str:
    """A record as JSON: an observation begins on a line of its own, and so does each of its steps.

    What a step has in common with most (see the defaults of ``Step``) is left out.
    """
    system = json.dumps(to_json(record.system), indent=1, ensure_ascii=False)
    return f'{{"system": {system},\n"observations": [{_joined(map(_observation, record.observations))}\n]}}\n'


def _joined(items: Iterator[str]) -> str:
    return ",".join(items)


def _observation(item: Observation) -> str:
    fields = to_json(replace(item, steps=()))
    del fields["steps"]
    steps = _joined("\n   " + _line(_unusual(step)) for step in item.steps)
    return f'\n {_line(fields)[:-1]}, "steps": [{steps}]}}'


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _unusual(step: Step) -> dict[str, Any]:
    return {
        name: value for name, value in to_json(step).items() if name not in _USUAL or value != _USUAL[name]
    }


def stored(record: Record) -> Record:
    """What a project keeps of a run: every answer, but steps and times only where they tell more.

    Variants of one probe that were answered alike differ in little: the first keeps its steps. Times
    differ in every run, and say nothing of the call.
    """
    seen: set[tuple[str, str | None, str | None, str]] = set()
    kept = []
    for item in record.observations:
        key = (item.title, item.outcome, item.origin, item.status)
        kept.append(replace(item, seconds=0.0, steps=() if key in seen else item.steps))
        seen.add(key)
    return replace(record, observations=tuple(kept))


def newest(paths: Iterable[Path]) -> tuple[Path, Record] | None:
    """The record of the latest run, of runs of one day that of the newest kernel, and where it lies."""
    found = [(path, read(path)) for path in paths]
    return max(found, key=lambda pair: (pair[1].system.date, pair[1].system.release), default=None)


def kept(folder: Path) -> list[Path]:
    """The records that lie with the pages of an edition, whose folder this is."""
    return sorted((folder / "evidence").glob("*.json"))
