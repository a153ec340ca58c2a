"""Code -> HTML in which comments, keywords, strings and numbers bear the classes of Pygments."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape
from importlib import import_module
from itertools import groupby
from typing import Any

_LEXERS = {
    "c": ("pygments.lexers.c_cpp", "CLexer"),
    "h": ("pygments.lexers.c_cpp", "CLexer"),
    "sh": ("pygments.lexers.shell", "BashLexer"),
    "py": ("pygments.lexers.python", "PythonLexer"),
}
_CLASSES = {
    "Comment.Preproc": "cp",
    "Comment.PreprocFile": "cp",
    "Comment": "c",
    "Keyword": "k",
    "Literal.String": "s",
    "Literal.Number": "m",
}


@lru_cache(maxsize=64)  # the languages of a page show the same programs
def highlight(text: str, language: str) -> str:
    """The code, escaped; a language that is not known stays plain."""
    if language not in _LEXERS:
        return escape(text)
    return "".join(_marked(text, language))


def _marked(text: str, language: str) -> Iterator[str]:
    tokens = _lexer(language).get_tokens_unprocessed(text)
    for name, group in groupby(tokens, lambda token: _class(token[1])):
        shown = escape("".join(value for _, _, value in group))
        yield f'<span class="{name}">{shown}</span>' if name and not shown.isspace() else shown


@cache
def _lexer(language: str) -> Any:
    # imported by module: the list of all lexers is long, and most pages hold no code
    module, name = _LEXERS[language]
    return getattr(import_module(module), name)()


@cache
def _class(token: Any) -> str:
    """The class of the kind of token, or of the nearest kind above it."""
    parts = list(token)
    while parts:
        if found := _CLASSES.get(".".join(parts)):
            return found
        parts.pop()
    return ""
