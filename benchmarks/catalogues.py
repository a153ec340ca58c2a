"""Catalogues of generated pages: every tool gets the same translations, as PO files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from manproof.catalogue import Catalogue, Entry, read, write

_HEADER = """\
Project-Id-Version: benchmark
POT-Creation-Date: 2026-11-21 07:00+0000
PO-Revision-Date: 2026-11-21 07:00+0000
Last-Translator: benchmark
Language-Team: Russian
Language: ru
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && \
n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);
"""
Row = tuple[str, tuple[str, ...], str]
"""A text to translate, the comments on it, and its place."""


def write_catalogue(rows: Iterable[Row], translations: Mapping[str, str], path: Path) -> None:
    """A complete catalogue; a text that is no prose (a name, code) is translated by itself."""
    entries = tuple(
        Entry(msgid=text, msgstr=translations.get(text, text), extracted=comments, references=(place,))
        for text, comments, place in rows
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = Catalogue(header=Entry(msgid="", msgstr=_HEADER), entries=entries)
    path.write_text(write(catalogue), encoding="utf-8")


def rows_of(template: Path) -> list[Row]:
    """The rows of a template that another tool has extracted."""
    catalogue, found = read(template.read_bytes(), template.name)
    assert catalogue is not None, [str(d) for d in found]
    return [(entry.msgid, entry.extracted, " ".join(entry.references)) for entry in catalogue.entries]
