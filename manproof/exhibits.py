"""What a run shows under every condition of a call, as the pages of evidence are told it."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from manproof import join, lab
from manproof.join import Verdict
from manproof.observation import Observation, Record
from manproof.render.evidence import Exhibit, Exhibition
from manproof.spec import Page

_FIRST = (join.CONTRADICTED, join.BROKEN, join.UNDOCUMENTED, join.UNVERIFIED, join.DIFFERS, join.CONFIRMED)
"""Of several verdicts on a condition the first in this order is told."""
UNCLAIMED = "unclaimed"


@dataclass(frozen=True, kw_only=True)
class Group:
    """The observations of one probe that were answered alike, that of the shortest name first."""

    items: tuple[Observation, ...]
    verdicts: tuple[Verdict, ...]
    """On the first of them, as on the others."""

    @property
    def name(self) -> str:
        """The condition that stands for all."""
        return self.items[0].condition


def groups(page: Page, record: Record) -> list[Group]:
    """All observations of a record on a page's call, sorted into those that will be shown as one."""
    seen = [item for item in record.observations if item.call == page.name]
    verdicts: dict[str, list[Verdict]] = {item.condition: [] for item in seen}
    for verdict in join.verdicts(page, record, [item.condition for item in seen]):
        if verdict.observation is not None:
            verdicts[verdict.observation.condition].append(verdict)
    found: dict[tuple[object, ...], list[Observation]] = {}
    for item in seen:
        mine = verdicts[item.condition]
        found.setdefault((*_alike(item), _kind(mine), _claims(mine)), []).append(item)
    ordered = (
        sorted(items, key=lambda item: (len(item.condition), item.condition)) for items in found.values()
    )
    return [Group(items=tuple(items), verdicts=tuple(verdicts[items[0].condition])) for items in ordered]


def exhibition(page: Page, record: Record, *, whole: bool = True) -> Exhibition:
    """All that a record shows of a page's call; what was done is only in the ``whole``."""
    steps = {
        _alike(item): item for item in reversed(record.observations) if item.call == page.name and item.steps
    }
    stated = join.statements(page)
    return Exhibition(
        page=page.title,
        call=str(page.name),
        exhibits=tuple(_exhibit(group, steps, record, whole) for group in groups(page, record)),
        anchored=frozenset(item.name for item in stated if item.errnos or not _unnamed(item)),
    )


def _unnamed(statement: join.Statement) -> bool:
    """Whether a paragraph has no id, and is called by its first condition."""
    return statement.name == str(statement.claims[0].condition)


def _alike(item: Observation) -> tuple[object, ...]:
    """Variants of one probe that were answered alike: a record keeps the steps of one of them."""
    return item.title, item.outcome, item.origin, item.status


def _kind(verdicts: Sequence[Verdict]) -> str:
    kinds = {verdict.kind for verdict in verdicts}
    return next((kind for kind in (*_FIRST, join.ELSEWHERE) if kind in kinds), UNCLAIMED)


def _claims(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    """The names of the statements that speak of a condition."""
    return tuple(dict.fromkeys(v.statement.name for v in verdicts if v.statement is not None))


def _exhibit(
    group: Group, steps: Mapping[tuple[object, ...], Observation], record: Record, whole: bool
) -> Exhibit:
    # its own steps if one of them has any, else those of a variant that other claims speak of
    own = next((item for item in group.items if item.steps), None)
    shown = own or steps.get(_alike(group.items[0]), group.items[0])
    told = Exhibit(
        name=group.name,
        title=shown.title,
        verdict=_kind(group.verdicts),
        conditions=tuple(item.condition for item in group.items),
        claims=_claims(group.verdicts),
        answer=shown.outcome or "",
        origin=shown.origin or "",
        reason=next(filter(None, (verdict.reason for verdict in group.verdicts)), shown.reason),
        explanation=shown.explanation,
    )
    if not whole:
        return told
    program, unspoken = _program(shown, record)
    return replace(
        told,
        trace=lab.trace(shown).strip("\n") if shown.steps else "",
        shell=lab.shell(shown).rstrip("\n"),
        program=program,
        unspoken=unspoken,
    )


def _program(item: Observation, record: Record) -> tuple[str, str]:
    """The C program of an observation, or why there is none."""
    if not item.steps:
        return "", ""
    try:
        return lab.program(item, record.system), ""
    except ValueError as problem:
        return "", str(problem)


def archive(exhibition: Exhibition, date: str) -> bytes:
    """All programs, shell lines and traces as a tar archive; ``date`` (ISO 8601) is that of its files."""
    out = io.BytesIO()
    when = int(datetime.fromisoformat(date[:10]).replace(tzinfo=UTC).timestamp())
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, text in _files(exhibition):
            data = text.encode()
            entry = tarfile.TarInfo(f"{exhibition.call}-evidence/{name}")
            entry.size, entry.mtime = len(data), when
            tar.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def _files(exhibition: Exhibition) -> Iterator[tuple[str, str]]:
    for item in sorted(exhibition.exhibits, key=lambda item: item.name):
        texts = {".trace": item.trace, ".sh": item.shell, ".c": item.program}
        yield from ((item.name + end, text.rstrip("\n") + "\n") for end, text in texts.items() if text)
