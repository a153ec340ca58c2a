"""No text acts on the formatters of a man page, whatever it is and wherever it stands."""

from __future__ import annotations

import re
import unicodedata

import pytest
from docutils.utils import column_width

from manproof.catalogue import Catalogue, Entry
from manproof.characters import refused
from manproof.document import document
from manproof.load import load_edition
from manproof.render import Settings
from manproof.render.man import render
from manproof.translate import Translation
from tests import troff
from tests.hostile import texts
from tests.sample import EDITION, block, edition, page, quote, rest, show

SKELETON = """\
name: sample
section: "2"
date: 2026-11-21
summary: {summary}
synopsis:
  link: {link}
  includes: [sample.h]
  functions: [{{name: sample, returns: int}}]
description:
  - text: {first}
  - text: {middle}
  - text: {last}
  - text: {strong}
  - text: {blocks}
  - subsection: {subsection}
    id: part
    body:
      - {{text: After the title.}}
errors:
  - group: all
    title: {group}
    rows:
      - errno: [EACCES, EPERM]
        causes:
          - {{id: one, when: {cause}}}
          - {{id: two, when: A second cause.}}
attributes:
  - {{type: {cell}, value: After the cell.}}
examples:
  - {{id: program, file: sample.c}}
bugs:
  - {{text: The end.}}
"""


def one_line(text: str) -> str:
    return " ".join(text.split())


def whole_page(text: str) -> str:
    """A page in troff with the text in every position, each before or after a word of its own."""
    line, prose = rest(one_line(text)), rest("\n".join(filter(None, map(str.strip, text.split("\n")))))
    width = "=" * max(column_width(line), 1)
    blocks = (
        f"- {line}\n- zbullet {line}\n\n{line}\n    zdefinition {line}\n\n1. {line}\n\nzcode::\n\n"
        + "\n".join(f"    {part}".rstrip() for part in f"zliteral\n{text}".split("\n"))
        + f"\n\n{width}  ======\n{line}  zright\n{width}  ======\n{line}  zbelow\n{width}  ======\n\nzafter"
    )
    source = SKELETON.format(
        summary=quote(f"{line} zsummary"),
        link=quote(f"{one_line(text)[:180]} zlink"),
        first=block(f"{prose}\nzfirst", 6),
        middle=block(f"zmiddle {prose}\nzmiddle", 6),
        last=block(f"zlast {prose}", 6),
        strong=block(f"**s** {line} zstrong (**s**) {line}", 6),
        blocks=block(blocks, 6),
        subsection=quote(f"{line} zsubsection"),
        group=quote(f"{line} zgroup"),
        cause=quote(f"{line} zcause"),
        cell=quote(line),
    )
    manual = EDITION.replace("title: BUGS", f"title: {quote(one_line(text)[:180] + ' ztitle')}")
    root, found = document(page(source), edition(manual), {"sample.c": f"zprogram\n{text}\nzdone\n"})
    assert not found, show(found)
    field = one_line(text)[:180].replace("%", "")  # see test_margins
    settings = Settings(
        source=f"{field} zsource", manual=f"{field} zmanual", licence=text, origin=text, date=f"{field} zdate"
    )
    return render(root, settings)


def expected(text: str) -> list[str]:
    """What must stand in the page, with blanks folded."""
    line, short = one_line(text), one_line(one_line(text)[:180])
    field = one_line(short.replace("%", ""))
    words = ("summary", "first", "subsection", "group", "cause")
    code = [one_line(part) for part in text.expandtabs().split("\n")]
    return [
        *(f"{line} z{word}" for word in words),
        *(f"{short} z{word}" for word in ("link", "title")),
        *(f"{field} z{word}" for word in ("source", "manual", "date")),
        f"zmiddle {line} zmiddle", f"zlast {line}", f"s {line} zstrong (s) {line}", f"zbullet {line}",
        f"zdefinition {line}", f"1. {line}", f"{line} zright", f"{line} zbelow", f"{line} After the cell.",
        one_line(" ".join(["zliteral", *code])), one_line(" ".join(["zprogram", *code, "zdone"])),
        "After the title.", "A second cause.", "The end.",
    ]  # fmt: skip


def same(text: str) -> str:
    """Text as a terminal shows it: soft hyphens are unseen, and an ellipsis is three full stops."""
    return unicodedata.normalize("NFC", troff.folded(text.replace("\u00ad", "").replace("…", "...")))


def lost(shown: str, text: str) -> list[str]:
    have = re.sub(" ", "", same(shown)) if " " not in text else same(shown)
    wanted = [same(part) for part in expected(text)]
    return [part for part in wanted if (part.replace(" ", "") if " " not in text else part) not in have]


def test_there_are_enough() -> None:
    assert len(set(texts.TEXTS)) >= 300


@pytest.mark.parametrize("text", dict.fromkeys(texts.TEXTS), ids=lambda text: ascii(text)[1:30])
def test_shown_letter_by_letter(text: str) -> None:
    made = whole_page(text)
    assert not list(troff.live(made))
    assert not list(refused(made))
    shown, said = troff.groff(made)
    assert not lost(shown, text)
    assert not said
    assert not lost(troff.mandoc(made), text)


def test_margins() -> None:
    """In head and foot troff puts the page number for a per cent sign, so none gets there."""
    _, found = load_edition(EDITION.replace("Sample Manual", "100% Manual").encode(), "edition.yaml")
    assert [item.rule for item in found] == ["wrong-value"]
    header = Entry(msgid="", msgstr="Content-Type: text/plain; charset=UTF-8\n")
    entries = (header, Entry(msgid="Sample Manual", msgstr="100 % Handbuch"))
    translation = Translation(locale="de", catalogues=(Catalogue(entries=entries),))
    assert translation.words("Sample Manual", "") == "Sample Manual"
