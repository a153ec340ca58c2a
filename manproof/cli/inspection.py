"""The rounds of a lint: pages in parts, each read and held against the rules, spread over the cores."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from manproof.build.plan import Job, plan
from manproof.cli import pages, witness
from manproof.cli.pages import Sheet
from manproof.cli.witness import Tally, Witness
from manproof.config import Project, Source
from manproof.diagnostic import Diagnostic, Severity, Span
from manproof.lint import Rule, evidence, source
from manproof.lint.run import run
from manproof.lint.selection import Selection
from manproof.spread import spread

_PART = 12
"""Pages that are read together; fewer are done sooner than a second process is started."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for: the rules, how much evidence, and whether other systems' editions are judged."""

    selection: Selection
    require_verified: bool = False
    portability: bool = False

    @property
    def rules(self) -> Iterable[Rule]:
        """The rules that are to be run."""
        return self.selection.rules.values()


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a round gave: what is wrong, and how the causes stand."""

    found: list[Diagnostic] = field(default_factory=list)
    tally: Tally = Tally()


def inspect(
    project: Project, sources: Sequence[Source], wish: Wish, seen: Witness | None, cores: int
) -> Result:
    """What the rules say of some pages."""
    found: list[Diagnostic] = []
    tally = Tally()
    for result in _results(project, sources, wish, seen, cores):
        found += result.found
        tally += result.tally
    return Result(found=list(dict.fromkeys(found)), tally=tally)


def _results(
    project: Project, sources: Sequence[Source], wish: Wish, seen: Witness | None, cores: int
) -> Iterator[Result]:
    jobs = plan(project, sources, project.locales(), ())
    parts = [jobs[start : start + _PART] for start in range(0, len(jobs), _PART)]
    work: Callable[[Sequence[Job]], Result] = partial(_round, project=project, wish=wish, seen=seen)
    processes = min(cores, len(parts))
    if processes < 2:
        return map(work, parts)
    gc.freeze()  # what is there already is no garbage, and stays shared with the processes
    return spread(work, parts, processes)


def _round(jobs: Sequence[Job], project: Project, wish: Wish, seen: Witness | None) -> Result:
    sheets = [pages.sheet(job, project) for job in jobs]
    found = [item for sheet in sheets for item in _of_sheet(sheet, wish, seen)]
    return Result(
        found=[item for item in found if wish.selection.wants(item)], tally=witness.tally(sheets, seen)
    )


def _of_sheet(sheet: Sheet, wish: Wish, seen: Witness | None) -> Iterator[Diagnostic]:
    yield from sheet.found
    if sheet.page is not None:
        yield from run(source.FAMILY, sheet.page, wish.rules, sheet.page.span)
        if seen is not None:
            yield from _evidence(sheet, sheet.page.span, seen, wish)


def _evidence(sheet: Sheet, place: Span, seen: Witness, wish: Wish) -> Iterator[Diagnostic]:
    """What evidence says of a page; of another system's page it only notes."""
    ours = sheet.edition is not None and pages.gates(sheet.edition)
    if not ours and not wish.portability:
        return
    for item in run(evidence.FAMILY, seen.of(sheet), wish.rules, place):
        if not ours:
            yield replace(item, severity=Severity.NOTE)
        elif wish.require_verified and item.rule == "errno-unverified":
            yield replace(item, severity=Severity.ERROR)
        else:
            yield item
