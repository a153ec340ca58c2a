"""``manproof probe``: ask the running kernel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from manproof.cli import screen
from manproof.diagnostic import UserError

if TYPE_CHECKING:
    from manproof.config import Project
    from manproof.lab import Condition
    from manproof.observation import Observation, Record


@click.command(
    epilog="Examples:\n\n"
    "  manproof probe\n\n"
    "  manproof probe connect/unix connect/tcp.refused\n\n"
    "  manproof probe connect/unix.write-denied.stream --trace\n\n"
    "  manproof probe connect/tcp.interrupted.no-restart --c >a.c && cc -pthread a.c\n\n"
    "  manproof probe --format json | jq '.observations[] | select(.status == \"broken\")'"
)
@click.argument("selections", nargs=-1, metavar="[CALL[/CONDITION]...]")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON."
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    help="Where records go; default: build/evidence.",
)
@click.option("--store", is_flag=True, help="Keep the run with the pages too, in source/<edition>/evidence.")
@click.option("--list", "listing", is_flag=True, help="Name the conditions and what they are; run nothing.")
@click.option("--trace", is_flag=True, help="Print what each condition did, as strace would.")
@click.option("--c", "program", is_flag=True, help="Print a C program that does the same.")
@click.option("--shell", is_flag=True, help="Print only the lines that a shell would prepare it with.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 256), help="Conditions at a time; default: 6 for each core."
)
def probe(
    selections: tuple[str, ...],
    form: str,
    out: Path | None,
    store: bool,
    listing: bool,
    trace: bool,
    program: bool,
    shell: bool,
    jobs: int | None,
) -> int:
    """Bring conditions about in places of their own, and report what the kernel answers.

    CALL/CONDITION is a condition's name or the first words of several, between dots; without any,
    all conditions are tried. Nothing outside of the probes' own namespaces is touched.

    Exit status: 0, also where something could not be tried here; 1 if a probe is broken.
    """
    views = [name for name, wanted in (("trace", trace), ("c", program), ("shell", shell)) if wanted]
    if views and form == "json":
        raise UserError(f"--{views[0]} shows text, and --format json has the steps already; leave one out")
    if store and selections:
        raise UserError("--store keeps whole runs only; leave the conditions out")
    chosen = _chosen(selections)
    if listing:
        click.echo(_listing(chosen, form), nl=False)
        return screen.CLEAN
    record = run(chosen, jobs)
    click.echo(_shown(record, form, views), nl=False, color=screen.colour())
    keep(record, out, store)
    return screen.FINDINGS if any(item.status == "broken" for item in record.observations) else screen.CLEAN


def _chosen(selections: tuple[str, ...]) -> tuple[Condition, ...]:
    from manproof import lab

    known = lab.conditions()
    try:
        return lab.conditions(*(name.strip("/") for name in selections)) if selections else known
    except KeyError as stranger:
        raise UserError(_unknown(stranger.args[0], [item.key for item in known])) from None


def _unknown(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    from manproof.diagnostic import quoted

    call, _, condition = name.partition("/")
    calls = {key.partition("/")[0] for key in known}
    if call not in calls:
        close = get_close_matches(call, calls, 1)
        hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(sorted(calls))}"
        return f"there is no system call “{quoted(call[:40])}” with probes; {hint}"
    names = [key.partition("/")[2] for key in known]
    heads = {head[:end] for head in names for end in range(len(head)) if head[end] == "."}
    close = get_close_matches(condition, sorted(heads.union(names)), 1)
    hint = f"did you mean {call}/{close[0]}?" if close else "all are named by: manproof probe --list"
    return f"there is no condition “{quoted(name[:80])}”; {hint}"


def _listing(chosen: tuple[Condition, ...], form: str) -> str:
    if form == "json":
        rows = [
            {"call": c.call, "condition": c.name, "title": c.title, "plain": c.plain, "digest": c.digest}
            for c in chosen
        ]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    width = max(len(item.key) for item in chosen)
    return "".join(f"{item.key:{width}}  {item.title}\n" for item in chosen)


def run(chosen: Sequence[Condition], jobs: int | None = None) -> Record:
    """The record of a run, with a bar on a terminal while it lasts."""
    from manproof import lab

    done = 0

    with screen.live("probing", len(chosen)) as step:

        def told(item: Observation) -> None:
            nonlocal done
            done += 1
            step(done, item.condition)

        try:
            return lab.run(chosen, jobs=jobs, on_result=told)
        except lab.Unsupported as lack:
            raise UserError(f"nothing can be probed here: {lack.reason}; {lack.remedy}") from None


def _shown(record: Record, form: str, views: list[str]) -> str:
    from manproof.cli import table
    from manproof.observation import to_json

    if form == "json":
        return json.dumps(to_json(record), indent=2, ensure_ascii=False) + "\n"
    return "\n".join(_view(record, name) for name in views) if views else table.render(record)


def _view(record: Record, name: str) -> str:
    """Every observation in one view, under its name where there are several."""
    parts = []
    for item in record.observations:
        try:
            text = _VIEWS[name](item, record)
        except ValueError as reason:
            screen.say(f"manproof: {item.call}/{item.condition}: there is no C program: {reason}")
            continue
        alone = name == "c" or len(record.observations) == 1
        parts.append(
            text if alone else f"{item.call}/{item.condition}: {item.outcome or item.status}\n{text}"
        )
    return "\n".join(parts)


def _trace(item: Observation, _record: Record) -> str:
    from manproof import lab

    reason = f"{item.status}: {item.reason}\n" if item.reason else ""
    return lab.trace(item).lstrip("\n") + reason


def _program(item: Observation, record: Record) -> str:
    from manproof import lab

    return lab.program(item, record.system)


def _shell(item: Observation, _record: Record) -> str:
    from manproof import lab

    return lab.shell(item)


_VIEWS = {"trace": _trace, "c": _program, "shell": _shell}


def keep(record: Record, out: Path | None, store: bool = False) -> None:
    """Writes a record where it was asked for, else into the build of the project that this is."""
    from manproof import evidence

    data = evidence.text(record).encode()
    name = f"{record.system.slug}.json"
    if out is not None:
        _write(out / name, data)
    elif project := _project():
        try:
            _write(project.output / "evidence" / name, data, project.output)
        except UserError as problem:
            screen.say(f"manproof: the record is not kept: {problem}")
    if store and any(item.status == "broken" for item in record.observations):
        screen.say("manproof: a run with broken probes is not stored; correct them, or run again")
    elif store:
        kept = evidence.text(evidence.stored(record)).encode()
        for folder in _editions():
            _write(folder / "evidence" / name, kept, folder)
            screen.say(f"manproof: wrote {folder / 'evidence' / name}")


def _write(path: Path, data: bytes, within: Path | None = None) -> None:
    from manproof import files

    with files.swept(path.parent, within):
        files.write(path, data)


def _project() -> Project | None:
    """The project that this is, if it is one."""
    try:
        return screen.project()
    except UserError:
        return None


def _editions() -> list[Path]:
    """The folders of the editions whose pages speak of this system."""
    from manproof.cli.pages import gating

    project = screen.project()
    return [project.edition_file(name).parent for name in gating(project)]
