"""A ``Page`` -> one docutils document, with its sections in the order of the edition.

A node that holds a unit of translation has the unit's reST in ``rawsource`` and carries ``span``,
``about`` (what it is, for translators) and ``context``. Anchors are in ``ids`` and are the same in
every language. ``facts`` is what the source states of a passage besides its words: its claims, and
for whom it holds.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from docutils import nodes

from manproof import words
from manproof.diagnostic import Diagnostic, Span, error
from manproof.fragments import append_sentences, bullets, last_paragraph, limits, listed, phrase, state
from manproof.grammar import Reference
from manproof.prose import nameline, role, synopsis, walk
from manproof.rest import parse_blocks, parse_inline
from manproof.spec import (
    Attribute,
    Cause,
    Edition,
    Example,
    Group,
    Heading,
    Page,
    Paragraph,
    Prose,
    Rare,
    Row,
    SectionField,
    Subsection,
)  # fmt: skip


def document(
    page: Page, edition: Edition, programs: Mapping[str, str]
) -> tuple[nodes.document, list[Diagnostic]]:
    """The document of a page, and what is wrong with its prose.

    ``programs`` gives the text of each file that EXAMPLES names. A document with problems of
    severity error must not be rendered.
    """
    maker = _Maker(programs)
    root = nodes.document(None, None)  # type: ignore[arg-type]  # nothing reports through it
    root.update_all_atts({"name": page.name, "section": page.section, "date": page.date})
    for heading in edition.sections:
        if children := maker.section(page, heading):
            root += maker.heading(heading, children)
    return root, [*maker.found, *_left_out(page, edition)]


def _left_out(page: Page, edition: Edition) -> Iterator[Diagnostic]:
    """What the page says in sections that the edition does not show."""
    shown = {"name", *(heading.field for heading in edition.sections)}
    for field in typing.get_args(SectionField):
        content = getattr(page, field)
        if content and field not in shown:
            first = content[0] if isinstance(content, tuple) else content
            span = getattr(first, "span", page.span)
            yield error("missing-section", span, f"the edition shows no {field}; add it to sections: there")


class _Maker:
    """Makes the nodes of one page and collects what is wrong."""

    def __init__(self, programs: Mapping[str, str]) -> None:
        self.programs = programs
        self.found: list[Diagnostic] = []
        self.anchors: set[str] = set()
        self.title = ""

    def heading(self, heading: Heading, children: list[nodes.Node]) -> nodes.section:
        """A section of the edition under its title, which is a fixed word."""
        title = nodes.title(heading.title, heading.title, fixed=True, span=heading.title.span)
        anchor = heading.title.replace(" ", "_")
        return nodes.section("", title, *children, ids=[anchor], field=heading.field)

    def section(self, page: Page, heading: Heading) -> list[nodes.Node]:
        """What stands under a heading, or nothing."""
        self.title = heading.title
        special: dict[str, Callable[[Page], list[nodes.Node]]] = {
            "name": self.name,
            "synopsis": self.synopsis,
            "attributes": self.attributes,
            "see_also": self.see_also,
        }
        if heading.field in special:
            return special[heading.field](page)
        return self.body(getattr(page, heading.field))

    def body(self, items: Iterable[Any]) -> list[nodes.Node]:
        """Paragraphs, subsections, groups and examples, in their order."""
        makers: dict[type, Callable[[Any], list[nodes.Node]]] = {
            Paragraph: self.paragraph, Subsection: self.subsection, Group: self.group, Example: self.example,
        }  # fmt: skip
        return [node for item in items for node in makers[type(item)](item)]

    def name(self, page: Page) -> list[nodes.Node]:
        """The line that apropos(1) reads."""
        about = "the summary of the page, read by apropos(1): a phrase, no full stop"
        line = nameline(page.summary.text, "", *self.inline(page.summary), name=page.name)
        return [self.unit(line, page.summary, about)]

    def synopsis(self, page: Page) -> list[nodes.Node]:
        """Declarations: never a unit."""
        return [synopsis(value=page.synopsis)] if page.synopsis else []

    def paragraph(self, item: Paragraph) -> list[nodes.Node]:
        """Blocks of prose; a limit to releases or callers follows the last of them."""
        blocks = self.blocks(item.text, f"paragraph of {self.title}", item.context)
        self.anchor(blocks, item.id)
        state(blocks, item)
        since = [phrase(words.SINCE, release=item.since)] if item.since else []
        append_sentences(blocks, [*since, *limits(item.holds)])
        return blocks

    def subsection(self, item: Subsection) -> list[nodes.Node]:
        """A subsection with a title of its own."""
        title = self.unit(
            nodes.title(item.subsection.text, "", *self.inline(item.subsection)), item.subsection,
            f"title of a part of {self.title}", item.context,
        )  # fmt: skip
        return [nodes.section("", title, *self.body(item.body), ids=[str(item.id)])]

    def group(self, item: Group) -> list[nodes.Node]:
        """A group of errors; without a title it continues its section."""
        children = self.body(item.intro)
        if item.rows:
            entries = (self.row(row, item) for row in item.rows)
            children.append(nodes.definition_list("", *entries, classes=["errors"], group=str(item.group)))
        if item.rare:
            children.append(self.rarities(item))
        if item.title is None:
            return children
        title = nodes.title(item.title.text, "", *self.inline(item.title))
        self.unit(title, item.title, f"title of a group of {self.title}", item.context)
        return [nodes.section("", title, *children, ids=[str(item.group)])]

    def row(self, row: Row, group: Group) -> nodes.definition_list_item:
        """An entry of ERRORS: a term for each errno, then its causes."""
        terms = [
            nodes.term("", "", role(name, name, name="errno"), ids=self.errno_id(name, group))
            for name in row.errno
        ]
        causes = [self.cause(cause, " or ".join(row.errno)) for cause in row.causes]
        body = causes[0] if len(causes) == 1 else [bullets(causes)]
        return nodes.definition_list_item("", *terms, nodes.definition("", *body))

    def errno_id(self, name: str, group: Group) -> list[str]:
        """``EACCES`` for the first entry of an errno, ``EACCES-unix`` for later ones."""
        for anchor in (name, f"{name}-{group.group}"):
            if anchor not in self.anchors:
                self.anchors.add(anchor)
                return [anchor]
        return []

    def cause(self, cause: Cause | Rare, errnos: str) -> list[nodes.Node]:
        """The text of a cause, with the cause's id as its anchor."""
        blocks = self.blocks(cause.when, f"cause of {errnos} ({cause.id})", cause.context)
        self.anchor(blocks, cause.id)
        state(blocks, cause)
        append_sentences(blocks, limits(cause.holds))
        return blocks

    def rarities(self, group: Group) -> nodes.bullet_list:
        """The rare causes of a group, by theme; an item knows its errnos."""
        found = bullets([self.rarity(cause) for cause in group.rare])
        found["group"] = str(group.group)
        item: Any
        for item, cause in zip(found.children, group.rare, strict=True):
            item["errnos"] = [str(name) for name in cause.errno]
        return found

    def rarity(self, cause: Rare) -> list[nodes.Node]:
        """A rare cause: its phrase, then the errnos, which are no part of the unit."""
        blocks = self.cause(cause, " or ".join(cause.errno))
        names = listed([role(name, name, name="errno") for name in cause.errno])
        last = last_paragraph(blocks)
        # the errnos stand before the sentences that limit the cause
        tail = last.get("tail", 0)
        end = len(last.children) - tail
        new = [nodes.Text(": "), *names] if end else [*names, *[nodes.Text(" ")] * bool(tail)]
        last[end:end] = new
        last["tail"] = tail + len(new)
        return blocks

    def example(self, item: Example) -> list[nodes.Node]:
        """A program, after what introduces it."""
        intro = (
            self.blocks(item.text, f"introduces the program {item.file}", item.context) if item.text else []
        )
        program = self.programs.get(item.file)
        if program is None:
            message = f"the program {item.file} is not beside this page; add the file or correct its name"
            self.found.append(error("missing-file", item.file.span, message))
            return []
        code = nodes.literal_block(program, program, language=item.file.rpartition(".")[2])
        if item.title is None:
            self.anchor([*intro, code], item.id)
            return [*intro, code]
        title = nodes.title(item.title.text, "", *self.inline(item.title))
        self.unit(title, item.title, "title of an example", item.context)
        return [nodes.section("", title, *intro, code, ids=[str(item.id)])]

    def attributes(self, page: Page) -> list[nodes.Node]:
        """The table of ATTRIBUTES."""
        return [_table(page.attributes, self)] if page.attributes else []

    def see_also(self, page: Page) -> list[nodes.Node]:
        """References to other pages: never a unit."""
        return [nodes.paragraph("", "", *_list_of(page.see_also))] if page.see_also else []

    def inline(self, prose: Prose) -> list[nodes.Node]:
        """The nodes of a phrase."""
        found, problems = parse_inline(prose.text, prose.span)
        self.found += problems
        return found

    def blocks(self, prose: Prose, about: str, context: str | None) -> list[nodes.Node]:
        """The nodes of a field; each unit among them is told what it is."""
        found, problems = parse_blocks(prose.text, prose.span)
        self.found += problems
        for block in found:
            for node in walk(block):
                if isinstance(node, (nodes.paragraph, nodes.term)):
                    node["about"], node["context"] = about, context or ""
        return found

    def unit(self, node: Any, prose: Prose, about: str, context: str | None = None) -> Any:
        """Marks a node as a unit of translation."""
        node["span"], node["about"], node["context"] = prose.span, about, context or ""
        return node

    def anchor(self, blocks: Sequence[nodes.Node], name: str | None) -> None:
        """Gives the first block an id."""
        first = blocks[0] if blocks else None
        if name and isinstance(first, nodes.Element):
            first["ids"] = [str(name)]


