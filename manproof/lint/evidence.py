"""Rules on evidence: what the kernel answered, against what the page says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from manproof import join
from manproof.diagnostic import Severity, Span
from manproof.grammar import NOWHERE
from manproof.join import Statement, Verdict
from manproof.lint import Found, rule
from manproof.observation import System

FAMILY = "evidence"
UNKNOWN = "condition-unknown"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The verdicts on one page; ``errors`` is the place where an errno that is missing would stand.

    A page that is not ``ours`` speaks of another system, or of another time: it is not for us to correct.
    ``kernel`` is the release that runs now, and ``record`` the file of a record that was kept; both are
    empty where the verdicts are of this very run.
    """

    verdicts: Sequence[Verdict]
    system: System
    errors: Span
    kernel: str = ""
    record: Span = NOWHERE
    ours: bool = True

    def way_out(self, correction: str) -> str:
        """What to do about an answer that is not the page's."""
        return correction if self.ours else "mind both in programs that are moved"

    def of(self, kind: str) -> Iterator[tuple[Verdict, Span]]:
        """The verdicts of a kind, each with the claim's place, or the place for new entries."""
        for verdict in self.verdicts:
            if verdict.kind == kind:
                yield verdict, _place(verdict) or self.errors


def _place(verdict: Verdict) -> Span | None:
    if verdict.claim is not None:
        return verdict.claim.span
    return verdict.statement.span if verdict.statement else None


def _asked(verdict: Verdict) -> str:
    """The condition that was tried, or the claim's key where none was."""
    if verdict.observation is not None:
        return verdict.observation.condition
    return str(verdict.claim.condition) if verdict.claim else ""


def _of(statement: Statement | None) -> str:
    return f" ({statement.name})" if statement else ""


@rule(FAMILY, Severity.ERROR)
def errno_contradicted(evidence: Evidence) -> Found:
    """The kernel gives another outcome than the page claims.

    Why: whoever relies on the page handles the wrong errno. The condition had its control: the same
    call without the defect succeeded, so the answer belongs to the condition.

    Bad: `claims: {udp.unspec: EINVAL}`, where the kernel answers success.

    Good: `claims: {udp.unspec: success}`, in a sentence that says so.
    """
    for verdict, span in evidence.of(join.CONTRADICTED):
        if verdict.claim and verdict.observation:
            answer = f"{evidence.system} answered {verdict.observation.outcome}"
            message = (
                f"{verdict.claim.outcome} claimed for {_asked(verdict)}{_of(verdict.statement)}, {answer}"
            )
            yield span, f"{message}; {evidence.way_out('correct the claim and its text')}"


@rule(FAMILY, Severity.NOTE)
def errno_differs(evidence: Evidence) -> Found:
    """The kernel gives another outcome, but the claim speaks of other releases or of other callers.

    Why: the claim's `linux:` or its cause's `holds:` leaves this kernel or this caller out, so nothing
    is contradicted; it is told because the limits may be wrong.

    Bad: `{outcome: EPERM, linux: ">=6.3"}`, where 6.1 answers EPERM too.

    Good: limits that begin and end where the outcome changes.
    """
    for verdict, span in evidence.of(join.DIFFERS):
        if verdict.claim and verdict.observation:
            answer = f"{evidence.system} answered {verdict.observation.outcome}"
            whom = f"{caller} " if (caller := verdict.observation.caller) else ""
            message = f"{verdict.claim.outcome} claimed for {_asked(verdict)} within other limits"
            yield span, f"{message}, {answer} to a {whom}caller"


@rule(FAMILY, Severity.ERROR)
def errno_undocumented(evidence: Evidence) -> Found:
    """The kernel gives an errno under a condition of which the page does not speak.

    Why: an errno that nobody documents is one that no program handles on purpose.

    Bad: a probe of `unix.missing` gives ENOENT, and no claim names it or a prefix of it.

    Good: a row with `claims: {unix.missing: ENOENT}`, or an entry of `elsewhere:` with a page and a reason.
    """
    for verdict, span in evidence.of(join.UNDOCUMENTED):
        if seen := verdict.observation:
            message = (
                f"{evidence.system} answered {seen.outcome} for {seen.condition} ({seen.title.rstrip('.')})"
            )
            way_out = evidence.way_out("document it, or name it under elsewhere:")
            yield span, f"{message}, and the page says nothing; {way_out}"


