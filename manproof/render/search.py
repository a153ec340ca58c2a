"""The words of a page for the search of the site: a script that hands them over.

A script file can be read from the disk, where fetch() is forbidden. Words come with their stems, made
here by the Snowball algorithms, so that the script knows no language: a reader may look for any form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import unescape
from typing import Any, NamedTuple

from docutils import nodes

from manproof.render import Settings

_NOT_SOUGHT = re.compile(
    r'<pre.*?</pre>|<sup>.*?</sup>|<[ae]m? class="evidence".*?</(?:a|em)>'
    r'|<td class="silent">.*?</td>|<span class="means">.*?</span>|<b class="sign".*?</b>',
    re.DOTALL,
)
_ANCHOR = re.compile(r'<(h2|h3|dt|p|li|dd|tr|span|div|section)[^>]*? id="([^"]+)"[^>]*>')
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"\w+")
_SHORT = 3
"""Words of fewer letters have no forms."""


class Row(NamedTuple):
    """A place in a page: its anchor, what names it, and its text."""

    anchor: str
    name: str
    text: str


def render(html: str, document: nodes.document, settings: Settings) -> str:
    """The words of a manual page, from its HTML."""
    page = f"{document['name']}.{document['section']}"
    title = " — ".join(filter(None, [f"{document['name']}({document['section']})", settings.label]))
    locale = settings.language.locale
    body = html.partition("</nav>\n<section")[2] or html.partition("<main")[2]
    return script(f"{settings.edition}/{page}.{locale}.html", title, list(rows(body)), locale)


def rows(html: str) -> Iterator[Row]:
    """The places of a page that have an anchor, each with the text up to the next.

    An entry of a list of errnos bears their names.
    """
    _, *parts = _ANCHOR.split(_NOT_SOUGHT.sub("", html))
    terms: list[str] = []
    ended = True
    for kind, anchor, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        end = _NAMED.get(kind, "")
        name, _, rest = text.partition(end) if end else ("", "", text)
        if kind == "dt":
            terms = [_plain(name)] if ended else [*terms, _plain(name)]
        plain = _plain(rest)
        if plain or kind != "dt":
            yield Row(anchor, _plain(name) if end else ", ".join(terms), plain)
        ended = "</dl>" in text or "</dd>" in text
        terms = [] if "</dl>" in text else terms


_NAMED = {"h2": "</h2>", "h3": "</h3>", "dt": "</dt>", "tr": "</th>"}
"""Elements that name the text which follows them."""


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def script(address: str, title: str, found: Sequence[Row], locale: str) -> str:
    """A script that hands the rows of a page to the search, with the forms of their words."""
    text = " ".join(part for row in found for part in row[1:])
    told: list[Any] = [address, title, found, forms(folded(f"{title} {text}"), locale)]
    return f"manproofSearch({json.dumps(told, ensure_ascii=False, separators=(',', ':'))});\n"


def folded(text: str) -> list[str]:
    """The different words of a text in the letters that are compared; the script does the same."""
    return list(dict.fromkeys(_WORD.findall(text.lower().replace("ё", "е"))))


def forms(found: Iterable[str], locale: str) -> dict[str, str]:
    """The words by stem, each as the ending that follows it.

    One that does not begin with its stem stands whole after ``=``; after ``~``, if it is of this stem only
    where the stem has other words.
    """
    stems: dict[str, list[str]] = {}
    stem = _stemmer(locale)
    for word in found:
        root = stem(word)
        if root != word:
            whole = not word.startswith(root)
            stems.setdefault(root, []).append(f"={word}" if whole else word[len(root) :])
        elif locale == "ru" and word != (shorter := _FLEETING.sub(r"\1\2", word)):
            stems.setdefault(shorter, []).append(f"~{word}")
    return {root: " ".join(endings) for root, endings in stems.items()}


_FLEETING = re.compile(r"([бвгджзклмнпрстфхцчшщ])[ое]([вгклнрц])$")
"""A vowel that Russian has in a word without an ending, and that the algorithm keeps: ссылок, but ссылки."""


@cache
def _stemmer(locale: str) -> Any:
    """The algorithm of a language; without one words have no forms."""
    from Stemmer import Stemmer, algorithms

    name = _ALGORITHMS.get(locale.partition("_")[0].partition("@")[0], "")
    if name not in algorithms():
        return str
    found = Stemmer(name).stemWord

    def stem(word: str) -> str:
        return str(found(word)) if len(word) >= _SHORT and word.isalpha() else word

    return stem


_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""The algorithms of Snowball, by the code of their language."""
