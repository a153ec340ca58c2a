"""Words and facts meet: what a page claims, held against what the kernel answered."""

from __future__ import annotations

import errno
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from manproof.diagnostic import Span
from manproof.observation import Observation, Record
from manproof.spec import Cause, Claim, Group, Holds, Page, Paragraph, Rare, Subsection

CONFIRMED, CONTRADICTED, DIFFERS, BROKEN = "confirmed", "contradicted", "differs", "broken"
UNVERIFIED, UNKNOWN, UNPROVEN = "unverified", "unknown", "unproven"
UNDOCUMENTED, ELSEWHERE = "undocumented", "elsewhere"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A text of the page that can be right or wrong: a cause in ERRORS, or a paragraph with claims.

    ``name`` tells it from all others; ``errnos`` are those of its row, and empty for a paragraph.
    """

    name: str
    errnos: tuple[str, ...]
    claims: tuple[Claim, ...]
    holds: Holds | None
    unproven: str | None
    span: Span


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one observation, or the lack of any, says of one claim.

    ``kind`` is one of the constants of this module. A verdict of kind ``undocumented`` or
    ``elsewhere`` has no statement, one of kind ``unknown`` or ``unproven`` no observation.
    """

    kind: str
    statement: Statement | None = None
    claim: Claim | None = None
    observation: Observation | None = None
    reason: str = ""


def statements(page: Page) -> list[Statement]:
    """All that a page claims, in the order of the page."""
    return [*_sentences(page), *_causes(page)]


def _sentences(page: Page) -> Iterator[Statement]:
    bodies = (
        page.description,
        page.return_value,
        page.errors,
        page.versions,
        page.notes,
        page.caveats,
        page.bugs,
    )
    for item in (item for body in bodies for item in body):
        paragraphs = (
            item.body if isinstance(item, Subsection) else item.intro if isinstance(item, Group) else (item,)
        )
        for paragraph in paragraphs:
            if isinstance(paragraph, Paragraph) and paragraph.claims:
                name = str(paragraph.id or paragraph.claims[0].condition)
                yield Statement(
                    name=name,
                    errnos=(),
                    claims=paragraph.claims,
                    holds=paragraph.holds,
                    unproven=None,
                    span=paragraph.span,
                )


def _causes(page: Page) -> Iterator[Statement]:
    for group in page.errors:
        if isinstance(group, Group):
            for row in group.rows:
                yield from (_of_cause(cause, row.errno) for cause in row.causes)
            yield from (_of_cause(cause, cause.errno) for cause in group.rare)


def _of_cause(cause: Cause | Rare, errnos: tuple[str, ...]) -> Statement:
    return Statement(
        name=str(cause.id),
        errnos=errnos,
        claims=cause.claims,
        holds=cause.holds,
        unproven=cause.unproven,
        span=cause.span,
    )


def same(outcome: str, claimed: str) -> bool:
    """Whether two outcomes are one: errnos are compared by number (errno(3))."""
    return outcome == claimed or _number(outcome) == _number(claimed) is not None


def _number(name: str) -> int | None:
    found: int | None = getattr(errno, name, None)
    return found


def covers(prefix: str, condition: str) -> bool:
    """Whether a claim's key names a condition, or begins its dotted name."""
    return condition == prefix or condition.startswith(prefix + ".")


def verdicts(page: Page, record: Record, known: Collection[str]) -> list[Verdict]:
    """The verdicts on a page that one run of its probes allows, statements first.

    ``known`` are the names of all conditions of the call, whether the record has them or not.
    """
    observations = [item for item in record.observations if item.call == page.name]
    claims = statements(page)
    keys = {claim.condition for statement in claims for claim in statement.claims}
    owners = {item.condition: longest(keys, item.condition) for item in observations}
    known_heads = frozenset(head for name in known for head in heads(name))
    tried = _Tried(record=record, owned=_owned(observations, owners), heads=known_heads)
    found = [verdict for statement in claims for verdict in _statement(statement, tried)]
    return [*found, *_unclaimed(page, observations, owners)]


def claimed(page: Page, conditions: Iterable[str], kernel: str = "") -> dict[str, tuple[str, ...]]:
    """What a page says of each condition that it speaks of: the outcomes of the claims that own it.

    With a kernel's release, claims on other releases are left out.
    """
    owned: dict[str, dict[str, None]] = {}
    for statement in statements(page):
        for claim in statement.claims:
            if not kernel or _in_range(statement, claim, kernel):
                owned.setdefault(claim.condition, {})[str(claim.outcome)] = None
    owners = {name: longest(owned, name) for name in conditions}
    return {name: tuple(owned[key]) for name, key in owners.items() if key is not None}


def current(record: Record, digests: Mapping[str, str]) -> Record:
    """The record without the answers of probes that have changed or gone since.

    ``digests`` are those of today, by call and condition: ``connect/unix.missing``.
    """
    there = ((digests.get(f"{item.call}/{item.condition}"), item) for item in record.observations)
    kept = (item if item.digest == digest else _outdated(item) for digest, item in there if digest)
    return replace(record, observations=tuple(kept))


