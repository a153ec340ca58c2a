"""What a project wants of its lint and its site: ``[tool.manproof]`` in pyproject, or ``manproof.toml``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from manproof import files
from manproof.diagnostic import Span, UserError, quoted


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the options of ``manproof lint`` are where they are not given, and where the site will lie.

    ``reference_url`` is the address of a copy of docs/rules.md, for reports that link to rules.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    require_verified: bool = False
    min_verified: str | None = None
    baseline: str | None = None
    reference_url: str | None = None
    site_url: str | None = None
    place: str = ""


FILES = ("manproof.toml", "pyproject.toml")
"""Where they stand, in a project's folder; the first that is there has them all."""

AMOUNT = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(%?)", re.ASCII)
"""How many causes must be verified: a number, or a share."""
NEEDED = "write a number such as 40, or 90%"

_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[!#-;=?-\[\]_a-z~]*)?", re.ASCII)
_INSIDE = re.compile(r"(?!/|(?:.*/)?\.\.(?:/|$))[^\x00-\x1f\x7f]{1,400}")
_FORMS = {"reference-url": _URL, "site-url": _URL, "baseline": _INSIDE}
"""What a text must look like: an address in ASCII, without a password; a path that leads down from here."""
_KINDS: dict[str, tuple[type, str]] = {
    "select": (list, "a list of rules and families"),
    "ignore": (list, "a list of rules and families"),
    "require-verified": (bool, "true or false"),
    "min-verified": (str, 'a text such as "40" or "90%"'),
    "baseline": (str, "the path of a file in the project"),
    "reference-url": (str, "an address in ASCII that begins with https://"),
    "site-url": (str, "an address in ASCII that begins with https://"),
}


def read(root: Path) -> Settings:
    """The settings of a project; ``manproof.toml`` is preferred. Raises UserError, with the place."""
    own, shared = (root / name for name in FILES)
    if own.exists():
        return _settings(_parsed(own, root), own)
    tools = _parsed(shared, root).get("tool", {}) if shared.exists() else {}
    return _settings(tools.get("manproof", {}) if isinstance(tools, Mapping) else {}, shared)


def _parsed(path: Path, root: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(files.read(path, root).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise UserError(f"{quoted(path.name)}: not valid TOML: {problem}; correct it") from None


def _settings(table: object, path: Path) -> Settings:
    if not isinstance(table, Mapping):
        raise UserError(f"{path.name}: tool.manproof must be a table; write [tool.manproof]")
    for key, value in table.items():
        _check(key, value, path)
    names = {field.name.replace("_", "-"): field.name for field in fields(Settings)}
    values: dict[str, Any] = {
        names[key]: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    return Settings(**values, place=path.name)


def _check(key: str, value: object, path: Path) -> None:
    if key not in _KINDS:
        close = difflib.get_close_matches(key, _KINDS, 1)
        way_out = f"did you mean {close[0]}?" if close else f"known are {', '.join(_KINDS)}"
        raise UserError(f"{_place(key, path)}: unknown key “{quoted(key[:40])}”; {way_out}")
    kind, what = _KINDS[key]
    items = value if isinstance(value, list) else ()
    good = isinstance(value, kind) and all(isinstance(item, str) for item in items)
    if not good or (key in _FORMS and not _FORMS[key].fullmatch(str(value))):
        raise UserError(f"{_place(key, path)}: {key} must be {what}")
    if key == "min-verified" and not AMOUNT.fullmatch(str(value)):
        raise UserError(f"{_place(key, path)}: {key} is “{quoted(str(value)[:40])}”; {NEEDED}")


def _place(key: str, path: Path) -> Span:
    """Where a key stands, as far as can be told without a parser that says so."""
    lines = files.read(path).decode(errors="replace").split("\n")
    found = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]").match
    line = next((number for number, line in enumerate(lines, 1) if found(line)), 0)
    return Span(path.name, line, 1 if line else 0)
