"""What a lint leaves out: rules that were not chosen, and findings that are in a baseline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from manproof.cli import screen
from manproof.diagnostic import Diagnostic, UserError
from manproof.lint import baseline, table
from manproof.lint import selection as rules
from manproof.lint.selection import Selection
from manproof.settings import Settings

if TYPE_CHECKING:
    from manproof.cli.lint import Options


def selection(asked: Options, usual: Settings, pages: int) -> Selection:
    """The chosen rules: ``--select`` stands in the place of the project's, ``--ignore`` adds to it."""
    try:
        for names in (usual.select, usual.ignore):
            rules.named_by(table(), names)
    except UserError as mistake:
        raise UserError(f"{usual.place}: {mistake}") from None
    return rules.select(table(), asked.select or usual.select, [*usual.ignore, *asked.ignore], pages)


def fresh(
    found: list[Diagnostic], asked: Options, usual: Settings, root: Path, selection: Selection
) -> list[Diagnostic]:
    """What is not in the baseline; with --update-baseline all of it is, from now on.

    That of the settings lies below ``root``, without a link that leads out of it.
    """
    path = asked.baseline or (root / usual.baseline if usual.baseline else None)
    within = None if asked.baseline else root
    if path is None:
        if asked.update_baseline:
            raise UserError("--update-baseline needs --baseline FILE, or baseline in the configuration")
        return found
    if asked.update_baseline:
        count = baseline.write(path, found, selection.may_pass, within)
        screen.say(f"manproof: {count} findings are in the baseline {path}")
    return baseline.without(found, baseline.read(path, within), selection.may_pass)


def left_out(selection: Selection, pages: int) -> Iterator[str]:
    """What is to be said of rules that were left out, though nobody asked for it."""
    if not pages:
        return  # other people's pages need none of them
    if selection.put_off:
        yield f"left out for {pages} pages, unless selected: {', '.join(selection.put_off)}"
    for program in dict.fromkeys(rule.needs for rule in selection.missing if pages):
        names = ", ".join(rule.name for rule in selection.missing if rule.needs == program)
        yield f"left out, as {program} is not installed: {names}"
