"""Whom a lint believes: a live run, a file, or the records that the project keeps; and what it tells."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from manproof import evidence, join, lab, resources, standing
from manproof.cli import pages
from manproof.cli.sheets import Sheet
from manproof.config import Project
from manproof.diagnostic import Span
from manproof.join import Verdict
from manproof.lint.evidence import Evidence
from manproof.observation import Record
from manproof.spec import Group


@dataclass(frozen=True, kw_only=True)
class Witness:
    """The record that is believed, and the one that is kept, which may support what is not verified live."""

    record: Record
    live: bool
    kept: Record | None
    file: str
    path: str
    known: frozenset[str]

    @property
    def thorough(self) -> bool:
        """Whether all was tried that the kept record has, or without one all that there are probes for."""
        tried = _tried(self.record)
        wanted = _tried(self.kept) if self.kept else {item.condition for item in self.record.observations}
        return bool(tried) and wanted <= tried

    def of(self, sheet: Sheet) -> Evidence:
        """What the believed record says of a page."""
        believed = bool(self.file) and not self.live
        return Evidence(
            verdicts=self.verdicts(sheet, self.record),
            system=self.record.system,
            errors=_errors(sheet),
            kernel=os.uname().release if believed else "",
            record=Span(self.path) if believed else Span(""),
            ours=sheet.edition is not None and pages.gates(sheet.edition),
        )

    def verdicts(self, sheet: Sheet, record: Record) -> list[Verdict]:
        """The verdicts of a record on a page."""
        return join.verdicts(sheet.page, record, self.known) if sheet.page else []


def call(
    project: Project | None, calls: Collection[str], live: bool, file: Path | None, *, shipped: bool
) -> Witness:
    """The witness for pages on some calls. ``live`` runs the probes of these calls.

    ``shipped`` allows the record that comes with manproof, where no project keeps one.
    """
    conditions = [item for item in lab.conditions() if item.call in calls]
    digests = {item.key: item.digest for item in conditions}
    path, found = (file, evidence.read(file)) if file else kept(project, shipped) or (None, None)
    stored = join.current(found, digests) if found else None
    if live:
        from manproof.cli.probe import run

        record = run(conditions)
    else:
        record = stored or Record(system=lab.describe(), observations=())
    known = frozenset(item.name for item in conditions)
    return Witness(
        record=record,
        live=live,
        kept=stored,
        file=path.name if path else "",
        path=project.shown(path) if project and path else str(path or ""),
        known=known,
    )


def kept(project: Project | None, shipped: bool = False) -> tuple[Path, Record] | None:
    """The newest record that is kept with an edition for this system, else if need be with manproof."""
    found = evidence.newest(_records(project), project.root) if project else None
    return found or (evidence.newest(resources.records()) if shipped else None)


def _tried(record: Record) -> set[str]:
    return {item.condition for item in record.observations if item.status == "observed"}


def _records(project: Project) -> Iterator[Path]:
    folders = [project.edition_file(name).parent for name in pages.gating(project)]
    return (path for folder in folders for path in evidence.kept(folder))


def _errors(sheet: Sheet) -> Span:
    """Where an entry would be added to ERRORS."""
    assert sheet.page is not None
    groups = (item for item in sheet.page.errors if isinstance(item, Group))
    return next((group.span for group in groups), sheet.page.span)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Causes of the pages for this system: all, verified live, supported by the record only, unproven."""

    total: int = 0
    live: int = 0
    kept: int = 0
    unproven: int = 0

    def __add__(self, other: Tally) -> Tally:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Tally(**dict(zip(("total", "live", "kept", "unproven"), map(sum, pairs), strict=True)))


NOTHING = Tally()


def tally(sheets: Sequence[Sheet], seen: Witness | None) -> Tally:
    """Counts each cause once."""
    ours = [sheet for sheet in sheets if sheet.page and sheet.edition and pages.gates(sheet.edition)]
    if seen is None:
        return Tally(total=sum(_causes(sheet) for sheet in ours))
    now, then = (
        [found for sheet in ours for found in standing.standings(seen.verdicts(sheet, record))]
        if record
        else []
        for record in (seen.record, seen.kept)
    )
    good = {item.statement.name for item in now if seen.live and item.kind == join.CONFIRMED}
    return Tally(
        total=len(now),
        live=len(good),
        kept=sum(item.kind == join.CONFIRMED and item.statement.name not in good for item in then),
        unproven=standing.count(now, join.UNPROVEN),
    )


def _causes(sheet: Sheet) -> int:
    return sum(bool(item.errnos) for item in join.statements(sheet.page)) if sheet.page else 0


def summary(counts: Tally, seen: Witness | None, what: str = "causes") -> str:
    """One line: how many causes, or what else there is, are verified, and by what."""
    parts = [f"{counts.live} of {counts.total} {what} verified live{_how(seen, counts)}"]
    if seen and seen.kept and counts.kept:
        parts.append(f"{counts.kept} supported by the record {seen.file} of {seen.kept.system.date}")
    if counts.unproven:
        parts.append(f"{counts.unproven} unproven")
    return "; ".join(parts)


def _how(seen: Witness | None, counts: Tally) -> str:
    if seen is None:
        return " (the rules on evidence were left out)"
    if not seen.known:
        return " (there are no probes)"
    if not seen.live:
        return " (not asked for; add --probe)"
    system = seen.record.system
    why = "; ".join(filter(None, [system.restriction, system.remedy]))
    return (f" on Linux {system.linux}" if counts.live else "") + (f" ({why})" if why else "")
