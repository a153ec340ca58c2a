"""A page that holds many texts, each in every place where prose can stand, between words of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docutils import nodes
from docutils.utils import column_width

from manproof.catalogue import Catalogue, Entry, read, write
from manproof.document import document
from manproof.translate import Translation, apply, extract, units
from tests.sample import PAGE, block, edition, page, quote, rest, show

HEADER = Entry(msgid="", msgstr="Content-Type: text/plain; charset=UTF-8\nLanguage: ru\n")
FIELDS = """\
  - subsection: {title}
    id: part-{n}
    body:
      - text: {prose}
"""
PROSE = """\
{text} z{n}first

z{n}middle {text} z{n}middle

z{n}last {text}

{text}
    z{n}definition {text}

- {text} z{n}bullet

{rule}  =========
{text}  z{n}cell
{rule}  =========
{text}  z{n}below
{rule}  =========

z{n}code::

{code}

z{n}after"""


def one_line(text: str) -> str:
    """A text without what prose folds."""
    return " ".join(text.split())


def _part(number: int, text: str, code: str) -> str:
    rule = "=" * max(column_width(text), 1)
    code = "\n".join(f"    {line}".rstrip() for line in code.split("\n"))
    prose = PROSE.format(n=number, text=text, rule=rule, code=code)
    return FIELDS.format(n=number, title=quote(f"{text} z{number}title"), prose=block(prose, 10))


def from_source(texts: Sequence[str]) -> nodes.document:
    """The document of a page that holds these texts."""
    parts = (_part(n, rest(one_line(text)), f"z{n}verbatim\n{text}") for n, text in enumerate(texts))
    return _document("".join(parts))


def from_catalogue(texts: Sequence[str]) -> nodes.document:
    """The document of a tame page, into which a catalogue brings these texts."""
    tame = [f"tame{number}tame" for number in range(len(texts))]
    root = _document("".join(_part(n, word, word) for n, word in enumerate(tame)))
    entries = tuple(_translated(entry, dict(zip(tame, texts, strict=True))) for entry in extract(units(root)))
    catalogue, found = read(write(Catalogue(header=HEADER, entries=entries)).encode(), "ru.po", locale="ru")
    assert catalogue is not None, show(found)
    found = apply(root, Translation(locale="ru", catalogues=(catalogue,)))
    assert not found, show(found)
    return root


def _translated(entry: Entry, texts: Mapping[str, str]) -> Entry:
    said = entry.msgid
    for word in [part for part in entry.msgid.split() if part in texts]:
        said = said.replace(word, rest(one_line(texts[word])))
    return Entry(msgid=entry.msgid, context=entry.context, msgstr=said)


def _document(parts: str) -> nodes.document:
    root, found = document(page(PAGE + parts), edition(), {})
    assert not found, show(found)
    return root


def expected(number: int, text: str) -> list[str]:
    """What must be shown of a text, with blanks folded."""
    line, n = one_line(text), number
    return [
        f"{line} z{n}title", f"{line} z{n}first", f"z{n}middle {line} z{n}middle", f"z{n}last {line}",
        f"z{n}definition {line}", f"{line} z{n}bullet", f"{line} z{n}cell", f"{line} z{n}below", f"z{n}after",
    ]  # fmt: skip


def verbatim(number: int, text: str) -> str:
    """What must be shown of a text as code."""
    return one_line(f"z{number}verbatim {text.expandtabs()} z{number}after")
