"""The nodes of a document -> elements of HTML.

Class names are mandoc's where mandoc has one, so that stylesheets made for its pages fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup

from manproof import words
from manproof.prose import ROLES, fixed, nameline, role, synopsis
from manproof.render import Settings, observed, remark
from manproof.render.highlight import highlight
from manproof.spec import Prototype, Synopsis

_ENUMERATIONS = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_SCHEMES = ("https://", "http://", "mailto:")


def _attributes(node: Any, classes: str = "") -> str:
    """The attributes that any element takes from its node: anchor, classes, and a language of its own."""
    found = f' id="{escape(node["ids"][0])}"' if node.get("ids") else ""
    if language := node.get("lang"):
        found += f' lang="{escape(language)}" dir="ltr"'
        classes += " untranslated"
    return f'{found} class="{classes.strip()}"' if classes else found


class Writer:
    """Writes the nodes of one page; it knows what the page's links can reach."""

    def __init__(self, document: nodes.document, settings: Settings) -> None:
        self.settings = settings
        page = f"{quote(document['name'])}.{document['section']}"
        self.evidence = f"{page}.evidence.{settings.language.locale}.html"
        self.anchors = {name for term in document.findall(nodes.term) for name in term["ids"]}

    def section(self, node: Any, level: int) -> str:
        """A section under its heading, which is a link to itself."""
        title, *blocks = node.children
        kind = "Sh" if level == 2 else "Ss"
        body = self.summary() if node.get("field") == "errors" else ""
        body += "".join(
            self.section(block, level + 1) if isinstance(block, nodes.section) else self.block(block)
            for block in blocks
        )
        attributes = _attributes({"ids": node["ids"], "lang": title.get("lang")}, kind)
        heading = f"<h{level}{attributes}>{self.permalink(title, node)}</h{level}>"
        return f'<section class="{kind}">\n{heading}\n{body}</section>\n'

    def entry(self, node: Any) -> dict[str, Any]:
        """A section in the table of contents."""
        title = node.children[0]
        return {
            "id": node["ids"][0],
            "title": Markup(self.unlinked(title)),
            "lang": title.get("lang", ""),
            "parts": [self.entry(child) for child in node.children if isinstance(child, nodes.section)],
        }

    def permalink(self, node: Any, anchored: Any) -> str:
        """The content of a title or term, as a link to its own anchor."""
        text = self.unlinked(node)
        if not anchored["ids"]:
            return text
        return f'<a class="permalink" href="#{escape(anchored["ids"][0])}">{text}</a>'

    def inline(self, node: Any) -> str:
        """The content of a paragraph or term."""
        return "".join(_INLINES[type(child)](self, child) for child in node.children)

    def unlinked(self, node: Any) -> str:
        """The content of what is a link itself."""
        return "".join(_UNLINKED[type(child)](self, child) for child in node.children)

    def block(self, node: Any) -> str:
        """Any block but a section."""
        return _BLOCKS[type(node)](self, node)

    def blocks(self, node: Any) -> str:
        """The blocks in an item or entry; what is known of a cause ends its last paragraph."""
        found = [self.block(block) for block in node.children]
        if known := self.known(node):
            found[-1] = ended(found[-1], known)
        return "".join(found)

    def summary(self) -> str:
        """One line on all causes, which leads to the evidence."""
        text = escape(observed(self.settings))
        return f'<p class="evidence"><a href="{escape(self.evidence)}">{text}</a></p>\n' if text else ""

    def known(self, node: Any) -> str:
        """What a run shows of the cause that an item or entry holds, if it holds one."""
        evidence = self.settings.evidence
        anchor = next(iter(node.children[0].get("ids", [])), "") if node.children else ""
        if evidence is None or anchor not in evidence.trials:
            return ""
        trial = evidence.trials[anchor]
        tag = self.settings.language.tag
        lang = f' lang="{escape(tag)}"' if node.children[0].get("lang") else ""
        kind = f'class="evidence"{lang}'
        if not trial.confirmed:
            return f"<em {kind}>{escape(remark(trial, evidence, self.settings.words))}</em>"
        text = escape(self.settings.words(words.SEEN, "site"))
        return f'<a {kind} href="{escape(self.evidence)}#{escape(anchor)}">{text}</a>'

    def paragraph(self, node: Any) -> str:
        return f"<p{_attributes(node, 'Pp')}>{self.inline(node)}</p>\n"

    def nameline(self, node: Any) -> str:
        name = f'<code class="Nm" translate="no">{escape(node["name"])}</code>'
        return f'<p class="Pp">{name} — <span{_attributes(node, "Nd")}>{self.inline(node)}</span></p>\n'

    def definitions(self, node: Any) -> str:
        parts = "".join(self.definition(part) for item in node.children for part in item.children)
        return f"<dl{_attributes(node, _classes('Bl-tag', node))}>\n{parts}</dl>\n"

    def definition(self, node: Any) -> str:
        """A tag, which is a link to itself if it has an anchor, or what it stands for."""
        if isinstance(node, nodes.definition):
            return f"<dd{_attributes(node)}>{self.blocks(node)}</dd>\n"
        text = self.permalink(node, node) if node["ids"] else self.inline(node)
        return f"<dt{_attributes(node)}>{text}</dt>\n"

    def bullets(self, node: Any) -> str:
        return f"<ul{_attributes(node, _classes('Bl-bullet', node))}>\n{self.items(node)}</ul>\n"

    def numbers(self, node: Any) -> str:
        kind = _ENUMERATIONS.get(node.get("enumtype"), "1")
        start = f' start="{int(node["start"])}"' if "start" in node else ""
        return f'<ol{_attributes(node, "Bl-enum")} type="{kind}"{start}>\n{self.items(node)}</ol>\n'

    def items(self, node: Any) -> str:
        return "".join(f"<li{_attributes(item)}>{self.blocks(item)}</li>\n" for item in node.children)

    def code(self, node: Any) -> str:
        # it scrolls by itself, so that the keyboard must be able to reach it
        text = highlight(node.astext().rstrip("\n"), node.get("language", ""))
        return f'<pre{_attributes(node)} tabindex="0" translate="no"><code>{text}</code></pre>\n'

    def table(self, node: Any) -> str:
        group = node.children[0]
        head = "".join(self.row(row, 'th scope="col"') for part in group.findall(nodes.thead) for row in part)
        rows = "".join(self.row(row, "td") for part in group.findall(nodes.tbody) for row in part)
        head = f"<thead>\n{head}</thead>\n" if head else ""
        return f"<table{_attributes(node, 'tbl')}>\n{head}<tbody>\n{rows}</tbody>\n</table>\n"

    def row(self, node: Any, element: str) -> str:
        end = element.partition(" ")[0]
        cells = (f"<{element}{_span(cell)}>{self.blocks(cell).strip()}</{end}>" for cell in node.children)
        return f"<tr>{''.join(cells)}</tr>\n"

    def synopsis(self, node: Any) -> str:
        value: Synopsis = node["value"]
        parts = [f'<code class="Cm">{escape(value.link)}</code>\n'] if value.link else []
        parts += [f'<code class="In">#include &lt;{escape(name)}&gt;</code>\n' for name in value.includes]
        parts += [f'<code class="Fo">{_prototype(function)}</code>\n' for function in value.functions]
        return f'<div class="synopsis" translate="no">\n{"".join(parts)}</div>\n'

    def text(self, node: Any) -> str:
        return escape(node.astext())

    def emphasis(self, node: Any) -> str:
        return f'<em class="Em">{escape(node.astext())}</em>'

    def strong(self, node: Any) -> str:
        return f'<strong class="Sy">{escape(node.astext())}</strong>'

    def literal(self, node: Any) -> str:
        return f'<code class="Li" translate="no">{escape(node.astext())}</code>'

    def fixed(self, node: Any) -> str:
        """A fixed phrase; after a passage in English it is in the reader's language all the same."""
        text = escape(node.astext())
        if not (node.parent and node.parent.get("lang")):
            return text
        language = self.settings.language
        return f'<span lang="{escape(language.tag)}" dir="{escape(language.direction)}">{text}</span>'

    def role(self, node: Any) -> str:
        """Marked-up text, with a link where there is something to link to."""
        href = _TARGETS[node["name"]](self, node.astext()) if node["name"] in _TARGETS else ""
        if not href:
            return self.marked(node)
        element, _, kind = ROLES[node["name"]].html.partition(".")
        if element != "a":
            return f'<a href="{escape(href)}">{self.marked(node)}</a>'
        return f'<a class="{kind}" href="{escape(href)}" translate="no">{escape(node.astext())}</a>'

    def marked(self, node: Any) -> str:
        """Marked-up text without a link."""
        form = ROLES[node["name"]]
        element, _, kind = form.html.replace("a.", "span.", 1).partition(".")
        return f'<{element} class="{kind}" translate="no">{escape(node.astext() + form.roman)}</{element}>'

    def page(self, title: str) -> str:
        """The address of a manual page: of this project, or where others are read."""
        name, _, section = title.removesuffix(")").partition("(")
        settings = self.settings
        if title in settings.titles:
            locale = "en" if title in settings.english_only else settings.language.locale
            return f"{quote(name)}.{section}.{locale}.html"
        values = {"name": quote(name), "section": section, "locale": settings.language.tag}
        return words.fill(settings.manpages, values)

    def entry_of(self, errno: str) -> str:
        """The anchor of an errno that this page explains."""
        return f"#{errno}" if errno in self.anchors else ""


