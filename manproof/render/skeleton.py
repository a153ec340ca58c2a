"""The skeletons of HTML pages: Jinja2 templates that put finished values in their places.

The stylesheet goes into every page, and the page's policy allows that one style by its hash and
nothing else: a page is whole by itself, from a web server and as a file that somebody was sent.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_POLICY = (
    "default-src 'none'; style-src 'sha256-{}'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)


def fill(folder: Path, name: str, **values: Any) -> str:
    """The page that a skeleton makes of values; text among them is escaped, ``Markup`` is not."""
    return _environment(folder).get_template(name).render(values)


def dressed(folder: Path, extra: str, rules: str = "") -> dict[str, Any]:
    """The values for a page that needs a stylesheet of its own beside the common one, and its own rules."""
    return _dress(f"{_common(folder)}\n{(folder / extra).read_text(encoding='utf-8')}\n{rules}")


def _common(folder: Path) -> str:
    return (folder / "style.css").read_text(encoding="utf-8")


def _dress(source: str) -> dict[str, Any]:
    style = stylesheet(source)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "policy": _POLICY.format(digest)}


@cache
def _environment(folder: Path) -> Environment:
    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.globals.update(_dress(_common(folder)))
    return found


def stylesheet(source: str) -> str:
    """A stylesheet without what only its authors read: comments, indentation and empty lines."""
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", bare).strip()
