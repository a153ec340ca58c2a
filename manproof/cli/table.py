"""A run as a table for people: what was observed, by theme, then what could not be, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

import click

from manproof.observation import STATUSES, Observation, Record

_COLOURS = {"success": "green", "unsupported": "yellow", "broken": "red"}


def render(record: Record) -> str:
    """The whole table, with colours, which are taken out where nobody can see them."""
    themes = groupby(record.observations, key=lambda item: item.condition.split(".")[0])
    lines = [_system(record), ""]
    for theme, items in themes:
        lines += [click.style(theme, bold=True), *_rows(list(items)), ""]
    return "\n".join([*lines, *_failures(record.observations), _counts(record.observations)]) + "\n"


def _system(record: Record) -> str:
    system = record.system
    known = (system.kernel, system.libc, f"as {system.privileges}", system.sandbox, system.restriction)
    return f"{system} ({', '.join(filter(None, known))})"


def _rows(items: Sequence[Observation]) -> Iterator[str]:
    """A line for the variants of a probe that were answered alike."""
    rows: dict[tuple[str | None, ...], list[Observation]] = {}
    for item in items:
        rows.setdefault((item.status, item.outcome, item.origin, item.title), []).append(item)
    for (status, outcome, origin, title), same in rows.items():
        answer = f"{outcome or status:15}"
        answer = click.style(answer, fg=_COLOURS.get(answer.strip(), "cyan"))
        yield f"  {answer} {origin or '':11} {_name(same):44} {title}"


def _name(same: Sequence[Observation]) -> str:
    """One name, or what several names begin with, and how many they are."""
    if len(same) == 1:
        return same[0].condition
    parts = zip(*(item.condition.split(".") for item in same), strict=False)
    common = [words[0] for words in takewhile(lambda words: len(set(words)) == 1, parts)]
    return f"{'.'.join(common)}.* ({len(same)})"


def _failures(items: Iterable[Observation]) -> Iterator[str]:
    """Why something was not observed: a line for each reason, with what to do about it."""
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for item in items:
        if item.status != "observed":
            reasons.setdefault((item.status, item.reason, item.remedy), []).append(item.condition)
    for (status, reason, remedy), names in reasons.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        yield f"{click.style(status, fg=_COLOURS[status])}: {names[0]}{more}: {reason}"
        if remedy:
            yield f"    {remedy}"
    if reasons:
        yield ""


def _counts(items: Sequence[Observation]) -> str:
    counts = (f"{sum(item.status == status for item in items)} {status}" for status in STATUSES)
    return f"{len(items)} conditions: {', '.join(counts)}"
