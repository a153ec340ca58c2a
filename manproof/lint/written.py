"""What the rules on sources look at: a page as its author wrote it, its texts, and their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from manproof.diagnostic import Span
from manproof.grammar import Word
from manproof.prose import role, walk
from manproof.spec import Cause, Edition, Example, Group, Page, Paragraph, Prose, Prototype, Rare, Subsection

_MARKED = re.compile(r"(``.+?``|:[a-z]+:`[^`]*`|`[^`]+`)", re.DOTALL)
_TOKENS = re.compile(r"[^\W\d_]+(?:'[a-z]+)?").findall
TITLE, PHRASE, SENTENCES = "title", "phrase", "sentences"


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text of a page or a catalogue; ``kind`` is one of the constants of this module.

    ``lines`` says whether the lines of the text are those of its file.
    """

    text: str
    span: Span
    kind: str = SENTENCES
    locale: str = "en"
    lines: bool = True

    @cached_property
    def plain(self) -> str:
        """The text with a NUL in the place of each letter of a role or literal: offsets stay the same."""
        if "`" not in self.text:
            return self.text
        parts = _MARKED.split(self.text)  # every other one is marked
        parts[1::2] = ["\0" * len(part) for part in parts[1::2]]
        return "".join(parts)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The words of the plain text, each once: a hyphen parts them."""
        return frozenset(_TOKENS(self.plain))

    def at(self, index: int) -> Span:
        """The place of a character; the lines of a text begin in one column."""
        if not self.lines:
            return self.span
        line = self.text.count("\n", 0, index)
        start = self.text.rfind("\n", 0, index) + 1
        return self.span.at(line=line, column=self.span.column + index - start)


class Marked(NamedTuple):
    """A word in a role: the role's name, the word, the node that holds its text, its own node."""

    role: str
    word: str
    holder: Any
    node: Any

    @property
    def field(self) -> str:
        """The field that the word stands in."""
        field: str = self.holder["span"].field
        return field

    @property
    def span(self) -> Span:
        """Where the word stands in the text that holds it, as far as that can be told."""
        span: Span = self.holder["span"]
        text = self.holder.rawsource
        index = text.find(self.node.rawsource) if self.node.rawsource else -1
        return Text(text=text, span=span).at(index) if index > 0 else span


@dataclass(frozen=True, kw_only=True)
class Written:
    """A page, its edition, its document, the titles of the edition's pages, and the lines of its file."""

    page: Page
    edition: Edition
    root: Any = None
    titles: Collection[str] = ()
    lines: Callable[[], Sequence[str]] = tuple

    @property
    def current(self) -> bool:
        """Whether the page is one of today; historical pages, and those of others, keep their own ways."""
        return self.edition.status == "current"

    @property
    def prototypes(self) -> Sequence[Prototype]:
        """The functions of SYNOPSIS."""
        return self.page.synopsis.functions if self.page.synopsis else ()

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The names of their parameters."""
        return frozenset(str(item.name) for function in self.prototypes for item in function.parameters)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """The texts of the page, in its order."""
        return tuple(_texts(self.page))

    @cached_property
    def roles(self) -> tuple[Marked, ...]:
        """The words in roles, in lists of the program too."""
        return tuple(_roles(self.root)) if self.root is not None else ()

    def causes(self) -> Iterator[tuple[Cause | Rare, tuple[Word, ...]]]:
        """The causes of ERRORS, each with its errnos."""
        for group in self.groups():
            for row in group.rows:
                yield from ((cause, row.errno) for cause in row.causes)
            yield from ((cause, cause.errno) for cause in group.rare)

    def groups(self) -> Iterator[Group]:
        """The groups of ERRORS."""
        return (item for item in self.page.errors if isinstance(item, Group))


def _texts(page: Page) -> Iterator[Text]:
    yield _text(page.summary, PHRASE)
    for item in page.library:
        yield from (replace(text, kind=TITLE) for text in _body((item,)))
    for body in (page.description, page.return_value, page.errors):
        yield from _body(body)
    for attribute in page.attributes:
        yield from (_text(prose, PHRASE) for prose in (attribute.type, attribute.value))
    for body in (page.versions, page.standards, page.history, page.notes, page.caveats, page.bugs):
        yield from _body(body)
    yield from _body(page.examples)


def _body(items: Iterable[Paragraph | Subsection | Group | Example]) -> Iterator[Text]:
    for item in items:
        if isinstance(item, Paragraph):
            yield _text(item.text, SENTENCES)
        elif isinstance(item, Subsection):
            yield _text(item.subsection, TITLE)
            yield from _body(item.body)
        elif isinstance(item, Group):
            yield from _group(item)
        else:
            yield from (
                _text(prose, kind) for prose, kind in ((item.title, TITLE), (item.text, SENTENCES)) if prose
            )


def _group(group: Group) -> Iterator[Text]:
    if group.title:
        yield _text(group.title, TITLE)
    yield from _body(group.intro)
    yield from (_text(cause.when, SENTENCES) for row in group.rows for cause in row.causes)
    yield from (_text(cause.when, PHRASE) for cause in group.rare)


def _text(prose: Prose, kind: str) -> Text:
    return Text(text=prose.text, span=prose.span, kind=kind)


def _roles(root: Any) -> Iterator[Marked]:
    for node in walk(root):
        if isinstance(node, role):
            holder: Any = node
            while holder is not None and "span" not in holder.attributes:
                holder = holder.parent
            if holder is not None:
                yield Marked(node["name"], str(node.children[0]), holder, node)
