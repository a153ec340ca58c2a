"""Rules on the source of a page, which need nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from manproof import join
from manproof.diagnostic import Severity, Span
from manproof.lint import Found, rule
from manproof.lint.written import Written

FAMILY = "source"


@rule(FAMILY, Severity.ERROR)
def claim_outside_row(written: Written) -> Found:
    """A cause claims an errno that is not the one that it stands under.

    Why: the claim may be true, and proves nothing of the row, so that the row goes unproven. Names
    of one number are one errno (EAGAIN and EWOULDBLOCK), and success is a fit claim anywhere.

    Bad: `claims: {unix.missing: ENOENT}` under `errno: [EACCES]`

    Good: the claim in the row of ENOENT, or a row of both: `errno: [EACCES, ENOENT]`
    """
    for statement in join.statements(written.page):
        for claim in statement.claims if statement.errnos else ():
            allowed = ("success", *statement.errnos)
            if not any(join.same(claim.outcome, name) for name in allowed):
                row = ", ".join(statement.errnos)
                message = (
                    f"{claim.outcome} claimed for {claim.condition} ({statement.name}) in the row of {row}"
                )
                yield claim.span, f"{message}; move the claim, or add the errno to the row"


@rule(FAMILY, Severity.WARNING)
def claim_duplicate(written: Written) -> Found:
    """Two causes of ERRORS claim the same condition.

    Why: a condition has one outcome, so one of the causes is proved by what belongs to the other.

    Bad: `unix.missing: ENOENT` in the causes of ENOENT and of ENOTDIR.

    Good: the claim in the cause whose words describe the condition.
    """
    seen: dict[str, str] = {}
    for cause, _ in written.causes():
        for claim in cause.claims:
            if claim.condition in seen:
                message = f"{claim.condition} is claimed by {seen[claim.condition]} too"
                yield claim.span, f"{message}; leave it in one of them"
            seen.setdefault(claim.condition, cause.id)


@rule(FAMILY, Severity.WARNING)
def errno_out_of_order(written: Written) -> Found:
    """The rows of a group are not in the order of the alphabet.

    Why: readers look an errno up. Pages of history, and those of other systems, keep their own order,
    and rare causes are ordered by theme.

    Bad: `errno: [EINTR]` above `errno: [EBADF]`

    Good: EBADF first.
    """
    for group in written.groups() if written.current else ():
        last = ""
        for row in group.rows:
            if row.errno[0] < last:
                message = f"{row.errno[0]} stands after {last} in the group {group.group}"
                yield row.span, f"{message}; order the rows by their first errno"
            last = max(last, row.errno[0])


@rule(FAMILY, Severity.WARNING)
def errno_duplicate(written: Written) -> Found:
    """An errno has two rows in one group, or stands twice in a row.

    Why: who has found the first row does not look for a second one. Pages of history, and those of other
    systems, may have their reasons.

    Bad: `errno: [EINVAL]` in two rows of a group.

    Good: one row with two causes.
    """
    for group in written.groups() if written.current else ():
        rows: dict[tuple[str, ...], Span] = {}
        for row in group.rows:
            if len(set(row.errno)) < len(row.errno):
                yield row.span, f"an errno stands twice in {', '.join(row.errno)}; remove one"
            if row.errno in rows:
                message = f"{', '.join(row.errno)} has a row in the group {group.group} already"
                yield row.span, f"{message}, in line {rows[row.errno].line}; make one row with both causes"
            rows.setdefault(row.errno, row.span)


@rule(FAMILY, Severity.WARNING)
def cause_duplicate(written: Written) -> Found:
    """Two causes are described by the same words.

    Why: nobody can tell which of two errnos to expect, or a passage was copied and not finished.

    Bad: `when: The file does not exist.` under ENOENT and under ENOTDIR.

    Good: words that tell the causes apart.
    """
    seen: dict[str, tuple[str, Span]] = {}
    for cause, _ in written.causes():
        words = " ".join(cause.when.text.casefold().split()).rstrip(".")
        if words in seen:
            name, span = seen[words]
            message = f"{cause.id} is described by the words of {name} in line {span.line}"
            yield cause.when.span, f"{message}; say what tells them apart, or make one cause of both"
        seen.setdefault(words, (cause.id, cause.when.span))


_EXPECTED = {
    "2": ("synopsis", "return_value", "errors", "see_also"),
    "3": ("synopsis", "return_value", "see_also"),
}


@rule(FAMILY, Severity.WARNING)
def section_absent(written: Written) -> Found:
    """A page of section 2 or 3 lacks a section that its readers look for.

    Why: man-pages(7) expects SYNOPSIS, RETURN VALUE and SEE ALSO of them, and ERRORS of system calls.
    Pages of history are left as they were, and so is what the edition does not show.

    Bad: a page of section 2 without `errors:`.

    Good: `errors:`, if only to say that there are none.
    """
    shown = {heading.field for heading in written.edition.sections}
    for field in _EXPECTED.get(written.page.section[0], ()):
        if written.edition.status != "historical" and field in shown and not getattr(written.page, field):
            yield written.page.span, f"{written.page.title} has no section {field}; add {field}:"


_OWN = ("description/", "return_value/", "errors/")


@rule(FAMILY, Severity.WARNING)
def errno_without_entry(written: Written) -> Found:
    """The text speaks of an errno that ERRORS does not list.

    Why: who looks it up finds nothing. VERSIONS, HISTORY and NOTES may speak of errnos of others.

    Bad: ``fails with :errno:`EINPROGESS` `` in DESCRIPTION.

    Good: the name of an errno with a row in ERRORS, or such a row.
    """
    listed = {name for _, errnos in written.causes() for name in errnos}
    for marked in written.roles if listed else ():
        own = marked.role == "errno" and marked.word not in listed and marked.field.startswith(_OWN)
        if own and not any(join.same(marked.word, other) for other in listed):
            yield marked.span, f"{marked.word} is not in ERRORS; correct the name, or add a row for it"


@rule(FAMILY, Severity.WARNING)
def reference_out_of_order(written: Written) -> Found:
    """SEE ALSO is not ordered by section, then by the alphabet.

    Why: man-pages(7) orders it so, and a list in order shows what is missing from it.

    Bad: `- tcp(7)` above `- bind(2)`

    Good: `- bind(2)` above `- tcp(7)`
    """
    last: Any = None
    for reference in written.page.see_also if written.current else ():
        name, _, section = reference.partition("(")
        key = section.rstrip(")"), name.lstrip("_").casefold()
        if last is not None and key < last[0]:
            yield reference.span, f"{reference} stands after {last[1]}; order by section, then by name"
        last = max(last, (key, reference)) if last else (key, reference)


@rule(FAMILY, Severity.WARNING)
def reference_duplicate(written: Written) -> Found:
    """SEE ALSO names a page twice.

    Why: the second one tells nothing.

    Bad: `- bind(2)` in two lines.

    Good: one of them.
    """
    seen: set[str] = set()
    for reference in written.page.see_also:
        if reference in seen:
            yield reference.span, f"{reference} is in SEE ALSO already; remove one"
        seen.add(reference)


@rule(FAMILY, Severity.WARNING)
def reference_to_itself(written: Written) -> Found:
    """A page refers to itself.

    Why: the link leads to where the reader is.

    Bad: ``see :man:`connect(2)` `` in connect(2).

    Good: ``:func:`connect` ``, or the name of a part of the page in stars.
    """
    for marked in written.roles:
        if marked.role == "man" and marked.word == written.page.title:
            yield marked.span, f"{marked.word} is this page; name the function, or the part that is meant"


@rule(FAMILY, Severity.WARNING)
def parameter_unknown(written: Written) -> Found:
    """The text names an argument that no prototype of the page has.

    Why: it was renamed in one place only, or it is misspelt. ``errno`` and members of structures
    (words with an underscore, such as `sa_family`) are no arguments, unless they are nearly one.

    Bad: ``:arg:`adrlen` ``, where the prototype has `addrlen`.

    Good: the name in the prototype.
    """
    known = written.parameters
    for marked in written.roles if known else ():
        word = _argument(marked.word)
        if marked.role == "arg" and word not in known and word != "errno":
            close = _like(word, known)
            if close or "_" not in word:
                way_out = f"write {close}" if close else "correct it, or the prototype"
                yield marked.span, f"no prototype has a parameter {word}; {way_out}"


@rule(FAMILY, Severity.WARNING)
def parameter_unexplained(written: Written) -> Found:
    """The text says nothing of a parameter that the prototype has.

    Why: readers do not learn what to pass.

    Bad: `int listen(int sockfd, int backlog)`, and no ``:arg:`backlog` `` on the page.

    Good: a sentence that says what it is.
    """
    told = {_argument(marked.word) for marked in written.roles if marked.role == "arg"}
    for function in written.prototypes if written.root else ():
        for parameter in function.parameters:
            if parameter.name not in told:
                message = f"the text says nothing of the parameter {parameter.name} of {function.name}"
                yield parameter.name.span, f"{message}; explain it as :arg:`{parameter.name}`"


def _argument(word: str) -> str:
    """The argument that a word names, or a member of."""
    return re.split(r"\.|->", word, maxsplit=1)[0]


def _like(word: str, known: Iterable[str]) -> str:
    """The one of some names that a word is nearly, or nothing."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word.replace("_", ""), list(known), 1, 0.8)), "")
