"""Rules on pages written by hand: the errnos that ERRORS documents, against what the kernel answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from manproof import handwritten, join
from manproof.diagnostic import Severity, Span
from manproof.handwritten import Manual
from manproof.lint import Found, add, rule
from manproof.observation import Observation, System

FAMILY = "manual"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A page and the answers to the calls that it is about.

    ``probed`` are those of its calls that have probes; ``observations`` are all of them that were
    tried. ``elsewhere`` says of an errno in which page that this one refers to it is documented;
    ``missing`` are the pages referred to that were not found.
    """

    manual: Manual
    probed: tuple[str, ...]
    observations: tuple[Observation, ...]
    system: System
    elsewhere: Mapping[str, str]
    missing: tuple[str, ...] = ()

    @cached_property
    def seen(self) -> dict[str, list[Observation]]:
        """What the kernel answered, by errno; the condition that is simplest to bring about comes first."""
        found: dict[str, list[Observation]] = {}
        for item in sorted(join.failures(self.observations), key=_effort):
            found.setdefault(item.outcome or "", []).append(item)
        return {name: found[name] for name in sorted(found)}

    def has(self, names: Iterable[str], name: str) -> bool:
        """Whether an errno is among some, under any of its names."""
        return any(join.same(name, other) for other in names)

    def unnamed(self, *, rare: bool) -> Iterator[tuple[str, list[Observation]]]:
        """The errnos that were seen and have no entry."""
        named = {*self.manual.errnos, *self.elsewhere}
        for name, items in self.seen.items():
            if not self.has(named, name) and _is_rare(items) == rare:
                yield name, items

    @property
    def place(self) -> Span:
        """Where an entry would be added."""
        return self.manual.errors or self.manual.span.at(line=1)


def _effort(item: Observation) -> tuple[int | str, ...]:
    """What it takes to see an answer oneself, and to tell another: few words are said of simple things."""
    made = any(step.kind == "packet" for step in item.steps)
    hurdles = bool(item.unspoken), not item.steps, made, not item.plain
    return *hurdles, len(item.title), len(item.steps), len(item.condition), item.condition


def _is_rare(items: Sequence[Observation]) -> bool:
    """Whether one kind of condition alone gives it, and needs a network or privileges made for it."""
    return len({item.title for item in items}) == 1 and not any(item.plain for item in items)


@rule(FAMILY, Severity.NOTE)
def no_probes(reading: Reading) -> Found:
    """There are no probes for a call that the page documents.

    Why: nothing that the page says of the call was held against a kernel, so a run without findings
    says nothing of it.

    Bad: `manproof lint /usr/share/man/man2/ioctl.2.gz`

    Good: a page about a call that `manproof probe --list` names.
    """
    calls = [name for name in reading.manual.names if name not in reading.probed]
    if calls:
        section = reading.manual.section
        names = ", ".join(f"{name}({section})" if section else name for name in calls[:8])
        more = f" and {len(calls) - 8} more" if len(calls) > 8 else ""
        yield reading.place, f"no probes for {names}{more}; those there are: manproof probe --list"


@rule(FAMILY, Severity.WARNING)
def errno_not_named(reading: Reading) -> Found:
    """The kernel gives an errno that no entry of ERRORS names.

    Why: an errno that nobody documents is one that no program handles on purpose. Names of one number
    are one errno (EAGAIN and EWOULDBLOCK). An errno counts as named if ERRORS refers to another page, and
    that page has an entry for it.

    Bad: connect(2) without EINVAL, which a wrong length of the address gives.

    Good: an entry for it. The message names the condition that is simplest to bring about, and the
    command that prints a C program for it.
    """
    if reading.seen and not reading.manual.errnos and not reading.elsewhere:
        names = ", ".join(reading.seen)
        yield reading.place, f"the page names no errno, and {reading.system} answered {names}; document them"
        return
    for name, items in reading.unnamed(rare=False):
        yield _entry(reading.place, name), _unnamed(reading, name, items)


