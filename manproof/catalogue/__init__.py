"""PO files: read strictly, merged as msgmerge does, written as msgcat does.

>>> catalogue, found = read(data, "translations/ru/LC_MESSAGES/linux/connect.2.po", locale="ru")
>>> text = write(merge(catalogue, template))
"""

from __future__ import annotations

from manproof.catalogue.model import Catalogue, Entry, Previous, Statistics
from manproof.catalogue.read import read

__all__ = ["Catalogue", "Entry", "Previous", "Statistics", "read"]
