"""What must hold for any input: each function takes one, and raises where something does not hold.

Hypothesis and the fuzzer call the same functions, so that a find of either is a call in a test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from docutils import nodes

from manproof.catalogue import Catalogue, Entry, read, write
from manproof.characters import REFUSED, refused
from manproof.diagnostic import Diagnostic
from manproof.document import document
from manproof.load import load_page
from manproof.render import Settings
from manproof.render.html import render as to_html
from manproof.render.json import render as to_json
from manproof.render.man import render as to_man
from manproof.render.text import render as to_text
from manproof.spec import Page
from manproof.translate import Translation, apply, extract, units
from tests import sample, troff
from tests.elements import elements

PATH = "source/sample/sample.2.yaml"
SETTINGS = Settings(templates=sample.ROOT / "templates", manual="Manual", source="Source", label="Sample")
EDITION = sample.edition()
HEADER = Entry(msgid="", msgstr="Content-Type: text/plain; charset=UTF-8\nLanguage: ru\n")
PAGE = """\
name: sample
section: "2"
date: 2026-11-21
summary: {0}
description:
  - text: {0}
  - text: {0}
  - subsection: {0}
    id: part
    body: [{{text: {0}}}]
errors:
  - group: all
    title: {0}
    rows: [{{errno: [EACCES, EPERM], causes: [{{id: one, when: {0}}}]}}]
attributes: [{{type: {0}, value: {0}}}]
examples: [{{id: program, file: a.c, title: {0}, text: {0}}}]
"""


def loads(data: bytes) -> Page | None:
    """Any bytes are a page, or problems that say where; a page that loads can be shown, or its prose not."""
    page, found = load_page(data, PATH)
    told(found)
    assert (page is None) <= bool(sample.errors(found))
    if page is not None and not sample.errors(found):
        shown(page, {})
    return page


def told(found: Sequence[Diagnostic]) -> None:
    """Each problem is one line that names the file and, of it, the line."""
    for item in found:
        assert str(item).isprintable(), ascii(str(item))
        assert item.span.path
        assert item.span.line or item.rule in _OF_THE_FILE, str(item)


_OF_THE_FILE = ("more-problems", "po-size", "po-syntax", "po-charset", "po-header")


def shown(page: Page, programs: dict[str, str]) -> nodes.document | None:
    """A page is shown by every writer in the same words, or its prose is refused."""
    root, found = document(page, EDITION, programs)
    told(found)
    if sample.errors(found):
        return None
    written(root)
    return root


def in_troff(root: nodes.document) -> str:
    """A document as a man page, in which nothing is a request or an escape but what the writer means."""
    man = to_man(root, SETTINGS)
    assert not list(refused(man))
    assert not list(troff.live(man)), list(troff.live(man))
    return man


def in_html(root: nodes.document) -> str:
    """A document as HTML, in which nothing is markup but what the writer means."""
    html = to_html(root, SETTINGS)
    assert not list(refused(html))
    _safe(html)
    return html


def written(root: nodes.document) -> None:
    """All writers show a document in the same words; nothing in it acts on a formatter or a browser."""
    man, html = in_troff(root), in_html(root)
    assert not REFUSED.search(to_text(root, SETTINGS))  # it breaks lines, inside of isolates too
    json.loads(to_json(root, SETTINGS))
    assert bare(troff.text(man)) == bare(_text(html)), (bare(troff.text(man)), bare(_text(html)))


def bare(text: str) -> str:
    """A text without what the outputs part words by, or show in their own way."""
    return re.sub(r"[\s\u00ad]+", "", text.replace("…", "..."))


def _safe(html: str) -> None:
    for item in elements(html):
        if item.name == "script" and item.attributes.get("src") == "../site.js":
            assert not item.text  # the script of the site, which knows of no page
            continue
        assert item.name not in ("script", "iframe", "object", "embed", "base", "form", "img", "svg"), item
        assert not [name for name in item.attributes if name.startswith(("on", "style", "src"))], item
        href = item.attributes.get("href", "#")
        assert re.match(r"#|https?://|mailto:|(?:\.\./)?(?:[\w.+%-]+\.html(?:#|\Z)|favicon\.svg\Z)", href), (
            href
        )


def _text(html: str) -> str:
    """What the sections say; NAME has a dash where a man page has a hyphen."""
    found = [item for item in elements(html) if item.name == "section" and "section" not in item.around]
    return "\n".join(item.text for item in found).replace(" — ", " - ", 1)


def showable(text: str) -> bool:
    """Whether a text may stand in a source at all."""
    return not list(refused(text))


def shows(text: str) -> None:
    """Any text in every place of a page is shown by all writers, or refused with its place."""
    page = loads(PAGE.format(sample.quote(text)).encode("utf-8", "surrogatepass"))
    if page is not None:
        shown(page, {"a.c": text})


def parses(text: str) -> None:
    """Any prose, with all its blocks, is shown by all writers, or refused with its place."""
    loads(sample.PAGE.replace("Words.", sample.quote(text)).encode("utf-8", "surrogatepass"))


def reads(data: bytes) -> Catalogue | None:
    """Any bytes are a catalogue, or problems that say where; what was read is written and read again."""
    catalogue, found = read(data, "ru.po", locale="ru")
    told(found)
    assert (catalogue is None) == bool(sample.errors(found))
    if catalogue is not None:
        again, problems = read(write(catalogue).encode(), "ru.po", locale="ru")
        assert again is not None, sample.show(problems)
        assert write(again) == write(catalogue)
    return catalogue


def translates(text: str) -> None:
    """Any text as the translation of every passage is shown, or refused with its place."""
    page = loads(PAGE.format(sample.quote("Some words.")).encode())
    assert page is not None
    root = shown(page, {"a.c": ""})
    assert root is not None
    entries = tuple(replace(entry, msgstr=text) for entry in extract(units(root)))
    written_out = write(Catalogue(header=HEADER, entries=entries)).encode("utf-8", "surrogatepass")
    catalogue = reads(written_out)
    if catalogue is not None:
        told(apply(root, Translation(locale="ru", catalogues=(catalogue,))))
        written(root)


def survives(text: str) -> None:
    """A translation that is the text itself gives the same page."""
    page = loads(PAGE.format(sample.quote(text)).encode("utf-8", "surrogatepass"))
    root = shown(page, {"a.c": text}) if page is not None else None
    if root is None:
        return
    before = to_man(root, SETTINGS)
    same = tuple(Entry(msgid=e.msgid, context=e.context, msgstr=e.msgid) for e in extract(units(root)))
    assert not apply(root, Translation(locale="ru", catalogues=(Catalogue(entries=same),)))
    assert root["untranslated"][0] == 0
    assert to_man(root, SETTINGS) == before
