"""What earlier builds did: which inputs gave which outputs, and what they had to say.

Nothing but speed depends on it, and it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manproof import __version__, files, resources
from manproof.build.plan import Job, Shelf
from manproof.config import Project
from manproof.diagnostic import Diagnostic, Severity, Span, UserError
from manproof.shape import fits
from manproof.site import Site

if TYPE_CHECKING:
    from manproof.build.make import Product

NAME = ".cache.json"
_PACKAGE = Path(__file__).parents[1]

Signatures = Callable[[str], tuple[int, ...] | None]
"""Gives the signature of a file; many jobs ask for the same one."""


@dataclass(kw_only=True)
class Record:
    """One job as it was done."""

    options: str
    inputs: dict[str, Any] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    entry: dict[str, Any] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)
    """What earlier builds made of this page, in other languages and formats."""

    def fresh(self, options: str, signature: Signatures) -> bool:
        """Whether the job would do the same again, and its outputs are as it left them."""
        if self.options != options:
            return False
        seen = {**self.inputs, **self.outputs}
        return all(_same(signature(path), then) for path, then in seen.items())


def _same(now: tuple[int, ...] | None, then: list[int] | None) -> bool:
    return (None if now is None else list(now)) == then


def recorded(product: Product, out: Path, options: str) -> Record:
    """The record of a job whose outputs are in place."""
    paths = [str(out / path) for path in product.outputs]
    return Record(
        options=options,
        inputs={path: seen and list(seen) for path, seen in product.inputs.items()},
        outputs={path: files.signature(path) for path in paths},
        found=product.found,
        entry=product.entry,
    )


def joined(before: Record | None, now: Record, out: Path, possible: Iterable[str]) -> Record:
    """The record of a job, which remembers what earlier builds made of the page.

    Outputs that are not ``possible`` any more, because their language is gone, are removed.
    """
    if before is not None:
        earlier = {*before.others, *before.outputs} - now.outputs.keys()
        there = {str(out / path) for path in possible}
        remove(earlier - there, out)
        now.others = sorted(earlier & there)
    return now


def forget(records: dict[str, Record], project: Project, out: Path) -> bool:
    """Removes the outputs of pages that the project had and has no more, and tells whether there were any."""
    sources = {key: project.root / "source" / f"{key}.yaml" for key in records}
    # another project may build into the same folder: only what was made from a file of this one is touched
    gone = [key for key, path in sources.items() if str(path) in records[key].inputs and not path.exists()]
    for key in gone:
        record = records.pop(key)
        remove((*record.outputs, *record.others), out)
    return bool(gone)


def remove(paths: Iterable[str], out: Path) -> None:
    """Removes outputs; the cache of a folder that was copied names those of the first one, which stay."""
    for path in map(Path, paths):
        files.remove(path, out)


def options_of(job: Job, program: str) -> str:
    """All that a job depends on besides the content of files."""
    return _options(program, job.locales, job.formats, job.shelf, job.evidence, job.site)


@lru_cache(maxsize=1024)
def _options(
    program: str, locales: tuple[str, ...], formats: tuple[str, ...], shelf: Shelf, evidence: Path | None,
    site: Site,
) -> str:  # fmt: skip
    missing = {locale: sorted(titles) for locale, titles in shelf.english_only.items()}
    return json.dumps([program, locales, formats, sorted(shelf.titles), missing, str(evidence), vars(site)])


def program() -> str:
    """The program's version, and in a checkout the state of its files and templates."""
    parts = [*_PACKAGE.rglob("*.py"), *resources.templates().iterdir()]
    newest = max(path.stat().st_mtime_ns for path in parts)
    return f"{__version__} {newest}"


def read(folder: Path) -> dict[str, Record]:
    """The records of a folder of outputs; a cache that cannot be read, or has another form, is none."""
    try:
        raw = json.loads(files.read(folder / NAME, most=_MOST))
        return {key: _record(key, value, raw["options"]) for key, value in raw["records"].items()}
    except (UserError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return {}


_MOST = 512 << 20
"""Bytes of a cache, of which a page takes some 3,000."""
_KEY = re.compile(r"site:.*|(?!.*\.\.)[a-z0-9][\w.+-]*/\w[\w.+-]*", re.ASCII | re.DOTALL)
_SAID = {"label": str, "manual": str, "summary": str, "translated": (int, int)}
_ENTRY = {
    "title": str,
    "languages": [{"locale": str, "name": str, "direction": str}],
    "verified": [int],
    "record": str,
    "said": {str: _SAID},
}
_FOUND = [{"rule": str, "severity": int, "span": (str, int, int, str), "message": str}]
_SEEN = {"inputs": dict, "outputs": dict, "others": [str], "found": _FOUND, "options": int}


def _record(key: str, value: dict[str, Any], options: list[str]) -> Record:
    """A record; ValueError for what is none. States of files are but compared, so they may be anything."""
    entry = value.pop("entry")
    if not (
        _KEY.fullmatch(key)
        and fits(value, _SEEN)
        and (entry == {} or (fits(entry, _ENTRY) and entry["said"]))
    ):
        raise ValueError
    found = [_diagnostic(item) for item in value.pop("found")]
    return Record(found=found, options=options[value.pop("options")], entry=entry, **value)


def _diagnostic(value: dict[str, Any]) -> Diagnostic:
    span = Span(*value.pop("span"))
    return Diagnostic(span=span, severity=Severity(value.pop("severity")), **value)


def write(folder: Path, records: dict[str, Record]) -> None:
    """Keeps the records for the next build.

    Raises UserError where they cannot be kept; the next build then knows nothing of this one.
    Options name all pages of an edition, so they are kept once, and records hold their number.
    """
    options = {text: number for number, text in enumerate(sorted({r.options for r in records.values()}))}
    plain = {key: _plain(records[key], options) for key in sorted(records)}
    text = json.dumps({"options": list(options), "records": plain}, separators=(",", ":"))
    try:
        files.write(folder / NAME, text.encode())
    except UserError:
        with contextlib.suppress(OSError):
            (folder / NAME).unlink()
        raise


def _plain(record: Record, options: dict[str, int]) -> dict[str, Any]:
    return {**vars(record), "options": options[record.options], "found": [vars(d) for d in record.found]}
