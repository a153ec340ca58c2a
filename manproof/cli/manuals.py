"""Pages that were written by hand, wherever they lie: found as man finds them, and held against a record."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from manproof import files, handwritten, join, lab
from manproof.cli import inspection, pages, screen
from manproof.cli.inspection import Result, Wish
from manproof.cli.witness import NOTHING, Tally, Witness
from manproof.config import Project, Source
from manproof.diagnostic import Diagnostic, Severity, Span, UserError, note, quoted
from manproof.handwritten import Manual
from manproof.handwritten.archive import SUFFIXES
from manproof.lint import manual as rules
from manproof.lint.manual import Reading
from manproof.lint.run import run
from manproof.observation import Record

_TITLE = re.compile(
    r"(?P<name>[A-Za-z0-9_][\w.+:-]{0,63}?)(?:\((?P<s>[1-9]\w{0,15})\)|\.(?P<t>[1-9]\w{0,15}))"
)
_SOURCES = frozenset({".yaml", ".yml", ".po", ".pot", ".json", ".toml"})
_FOLDERS = "/usr/local/share/man:/usr/share/man:/usr/local/man"
_DEADLINE = 10.0  # seconds, for man to find a page
_MOST_REFERENCES = 8
_PIPE = "-"
"""The name of the standard input."""


@dataclass(frozen=True, kw_only=True)
class Sheaf:
    """Pages that were named together: one file, or the pages of a folder, each once."""

    shown: str
    paths: tuple[Path, ...]
    folder: bool = False


def sheaf(name: str, project: Project | None) -> Sheaf | None:
    """The pages written by hand that an argument names; None for what is the project's.

    Raises ``UserError`` where there is no project, and no such page either.
    """
    path = Path(name)
    if name == _PIPE:
        return Sheaf(shown="<stdin>", paths=(path,))
    if path.is_dir():
        found = _in_folder(path)
        if not found and project is None:
            raise UserError(
                f"there is no manual page in {quoted(name)}; name a file, or a folder such as man2"
            )
        return Sheaf(shown=name, paths=found, folder=True) if found else None
    if path.exists() and path.suffix not in _SOURCES:
        return Sheaf(shown=name, paths=(path,))
    match = _TITLE.fullmatch(name)
    if match and not (project and _has(project, name)):
        found_path = _found(match["name"], match["s"] or match["t"])
        if found_path:
            return Sheaf(shown=str(found_path), paths=(found_path,))
    if project is None:
        shown = f"“{quoted(name[:80])}”"
        way_out = "name a file, or a page as connect(2)"
        raise UserError(f"there is no page {shown}, and no folder source/ here or above; {way_out}")
    return None


def _in_folder(folder: Path) -> tuple[Path, ...]:
    """The manual pages in a folder, each once. A folder is none, though it be called ``redhat-5.2``."""
    found = (item for item in sorted(folder.iterdir()) if handwritten.is_manual(item.name))
    return tuple({files.real(item): item for item in found if not item.is_dir()}.values())


def _has(project: Project, name: str) -> bool:
    try:
        return bool(pages.chosen(project, [name]))
    except UserError:
        return False


def _found(name: str, section: str) -> Path | None:
    """The file of a page, as man tells it; where there is no man, from the folders of MANPATH."""
    if program := shutil.which("man"):
        try:
            told = subprocess.run(
                [program, "-w", section, name],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_DEADLINE, check=False,
            )  # fmt: skip
        except (subprocess.TimeoutExpired, OSError, UnicodeDecodeError):
            return None
        path = Path((told.stdout.splitlines() or [""])[0])
        return path if told.returncode == 0 and path.is_file() else None
    roots = (os.environ.get("MANPATH") or _FOLDERS).split(":")
    places = (
        Path(root, f"man{section[0]}", f"{name}.{section}{end}") for root in roots if root for end in SUFFIXES
    )
    return next((place for place in places if place.is_file()), None)


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All pages that a command names.

    ``project`` is the one that the command was called in, if any, and ``sources`` those of its pages that
    are meant; ``sheaves`` are the pages written by hand, read. ``root`` is where the settings lie.
    """

    project: Project | None
    sources: Sequence[Source]
    sheaves: Mapping[Sheaf, tuple[Manual, ...]]
    root: Path

    @property
    def calls(self) -> set[str]:
        """The calls that the pages are about."""
        ours = {source.page.rpartition(".")[0] for source in self.sources}
        return ours.union(call for read in self.sheaves.values() for page in read for call in _probed(page))

    @property
    def counted(self) -> str:
        """What a summary counts: causes of the project's pages, errnos of others."""
        return " and ".join(["causes"] * bool(self.sources) + ["errnos"] * bool(self.sheaves)) or "causes"