def _outdated(item: Observation) -> Observation:
    reason, remedy = "its probe has changed since the record was made", "run: manproof probe"
    return replace(item, status="unsupported", outcome=None, origin=None, reason=reason, remedy=remedy)


def longest(keys: Collection[str], condition: str) -> str | None:
    """The claim that speaks of a condition: of several prefixes the longest wins."""
    return next((head for head in heads(condition) if head in keys), None)


def heads(condition: str) -> Iterator[str]:
    """The dotted prefixes of a condition, from itself to its first word."""
    words = condition.split(".")
    return (".".join(words[:end]) for end in range(len(words), 0, -1))


def _owned(
    observations: Iterable[Observation], owners: Mapping[str, str | None]
) -> dict[str | None, list[Observation]]:
    """The observations by the claim that speaks of them."""
    found: dict[str | None, list[Observation]] = {}
    for item in observations:
        found.setdefault(owners[item.condition], []).append(item)
    return found


@dataclass(frozen=True, kw_only=True)
class _Tried:
    """What a run has to say: its observations by the claim that speaks of them, and what can be tried."""

    record: Record
    owned: Mapping[str | None, Sequence[Observation]]
    heads: Collection[str]


def _statement(statement: Statement, tried: _Tried) -> Iterator[Verdict]:
    if statement.unproven is not None and not statement.claims:
        yield Verdict(kind=UNPROVEN, statement=statement, reason=statement.unproven)
    for claim in statement.claims:
        seen = tried.owned.get(claim.condition, ())
        if not seen:
            there = claim.condition in tried.heads
            reason = "the record does not have it" if there else ""
            yield Verdict(
                kind=UNVERIFIED if there else UNKNOWN, statement=statement, claim=claim, reason=reason
            )
        for item in seen:
            yield _verdict(statement, claim, item, tried.record)


def _verdict(statement: Statement, claim: Claim, item: Observation, record: Record) -> Verdict:
    kind, reason = UNVERIFIED, item.reason
    if item.status == "broken":
        kind = BROKEN
    elif item.status == "observed" and item.outcome is not None:
        agrees = same(item.outcome, claim.outcome)
        ours = _in_range(statement, claim, record.system.kernel, item.caller)
        kind = CONFIRMED if agrees else CONTRADICTED if ours else DIFFERS
    return Verdict(kind=kind, statement=statement, claim=claim, observation=item, reason=reason)


def _in_range(statement: Statement, claim: Claim, kernel: str, caller: str = "") -> bool:
    """Whether the claim speaks of the system that answered, and of such a caller as asked it."""
    holds = statement.holds
    ranges = [claim.linux, holds.linux if holds else None]
    asked = holds.caller if holds else None
    return all(within(kernel, text) for text in ranges if text) and (asked is None or caller in (asked, ""))


def within(kernel: str, releases: str) -> bool:
    """Whether a kernel's release lies in a range such as ``>=5.10 <6.1``."""
    release = _release(kernel)
    for bound in releases.split():
        limit = _release(bound.lstrip("<>="))
        if (release < limit) if bound.startswith(">=") else (release >= limit):
            return False
    return True


def _release(text: str) -> tuple[int, ...]:
    """``6.18.44-cloud`` as (6, 18, 44), and ``6.3`` as (6, 3, 0)."""
    found = re.match(r"\d{1,4}(?:\.\d{1,4}){0,2}", text, re.ASCII)
    numbers = map(int, found[0].split(".")) if found else ()
    return tuple([*numbers, 0, 0, 0][:3])


def answers(item: Observation) -> bool:
    """Whether the call itself was answered, at once or by SO_ERROR; others say what state it left behind."""
    return item.origin in (item.call, "so_error")


def failures(observations: Iterable[Observation]) -> Iterator[Observation]:
    """What was answered with an errno, by the call itself or as SO_ERROR."""
    return (
        item
        for item in observations
        if item.status == "observed" and answers(item) and item.outcome != "success"
    )


def _unclaimed(
    page: Page, observations: Iterable[Observation], owners: Mapping[str, str | None]
) -> Iterator[Verdict]:
    """Errnos that the kernel answered under conditions of which no statement speaks; probes that failed."""
    for item in observations:
        if owners[item.condition] is not None:
            continue
        if item.status == "broken":
            yield Verdict(kind=BROKEN, observation=item, reason=item.reason)
        if answers(item) and item.outcome != "success":
            others = [e for e in page.elsewhere if any(covers(key, item.condition) for key in e.conditions)]
            reason = f"{others[0].page}: {others[0].reason}" if others else ""
            yield Verdict(kind=ELSEWHERE if others else UNDOCUMENTED, observation=item, reason=reason)
