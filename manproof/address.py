"""Where the site of a project will lie: ``site-url`` in ``manproof.toml``, or in ``[tool.manproof]``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from manproof import files
from manproof.diagnostic import UserError, quoted

_KEY = "site-url"
_FORM = re.compile(r"https?://[^\s<>\"'?#]+")


def base(root: Path) -> str:
    """The address with a slash at its end, or nothing. Raises UserError for what is no address."""
    own, shared = root / "manproof.toml", root / "pyproject.toml"
    path = own if own.exists() else shared
    if not path.exists():
        return ""
    table = _parsed(path) if path == own else _parsed(path).get("tool", {}).get("manproof", {})
    told = table.get(_KEY, "") if isinstance(table, dict) else ""
    if told and not (isinstance(told, str) and _FORM.fullmatch(told)):
        way_out = f'write an address such as {_KEY} = "https://example.org/manual/"'
        raise UserError(f"{path.name}: {_KEY} is “{quoted(str(told)[:64])}”; {way_out}")
    return f"{told.rstrip('/')}/" if told else ""


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(files.read(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UserError(f"{quoted(path.name)}: not valid TOML: {problem}; correct it") from None
