"""What the search loads first, in each language: the list of the pages whose words it is to load."""

from __future__ import annotations

import json

from manproof.build.make import Product
from manproof.build.site import Surroundings


def make(around: Surroundings, product: Product, _name: str) -> None:
    """The lists; a page that is not in a language is searched in English."""
    for language in around.languages:
        locale = language.locale
        found = [stem for name, stem in around.site.places if name in ("findings", "rules")]
        found += [f"comparison/{call}" for call in around.project.comparisons()]
        shards = [f"{stem}.{locale}.search.js" for stem in found]
        for key, told in sorted(around.entries.items()):
            there = locale if locale in told["said"] else next(iter(told["said"]), "")
            if there:
                shards.append(f"{key}.{there}.search.js")
            if told["verified"]:
                shards.append(f"{key}.evidence.{locale}.search.js")
        text = json.dumps(shards, separators=(",", ":"))
        product.outputs[f"html/search.{locale}.js"] = f"manproofSearchIn({text});\n"
