"""PO files: read strictly, merged as msgmerge does, written as msgcat does.

Reading, writing and merging are imported when they are first used: a build only reads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from manproof.catalogue.model import Catalogue, Entry, Previous, Statistics

if TYPE_CHECKING:
    from manproof.catalogue.harmless import differs_only_in_punctuation
    from manproof.catalogue.initial import blank
    from manproof.catalogue.merger import merge, same_but_dates_and_references
    from manproof.catalogue.plurals import plural_forms
    from manproof.catalogue.reader import read
    from manproof.catalogue.writer import write

__all__ = [
    "Catalogue",
    "Entry",
    "Previous",
    "Statistics",
    "blank",
    "differs_only_in_punctuation",
    "merge",
    "plural_forms",
    "read",
    "same_but_dates_and_references",
    "write",
]

_HOMES = {
    "blank": "initial",
    "differs_only_in_punctuation": "harmless",
    "merge": "merger",
    "plural_forms": "plurals",
    "read": "reader",
    "same_but_dates_and_references": "merger",
    "write": "writer",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
