"""What the pages of a site share: the script, the icon, and the page for addresses that lead nowhere."""

from __future__ import annotations

from manproof import resources
from manproof.build.make import Product
from manproof.build.site import Surroundings
from manproof.render.lost import render

FILES = ("site.js", "search.js", "favicon.svg")


def make(around: Surroundings, product: Product, _name: str) -> None:
    """Copies the files as they are, and writes the page in all languages at once."""
    for name in FILES:
        path = resources.templates() / name
        product.sees(path)
        product.outputs[f"html/{name}"] = path.read_text(encoding="utf-8")
    told = [around.settings(item.locale, product) for item in around.languages]
    product.outputs["html/404.html"] = render(told)
