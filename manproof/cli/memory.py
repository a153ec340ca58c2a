"""What the last lint of a project found: what has not changed since is not read again.

It lies in the user's cache folder ($XDG_CACHE_HOME), and may be deleted at any time. Live runs are not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manproof import files
from manproof.build import cache
from manproof.build.plan import Job
from manproof.cli.witness import Tally, Witness
from manproof.config import Project
from manproof.diagnostic import Diagnostic, Severity, Span, UserError
from manproof.lint import CRASHED
from manproof.lint.suppression import Ignore
from manproof.lint.translation import Told
from manproof.shape import fits

if TYPE_CHECKING:
    from manproof.cli.inspection import Result, Wish

_VERSION = 1
_SYSTEM = ("/usr/share/man/man2", "/usr/share/man/man3", "/usr/share/man/man7", "/usr/share/hunspell")
"""Folders of the system that rules look into."""


class Memory:
    """The results of earlier runs of one project, by keys in which all goes that a result depends on."""

    def __init__(self, project: Project, wish: Wish, seen: Witness | None) -> None:
        self.project = project
        self.live = seen is not None and seen.live
        self.common = list(_common(project, wish, seen))
        self.path = _folder() / f"{_sum(str(project.root.resolve()))[:16]}.json"
        self.old: dict[str, Any] = {} if self.live else _read(self.path)
        self.new: dict[str, Any] = {}

    def key(self, jobs: Sequence[Job]) -> str:
        """What stands for some pages as they are now."""
        parts = [
            (job.key, sorted(job.shelf.titles), files.signature(job.source.path),
             [files.signature(self.project.catalogue(locale, job.key)) for locale in job.locales])
            for job in jobs
        ]  # fmt: skip
        return _sum(json.dumps([self.common, parts]))

    def recall(self, key: str) -> Result | None:
        """The result of some pages, if it is known and nothing has changed."""
        try:
            result = _result(self.old[key])
        except (LookupError, TypeError, ValueError, AttributeError):
            return None
        self.new[key] = self.old[key]
        return result

    def remember(self, key: str, result: Result) -> None:
        """Keeps a result, unless a rule crashed."""
        if not self.live and not any(item.rule == CRASHED for item in result.found):
            self.new[key] = _data(result)

    def save(self) -> None:
        """Writes what is known; where that cannot be done, the next run takes longer."""
        if self.new != self.old and not self.live:
            with suppress(OSError, UserError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                text = json.dumps({"version": _VERSION, "results": self.new}, ensure_ascii=False)
                files.write(self.path, text.encode("utf-8", "surrogatepass"))


def _folder() -> Path:
    given = os.environ.get("XDG_CACHE_HOME")
    home = Path(given) if given else Path(os.environ.get("HOME") or "/nonexistent", ".cache")
    return home / "manproof" / "lint"


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _common(project: Project, wish: Wish, seen: Witness | None) -> Iterator[Any]:
    """All that the result of any page depends on, beside its own files."""
    yield from (_VERSION, cache.program(), os.uname().release, wish.require_verified, wish.portability)
    yield sorted(wish.selection.rules)
    yield str(project.root / seen.path) if seen else None
    yield files.signature(project.root / seen.path) if seen and seen.path else None
    for locale in project.locales():
        yield files.signature(project.glossary(locale))
        yield files.signature(project.accepted(locale))
    for path in sorted(project.root.glob("source/*/*")):
        # programs that pages show, and what is an edition's; pages have a key of their own
        if path.suffix != ".yaml" or path.name == "edition.yaml":
            yield str(path), files.signature(path)
    yield [files.signature(folder) for folder in _SYSTEM]


def _read(path: Path) -> dict[str, Any]:
    """The results in a file; of one that somebody else has put there, nothing is believed."""
    try:
        if path.stat().st_uid != os.geteuid():
            return {}
        data = json.loads(files.read(path, most=_MOST))
        found = data["results"] if data["version"] == _VERSION else {}
    except (OSError, UserError, ValueError, LookupError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


_MOST = 512 << 20
_SPAN = (str, int, int, str)
_SHAPE = {
    "found": [(str, int, _SPAN, str)],
    "told": [(str, str, str, int, str, int)],
    "ignores": [{"span": _SPAN, "rules": [str], "reason": str, "first": int, "last": int, "used": list}],
    "tally": {"total": int, "live": int, "kept": int, "unproven": int},
}


def _data(result: Result) -> dict[str, Any]:
    return {
        "found": [[d.rule, int(d.severity), list(d.span), d.message] for d in result.found],
        "told": [[*item[:4], item.span.path, item.span.line] for item in result.told],
        "ignores": [{**asdict(item), "span": list(item.span), "used": []} for item in result.ignores],
        "tally": asdict(result.tally),
    }


def _result(data: dict[str, Any]) -> Result:
    from manproof.cli.inspection import Result

    if not fits(data, _SHAPE):
        raise ValueError
    return Result(
        found=[
            Diagnostic(rule=rule, severity=Severity(severity), span=Span(*span), message=message)
            for rule, severity, span, message in data["found"]
        ],
        told=[
            Told(locale, context, msgid, digest, Span(path, line, 1))
            for locale, context, msgid, digest, path, line in data["told"]
        ],
        ignores=[
            Ignore(**{**item, "span": Span(*item["span"]), "rules": tuple(item["rules"]), "used": set()})
            for item in data["ignores"]
        ],
        tally=Tally(**data["tally"]),
    )
