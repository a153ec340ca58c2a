"""The page of evidence that goes through what a manual page claims, in the words of that page."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from manproof import translate
from manproof.build.exhibits import material, settings
from manproof.build.make import Product, page_words
from manproof.build.site import OVERVIEW, Surroundings
from manproof.document import document
from manproof.exhibits import exhibition
from manproof.render.evidence import overview


def make(around: Surroundings, product: Product, name: str) -> None:
    """The page in every language."""
    name = name.removesuffix(OVERVIEW)
    had = material(around, product, name)
    found = exhibition(had.page, had.record, whole=False)
    root, _ = document(had.page, had.edition, {})  # the programs of EXAMPLES claim nothing
    for language in around.languages:
        translate.apply(root, page_words(around.project, name, language.locale, product))
        sheet = overview(found, _says(root), settings(around, product, name, language, had))
        product.outputs[f"html/{sheet.path}"] = sheet.text


def _says(root: nodes.document) -> Mapping[str, str]:
    """The passages that have an anchor, as plain text."""
    found = (node for node in root.findall(nodes.paragraph) if node["ids"])
    return {node["ids"][0]: " ".join(node.astext().split()) for node in found}
