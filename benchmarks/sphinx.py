"""Generated pages as a project of Sphinx, for its builders of man pages and HTML."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from textwrap import indent

from benchmarks import content
from benchmarks.catalogues import rows_of, write_catalogue
from benchmarks.content import Bullets, Definitions, Page, Paragraph, Part, Program, Rows

_ROLES = {"func": "**{}**\\ ()", "arg": "*{}*", "type": "*{}*", "file": ":file:`{}`", "man": ":manpage:`{}`"}
_ROLE = re.compile(r":(\w+):`([^`]+)`")
_CONF = """\
project = "benchmark"
version = release = "1.0"
extensions = []
locale_dirs = ["locales"]
gettext_compact = False
gettext_location = False
html_theme = "basic"
html_copy_source = False
html_use_index = False
man_pages = [{pages}]
man_make_section_directory = True
"""


def write(program: str, pages: Sequence[Page], folder: Path) -> None:
    """The pages, their Russian catalogues, and the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [page.name for page in pages]
    man = ", ".join(f'("{page.name}", "{page.name}", {page.summary.en!r}, [], 2)' for page in pages)
    (folder / "conf.py").write_text(_CONF.format(pages=man), encoding="utf-8")
    contents = [".. toctree::", "", *(f"   {name}" for name in names)]
    (folder / "index.rst").write_text("\n".join(["Pages", "=====", "", *contents]) + "\n", encoding="utf-8")
    for page in pages:
        write_page(page, folder)
    subprocess.run([program, "-q", "-b", "gettext", ".", "pot"], cwd=folder, check=True)
    for page in pages:
        catalogue = folder / f"locales/ru/LC_MESSAGES/{page.name}.po"
        write_catalogue(rows_of(folder / f"pot/{page.name}.pot"), russian(page), catalogue)


def write_page(page: Page, folder: Path) -> None:
    """The source of a page."""
    (folder / f"{page.name}.rst").write_text(source(page), encoding="utf-8")


def source(page: Page) -> str:
    """A page as reST."""
    parameters = ", ".join(f"{kind} {name}" for kind, name in page.parameters)
    parts = [
        _title(page.name, "="), _marked(page.summary.en), _title("SYNOPSIS", "-"),
        f"::\n\n    #include <{page.header}>\n\n    int {page.name}({parameters});",
    ]  # fmt: skip
    for section in page.sections:
        parts += [_title(section.title.en, "-"), *_blocks(section.blocks)]
    see_also = ", ".join(f":manpage:`{name}`" for name in page.see_also)
    return "\n\n".join([*parts, _title("SEE ALSO", "-"), see_also]) + "\n"


def _title(text: str, line: str) -> str:
    return f"{text}\n{line * len(text)}"


def _blocks(blocks: Iterable[content.Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Part(_, title, inner):
                yield _title(title.en, "~")
                yield from _blocks(inner)
            case Rows(items):
                yield from (_defined(" / ".join(names), text.en) for names, text in items)
            case Paragraph(text):
                yield _marked(text.en)
            case Bullets(intro, items):
                yield _marked(intro.en)
                yield "\n".join("- " + indent(_marked(item.en), "  ").lstrip() for item in items)
            case Definitions(intro, entries):
                yield _marked(intro.en)
                yield from (_defined(name, text.en) for name, text in entries)
            case Program(intro, code):
                yield _marked(intro.en)
                yield ".. code-block:: c\n\n" + indent(code.rstrip(), "    ")


def _defined(name: str, text: str) -> str:
    return f"``{name}``\n{indent(_marked(text), '    ')}"


def _marked(text: str) -> str:
    return _ROLE.sub(lambda match: _ROLES.get(match[1], "``{}``").format(match[2]), text)


def russian(page: Page) -> dict[str, str]:
    """The translations of a page, by the text that Sphinx extracts."""
    texts = [*content.texts(page), *content.TITLES.values()]
    return {_marked(text.en).replace("\n", " "): _marked(text.ru).replace("\n", " ") for text in texts}
