"""Documents for the tests of writers: the Linux page, and one that holds all that a page may hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docutils import nodes

from manproof import words
from manproof.config import Project
from manproof.document import document
from manproof.load import load_edition, load_page
from manproof.prose import role
from manproof.render import Settings
from manproof.site import Language
from manproof.spec import Edition, Page

ROOT = Path(__file__).parent.parent
LINUX = ROOT / "source/linux"
ENGLISH = Language()
RUSSIAN = Language(locale="ru", name="Русский")
ARABIC = Language(locale="ar", name="العربية", direction="rtl")
LANGUAGES = (ENGLISH, RUSSIAN, ARABIC)

RICH = """\
name: thing
section: 3socket
date: 2026-11-21
summary: do a :arg:`thing` & more
library:
  - text: Sockets library (:file:`libsocket`, :opt:`-lsocket`)
synopsis:
  includes: [sys/types.h, sys/thing.h]
  link: cc [flag...] file... -lsocket -lnsl [library...]
  functions:
    - name: thing
      returns: char *
    - name: thing_with_a_long_name
      returns: int
      parameters:
        - {type: const struct something_long *, name: something}
        - {type: socklen_t, name: length_of_something}
description:
  - id: start
    since: "5.10"
    holds: {linux: ">=5.10 <6.1", caller: unprivileged}
    claims: {tcp.refused: ECONNREFUSED, unix.absent: {outcome: ENOENT, linux: ">=6.3"}}
    text: |
      *Emphasis*, **strong**, ``a < b && c``, :const:`AF_UNIX`, :type:`struct sockaddr`, :env:`HOME`,
      :man:`other(2)`, :man:`english(2)`, :man:`far(7)`, :url:`https://example.org/?a=1&b=2`,
      :errno:`EACCES`, :errno:`ENOENT`.
  - text: |
      A list in a list::

          if (a < b)
              f("&");

      1. one

         - nested
         - :func:`thing`

      2. two

      - bullet

      Term :man:`poll(2)`
          Its text.

          Its second paragraph.

      ======  =====================
      Left    Right
      ======  =====================
      a       :func:`thing` is used
      b       ``<b>``
      ======  =====================
  - subsection: On :func:`thing` and :man:`poll(2)`
    id: on-thing
    body:
      - text: Inside.
errors:
  - text: What every program meets.
  - group: all
    rows:
      - errno: [EACCES]
        causes:
          - {id: first, claims: {unix.write-denied: EACCES}, when: The first cause.}
      - errno: [EACCES, EPERM]
        causes:
          - id: second
            unproven: needs luck
            holds: {caller: privileged}
            when: The second cause.
          - id: third
            when: |
              The third cause.

              It has two paragraphs.
  - group: unix
    title: UNIX domain
    rows:
      - errno: [EACCES]
        causes: [{id: fourth, when: "The fourth; see :errno:`EPERM`."}]
attributes:
  - {type: MT-Level, value: Safe}
examples:
  - {id: program, title: A program, file: thing.c}
see_also: [other(2), far(7)]
"""
PROGRAM = '/* comment */\n#include <a.h>\nint main(void)\n{\n\treturn puts("<&>") == 42;\n}\n'

_RUSSIAN = {
    "NAME": "ИМЯ",
    "ERRORS": "ОШИБКИ",
    "RETURN VALUE": "ВОЗВРАЩАЕМОЕ ЗНАЧЕНИЕ",
    "Contents": "Содержание",
    "Skip to the text": "Перейти к тексту",
    words.PARTLY: "Перевод неполон: {missing} из {total}.",
    words.STALE: "Остальное пока на английском.",
}


def russian(msgid: str, _context: str) -> str:
    """A few fixed words in Russian."""
    return _RUSSIAN.get(msgid, msgid)


def edition(folder: Path = LINUX) -> Edition:
    """An edition of the repository: that of the Linux pages if no other is named."""
    found, problems = load_edition((folder / "edition.yaml").read_bytes(), "edition.yaml")
    assert found, problems
    return found


def page(data: bytes, name: str) -> Page:
    """A page from its source, which must be in order."""
    found, problems = load_page(data, f"source/linux/{name}.yaml")
    assert found, problems
    return found


def made(source: Page, programs: Mapping[str, str], folder: Path = LINUX) -> nodes.document:
    """The document of a page, in which nothing is wrong."""
    found, problems = document(source, edition(folder), programs)
    assert not problems
    return found


def linux_page() -> Page:
    """connect(2) of Linux."""
    return page((LINUX / "connect.2.yaml").read_bytes(), "connect.2")


def linux() -> nodes.document:
    """The document of connect(2) of Linux."""
    return made(linux_page(), programs(LINUX))


def programs(folder: Path) -> dict[str, str]:
    """The programs beside the pages of an edition."""
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.c")}


def published() -> dict[str, nodes.document]:
    """Every page of the repository, as ``illumos-connect.3socket``."""
    project = Project(root=ROOT)
    return {
        f"{source.edition}-{source.page}": made(
            page(source.path.read_bytes(), source.page), programs(source.path.parent), source.path.parent
        )
        for source in project.sources(project.editions())
    }


def rich() -> nodes.document:
    """A document that holds all that a page may hold."""
    return made(page(RICH.encode(), "thing.3socket"), {"thing.c": PROGRAM})


def settings(**changes: object) -> Settings:
    """Settings as a build would make them."""
    usual = {
        "languages": LANGUAGES,
        "edition": "linux",
        "label": "Linux",
        "manual": "System Calls Manual",
        "source": "manproof 2026.11",
        "date": "2026-11-21",
        "titles": ("thing(3socket)", "other(2)", "english(2)"),
        "english_only": ("english(2)",),
        "templates": ROOT / "templates",
    }
    return Settings(**{**usual, **changes})  # type: ignore[arg-type]  # the caller names fields


def around(*blocks: nodes.Node, title: str = "NAME") -> nodes.document:
    """A document of one section with these blocks."""
    section = nodes.section("", nodes.title(title, title), *blocks, ids=["NAME"])
    root = nodes.document(None, None, "", section)  # type: ignore[arg-type]  # nothing reports through it
    root.update_all_atts({"name": "n", "section": "2", "date": "2026-11-21"})
    return root


def strangers() -> list[nodes.Node]:
    """Nodes that no document may hold."""
    return [
        nodes.raw("", "<script>", format="html"),
        nodes.image(uri="x"),
        nodes.block_quote("", nodes.paragraph("", "x")),
        nodes.paragraph("", "", nodes.reference("", "x", refuri="javascript:x")),
        nodes.paragraph("", "", role("x", "x", name="unknown")),
        nodes.Text("x"),
    ]


def translated(found: nodes.document, text: str) -> nodes.document:
    """The document with other words in front of every second passage; the others remain English."""
    passages = list(found.findall(lambda node: isinstance(node, nodes.TextElement) and "about" in node))
    for number, node in enumerate(passages):
        assert isinstance(node, nodes.TextElement)
        if number % 2:
            node["lang"] = "en"
        else:
            node.insert(0, nodes.Text(text))
    found["untranslated"] = (len(passages) // 2, len(passages))
    return found