@rule(FAMILY, Severity.NOTE)
def errno_rare_not_named(reading: Reading) -> Found:
    """No entry of ERRORS names an errno that the kernel gives under one kind of condition only.

    Why: it was seen, but only where a network was made to answer so, or with privileges. Whether a
    page should speak of it is for its author to say.

    Bad: connect(2) without EHOSTDOWN, which one code of an ICMP message gives.

    Good: an entry for it, or none on purpose.
    """
    if reading.manual.errnos or reading.elsewhere:
        for name, items in reading.unnamed(rare=True):
            yield _entry(reading.place, name), _unnamed(reading, name, items)


def _entry(place: Span, name: str) -> Span:
    """A place as that of an errno's entry, by which it is known again when lines have moved."""
    return place.within(f"errors/{name}")


def _unnamed(reading: Reading, name: str, items: Sequence[Observation]) -> str:
    best = items[0]
    said = next((s for n, s in reading.manual.mentioned.items() if join.same(n, name)), None)
    aside = f" (but line {said.line} speaks of it)" if said and said.line else ""
    count = f", one of {len(items)} conditions" if len(items) > 1 else ""
    fact = f"no entry names {name}{aside}, and {reading.system} answered it: “{best.title}”{count}"
    return f"{fact}; see: manproof probe {best.call}/{best.condition} {'--trace' if best.unspoken else '--c'}"


@rule(FAMILY, Severity.NOTE)
def errno_never_seen(reading: Reading) -> Found:
    """The page documents an errno that no condition gives on the system that was asked.

    Why: it may come from a condition for which there is no probe, from another release or machine, or
    from nowhere any more: the message cannot tell, and says how many conditions were tried.
    `--require-verified` makes it an error.

    Bad: an entry for an errno that the kernel has not returned for years.

    Good: an entry that says when, so that others can try it.
    """
    tried = sum(item.status == "observed" for item in reading.observations)
    if not tried:
        return
    left = len(reading.observations) - tried
    extent = f"of {tried} conditions that were tried" + (f" ({left} more could not be)" if left else "")
    for name, span in reading.manual.errnos.items():
        place = _entry(span, name)
        if not handwritten.is_known(name):
            fact = f"{name} is documented, and this system knows no errno of that name"
            yield place, f"{fact}; check its spelling"
        elif not reading.has(reading.seen, name):
            fact = f"{name} is documented, but none {extent} gives it on {reading.system}"
            yield place, f"{fact}; check that it is still returned, or say when"


@rule(FAMILY, Severity.NOTE)
def errors_elsewhere(reading: Reading) -> Found:
    """The section of errors refers to a page that is not there.

    Why: the errors of that page may be meant to be the call's own too, so that an errno which seems
    not to be named may be named there. Pages are looked for in the manual that the page lies in.

    Bad: “Errors are as for sendmsg(2).”, with no sendmsg(2) beside the page.

    Good: both pages in one manual.
    """
    if reading.probed and reading.missing:
        names = ", ".join(reading.missing)
        yield reading.place, f"the section of errors refers to {names}, not found beside the page"


add("page-unreadable", "form", Severity.ERROR, """No manual page can be read from a file.

Why: nothing was checked. Files are read that are plain or compressed by gzip, bzip2, xz or zstd, of up to
4 MiB of text, in the requests of man(7) or mdoc(7).

Bad: a page as a terminal shows it; a program; a file that ends in the middle.

Good: `/usr/share/man/man2/connect.2.gz`
""")  # fmt: skip

add("page-include", FAMILY, Severity.WARNING, """A file that the page includes by .so is not read.

Why: entries may be in it. Only files of the manual that the page lies in are included, by a path from its
folder, and not without end.

Bad: `.so /etc/passwd`, `.so ../../secret`, or a page that includes itself.

Good: `.so man2/connect.2`
""")  # fmt: skip

add("page-endless", FAMILY, Severity.WARNING, """The requests of a page repeat themselves, or lie too deep.

Why: reading stops at a limit, so that entries after it may be missed.

Bad: a macro that calls itself twice.

Good: the macros of man(7) or mdoc(7), and none of one's own.
""")  # fmt: skip
