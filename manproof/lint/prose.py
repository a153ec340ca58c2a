"""Rules on words, in every language: spelling, words that stand twice, quotes that are not closed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from manproof import host
from manproof.diagnostic import Severity
from manproof.lint import Found, rule
from manproof.lint.written import Text

FAMILY = "prose"


@dataclass(frozen=True, kw_only=True)
class Words:
    """Texts in several languages, and the words that the project accepts in each of them.

    Words are in lower case; one that ends with an asterisk stands for all that begin so.
    """

    texts: Sequence[Text]
    accepted: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def accepts(self, locale: str, word: str) -> bool:
        """Whether the project says that a word is right."""
        known = self.accepted.get(locale, frozenset())
        small = word.casefold()
        return small in known or any(small.startswith(item[:-1]) for item in known if item.endswith("*"))


_TWICE_IS_FINE = {"that", "had"}


@rule(FAMILY, Severity.WARNING)
def doubled_word(words: Words) -> Found:
    """A word stands twice in a row.

    Why: it is left over from an edit, often across the end of a line, where the eye passes over it.

    Bad: `the size of the the address`

    Good: `the size of the address`
    """
    for text in words.texts:
        tokens = text.plain.lower().split()
        for first, second in pairwise(tokens):
            if first == second and first.isalpha() and first not in _TWICE_IS_FINE:
                found = re.search(rf"\b{first}\s+({first})\b", text.plain, re.IGNORECASE)
                span = text.at(found.start(1)) if found else text.span
                yield span, f"“{first}” stands twice in a row; remove one"


_ENUMERATED = re.compile(r"^\s*\w{1,2}\) ", re.MULTILINE)


@rule(FAMILY, Severity.WARNING)
def quotes_unbalanced(words: Words) -> Found:
    """A quotation mark or a bracket is opened and not closed, or the reverse.

    Why: readers do not know where the quotation or the remark ends.

    Bad: `see “Nonblocking sockets above.`

    Good: `see “Nonblocking sockets” above.`
    """
    for text in words.texts:
        plain = _ENUMERATED.sub("", text.plain) if ") " in text.plain else text.plain
        for opening, closing, what in _unbalanced(plain):
            yield text.span, f"{opening} and {closing} do not pair: {what}; close what is open"


def _unbalanced(plain: str) -> Iterator[tuple[str, str, str]]:
    for opening, closings in _PAIRS:
        if opening == ("“" if "„" in plain else "„"):
            continue  # “ closes what „ has opened, in German as in Russian, and else it opens
        opened, closed = plain.count(opening), sum(map(plain.count, closings))
        if opened != closed:
            yield opening, closings[0], f"{opened} and {closed}"
    if plain.count('"') % 2:
        yield '"', '"', f"{plain.count(chr(34))} in all"


_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("„", "“”"))


@rule(FAMILY, Severity.WARNING, needs="codespell")
def misspelling(words: Words) -> Found:
    """An English word is misspelt in a way that codespell knows.

    Why: it looks careless, and searches miss it. The Python package codespell brings the list; where
    it is not installed, nothing is said.

    Bad: `recieved`

    Good: `received`
    """
    known = misspellings()
    for text in words.texts:
        if text.locale == "en" and not known.keys().isdisjoint(map(str.lower, text.tokens)):
            for match in _ENGLISH.finditer(text.plain):
                if (right := known.get(match[0].lower())) and not words.accepts("en", match[0]):
                    yield text.at(match.start()), f"“{match[0]}” is misspelt; write {right}"


_ENGLISH = re.compile(r"(?<![\w.-])[A-Za-z]+(?:'[a-z]+)?(?![\w-]|\.\w)")


@cache
def misspellings() -> dict[str, str]:
    """What codespell knows: a misspelt word, and what may be meant; nothing where it is not installed."""
    package = find_spec("codespell_lib")
    if package is None or package.origin is None:
        return {}
    lines = (Path(package.origin).parent / "data/dictionary.txt").read_text(encoding="utf-8").split("\n")
    pairs = (line.partition("->") for line in lines)
    return {wrong: right.strip(" ,").replace(", ", " or ") for wrong, arrow, right in pairs if arrow}


@rule(FAMILY, Severity.WARNING, costly=True, needs="hunspell")
def word_unknown(words: Words) -> Found:
    """A word is in no dictionary of its language.

    Why: it is misspelt, or it belongs in the project's list of words: `translations/<locale>/words.txt`,
    for English `source/words.txt`, one word a line,
    with an asterisk for any ending. English is checked only where there is such a
    list. hunspell and its dictionary of the language must be installed; else nothing is said.

    Bad: `файловы дескриптор`

    Good: `файловый дескриптор`
    """
    for locale in dict.fromkeys(text.locale for text in words.texts):
        dictionary = dictionaries(locale)
        if dictionary and (locale != "en" or locale in words.accepted):
            yield from _unknown(words, locale, dictionary)


def _unknown(words: Words, locale: str, dictionary: str) -> Found:
    places: dict[str, list[tuple[Text, int]]] = {}
    for text in (text for text in words.texts if text.locale == locale):
        for match in _WORD.finditer(text.plain):
            if not match[0].isascii() or text.locale in _ASCII:
                places.setdefault(match[0], []).append((text, match.start()))
    unknown = set(_hunspell(dictionary, [word for word in places if not words.accepts(locale, word)]))
    for word, where in places.items():
        for text, index in where if word in unknown else ():
            yield text.at(index), f"“{word}” is in no dictionary; correct it, or add it to words.txt"


_WORD = re.compile(r"(?<![\w.\-/])[^\W\d_]{2,}(?:[-’'][^\W\d_]+)*(?![\w/])")
_ASCII = ("en", "nl", "id", "ms", "sw")
"""Languages that are mostly written in ASCII; in others, such words are names."""


def _hunspell(dictionary: str, words: Sequence[str]) -> list[str]:
    program = host.program("hunspell")
    if program is None or not words:
        return []
    try:
        said = host.ask([program, "-d", dictionary, "-i", "utf-8", "-l"], "\n".join(words) + "\n").text
    except (OSError, subprocess.TimeoutExpired):
        return []
    return said.split("\n")


@cache
def dictionaries(locale: str) -> str:
    """The dictionary of hunspell for a locale: its own, or that of a country; nothing without one."""
    names = sorted(path.stem for folder in _DICTIONARIES for path in Path(folder).glob("*.dic"))
    language = locale.partition("_")[0]
    wanted = [name for name in names if name == locale] or [
        name for name in names if name.partition("_")[0] == language
    ]
    return next((name for name in wanted if name == "en_US"), wanted[0] if wanted else "")


_DICTIONARIES = ("/usr/share/hunspell", "/usr/share/myspell/dicts")
