"""The header of a PO file: fields that are written as the translation of the empty text.

Names and order of the fields: GNU gettext manual, "The Format of PO Files" and "Header Entry".
"""

from __future__ import annotations

ORDER = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Language",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Plural-Forms",
)


def fields(text: str) -> dict[str, str]:
    """The fields of a header's text, in order; of a repeated one the first, as gettext reads it."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            found.setdefault(name.strip(), value.strip())
    return found


def with_field(text: str, name: str, value: str) -> str:
    """``text`` with one field changed where it stands, or added where gettext would put it."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if _name(line) == name:
            lines[index] = f"{name}: {value}"
            return "\n".join(lines)
    before = ORDER[: ORDER.index(name)] if name in ORDER else ()
    place = max((i + 1 for i, line in enumerate(lines) if _name(line) in before), default=0)
    return "\n".join([*lines[:place], f"{name}: {value}", *lines[place:]])


def joined(values: dict[str, str]) -> str:
    """The header's text for these fields, each on its line."""
    return "".join(f"{name}: {value}\n" for name, value in values.items())


def _name(line: str) -> str:
    return line.partition(":")[0].strip()
