"""No claim is there for decoration: any other errno in its place is an error that names the cause."""

from __future__ import annotations

import dataclasses
import operator
from typing import Any

import pytest

from manproof import evidence, join, lab
from manproof.diagnostic import Diagnostic, Severity
from manproof.grammar import Word
from manproof.lint import evidence as rules
from manproof.lint import source, table
from manproof.lint.run import run
from manproof.lint.written import Written
from manproof.observation import Record
from manproof.spec import Claim, Page
from tests.sample import edition
from tests.specimen import ROOT, linux_page

OTHERS = ("EACCES", "EAGAIN", "ECONNREFUSED", "ENOMEM", "EOPNOTSUPP", "ENOENT")
KNOWN = frozenset(item.name for item in lab.conditions())


def kept() -> Record:
    """The newest record of the Linux pages."""
    found = evidence.newest(evidence.kept(ROOT / "source/linux"))
    assert found
    return found[1]


RECORD = kept()


def swapped(thing: Any, claim: Claim, outcome: str) -> Any:
    """The same page with another outcome in one claim."""
    if thing is claim:
        return dataclasses.replace(thing, outcome=Word(outcome))
    if isinstance(thing, tuple) and not hasattr(thing, "_fields"):
        items = tuple(swapped(item, claim, outcome) for item in thing)
        return thing if all(map(operator.is_, items, thing)) else items
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = ((f.name, getattr(thing, f.name)) for f in dataclasses.fields(thing))
        changed = {n: v for n, old in fields if (v := swapped(old, claim, outcome)) is not old}
        return dataclasses.replace(thing, **changed) if changed else thing
    return thing


def errors(page: Page, about: str = "") -> list[Diagnostic]:
    """What the lint has against a page, after a run of the conditions that a claim is about, or of all."""
    tried = (item for item in RECORD.observations if not about or join.covers(about, item.condition))
    record = dataclasses.replace(RECORD, observations=tuple(tried))
    verdicts = join.verdicts(page, record, KNOWN)
    seen = rules.Evidence(verdicts=verdicts, system=RECORD.system, errors=page.span)
    written = Written(page=page, edition=EDITION)
    found = [
        *run(source.FAMILY, written, [table()["claim-outside-row"]], page.span),
        *run(rules.FAMILY, seen, table().values(), page.span),
    ]
    return [item for item in found if item.severity is Severity.ERROR]


PAGE = linux_page()
EDITION = edition()
TRIED = [
    (statement, verdict.claim)
    for verdict in {
        (v.statement.name, v.claim.condition): v
        for v in join.verdicts(PAGE, RECORD, KNOWN)
        if v.kind == join.CONFIRMED and v.statement and v.claim
    }.values()
    if (statement := verdict.statement) and verdict.claim
]


def test_the_page_has_claims_that_were_tried() -> None:
    assert len(TRIED) > 40
    assert not errors(PAGE)


@pytest.mark.parametrize("name", sorted({statement.name for statement, _ in TRIED}))
def test_a_swapped_errno_is_found(name: str) -> None:
    for statement, claim in TRIED:
        if statement.name != name:
            continue
        for other in ("success", *OTHERS):
            if not join.same(other, claim.outcome):
                found = errors(swapped(PAGE, claim, other), claim.condition)
                assert any(f"({name})" in item.message for item in found), f"{claim.condition}: {other}"
