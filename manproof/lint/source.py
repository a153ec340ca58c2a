"""Rules on the source of a page, which need nothing else."""

from __future__ import annotations

from manproof import join
from manproof.diagnostic import Severity
from manproof.lint import Found, rule
from manproof.spec import Page

FAMILY = "source"


@rule(FAMILY, Severity.ERROR)
def claim_outside_row(page: Page) -> Found:
    """A cause claims an errno that is not the one that it stands under.

    Why: the claim may be true, and proves nothing of the row, so that the row goes unproven. Names
    of one number are one errno (EAGAIN and EWOULDBLOCK), and success is a fit claim anywhere.

    Bad: `claims: {unix.missing: ENOENT}` under `errno: [EACCES]`

    Good: the claim in the row of ENOENT, or a row of both: `errno: [EACCES, ENOENT]`
    """
    for statement in join.statements(page):
        for claim in statement.claims if statement.errnos else ():
            allowed = ("success", *statement.errnos)
            if not any(join.same(claim.outcome, name) for name in allowed):
                row = ", ".join(statement.errnos)
                message = (
                    f"{claim.outcome} claimed for {claim.condition} ({statement.name}) in the row of {row}"
                )
                yield claim.span, f"{message}; move the claim, or add the errno to the row"
