"""Records of runs on the disk: read with care, written so that a person can read and compare them.

``evidence.schema.json`` beside this module describes the files.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from manproof import files
from manproof.characters import refused
from manproof.diagnostic import UserError, quoted
from manproof.observation import Observation, Record, Step, from_json, to_json

_ALWAYS = ("outcome", "from")
"""Told of every observation, even if there is none."""


def read(path: Path, within: Path | None = None) -> Record:
    """The record in a file, to which no link may lead out of ``within``.

    Raises ``UserError`` for a file that is none, naming the way out.
    """
    return _read(path, within, files.signature(str(path)))


@lru_cache(maxsize=4)
def _read(path: Path, within: Path | None, _signature: tuple[int, ...] | None) -> Record:
    """Once for all that ask; the signature makes a changed file a new one."""
    try:
        text = files.read(path, within).decode()
        data = json.loads(text)
        if found := next(_refused(text, data), None):
            raise ValueError(f"it holds {found}, which no text may hold")
        return from_json(Record, data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        why = quoted(str(problem)[:200])
        way_out = "make it anew with: manproof probe"
        raise UserError(f"{quoted(str(path))} is no record of a run: {why}; {way_out}") from None


def _refused(text: str, data: object) -> Iterator[str]:
    """The characters of a file that nobody could see, and those that its escapes stand for."""
    yield from (found.name for found in refused(text))
    todo = [data] if _ESCAPED(text) else []
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            yield from (found.name for found in refused(item))
        elif isinstance(item, Mapping):
            todo += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            todo += item


_ESCAPED = re.compile(r"\\[ubfr]").search


def text(record: Record) -> str:
    """A record as JSON: an observation begins on a line of its own, and so does each of its steps.

    What goes without saying (see the defaults of ``Observation`` and ``Step``) is left out.
    """
    system = json.dumps(to_json(record.system), indent=1, ensure_ascii=False)
    return f'{{"system": {system},\n"observations": [{_joined(map(_observation, record.observations))}\n]}}\n'


def _joined(items: Iterator[str]) -> str:
    return ",".join(items)


def _observation(item: Observation) -> str:
    steps = _joined(f"\n   {_line(step)}" for step in item.steps)
    return f'\n {_line(replace(item, steps=()))[:-1]}, "steps": [{steps}]}}'


def _line(record: Observation | Step) -> str:
    usual = {field.name: field.default for field in dataclasses.fields(record)}
    told = to_json(record).items()
    kept = {name: value for name, value in told if name in _ALWAYS or value not in ([], usual.get(name))}
    return json.dumps(kept, ensure_ascii=False)


def stored(record: Record) -> Record:
    """What a project keeps of a run: every answer, but steps and times only where they tell more.

    Variants of one probe that were answered alike differ in little: the one of the shortest name keeps
    its steps. Times differ in every run, and say nothing of the call.
    """
    shortest: dict[tuple[str | None, ...], str] = {}
    for item in sorted(record.observations, key=lambda item: (len(item.condition), item.condition)):
        shortest.setdefault(_alike(item), item.condition)
    kept = (
        replace(item, seconds=0.0, steps=item.steps if shortest[_alike(item)] == item.condition else ())
        for item in record.observations
    )
    return replace(record, observations=tuple(kept))


def _alike(item: Observation) -> tuple[str | None, ...]:
    return item.call, item.title, item.outcome, item.origin, item.status


def newest(paths: Iterable[Path], within: Path | None = None) -> tuple[Path, Record] | None:
    """The record of the latest run, of runs of one day that of the newest kernel, and where it lies."""
    found = [(path, read(path, within)) for path in paths]
    return max(found, key=lambda pair: (pair[1].system.date, pair[1].system.release), default=None)


def kept(folder: Path) -> list[Path]:
    """The records that lie with the pages of an edition, whose folder this is."""
    return sorted((folder / "evidence").glob("*.json"))
