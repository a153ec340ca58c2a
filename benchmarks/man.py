"""Generated pages as man(7) with catalogues for po4a, which mandoc then turns into HTML."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks import content
from benchmarks.catalogues import Row, rows_of, write_catalogue
from benchmarks.content import Bullets, Definitions, Page, Paragraph, Part, Program, Rows

_FONTS = {"func": "B", "errno": "B", "const": "B", "arg": "I", "type": "I", "file": "I", "man": "B"}
_MARKUP = re.compile(r":(?P<role>\w+):`(?P<text>[^`]+)`|\*(?P<em>[^*]+)\*|``(?P<lit>[^`]+)``")
_MAN = r"\f{font}{text}\fR{rest}"
_POD = "{font}<{text}>{rest}"


def write(pages: Sequence[Page], folder: Path) -> None:
    """The English pages, and po4a's configuration: for one process, and in halves for two.

    All pages share a catalogue, which po4a does several times faster than one for each page.
    """
    (folder / "en").mkdir(parents=True, exist_ok=True)
    for page in pages:
        write_page(page, folder)
    for name, part in configurations(pages).items():
        _configure(part, folder, name)
    _configure_each(pages, folder)


def configurations(pages: Sequence[Page]) -> dict[str, Sequence[Page]]:
    """The pages that each configuration names; half of them where there is more than one page."""
    halves = {"first": pages[::2], "second": pages[1::2]} if len(pages) > 1 else {}
    return {"all": pages, **halves}


def write_page(page: Page, folder: Path) -> None:
    """The English source of a page."""
    (folder / f"en/{page.name}.2").write_text(source(page), encoding="utf-8")


def _configure(pages: Sequence[Page], folder: Path, name: str) -> None:
    lines = ["[po4a_langs] ru", f"[po4a_paths] {name}.pot $lang:{name}.$lang.po"]
    lines += [f"[type: man] en/{page.name}.2 $lang:ru/{page.name}.2" for page in pages]
    (folder / f"{name}.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    subprocess.run(["po4a", "-q", "--no-translations", f"{name}.cfg"], cwd=folder, check=True)
    write_catalogue(rows_of(folder / f"{name}.pot"), _russian(pages), folder / f"{name}.ru.po")


def _configure_each(pages: Sequence[Page], folder: Path) -> None:
    """The same with a catalogue for each page, made from the template of all pages."""
    lines = ["[po4a_langs] ru", "[po4a_paths] po/$master.pot $lang:po/$master.$lang.po"]
    lines += [f"[type: man] en/{page.name}.2 $lang:ru/{page.name}.2 pot={page.name}" for page in pages]
    (folder / "each.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    shares: dict[str, list[Row]] = {page.name: [] for page in pages}
    for row in rows_of(folder / "all.pot"):
        for name in dict.fromkeys(re.findall(r"en/(\w+)\.2:", row[2])):
            shares[name].append(row)
    for page in pages:
        for suffix, translations in ((".pot", {}), (".ru.po", russian(page))):
            write_catalogue(shares[page.name], translations, folder / f"po/{page.name}{suffix}")


def _russian(pages: Iterable[Page]) -> dict[str, str]:
    return {en: ru for page in pages for en, ru in russian(page).items()}


def source(page: Page) -> str:
    """The page as a maintainer would write it by hand."""
    return "\n".join(_page(page)) + "\n"


def _page(page: Page) -> Iterator[str]:
    yield '.\\" SPDX-License-Identifier: MIT'
    yield f'.TH {page.name} 2 {content.DATE} "benchmark 1.0" "{content.MANUAL.en}"'
    yield from [".SH NAME", rf"{page.name} \- {_marked(page.summary.en, _MAN)}"]
    yield from [".SH SYNOPSIS", ".nf", f".B #include <{page.header}>", ".P", _prototype(page), ".fi"]
    for section in page.sections:
        yield f".SH {section.title.en}"
        yield from _blocks(section.blocks)
    yield ".SH SEE ALSO"
    yield from (_reference(name, last=name == page.see_also[-1]) for name in page.see_also)


def _prototype(page: Page) -> str:
    start = f'.BI "int {page.name}('
    parts = [f'{kind}{"" if kind.endswith("*") else " "}" {name} ' for kind, name in page.parameters]
    return start + '", '.join(parts) + ");"


def _reference(title: str, *, last: bool) -> str:
    name, _, section = title.partition("(")
    return f".BR {name} ({section}" + ("" if last else ",")


def _blocks(blocks: Iterable[content.Block]) -> Iterator[str]:
    first = True
    for block in blocks:
        if isinstance(block, Part):
            yield f".SS {block.title.en}"
            yield from _blocks(block.blocks)
        elif isinstance(block, Rows):
            yield from _rows(block)
        else:
            yield from [] if first else [".P"]
            yield from _block(block)
        first = False


def _rows(rows: Rows) -> Iterator[str]:
    for errnos, cause in rows.items:
        for number, name in enumerate(errnos):
            yield from [".TQ" if number else ".TP", f".B {name}"]
        yield _marked(cause.en, _MAN)


def _block(block: Paragraph | Bullets | Definitions | Program) -> Iterator[str]:
    text = block.text if isinstance(block, Paragraph) else block.intro
    yield _marked(text.en, _MAN)
    match block:
        case Bullets(_, items):
            for item in items:
                yield from [r".IP \(bu 2", _marked(item.en, _MAN)]
        case Definitions(_, entries):
            for name, item in entries:
                yield from [".TP", f".B {name}", _marked(item.en, _MAN)]
        case Program(_, code):
            yield from [".P", ".in +4n", ".EX", *map(_literal, code.rstrip().split("\n")), ".EE", ".in"]


def _literal(line: str) -> str:
    return line.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")


def _marked(text: str, form: str) -> str:
    """The text with fonts as man(7) or as the catalogues of po4a write them."""
    if form is _MAN:
        text = text.replace("-", r"\-")
    return _MARKUP.sub(lambda match: _font(match, form), text)


def _font(match: re.Match[str], form: str) -> str:
    if match["role"] is None:
        return form.format(font="I" if match["em"] else "B", text=match["em"] or match["lit"], rest="")
    name, bracket, rest = match["text"].partition("(")
    rest = "()" if match["role"] == "func" else bracket + rest
    return form.format(font=_FONTS[match["role"]], text=name, rest=rest)


def russian(page: Page) -> dict[str, str]:
    """The translations of a page, by the text that po4a extracts."""
    texts = [*content.texts(page), *content.TITLES.values(), content.MANUAL]
    found = {_folded(text.en): _folded(text.ru) for text in texts}
    summary = _folded(page.summary.en)
    return {**found, rf"{page.name} - {summary}": f"{page.name} - {found[summary]}"}


def _folded(text: str) -> str:
    # po4a parts sentences by two blanks
    return _marked(text, _POD).replace("\n", "  ")
