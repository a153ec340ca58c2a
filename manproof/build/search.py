"""What the search loads first, in each language: the list of the pages whose words it is to load."""

from __future__ import annotations

import json
from collections.abc import Iterator

from manproof.build.make import Product
from manproof.build.site import Surroundings


def make(around: Surroundings, product: Product, _name: str) -> None:
    """The lists; a page that is not in a language is searched in English."""
    for language in around.languages:
        text = json.dumps(list(_shards(around, language.locale)), separators=(",", ":"))
        product.outputs[f"html/search.{language.locale}.js"] = f"manproofSearchIn({text});\n"


def _shards(around: Surroundings, locale: str) -> Iterator[str]:
    """Pages that a run proved come first, as of what fits alike they are to be found first."""
    ordered = sorted(around.entries.items(), key=lambda item: (not item[1]["verified"], item[0]))
    for key, told in ordered:
        there = locale if locale in told["said"] else next(iter(told["said"]), "")
        if there:
            yield f"{key}.{there}.search.js"
    for key, told in ordered:
        if told["verified"]:
            yield f"{key}.evidence.{locale}.search.js"
    stems = [stem for name, stem in around.site.places if name in ("findings", "rules")]
    for stem in (*(f"comparison/{call}" for call in around.project.comparisons()), *stems):
        yield f"{stem}.{locale}.search.js"
