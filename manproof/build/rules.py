"""The rules of the lint as a page of the site, from the lint's own table."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

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
    summary, _, manual = (item.manual or _written(item)).partition("\n")
    return Rule(
        name=item.name,
        family=item.family,
        severity=item.severity.name.lower(),
        summary=summary,
        manual=manual,
    )


def _written(item: lint.Rule) -> str:
    """The manual in the file of a rule, for an interpreter that was told to keep no docstrings."""
    assert item.check is not None  # what is reported by readers has its manual as data
    code = inspect.unwrap(item.check).__code__
    tree = ast.parse(Path(code.co_filename).read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    found = next(node for node in functions if node.name == code.co_name)
    return ast.get_docstring(found) or ""
