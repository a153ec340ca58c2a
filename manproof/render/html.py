"""A document -> a page of HTML that can be read without script and by itself."""

from __future__ import annotations

from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup

from manproof.prose import nameline
from manproof.render import Settings, notice, titled
from manproof.render.frame import Link, address, frame, page
from manproof.render.markup import Writer
from manproof.words import PARTLY


def render(document: nodes.document, settings: Settings) -> str:
    """The page as HTML.

    Raises KeyError for a node outside the closed set of ``prose``.
    """
    writer = Writer(document, settings)
    sections = [writer.section(section, 2) for section in document.children]
    head = titled(document, settings)
    title = f"{head[0]}({head[1]})"
    stem = f"{settings.edition}/{quote(document['name'])}.{document['section']}"
    index = f"../{address('index', settings.language.locale)}#{settings.edition}"
    framed = frame(
        settings,
        lambda locale: f"{stem}.{locale}.html",
        title=" — ".join(filter(None, [title, settings.label])),
        description=f"{title}: {_summary(document)}",
        trail=[Link(href=index, text=settings.label)],
        place="index",
    )
    return page(
        settings,
        "page.html",
        framed,
        styles=(),
        document=document.attributes,
        head=head,
        notice=notice(document, settings),
        english_notice=settings.language.locale != "en" and settings.words(PARTLY, "") == PARTLY,
        contents=[writer.entry(section) for section in document.children],
        body=Markup("".join(sections)),
    )


def _summary(document: nodes.document) -> str:
    line = next(iter(document.findall(nameline)), None)
    return " ".join(line.astext().split()) if line else ""
