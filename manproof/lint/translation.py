"""Rules on catalogues: what a translation says, against the page that it translates."""

from __future__ import annotations

FAMILY = "translation"
