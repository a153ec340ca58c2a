"""What a run shows of a page, as the writers are told it: a trial for each cause, and for each claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from manproof import join, lab
from manproof.observation import Observation, Record, Step
from manproof.render import Evidence, Trial
from manproof.spec import Page
from manproof.standing import Standing, standings

LINES = 8
"""The most that a trace shows, the lines that stand for what is left out among them."""

_AGAINST = (join.CONTRADICTED, join.DIFFERS)


def notes(page: Page, record: Record) -> Evidence:
    """The evidence that a record holds on a page; its date is that of the record, in ISO 8601."""
    known = [item.condition for item in record.observations]
    told = _Told(record)
    verdicts = join.verdicts(page, record, known)
    trials, sentences = (
        {item.statement.name: told.trial(item) for item in standings(verdicts, sentences=wanted)}
        for wanted in (False, True)
    )
    system = record.system
    return Evidence(
        system=f"Linux {system.linux}",
        machine=system.architecture.replace("_", "-"),
        kernel=system.kernel,
        privileges=system.privileges,
        date=system.date,
        trials=trials,
        sentences=sentences,
    )


class _Told:
    """Knows which observation of a record tells what others of the same probe leave out."""

    def __init__(self, record: Record) -> None:
        self.steps = {_alike(item): item for item in reversed(record.observations) if item.steps}

    def trial(self, standing: Standing) -> Trial:
        """What the verdicts on one cause come to, and the observation that shows it best."""
        kind = standing.kind
        errnos = standing.statement.errnos
        if kind not in (join.CONFIRMED, *_AGAINST):
            return Trial(errnos=errnos, tried=False, reason=_reason(standing))
        seen = [verdict.observation for verdict in standing.verdicts if verdict.kind == kind]
        observations = [item for item in seen if item is not None]
        shown = self.steps.get(_alike(best := _best(observations, errnos)), best)
        outcomes = dict.fromkeys(str(item.outcome) for item in observations)
        return Trial(
            errnos=errnos,
            tried=True,
            outcomes=tuple(outcomes) if kind in _AGAINST else (),
            trace=excerpt(shown.steps),
        )


def _alike(item: Observation) -> tuple[str, str | None, str | None]:
    """Variants of one probe that were answered alike."""
    return item.title, item.outcome, item.origin


def _best(items: Sequence[Observation], errnos: Sequence[str]) -> Observation:
    """An answer of the errno itself says more than a success that a cause claims besides."""
    return next((item for item in items if any(join.same(str(item.outcome), e) for e in errnos)), items[0])


def _reason(standing: Standing) -> str:
    found = (verdict.reason for verdict in standing.verdicts if verdict.kind == standing.kind)
    return next(filter(None, found), "")


def excerpt(steps: Sequence[Step], room: int = LINES) -> str:
    """The trace in at most ``room`` lines: the call, its control, and of the set-up what is nearest.

    What was done after the control made the difference, so it has precedence.
    """
    needed = {n for n, step in enumerate(steps) if step.part == "observe"}
    controls = [n for n, step in enumerate(steps) if step.part == "control"]
    after = range(len(steps) - 1, controls[-1] if controls else -1, -1)
    before = range(controls[-1] - 1 if controls else -1, -1, -1)
    kept = needed | set(controls[-1:])
    for number in (*after, *before):
        if len(list(_lines(steps, kept | {number}))) <= room:
            kept.add(number)
    return "\n".join(_lines(steps, kept))


def _lines(steps: Sequence[Step], kept: set[int]) -> Iterator[str]:
    """The steps that are kept; dots stand for those between them that are not."""
    for number, step in enumerate(steps):
        if number in kept:
            yield _line(step)
        elif number == 0 or number - 1 in kept:
            yield "..."


def _line(step: Step) -> str:
    mark = {"control": "   <- control", "observe": "   <- observed"}.get(step.part, "")
    return f"{'[other thread] ' if step.thread else ''}{lab.trace_line(step)}{mark}"
