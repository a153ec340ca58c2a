"""Generated pages as a project of manproof: the source in YAML, and its catalogues."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent

from benchmarks import content
from benchmarks.catalogues import write_catalogue
from benchmarks.content import Bullets, Definitions, Page, Paragraph, Part, Program, Rows
from benchmarks.words import PAGES
from manproof import resources
from manproof.diagnostic import Severity
from manproof.document import document
from manproof.load import load_edition, load_page
from manproof.translate import extract, units

_EDITION = """\
label: Linux
manual: System Calls Manual
source: benchmark 1.0
licence: "SPDX-License-Identifier: MIT"
platform: linux
status: current
sections:
{sections}
external:
{external}
"""


def write(pages: Iterable[Page], folder: Path) -> None:
    """A project in ``folder``, with a Russian catalogue for each page."""
    shelf = folder / "source/linux"
    shelf.mkdir(parents=True, exist_ok=True)
    (shelf / "edition.yaml").write_text(edition(), encoding="utf-8")
    for page in pages:
        write_page(page, folder)
        write_catalogue(template(folder, page.name), russian(page), catalogue_of(folder, page.name))
    fixed = folder / "translations/ru/LC_MESSAGES/manproof.po"
    fixed.write_bytes(resources.catalogue("ru", "manproof").read_bytes())


def write_page(page: Page, folder: Path) -> None:
    """The source of a page, and its program."""
    shelf = folder / "source/linux"
    (shelf / f"{page.name}.2.yaml").write_text(source(page), encoding="utf-8")
    (shelf / f"{page.name}.c").write_text(_program(page), encoding="utf-8")


def catalogue_of(folder: Path, name: str) -> Path:
    """Where the Russian catalogue of a page lies."""
    return folder / f"translations/ru/LC_MESSAGES/linux/{name}.2.po"


def edition() -> str:
    """The edition's file."""
    sections = [f"  - {{field: {field}, title: {title.en}}}" for field, title in content.TITLES.items()]
    external = [f"  - {page}" for page in PAGES]
    return _EDITION.format(sections="\n".join(sections), external="\n".join(external))


def source(page: Page) -> str:
    """A page as YAML."""
    return (
        "\n".join([*_head(page), *_sections(page), "see_also:", *(f"  - {name}" for name in page.see_also)])
        + "\n"
    )


def _head(page: Page) -> Iterator[str]:
    yield f"name: {page.name}"
    yield 'section: "2"'
    yield f"date: {content.DATE}"
    yield f"summary: {page.summary.en}"
    yield "synopsis:"
    yield f"  includes: [{page.header}]"
    yield "  functions:"
    yield f"    - name: {page.name}"
    yield "      returns: int"
    yield "      parameters:"
    for kind, name in page.parameters:
        yield f"        - {{type: {kind.strip()}, name: {name}}}"


def _sections(page: Page) -> Iterator[str]:
    for section in page.sections:
        yield f"{section.field}:"
        for block in section.blocks:
            yield from _block(block, page)


def _block(block: content.Block, page: Page) -> Iterator[str]:
    match block:
        case Part(name, title, blocks) if isinstance(blocks[0], Rows):
            yield from [f"  - group: {name}", f"    title: {title.en}", "    rows:", *_rows(blocks[0], name)]
        case Part(name, title, blocks):
            yield from [f"  - subsection: {title.en}", f"    id: {name}", "    body:"]
            for inner in blocks:
                yield from (f"    {line}" for line in _block(inner, page))
        case Program(intro):
            yield from [*_text(intro.en), f"  - {{id: example, file: {page.name}.c}}"]
        case Paragraph(text):
            yield from _text(text.en)
        case Bullets(intro, items):
            bullets = "\n".join("- " + indent(item.en, "  ").lstrip() for item in items)
            yield from _text(f"{intro.en}\n\n{bullets}")
        case Definitions(intro, entries):
            terms = (f":const:`{name}`\n{indent(text.en, '    ')}" for name, text in entries)
            yield from _text("\n\n".join([intro.en, *terms]))


def _text(text: str) -> list[str]:
    return ["  - text: |", *indent(text, "      ").split("\n")]


def _rows(rows: Rows, group: str) -> Iterator[str]:
    for errnos, cause in rows.items:
        name = f"{group}-{errnos[0].lower()}"
        yield f"      - errno: [{', '.join(errnos)}]"
        yield "        causes:"
        yield f"          - id: {name}"
        yield f"            claims: {{{group}.{name}: {errnos[0]}}}"
        yield "            when: |"
        yield from indent(cause.en, " " * 14).split("\n")


def _program(page: Page) -> str:
    return next(b.code for section in page.sections for b in section.blocks if isinstance(b, Program))


def template(folder: Path, name: str) -> list[tuple[str, tuple[str, ...], str]]:
    """What there is to translate in a page: text, comments and place, as the program extracts them."""
    path = f"source/linux/{name}.2.yaml"
    page, found = load_page((folder / path).read_bytes(), path)
    shelf, more = load_edition((folder / "source/linux/edition.yaml").read_bytes(), "edition.yaml")
    assert page is not None, [str(d) for d in found]
    assert shelf is not None, [str(d) for d in more]
    program = (folder / f"source/linux/{name}.c").read_text(encoding="utf-8")
    root, problems = document(page, shelf, {f"{name}.c": program})
    assert not [d for d in problems if d.severity is Severity.ERROR], [str(d) for d in problems]
    return [(entry.msgid, entry.extracted, entry.references[0]) for entry in extract(units(root))]


def russian(page: Page) -> dict[str, str]:
    """The translations of a page."""
    return {_folded(text.en): _folded(text.ru) for text in content.texts(page)}


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