@rule(FAMILY, Severity.ERROR)
def condition_unknown(evidence: Evidence) -> Found:
    """A claim names a condition that no probe brings about.

    Why: nothing can ever prove the claim, and a misspelt name looks like a proof.

    Bad: `claims: {unix.wirte-denied: EACCES}`

    Good: a name, or a dotted prefix of names, that `manproof probe --list` shows.
    """
    for verdict, span in evidence.of(join.UNKNOWN):
        message = f"no probe brings about {_asked(verdict)}{_of(verdict.statement)}"
        yield span, f"{message}; see: manproof probe --list, or say why with unproven:"


@rule(FAMILY, Severity.WARNING)
def probe_broken(evidence: Evidence) -> Found:
    """A probe failed before it could ask: its set-up or its control went wrong.

    Why: it proves nothing, and it hides what the kernel does. This is a fault of the probe, or of
    the system that it ran on.

    Bad: the control, which must succeed, was refused.

    Good: a probe whose control succeeds in every run.
    """
    for verdict, span in evidence.of(join.BROKEN):
        yield span, f"the probe of {_asked(verdict)} is broken: {verdict.reason}; correct the probe"


@rule(FAMILY, Severity.NOTE)
def errno_unverified(evidence: Evidence) -> Found:
    """A claim could not be tried on this system.

    Why: it may be right, but this run does not show it. It is never counted as verified.

    Bad: a run without user namespaces, for a claim that needs a network of its own.

    Good: a run as root, or with user namespaces; the message names the remedy.
    """
    told = set()
    for verdict, span in evidence.of(join.UNVERIFIED):
        remedy = verdict.observation.remedy if verdict.observation else "run: manproof probe"
        about = f"{verdict.claim.condition if verdict.claim else ''}{_of(verdict.statement)}"
        # a claim on several variants is one claim
        if (about, verdict.reason) not in told:
            yield span, "; ".join(filter(None, [f"{about} could not be tried: {verdict.reason}", remedy]))
        told.add((about, verdict.reason))


@rule(FAMILY, Severity.NOTE)
def errno_unproven(evidence: Evidence) -> Found:
    """A cause says itself why no probe can prove it.

    Why: readers are told what is known by evidence and what is not.

    Bad: a cause without claims and without a reason.

    Good: `unproven: needs a disk that fails`
    """
    for verdict, span in evidence.of(join.UNPROVEN):
        yield span, f"{verdict.statement.name if verdict.statement else ''} is unproven: {verdict.reason}"


@rule(FAMILY, Severity.NOTE)
def record_outdated(evidence: Evidence) -> Found:
    """The record that is believed was made on an older kernel than the one that runs.

    Why: what has changed since is not seen. On an older kernel than that of the record it is silent:
    a page is to be true of the newest one.

    Bad: a record of Linux 6.12, on Linux 6.18.

    Good: a new one, by `manproof probe --store`; or a live run, by `manproof lint --probe`.
    """
    seen, runs = (tuple(release[:2]) for release in (evidence.system.release, numbers(evidence.kernel)))
    if evidence.record.path and runs > seen:
        now = ".".join(map(str, runs))
        message = f"the record is of Linux {evidence.system.linux}, and this is {now}"
        yield evidence.record, f"{message}; make a new one with: manproof probe --store"


def numbers(kernel: str) -> tuple[int, ...]:
    """The numbers of a release: ``6.18.44-cloud`` is ``(6, 18, 44)``."""
    return tuple(int(part) for part in kernel.split("-")[0].split(".") if part.isdigit())
