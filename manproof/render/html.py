"""A document -> a page of HTML that needs no script and no other file."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from docutils import nodes
from markupsafe import Markup

from manproof.prose import nameline
from manproof.render import Language, Settings, notice, titled
from manproof.render.markup import Writer
from manproof.render.skeleton import fill
from manproof.words import PARTLY


def render(document: nodes.document, settings: Settings) -> str:
    """The page as HTML.

    Raises KeyError for a node outside the closed set of ``prose``.
    """
    writer = Writer(document, settings)
    sections = [writer.section(section, 2) for section in document.children]
    head = titled(document, settings)
    title = f"{head[0]}({head[1]})"
    return fill(
        settings.templates,
        "page.html",
        document=document.attributes,
        settings=settings,
        words=settings.words,
        head=head,
        title=title,
        heading=" — ".join(filter(None, [title, settings.label])),
        summary=_summary(document),
        stem=f"{quote(document['name'])}.{document['section']}",
        default=_default(settings.languages),
        notice=notice(document, settings),
        english_notice=settings.language.locale != "en" and settings.words(PARTLY, "") == PARTLY,
        contents=[writer.entry(section) for section in document.children],
        body=Markup("".join(sections)),
    )


def _summary(document: nodes.document) -> str:
    line = next(iter(document.findall(nameline)), None)
    return " ".join(line.astext().split()) if line else ""


def _default(languages: Sequence[Language]) -> Language:
    """The language for readers of whom nothing is known."""
    return next((item for item in languages if item.locale == "en"), languages[0])
