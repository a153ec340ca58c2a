"""A catalogue as the text of a PO file, as ``msgcat`` would write it.

Order of what belongs to an entry, wrapping and treatment of obsolete entries: GNU gettext 0.21.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from manproof.catalogue.flags import in_order
from manproof.catalogue.wrap import PAGE_WIDTH, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from manproof.catalogue.model import Catalogue, Entry, Previous


def write(catalogue: Catalogue) -> str:
    """The text of the PO file: UTF-8 to be, line feeds alone, a newline at the end.

    Obsolete entries come last; what holds no work of a translator is left out, as gettext does. What
    ``msgcat`` would drop or change is kept: unknown flags, which come after the known ones, and
    unknown ``#`` lines, which come after the flags.
    """
    entries = [] if catalogue.header is None else [catalogue.header]
    entries += [entry for entry in catalogue.entries if not entry.obsolete]
    entries += [entry for entry in catalogue.entries if entry.obsolete and entry.worth_keeping]
    return "\n".join("\n".join(_entry(entry)) + "\n" for entry in entries)


def _entry(entry: Entry) -> list[str]:
    flags = in_order(entry.flags)
    if "fuzzy" in flags and not entry.msgstr:
        flags = flags[1:]
    prefix = "#~ " if entry.obsolete else ""
    lines = _comments(entry, flags)
    if entry.previous is not None:
        lines += _previous(entry.previous, "#~| " if entry.obsolete else "#| ", flags)
    for keyword, text in _strings(entry):
        lines += lines_of(keyword, text, prefix, flags)
    return lines


def _comments(entry: Entry, flags: tuple[str, ...]) -> list[str]:
    lines = [_comment("#", text) for text in entry.comments]
    lines += [_comment("#.", text) for text in entry.extracted]
    if entry.references:
        lines += _references(entry.references)
    if flags:
        lines.append("#, " + ", ".join(flags))
    lines += entry.unknown
    return lines


def _comment(mark: str, text: str) -> str:
    return f"{mark} {text}" if text else mark


def _references(references: Iterable[str]) -> list[str]:
    """Reference lines of at most 79 bytes, which is how gettext counts them."""
    lines, width = ["#:"], 2
    for reference in references:
        size = len(reference.encode()) + 1
        if width > 2 and width + size > PAGE_WIDTH:
            lines.append("#:")
            width = 2
        lines[-1] += f" {reference}"
        width += size
    return lines


def _previous(previous: Previous, prefix: str, flags: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    if previous.context is not None:
        lines += lines_of("msgctxt", previous.context, prefix, flags)
    lines += lines_of("msgid", previous.msgid, prefix, flags)
    if previous.plural is not None:
        lines += lines_of("msgid_plural", previous.plural, prefix, flags)
    return lines


def _strings(entry: Entry) -> list[tuple[str, str]]:
    strings = [] if entry.context is None else [("msgctxt", entry.context)]
    strings.append(("msgid", entry.msgid))
    if entry.plural is None:
        return [*strings, ("msgstr", entry.msgstr)]
    forms = [(f"msgstr[{n}]", form) for n, form in enumerate(entry.forms)]
    return [*strings, ("msgid_plural", entry.plural), *forms]
