"""PO files: read strictly, merged as msgmerge does, written as msgcat does."""

from __future__ import annotations

from manproof.catalogue.blank import blank
from manproof.catalogue.harmless import differs_only_in_punctuation
from manproof.catalogue.merge import merge, same_but_dates_and_references
from manproof.catalogue.model import Catalogue, Entry, Previous, Statistics
from manproof.catalogue.plurals import plural_forms
from manproof.catalogue.read import read
from manproof.catalogue.write import write

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
