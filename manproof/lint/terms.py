"""Rules on the terms and the style of translations, which a glossary lays down for each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from manproof.diagnostic import Severity
from manproof.glossary import Glossary
from manproof.lint import Found, rule
from manproof.lint.translated import Translated

FAMILY = "translation"


@rule(FAMILY, Severity.WARNING)
def term_mistranslated(translated: Translated) -> Found:
    """A term is not translated as the glossary says.

    Why: readers take two words for two things. The terms are in `translations/<locale>/glossary.yaml`.

    Bad: `дейтаграмма` for `datagram`, where the glossary has `датаграмма`.

    Good: the word of the glossary, with any ending.
    """
    glossary = translated.glossary
    wanted = _terms(glossary) if glossary else None
    for pair in translated.pairs if wanted else ():
        said = pair.said.plain.casefold()
        for words in dict.fromkeys(_found(wanted, pair.source.plain)):
            if not any(word in said for word in words[1]):
                fact = f"“{words[0]}” is not translated as the glossary says"
                yield pair.entry.msgstr_span, f"{fact}; write {' or '.join(words[1])}…"
        for term in _avoided(wanted, said):
            yield pair.entry.msgstr_span, f"the glossary avoids “{term[0]}…”; write {term[1]}…"


class _Terms(NamedTuple):
    """The terms of a glossary, and the words that it avoids, as expressions; and what stands for each."""

    source: re.Pattern[str]
    words: dict[str, tuple[str, ...]]
    avoided: re.Pattern[str] | None
    instead: dict[str, str]


@lru_cache(8)
def _terms(glossary: Glossary) -> _Terms:
    words = {str(term.term).casefold(): tuple(map(str, term.words)) for term in glossary.terms}
    instead = {str(bad): str(term.words[0]) for term in glossary.terms for bad in term.avoid}
    return _Terms(
        source=re.compile(rf"(?<![\w-])({_any(words)})(?:s|es)?(?![\w(-]|\.\w)", re.IGNORECASE),
        words=words,
        avoided=re.compile(rf"\b({_any(instead)})") if instead else None,
        instead=instead,
    )


def _any(words: Iterable[str]) -> str:
    """An expression for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _found(terms: _Terms | None, plain: str) -> list[tuple[str, tuple[str, ...]]]:
    if terms is None:
        return []
    return [(word, terms.words[word]) for word in map(str.casefold, terms.source.findall(plain))]


def _avoided(terms: _Terms | None, said: str) -> list[tuple[str, str]]:
    if terms is None or terms.avoided is None:
        return []
    return [(word, terms.instead[word]) for word in terms.avoided.findall(said)]


_ENGLISH = re.compile(
    r"(?<![\w\0./-])(?:(?:the|of|and|or|is|are|not|for|with|that|this|from|has|have|does|an|to|in|by|if)"
    r"|[a-z]{2,} [a-z]{2,})(?![\w\0(/-]|\.\w)"
)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")


@rule(FAMILY, Severity.WARNING)
def translation_partial(translated: Translated) -> Found:
    """Words of the source are left in a translation.

    Why: it was begun and not finished, and counts as done. Only languages that are not written in Latin
    letters are looked at; a single name, such as that of a program, may stay, and so may what is quoted.

    Bad: `Узел does not отвечает.`

    Good: `Узел не отвечает.`
    """
    for pair in translated.pairs:
        said = _QUOTED("", pair.said.plain)
        if not said.isascii() and _OTHER_SCRIPT.search(said):
            left = [word for word in _ENGLISH.findall(said) if word in pair.source.plain]
            if left:
                yield pair.entry.msgstr_span, f"“{left[0]}” is left of the source; translate it"


_QUOTED = re.compile("«[^«»]*»|“[^“”]*”|„[^„“]*“").sub
_LONG = 60
_SHARE = 0.4
_SHORT_SCRIPTS = re.compile(r"[\u2e80-\ud7ff]")


@rule(FAMILY, Severity.WARNING)
def translation_short(translated: Translated) -> Found:
    """A translation is much shorter than its source.

    Why: a sentence was passed over, and its readers are told less. Scripts that need few signs, such as
    the Chinese one, are not judged.

    Bad: one sentence for three.

    Good: all that the source says.
    """
    for pair in translated.pairs:
        source, said = len(pair.msgid), len(pair.entry.msgstr)
        if source > _LONG and said < _SHARE * source and not _SHORT_SCRIPTS.search(pair.entry.msgstr):
            fact = f"the translation has {said} characters, and the source {source}"
            yield pair.entry.msgstr_span, f"{fact}; see that no sentence is missing"


@rule(FAMILY, Severity.WARNING)
def translation_uncapitalized(translated: Translated) -> Found:
    """A translation begins with a small letter, and its source is a sentence.

    Why: its first word was lost, or put there later.

    Bad: `узел не отвечает.` for `The host does not answer.`

    Good: `Узел не отвечает.`
    """
    for pair in translated.pairs:
        source, said = pair.msgid, pair.entry.msgstr
        if said[:1].islower() and source[:1].isupper() and source.endswith((".", "!", "?")) and pair.unit:
            yield pair.entry.msgstr_span, "the sentence begins with a small letter; make it a capital"


@rule(FAMILY, Severity.WARNING, optional=True)
def translation_quotes(translated: Translated) -> Found:
    """A translation uses quotation marks that are not its language's.

    Why: typography. The glossary of the language names its quotes: «» in Russian.

    Bad: `флаг "SO_ERROR"`

    Good: `флаг «SO_ERROR»`
    """
    quotes = translated.glossary.quotes if translated.glossary else None
    for pair in translated.pairs if quotes else ():
        found = {mark for mark in pair.said.plain if mark in '"“”„«»‘‚' and mark not in (quotes or "")}
        if found - set("„“" if "«" in pair.said.plain else ""):
            yield (
                pair.entry.msgstr_span,
                f"{' '.join(sorted(found))} in a translation; its quotes are {quotes}",
            )


@rule(FAMILY, Severity.WARNING, optional=True)
def translation_spelling(translated: Translated) -> Found:
    """A word is spelt otherwise than the glossary wants it, such as with е for ё.

    Why: a matter of style, for projects that want their pages to be of one piece.

    Bad: `еще`, where the glossary has `{wrong: еще, right: ещё}`.

    Good: `ещё`
    """
    glossary = translated.glossary
    wanted = _spellings(glossary) if glossary and glossary.spellings else None
    for pair in translated.pairs if wanted else ():
        for wrong, right in wanted(pair.said.plain) if wanted else ():
            yield pair.entry.msgstr_span, f"“{wrong}” is spelt {right}; write it so"


@lru_cache(8)
def _spellings(glossary: Glossary) -> Callable[[str], Iterator[tuple[str, str]]]:
    """What finds the words of a text that are spelt otherwise than the glossary wants."""
    right = {
        str(item.wrong).casefold().rstrip("*"): str(item.right).rstrip("*") for item in glossary.spellings
    }
    whole = [re.escape(str(item.wrong)).replace(r"\*", r"\w*") for item in glossary.spellings]
    pattern = re.compile(rf"\b(?:{'|'.join(whole)})\b", re.IGNORECASE)

    def find(text: str) -> Iterator[tuple[str, str]]:
        for match in pattern.finditer(text):
            word = match[0].casefold()
            start = next(wrong for wrong in sorted(right, key=len, reverse=True) if word.startswith(wrong))
            yield match[0], right[start] + word[len(start) :]

    return find
