"""Where the kernel departs from what another manual claims: one letter, fit to be mailed, for each theme."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from manproof import lab
from manproof.grammar import NOWHERE, Word
from manproof.join import answers, covers, same
from manproof.observation import Observation, Record, System
from manproof.upstream import Entry, Theme, Upstream

LINES = 60
"""A program should be shorter than this to go into a letter; of one that is not, the letter says so."""


@dataclass(frozen=True, kw_only=True)
class Departure:
    """An answer that the manual does not explain, or (without an observation) an errno that never came.

    ``entry`` is the claim that it departs from; without one, the manual says nothing of the condition.
    """

    outcome: str
    entry: Entry | None = None
    observation: Observation | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The departures of one theme."""

    theme: Theme
    departures: tuple[Departure, ...]


def findings(upstream: Upstream, record: Record) -> list[Finding]:
    """All departures, sorted into the themes; those that fit none are gathered by errno, so none is lost."""
    themes: dict[str, Theme] = {theme.id: theme for theme in upstream.findings}
    sorted_: dict[str, list[Departure]] = {name: [] for name in themes}
    for departure in departures(upstream, record):
        theme = next((item for item in themes.values() if _fits(departure, item)), None) or _other(departure)
        themes.setdefault(theme.id, theme)
        sorted_.setdefault(theme.id, []).append(departure)
    return [Finding(theme=themes[name], departures=tuple(items)) for name, items in sorted_.items() if items]


def departures(upstream: Upstream, record: Record) -> Iterator[Departure]:
    """Answers under conditions of the claims, and of the manual's silence; then errnos that never came."""
    seen = [o for o in record.observations if o.call == upstream.call and answers(o)]
    for item in seen:
        outcome = str(item.outcome)
        entry = _owner(upstream.entries, item.condition)
        explained = any(_explains(other, item.condition, outcome) for other in upstream.entries)
        if not explained and (entry or outcome != "success"):
            yield Departure(outcome=outcome, entry=entry, observation=item)
    for entry in upstream.entries:
        for outcome in entry.outcomes:
            if not any(_explains(entry, o.condition, str(o.outcome), outcome) for o in seen):
                yield Departure(outcome=outcome, entry=entry)


def _owner(entries: Iterable[Entry], condition: str) -> Entry | None:
    """The claim that says what must come under a condition: of several the one with the longest prefix."""
    fits = (
        (max(map(len, keys)), e)
        for e in entries
        if (keys := [k for k in e.conditions if covers(k, condition)])
    )
    return max(fits, key=lambda pair: pair[0], default=(0, None))[1]


def _explains(entry: Entry, condition: str, outcome: str, claimed: str = "") -> bool:
    """Whether an answer is the one that an entry claims, or one of them."""
    if not any(covers(key, condition) for key in (*entry.conditions, *entry.also)):
        return False
    return any(same(outcome, name) for name in ([claimed] if claimed else entry.outcomes))


def _fits(departure: Departure, theme: Theme) -> bool:
    if departure.observation is None:
        return departure.entry is not None and departure.entry.id in theme.entries
    if not theme.outcomes and not theme.conditions:
        return False
    if theme.outcomes and not any(same(departure.outcome, name) for name in theme.outcomes):
        return False
    condition = departure.observation.condition
    return not theme.conditions or any(covers(key, condition) for key in theme.conditions)


def _other(departure: Departure) -> Theme:
    """Where departures go that nobody has sorted."""
    name = departure.outcome
    return Theme(
        id=Word(f"unsorted-{name.lower()}"),
        subject=Word(f"{name} under other conditions"),
        wording=Word(f"{name}\n    ..."),
        span=NOWHERE,
    )


