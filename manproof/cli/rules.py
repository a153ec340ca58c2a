"""``manproof rules`` and ``manproof explain``: what the lint looks for, and why."""

from __future__ import annotations

import click

from manproof.cli import screen
from manproof.diagnostic import UserError


@click.command(epilog="Examples:\n\n  manproof rules\n\n  manproof rules prose translation --format json")
@click.argument("families", nargs=-1, metavar="[FAMILY...]")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON."
)
@click.option("--write", is_flag=True, help="Write the manual of all rules to docs/rules.md.")
def rules(families: tuple[str, ...], form: str, write: bool) -> int:
    """List the rules of the lint: name, family, severity, and what each one finds."""
    from manproof import files
    from manproof.lint import FAMILIES, reference, table

    if strangers := [name for name in families if name not in FAMILIES]:
        raise UserError(f"there is no family “{strangers[0][:60]}”; known are {', '.join(FAMILIES)}")
    found = [rule for rule in table().values() if not families or rule.family in families]
    if write:
        project = screen.project()
        path = project.root / "docs/rules.md"
        with files.swept(path.parent, project.root):
            changed = files.write(path, reference.document().encode())
        screen.say(f"manproof: docs/rules.md has {'changed' if changed else 'not changed'}")
    else:
        click.echo(reference.listed(found) if form == "text" else reference.as_json(found), nl=False)
    return screen.CLEAN


@click.command(epilog="Example:\n\n  manproof explain errno-contradicted")
@click.argument("rule")
def explain(rule: str) -> int:
    """Say why a rule matters, with a bad and a good example; of a family, list its rules."""
    from manproof.lint import FAMILIES, reference, selection, table

    if rule in FAMILIES:
        found = [item for item in table().values() if item.family == rule]
        click.echo(f"{rule}: {FAMILIES[rule]}\n\n{reference.listed(found)}", nl=False)
    else:
        click.echo(reference.page(selection.known(table(), rule)), nl=False)
    return screen.CLEAN
