"""The skeletons of HTML pages: Jinja2 templates that put finished values in their places.

The stylesheet goes into every page, so that a page is whole by itself, from a web server and as a file
that somebody was sent. The page's policy allows that one style by its hash, the scripts that lie with the
site, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from manproof import files
from manproof.diagnostic import UserError

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'sha256-{}'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def fill(folder: Path, name: str, *, styles: tuple[str, ...] = (), rules: str = "", **values: Any) -> str:
    """The page that a skeleton makes of values; text among them is escaped, ``Markup`` is not.

    ``styles`` are stylesheets that the page needs beside the common one, ``rules`` are its own.
    """
    return _environment(folder).get_template(name).render(values, **_dress(folder, styles, rules))


def forget() -> None:
    """Has the templates read again: somebody edits them."""
    _environment.cache_clear()
    _dress.cache_clear()


@cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_Compiled(),
    )


class _Compiled(BytecodeCache):
    """Templates as bytecode, where Python keeps that of this module, if it may; they are compiled once.

    Jinja2 holds it against the text of the template, its own version and Python's.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            bucket.bytecode_from_string(_kept(bucket).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(UserError):
                files.write(_kept(bucket), bucket.bytecode_to_string())


def _kept(bucket: Bucket) -> Path:
    return Path(__file__).parent / "__pycache__" / f"{bucket.key}.pyc"


@cache
def _dress(folder: Path, styles: tuple[str, ...], rules: str) -> dict[str, str]:
    """The stylesheets of a page as one, and the policy that allows just that."""
    sheets = [(folder / name).read_text(encoding="utf-8") for name in ("style.css", *styles)]
    style = stylesheet("\n".join([*sheets, rules]))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {"style": Markup(style), "policy": _POLICY.format(digest)}


def stylesheet(source: str) -> str:
    """A stylesheet without what only its authors read: comments, indentation and empty lines."""
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", bare).strip()