def letter(finding: Finding, upstream: Upstream, record: Record) -> str:
    """A finding as plain text: subject, claim, answers, where they were given, wording, reproducer."""
    system = record.system
    parts = [
        textwrap.fill(f"Subject: {upstream.page}: {finding.theme.subject}", 78, subsequent_indent=" "),
        _claims(finding, upstream),
        _answers(finding),
        _place(system),
        f"Suggested wording:\n\n{_wording(finding.theme)}",
        _reproducer(finding, record),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _claims(finding: Finding, upstream: Upstream) -> str:
    """What the manual says of it, in our words."""
    entries = {item.entry.id: item.entry for item in finding.departures if item.entry}
    lines = [_wrapped(f"{', '.join(entry.outcomes)}: {entry.says}", 4) for entry in entries.values()]
    where = f"{upstream.page} of {upstream.label} ({upstream.date})"
    if not lines:
        outcomes = sorted({item.outcome for item in finding.departures})
        return textwrap.fill(f"{where} says nothing of {', '.join(outcomes)} for these conditions.", 78)
    return f"{where} says, in our words:\n\n" + "\n".join(lines)


def _answers(finding: Finding) -> str:
    """What the kernel answered: a line for the variants of a probe, and one for what never came."""
    rows: dict[tuple[str, str], list[str]] = {}
    for item in finding.departures:
        if item.observation:
            rows.setdefault((item.outcome, item.observation.title), []).append(item.observation.condition)
    lines = []
    for (outcome, title), names in rows.items():
        lines += [_wrapped(f"{outcome}: {title}", 4), _wrapped(f"[{', '.join(names)}]", 8)]
    never = [item.outcome for item in finding.departures if item.observation is None]
    if never:
        lines.append(f"    {', '.join(never)}: never, under any condition of this claim")
    return "The kernel answers:\n\n" + "\n".join(lines)


def _wrapped(text: str, indent: int) -> str:
    """Text as it stands in a letter, set in."""
    return textwrap.fill(
        text,
        74,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_on_hyphens=False,
        break_long_words=False,
    )


def _wording(theme: Theme) -> str:
    """The wording as a letter has it."""
    return "\n".join(
        textwrap.fill(text, 74, initial_indent=indent, subsequent_indent=indent)
        for depth, text in theme.passages()
        for indent in [" " * (depth + 4)]
    )


def _place(system: System) -> str:
    who = {"root": "root", "user": "an ordinary user with user namespaces"}.get(
        system.privileges, "an ordinary user"
    )
    return textwrap.fill(
        f"Observed on Linux {system.kernel}, {system.architecture}, as {who}, on {system.date}.", 78
    )


def _reproducer(finding: Finding, record: Record) -> str:
    """A program that shows one of the answers: of the condition that the theme names, else the shortest."""
    seen = [item.observation for item in finding.departures if item.observation]
    named = [item for item in record.observations if item.condition == finding.theme.show]
    programs = [pair for item in named or seen for pair in _programs(item, record)]
    if not programs:
        return ""
    _, best = min(programs, key=_badness)
    length = f" ({_lines(best)} lines)" if _lines(best) >= LINES else ""
    return f"Reproducer{length}:\n\n{best.rstrip()}"


def _badness(program: tuple[bool, str]) -> tuple[bool, bool, int]:
    """Too long for a letter; without its control; so many lines."""
    control, text = program
    return _lines(text) >= LINES, not control, _lines(text)


def _lines(text: str) -> int:
    return text.count("\n")


def _programs(item: Observation, record: Record) -> Iterator[tuple[bool, str]]:
    """The program of a condition, close together, and one without the control, which is shorter.

    An observation without steps of its own borrows those of another variant.
    """
    alike = (other for other in record.observations if other.steps and _same_probe(other, item))
    shown = item if item.steps else next(alike, item)
    for control in (True, False):
        try:
            text = lab.program(shown, record.system, control=control)
        except ValueError:
            return
        yield control, "".join(line for line in text.splitlines(keepends=True) if line.strip())


def _same_probe(one: Observation, other: Observation) -> bool:
    return (one.title, one.outcome, one.origin) == (other.title, other.outcome, other.origin)


def document(found: Sequence[Finding], upstream: Upstream, record: Record) -> str:
    """All letters as one Markdown file."""
    system = record.system
    head = f"""# Findings

Where Linux {system.linux} departs from what {upstream.page} of {upstream.label}
({upstream.date}) claims. Each finding is a letter of its own: `manproof finding ID` prints one. A name
in brackets is a condition that `manproof probe connect/NAME` brings about.

This file is generated from `source/findings` and the newest record of a run in `source/*/evidence`:
change those, then run `make findings`.

"""
    table = "".join(f"- [{item.theme.subject}](#{item.theme.id})\n" for item in found)
    letters = (f"\n## {item.theme.id}\n\n```text\n{letter(item, upstream, record)}```\n" for item in found)
    return head + table + "".join(letters)
