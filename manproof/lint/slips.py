"""Rules on slips of the pen, in every language: marks, letters and notes that nobody meant to print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from manproof.diagnostic import Severity
from manproof.lint import Found, rule
from manproof.lint.prose import FAMILY, Words

_MARKS = re.compile(
    r"(?P<twice>(?<=\w)\.\.(?![.\w/])|,,|;;|::$|[,;] ?[.;](?!\.))"
    r"|(?<=[^\W\d_\0]) (?P<before>[,.;](?=\s|$))"
    r"|(?<=[^\W\d_][^\W\d_])(?P<after>[,;])(?=[^\W\d_])"
    r"|(?P<turned>(?<![^\s(])[”»](?=\w))"
)
_FACTS = {
    "twice": "two marks of punctuation in a row, “{}”; leave one",
    "before": "a blank stands before “{}”; take it out",
    "after": "no blank follows “{}”; put one there",
    "turned": "“{}” closes what nothing has opened; turn it round",
}


@rule(FAMILY, Severity.WARNING)
def punctuation_odd(words: Words) -> Found:
    """A mark of punctuation stands twice, has a blank before it or none after it, or is turned round.

    Why: it is left over from an edit, and every reader of the page stumbles over it.

    Bad: `The file does not exist ,or it is gone..`

    Good: `The file does not exist, or it is gone.`
    """
    for text in words.texts:
        for match in _MARKS.finditer(text.plain) if _has_odd_marks(text.plain) else ():
            if text.locale.partition("_")[0] not in _MARKS_OF_THEIR_OWN.get(match[0], ()):
                yield text.at(match.start()), _told(match)


def _told(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    return _FACTS[kind].format(match[kind])


_SIGNS = ("..", ",,", ";;", " ,", " .", " ;", "”", "»", "::", ",;", ",.", ";.")


def _has_odd_marks(plain: str) -> bool:
    """Whether a text is worth a closer look, which most are not; this takes no time."""
    close = sum(plain.count(mark) - plain.count(f"{mark} ") - plain.count(f"{mark}\n") for mark in ",;")
    return close > 0 or any(sign in plain for sign in _SIGNS)


_MARKS_OF_THEIR_OWN = {"»": ("da", "de", "hu", "sv"), "”": ("fi", "sv")}
"""Marks that open a quotation in some languages."""

_LEFT = re.compile(
    r"\b(?P<note>TODO|FIXME|XXX|TBD)\b|\?\?\?"
    r"|(?P<other>\]\([^)\s]+\)|</?(?:a|b|br|code|em|i|kbd|li|ol|p|pre|span|strong|sub|sup|tt|u|ul|var)>"
    r"|&(?:#\d+|[a-z]{2,8});)"
)


@rule(FAMILY, Severity.WARNING)
def left_over(words: Words) -> Found:
    """A text holds a note to its author, or markup of another language.

    Why: both are printed as they stand. Pages are written in reST, and not in Markdown or HTML.

    Bad: `TODO: say when`, `see [poll](poll.2.html)`, `a &lt; b`

    Good: what was to be said; ``see :man:`poll(2)` ``; `a < b`
    """
    for text in words.texts:
        signs = any(sign in text.plain for sign in _TRACES)
        for match in _LEFT.finditer(text.plain) if signs else ():
            what = "is markup of another language" if match["other"] else "is a note to the author"
            yield text.at(match.start()), f"“{match[0]}” {what}; write what readers are to see"


_TRACES = ("TODO", "FIXME", "XXX", "TBD", "???", "](", ">", "&")

_ARTICLE = re.compile(
    r"(?P<a>[Aa]) +(?=[aeio][a-z]{2})(?!on(?:e|ce)\b|e[uw]|oui)[a-z]+"
    r"|[Aa]n +(?=[bcdfgjklmnpqrstvwz][aeiou][a-z]|[bcfgp][lr][a-z]|[dt]r[a-z]|[cst]h[a-z]"
    r"|h(?!our|onest|onor|eir)[a-z]{2})[a-z]+"
)


@rule(FAMILY, Severity.WARNING)
def article_wrong(words: Words) -> Found:
    """An indefinite article does not fit the sound of the word after it.

    Why: the word after it was exchanged, and nobody has read the sentence since. English only; the
    sound of abbreviations, and of words that begin with u, is not judged.

    Bad: `a address`, `an broadcast address`

    Good: `an address`, `a broadcast address`
    """
    for text in (text for text in words.texts if text.locale == "en"):
        for match in _articles(text.plain):
            word = match[0].split()[-1]
            yield (
                text.at(match.start()),
                f"“{match[0].split()[0]}” stands before “{word}”; write {'an' if match['a'] else 'a'}",
            )


def _articles(plain: str) -> Iterator[re.Match[str]]:
    """The wrong articles of a text."""
    flat = " " + plain.replace("\n", " ").lower()
    for article in (" a ", " an ", "(a ", "(an "):
        index = flat.find(article)
        while index >= 0:
            if match := _ARTICLE.match(plain.replace("\n", " "), index):
                yield match
            index = flat.find(article, index + 1)


_INVISIBLE = {"\u00ad": "a soft hyphen", "\u200b": "a blank of no width", "\u2060": "a joiner of words"}
_LATIN = re.compile(r"[A-Za-z]+")
_ALIKE = frozenset("aceopxyABCEHKMOPTX")
"""Latin letters that look like Cyrillic ones."""
_ALONE = frozenset("acoyABKO")
"""Those of them that are words by themselves; the language C is none."""


@rule(FAMILY, Severity.WARNING)
def letter_disguised(words: Words) -> Found:
    """A letter is another one than it looks, or cannot be seen at all.

    Why: no search finds the word. A Latin c looks like a Cyrillic с, and soft hyphens and blanks of no
    width come along with what is copied from other programs.

    Bad: `cокет`, with the c of the Latin alphabet.

    Good: `сокет`
    """
    for text in (text for text in words.texts if not text.text.isascii()):
        for sign, name in _INVISIBLE.items():
            if sign in text.text:
                yield text.at(text.text.index(sign)), f"{name} stands here (U+{ord(sign):04X}); take it out"
        for match in _LATIN.finditer(text.plain):
            if _is_out_of_place(text.plain, match):
                fact = f"“{match[0]}” is written with Latin letters, and stands among Cyrillic ones"
                yield text.at(match.start()), f"{fact}; type it anew"


def _is_out_of_place(plain: str, match: re.Match[str]) -> bool:
    """Whether Latin letters look like Cyrillic ones, beside such in a word or as a word among such."""
    if not _ALIKE.issuperset(match[0]):
        return False
    before, after = plain[: match.start()][-2:], plain[match.end() :][:2]
    inside = _is_cyrillic(before[-1:]) or _is_cyrillic(after[:1])
    blanks = before[1:].isspace() and after[:1].isspace()
    alone = match[0] in _ALONE and blanks and _is_cyrillic(before[:1]) and _is_cyrillic(after[1:])
    return inside or alone


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u04ff"
