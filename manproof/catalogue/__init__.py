"""PO files: read strictly, merged as msgmerge does, written as msgcat does."""

from __future__ import annotations

from manproof.catalogue.model import Catalogue, Entry, Previous, Statistics
from manproof.catalogue.read import read
from manproof.catalogue.write import write

__all__ = ["Catalogue", "Entry", "Previous", "Statistics", "read", "write"]
