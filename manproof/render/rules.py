"""The rules of the lint as a page: each with its manual, whose paragraphs are translated one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from manproof.interface import PLACES, RULES_ABOUT
from manproof.render import Settings
from manproof.render.frame import frame, own, page
from manproof.words import CODE


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule: its name, how much its flaw matters, the first line of its manual, and the rest."""

    name: str
    family: str
    severity: str
    summary: str
    manual: str


class Passage(NamedTuple):
    """A paragraph of a manual: what it begins with (``Why:``, ``Bad:``, ``Good:``, or nothing), and the rest.

    ``has_words`` says whether there is anything to translate in the rest, besides code.
    """

    label: str
    text: str
    has_words: bool


def passages(manual: str) -> Iterator[Passage]:
    """The paragraphs of a manual, each as one line."""
    for part in re.split(r"\n[ ]*\n", manual):
        if text := re.sub(r"\s*\n\s*", " ", part.strip()):
            label, rest = _LABEL.findall(text)[0]
            yield Passage(label, rest, any(map(str.isalpha, CODE.sub("", rest))))


_LABEL = re.compile(r"^((?:Why|Bad|Good):|) ?(.*)")


def render(rules: Sequence[Rule], families: dict[str, str], settings: Settings) -> str:
    """The page of all rules, by family; ``families`` says what each looks at."""
    title = settings.words(PLACES["rules"], "site")
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
                "about": settings.caption(text),
                "rules": [
                    {
                        "item": item,
                        "summary": settings.caption(item.summary),
                        "manual": [_shown(each, settings) for each in passages(item.manual)],
                    }
                    for item in rules
                    if item.family == name
                ],
            }
            for name, text in families.items()
        ],
    )


def _shown(passage: Passage, settings: Settings) -> tuple[str, tuple[Markup, bool]]:
    """The label of a paragraph; its text, and whether that is in English on a page of another language."""
    label = settings.words(passage.label, "") if passage.label else ""
    said, left = settings.caption(passage.text)
    return label, (_marked(said), left and passage.has_words)


def _marked(text: str) -> Markup:
    """A paragraph in which what stands between backquotes, one or more, is code."""
    parts, end = list[str](), 0
    for match in CODE.finditer(text):
        code = escape(match[2].strip(" "))
        parts += [escape(text[end : match.start()]), f'<code translate="no">{code}</code>']
        end = match.end()
    return Markup("".join([*parts, escape(text[end:])]))
