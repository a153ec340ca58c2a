"""``manproof finding``: where the kernel departs from other manuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from manproof.cli import screen
from manproof.diagnostic import UserError, quoted

if TYPE_CHECKING:
    from manproof.config import Project
    from manproof.findings import Finding
    from manproof.observation import Record
    from manproof.upstream import Upstream


@click.command(
    epilog="Examples:\n\n"
    "  manproof finding\n\n"
    "  manproof finding local-address-in-use | mail -s ... linux-man@vger.kernel.org\n\n"
    "  manproof finding --write"
)
@click.argument("name", metavar="[ID]", required=False)
@click.option("--write", is_flag=True, help="Write all of them to docs/FINDINGS.md.")
def finding(name: str | None, write: bool) -> int:
    """Print a finding as a letter to be mailed, or list them all.

    Findings are made from the claims in source/findings and the newest record of a run that the
    pages of this system keep.
    """
    from manproof import files
    from manproof.findings import document, letter

    if name and write:
        raise UserError("--write writes all findings; leave the name out")
    project = screen.project()
    found, upstream, record = _found(project)
    if write:
        path = project.root / "docs/FINDINGS.md"
        with files.swept(path.parent, project.root):
            changed = files.write(path, document(found, upstream, record).encode())
        screen.say(f"manproof: docs/FINDINGS.md has {'changed' if changed else 'not changed'}")
    elif name:
        click.echo(letter(_named(name, found), upstream, record), nl=False)
    else:
        width = max(len(item.theme.id) for item in found)
        for item in found:
            click.echo(f"{item.theme.id:{width}}  {item.theme.subject}")
    return screen.CLEAN


def _found(project: Project) -> tuple[list[Finding], Upstream, Record]:
    from manproof.cli.witness import kept
    from manproof.findings import findings

    upstream = _upstream(project)
    newest = kept(project)
    if newest is None:
        raise UserError(
            "there is no record of a run in source/*/evidence; make one with: manproof probe --store"
        )
    return findings(upstream, newest[1]), upstream, newest[1]


def _upstream(project: Project) -> Upstream:
    from manproof.load import load_upstream

    paths = project.upstream()
    if not paths:
        raise UserError("source/findings holds no claims of another manual; see docs/source.md")
    found, problems = load_upstream(project.read(paths[-1]), project.shown(paths[-1]))
    for problem in problems:
        screen.say(str(problem))
    if found is None:
        raise UserError(f"{project.shown(paths[-1])} cannot be used; correct what is wrong with it")
    return found


def _named(name: str, found: list[Finding]) -> Finding:
    for item in found:
        if item.theme.id == name:
            return item
    raise UserError(f"there is no finding “{quoted(name[:64])}”; they are listed by: manproof finding")