def shelf(names: Sequence[str]) -> Shelf:
    """The pages that the arguments name, or without any those of the project."""
    try:
        project = screen.project()
    except UserError:
        if not names:
            raise
        project = None
    found = {name: sheaf(name, project) for name in names}
    read = {each: tuple(_read(each, path, project) for path in each.paths) for each in found.values() if each}
    ours = [name for name, each in found.items() if not each]
    meant = pages.chosen(project, ours) if project and (ours or not names) else []
    return Shelf(project=project, sources=meant, sheaves=read, root=project.root if project else Path())


def _read(each: Sheaf, path: Path, project: Project | None) -> Manual:
    if str(path) == _PIPE:
        return handwritten.read(path, each.shown, sys.stdin.buffer.read(files.MAX_BYTES))
    return handwritten.read(path, _shown(path, project))


def _shown(path: Path, project: Project | None) -> str:
    """A path as messages show it: from the folder of the project, where it lies in one."""
    if project is None or path.is_absolute():
        return str(path)
    return project.shown(Path(os.path.abspath(path)))  # noqa: PTH100  links stay links, and “..” goes


def _probed(page: Manual) -> tuple[str, ...]:
    """The calls of a page that have probes; connect(1) is no call."""
    is_call = page.section[:1] in ("2", "3", "")
    return tuple(name for name in page.names if is_call and name in lab.calls())


def inspect(shelf: Shelf, wish: Wish, seen: Witness | None, cores: int) -> Result:
    """What the rules say of all pages."""
    found = [
        item
        for each, read in shelf.sheaves.items()
        for item in _of_sheaf(each, read, wish, seen)
        if wish.selection.wants(item)
    ]
    every = {page.span: page for read in shelf.sheaves.values() for page in read}
    result = Result(found=found, tally=sum((_tally(page, seen) for page in every.values()), NOTHING))
    if shelf.project is None or not shelf.sources:
        return result
    return result + inspection.inspect(shelf.project, shelf.sources, wish, seen, cores)


def _of_sheaf(each: Sheaf, read: Sequence[Manual], wish: Wish, seen: Witness | None) -> Iterator[Diagnostic]:
    strange = [page for page in read if not _probed(page)] if each.folder else []
    for page, path in zip(read, each.paths, strict=True):
        yield from page.found
        if seen is not None and page.is_readable and page not in strange:
            for item in run(rules.FAMILY, _reading(path, page, seen.record), wish.rules, page.span):
                unverified = wish.require_verified and item.rule == "errno-never-seen"
                yield replace(item, severity=Severity.ERROR) if unverified else item
    if strange and seen is not None:
        message = f"no probes for the calls of {len(strange)} of the {len(read)} pages here"
        yield note("no-probes", Span(each.shown), f"{message}; those there are: manproof probe --list")


def _reading(path: Path, page: Manual, record: Record) -> Reading:
    probed = _probed(page)
    elsewhere: dict[str, str] = {}
    missing: list[str] = []
    others = {(item.name, item.section) for item in page.references if item.name not in page.names}
    for name, section in sorted(others)[:_MOST_REFERENCES] if probed else ():
        other = handwritten.neighbour(path, name, section)
        if other is None:
            missing.append(f"{name}({section})")
        else:
            elsewhere |= dict.fromkeys(handwritten.read(other).errnos, f"{name}({section})")
    return Reading(
        manual=page,
        probed=probed,
        observations=tuple(item for item in record.observations if item.call in probed),
        system=record.system,
        elsewhere=elsewhere,
        missing=tuple(missing),
    )


def _tally(page: Manual, seen: Witness | None) -> Tally:
    """Counts each errno of a page once: documented, and seen in the live run or in the record."""
    now = _confirmed(page, seen.record) if seen and seen.live else set()
    then = _confirmed(page, seen.kept) if seen and seen.kept else set()
    return Tally(total=len(page.errnos), live=len(now), kept=len(then - now))


def _confirmed(page: Manual, record: Record) -> set[str]:
    calls = _probed(page)
    answered = {item.outcome or "" for item in join.failures(record.observations) if item.call in calls}
    return {name for name in page.errnos if any(join.same(name, other) for other in answered)}
