"""What the last lint of a project found: what has not changed since is not looked at again.

It lies in the user's cache folder ($XDG_CACHE_HOME), and may be deleted at any time. All goes by the content
of files, so that a fresh checkout finds again what another one has left. Live runs are not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from manproof import files, host, resources
from manproof.build.plan import FIXED, Job
from manproof.cli.witness import Tally, Witness
from manproof.config import Project
from manproof.diagnostic import Diagnostic, Severity, Span, UserError
from manproof.lint import CRASHED
from manproof.lint.suppression import Ignore
from manproof.lint.translation import Told
from manproof.shape import fits

if TYPE_CHECKING:
    from manproof.cli.inspection import Result, Wish

_VERSION = 2
_USR = Path("/usr")
_NAMES = ("share/man/man?", "local/share/man/man?", "include", "include/sys")
"""Folders in /usr of which the names matter to rules."""
_WORDS = ("share/hunspell/*", "share/myspell/dicts/*")
"""Files in /usr that are known by their sizes."""


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
            (job.key, _titles(job.shelf.titles), _digest(self.project, job.source.path),
             [_digest(self.project, self.project.catalogue(locale, job.key)) for locale in job.locales])
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
    yield (_VERSION, _program(), os.uname().release, wish.require_verified, wish.portability)
    yield sorted(wish.selection.rules)
    yield (seen.path, _digest(project, project.root / seen.path) if seen.path else "") if seen else None
    for path in _shared(project):
        yield project.shown(path), _digest(project, path)
    for locale in resources.locales():
        yield locale, _digest(project, resources.catalogue(locale, FIXED))
    for folder in (folder for pattern in _NAMES for folder in sorted(_USR.glob(pattern))):
        with suppress(OSError):
            yield _sum("\0".join(sorted(os.listdir(folder))))  # noqa: PTH208  thousands of names, not paths
    for path in (*_programs(wish), *(path for pattern in _WORDS for path in sorted(_USR.glob(pattern)))):
        yield str(path), (files.signature(path) or (0,))[0]


def _shared(project: Project) -> Iterator[Path]:
    """The files that pages have in common, and those beside them; pages and their catalogues have keys."""
    for locale in project.locales():
        yield from (project.glossary(locale), project.accepted(locale), project.catalogue(locale, FIXED))
        yield from (project.catalogue(locale, f"{name}/edition") for name in project.editions())
    for path in sorted((*project.root.glob("source/*/*"), *project.root.glob("source/*/evidence/*"))):
        if path.is_file() and (path.suffix != ".yaml" or path.name == "edition.yaml"):
            yield path


def _programs(wish: Wish) -> Iterator[Path]:
    """The programs that rules ask, and codespell's words, known by their sizes too."""
    found = (host.program(name) for name in sorted({rule.needs for rule in wish.rules}))
    yield from (Path(path) for path in found if path)
    package = find_spec("codespell_lib")
    if package is not None and package.origin is not None:
        yield Path(package.origin).parent / "data/dictionary.txt"


@lru_cache(maxsize=64)  # all pages of an edition have the same
def _titles(titles: frozenset[str]) -> str:
    return _sum(json.dumps(sorted(titles)))


def _digest(project: Project, path: Path) -> str:
    """What changes when the content of a file does; of one that cannot be read, the reason."""
    try:
        return hashlib.blake2b(project.read(path), digest_size=16).hexdigest()
    except UserError as problem:
        return str(problem)


def _program() -> str:
    """What changes when the program does."""
    package = Path(__file__).parents[1]
    texts = (path.read_bytes() for path in sorted(package.rglob("*.py")))
    return hashlib.blake2b(b"\0".join(texts), digest_size=16).hexdigest()


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
