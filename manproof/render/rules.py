"""The rules of the lint as a page: each with its manual."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from manproof.render import Settings
from manproof.render.frame import frame, own, page
from manproof.words import RULES_ABOUT, SITE_PLACES


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: its name, how much its flaw matters, the first line of its manual, and the rest."""

    name: str
    family: str
    severity: str
    summary: str
    manual: str


def render(rules: Sequence[Rule], families: dict[str, str], settings: Settings) -> str:
    """The page of all rules, by family; ``families`` says what each looks at."""

    def said(text: str) -> tuple[str, bool]:
        words = settings.words(text, "rule")
        return words, settings.language.locale != "en" and words == text

    title = settings.words(SITE_PLACES["rules"], "site")
    about = settings.words(RULES_ABOUT, "site")
    return page(
        settings,
        "rules.html",
        frame(settings, own("rules"), title=title, description=about, place="rules"),
        heading=title,
        about=about,
        families=[
            {
                "name": name,
                "about": said(text),
                "rules": [
                    {"item": item, "summary": said(item.summary), "manual": blocks(item.manual)}
                    for item in rules
                    if item.family == name
                ],
            }
            for name, text in families.items()
        ],
    )


def blocks(manual: str) -> Markup:
    """The paragraphs and the indented examples of a docstring."""
    found = []
    for part in re.split(r"\n[ ]*\n", manual.strip("\n")):
        if all(line.startswith("    ") for line in part.splitlines()):
            code = "\n".join(line[4:] for line in part.splitlines())
            found.append(f'<pre tabindex="0" translate="no"><code>{escape(code)}</code></pre>')
        elif part.strip():
            found.append(f"<p>{_marked(part)}</p>")
    return Markup("\n".join(found))


def _marked(text: str) -> str:
    """A paragraph, in which ``words`` and `words` are code."""
    parts = re.split(r"(``?)(.+?)\1", " ".join(text.split()))
    return "".join(
        f'<code translate="no">{escape(part)}</code>' if number % 3 == 2 else escape(part) if number % 3 == 0 else ""
        for number, part in enumerate(parts)
    )
