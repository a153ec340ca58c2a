"""The rules of the lint as a page of the site, from the lint's own table."""

from __future__ import annotations

from manproof import lint
from manproof.build.make import Product
from manproof.build.site import Surroundings
from manproof.render.frame import address
from manproof.render.rules import Rule, render
from manproof.render.search import Row, script


def make(around: Surroundings, product: Product, _name: str) -> None:
    """The page in every language."""
    rules = [_rule(item) for item in lint.table().values()]
    families = {item.family: lint.FAMILIES[item.family] for item in rules}
    for language in around.languages:
        locale = language.locale
        settings = around.settings(locale, product, "rules")
        path = address("rules", locale)
        product.outputs[f"html/{path}"] = render(rules, families, settings)
        rows = [Row(item.name, item.name, settings.words(item.summary, "")) for item in rules]
        title = settings.words("Rules", "site")
        product.outputs[f"html/rules.{locale}.search.js"] = script(path, title, rows, locale)


def _rule(item: lint.Rule) -> Rule:
    summary, _, manual = item.manual.partition("\n")
    return Rule(
        name=item.name,
        family=item.family,
        severity=item.severity.name.lower(),
        summary=summary,
        manual=manual,
    )