def references(root: nodes.document) -> Iterator[tuple[str, Span]]:
    """The pages that a document refers to, each with the place of the text that names it."""
    for node in walk(root):
        if isinstance(node, role) and node["name"] == "man":
            holder: Any = node
            while "span" not in holder.attributes:
                holder = holder.parent
            yield str(node.children[0]), holder["span"]


def _list_of(references: Sequence[Reference]) -> list[nodes.Node]:
    return listed([role(name, name, name="man", span=name.span) for name in references])


def _table(attributes: Sequence[Attribute], maker: _Maker) -> nodes.table:
    head = [phrase(text) for text in (words.ATTRIBUTE_TYPE, words.ATTRIBUTE_VALUE)]
    rows = [[_cell(cell, maker) for cell in (item.type, item.value)] for item in attributes]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in head), cols=len(head))
    group += nodes.thead("", _row([nodes.paragraph("", "", text) for text in head]))
    group += nodes.tbody("", *(_row(row) for row in rows))
    return nodes.table("", group)


def _row(cells: Sequence[nodes.Node]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def _cell(prose: Prose, maker: _Maker) -> nodes.Node:
    cell = nodes.paragraph(prose.text, "", *maker.inline(prose))
    return maker.unit(cell, prose, "cell of ATTRIBUTES")  # type: ignore[no-any-return]