def ended(block: str, mark: str) -> str:
    """A block of HTML with a mark at its end: in its last line if it is a paragraph, else below it."""
    if block.endswith("</p>\n"):
        return block.removesuffix("</p>\n") + f" {mark}</p>\n"
    return f'{block}<p class="Pp">{mark}</p>\n'


def _classes(kind: str, node: Any) -> str:
    return " ".join([kind, *node["classes"]])


def _span(cell: Any) -> str:
    return f' colspan="{cell["morecols"] + 1}"' if "morecols" in cell else ""


def _prototype(function: Prototype) -> str:
    """A declaration that may be broken between its parameters only."""
    parts = list(_parameters(function)) or ["void"]
    parts = [*(part + "," for part in parts[:-1]), parts[-1] + ");"]
    start = f'{_before(function.returns)}<b class="Fn">{escape(function.name)}</b>('
    return f"<span>{start}</span>" + " ".join(f"<span>{part}</span>" for part in parts)


def _parameters(function: Prototype) -> Iterator[str]:
    for parameter in function.parameters:
        yield f'{_before(parameter.type)}<var class="Fa">{escape(parameter.name)}</var>'


def _before(kind: str) -> str:
    """A type of C, as it stands before a name."""
    return escape(kind) if kind.endswith("*") else escape(kind) + " "


_TARGETS: dict[str, Callable[[Writer, str], str]] = {
    "man": Writer.page,
    "errno": Writer.entry_of,
    "url": lambda _, text: text if text.startswith(_SCHEMES) else "",
}
_BLOCKS: dict[type, Callable[[Writer, Any], str]] = {
    nodes.paragraph: Writer.paragraph,
    nameline: Writer.nameline,
    synopsis: Writer.synopsis,
    nodes.definition_list: Writer.definitions,
    nodes.bullet_list: Writer.bullets,
    nodes.enumerated_list: Writer.numbers,
    nodes.literal_block: Writer.code,
    nodes.table: Writer.table,
}
_INLINES: dict[type, Callable[[Writer, Any], str]] = {
    nodes.Text: Writer.text,
    nodes.emphasis: Writer.emphasis,
    nodes.strong: Writer.strong,
    nodes.literal: Writer.literal,
    fixed: Writer.fixed,
    role: Writer.role,
}
_UNLINKED = {**_INLINES, role: Writer.marked}
