"""The words of a document in another language: what there is to translate, and putting it in place.

A translation is text from outside. It is parsed as one paragraph in the closed dialect, it must
speak of the same things as its source, and otherwise the source text stays: a language can change
words, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from docutils import nodes

from manproof import words
from manproof.catalogue import Catalogue, Entry
from manproof.diagnostic import Diagnostic, error, note, warning
from manproof.prose import fixed, role, walk
from manproof.rest import parse_inline
from manproof.rest.usual import marks


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A text to translate: the node that holds it, and its key in a catalogue."""

    node: Any
    msgid: str
    context: str


@dataclass(frozen=True, kw_only=True)
class Translation:
    """The catalogues of one language for one page; the first that has a text wins."""

    locale: str
    catalogues: tuple[Catalogue, ...] = ()

    def entry(self, msgid: str, context: str = "") -> Entry | None:
        """The entry that translates a text and may be shown: neither fuzzy nor empty."""
        for catalogue in self.catalogues:
            entry = catalogue.lookup(msgid, context or None)
            if entry is not None and entry.translated:
                return entry
        return None

    def candidate(self, msgid: str, context: str = "") -> Entry | None:
        """The entry of a text that is not to be shown yet: fuzzy, or empty."""
        found = (catalogue.lookup(msgid, context or None) for catalogue in self.catalogues)
        return next(filter(None, found), None)

    def lacks(self, msgid: str) -> bool:
        """Whether a fixed word of this foreign language can only be shown in English."""
        return self.locale != "en" and self.entry(msgid) is None

    def words(self, msgid: str, context: str) -> str:
        """The translation of a fixed word, or the word itself; placeholders must be the same."""
        entry = self.entry(msgid, context)
        if entry is None or not words.same_placeholders(entry.msgstr, msgid):
            return msgid
        return entry.msgstr


def units(document: nodes.document) -> Iterator[Unit]:
    """The texts to translate, in the order of the page; what holds no words of its own is none."""
    for node in walk(document):
        if isinstance(node, nodes.TextElement) and "about" in node.attributes and _has_words(node):
            msgid = " ".join(filter(None, node.rawsource.replace("\n", " ").split(" ")))
            yield Unit(node=node, msgid=msgid, context=node["context"])


def _has_words(node: Any) -> bool:
    """Whether ordinary words stand outside roles and literals: a name such as POSIX.1-2024 is none."""
    plain = (child for child in english(node) if not isinstance(child, (role, nodes.literal)))
    return any(_WORDS(child if isinstance(child, nodes.Text) else child.astext()) for child in plain)


def english(node: Any) -> list[nodes.Node]:
    """The nodes of a unit's source text, without what follows it in the same paragraph."""
    found: list[nodes.Node] = node.get("english") or node.children[: len(node.children) - node.get("tail", 0)]
    return found


_WORDS = re.compile(r"[a-z]{2}|[A-Z]{6}").search
"""Words in capitals are longer than the names that stand in them, such as POSIX or UNIX."""


def extract(found_units: Iterable[Unit]) -> list[Entry]:
    """The entries of a page's template, in the order of the page; equal texts share one entry."""
    found: dict[tuple[str, str], Entry] = {}
    for unit in found_units:
        entry = _template_entry(unit)
        same = found.get((unit.context, unit.msgid))
        found[unit.context, unit.msgid] = _merged(same, entry) if same else entry
    return list(found.values())


def _template_entry(unit: Unit) -> Entry:
    span = unit.node["span"]
    names = sorted(_inventory(english(unit.node)))
    keep = [f"Keep as they are: {' '.join(names)}"] if names else []
    return Entry(
        msgid=unit.msgid,
        context=unit.context or None,
        extracted=(unit.node["about"], *keep),
        references=(f"{span.path}:{span.line}",),
    )


def _merged(first: Entry, second: Entry) -> Entry:
    comments = dict.fromkeys((*first.extracted, *second.extracted))
    return replace(first, extracted=tuple(comments), references=(*first.references, *second.references))


def apply(document: nodes.document, translation: Translation) -> list[Diagnostic]:
    """Puts a language in the place of the words of a document, whatever language stood there.

    What cannot be translated is English and carries ``lang="en"``; the document's attribute
    ``untranslated`` is the number of such texts and of all. Returns what is wrong with the
    translations; errors among it mean that the language must not be shown.
    """
    found: list[Diagnostic] = []
    foreign = translation.locale != "en"
    total = missing = 0
    for unit in _kept(document, "units", units):
        total += 1
        children = _children(unit, translation, found) if foreign else None
        missing += children is None
        _replace(unit.node, children, foreign)
    document["untranslated"] = (missing if foreign else 0, total)
    document["lang"] = translation.locale
    _fixed_words(document, translation)
    _credits(document, translation)
    return found


def _children(unit: Unit, translation: Translation, found: list[Diagnostic]) -> list[nodes.Node] | None:
    entry = translation.entry(unit.msgid, unit.context)
    if entry is None:
        return None
    children, problems = check(unit, entry)
    found += problems
    return children


def flaws(unit: Unit, entry: Entry) -> list[Diagnostic]:
    """What is wrong with a translation; the same as of ``check``, sooner where nothing is."""
    text = entry.msgstr.strip(BLANKS)
    if _PLAIN(text):
        target = marks(text)
        if target is not None and sorted(target) == sorted(_marks(unit)):
            return []
    return check(unit, entry)[1]


def _marks(unit: Unit) -> Iterator[str]:
    """The roles and literals of a unit's source as written."""
    marked = (nodes.literal, role)
    return (child.rawsource for child in english(unit.node) if isinstance(child, marked))


BLANKS = " \t\n"
"""What may stand around a translation without being of it; a no-break space is of it."""
_PLAIN = re.compile(r"(?!\.\. |\\)[^\n]*\Z").match


def check(unit: Unit, entry: Entry) -> tuple[list[nodes.Node] | None, list[Diagnostic]]:
    """The nodes of a translation, or None if it must not be shown, and what is wrong with it."""
    span = entry.msgstr_span
    if re.search(r"\n[ \t]*\n", entry.msgstr.strip(BLANKS)):
        return None, [
            warning("translation-paragraphs", span, "a translation is one paragraph; remove the empty line")
        ]
    if entry.msgstr.lstrip(BLANKS).startswith(".. "):
        return None, [
            error("translation-markup", span, "a directive has no place in a translation; remove it")
        ]
    children, problems = parse_inline(entry.msgstr.strip(BLANKS), span)
    if problems:
        return None, [_as_translation(problem) for problem in problems]
    return _same_things(unit, children, entry)


def _as_translation(problem: Diagnostic) -> Diagnostic:
    """A role that does not exist is refused outright; what looks like a slip leaves the text English."""
    make = error if problem.rule == "rest-role" else warning
    return make("translation-markup", problem.span, problem.message)


def _same_things(
    unit: Unit, children: list[nodes.Node], entry: Entry
) -> tuple[list[nodes.Node] | None, list[Diagnostic]]:
    """A translation speaks of the same functions, errnos, files … as its source."""
    source = _inventory(english(unit.node))
    target = _inventory(children)
    lost, added = source.keys() - target.keys(), target.keys() - source.keys()
    span = entry.msgstr_span
    if lost or added:
        message = "; ".join(
            [
                *(f"{item} is missing" for item in sorted(lost)),
                *(f"{item} is not in the source" for item in sorted(added)),
            ]
        )
        return None, [warning("translation-markup", span, f"{message}; the passage stays English")]
    changed = [item for item in sorted(source) if source[item] != target[item]]
    notes = [
        note(
            "translation-count", span, f"{item} stands {target[item]} times, and {source[item]} in the source"
        )
        for item in changed
    ]
    return children, notes


def _inventory(children: Sequence[nodes.Node]) -> Counter[str]:
    found: Counter[str] = Counter()
    for child in children:
        if isinstance(child, role):
            found[f":{child['name']}:`{child.astext()}`"] += 1
        elif isinstance(child, nodes.literal):
            found[f"``{child.astext()}``"] += 1
    return found


def _replace(node: Any, children: list[nodes.Node] | None, foreign: bool) -> None:
    """Swaps the content of a unit in place; its own English is kept, and so is its tail."""
    own = node.attributes.setdefault("english", english(node))
    shown = own if children is None else children
    node.children[: len(node.children) - node.get("tail", 0)] = shown
    for child in shown:
        child.parent = node
    _mark(node, english=children is None and foreign)


def _mark(node: Any, *, english: bool) -> None:
    """Says of a node of a translated page whether it is in English."""
    node.attributes.pop("lang", None)
    if english:
        node["lang"] = "en"


def _fixed_words(document: nodes.document, translation: Translation) -> None:
    """Section titles, limits, and the like."""
    for node in _kept(document, "fixed", _fixed):
        text = words.fill(translation.words(node.rawsource, ""), node.get("values", {}))
        node.children[:] = [nodes.Text(text)]
        _mark(node, english=translation.lacks(node.rawsource))


def _fixed(document: nodes.document) -> Iterator[Any]:
    return (
        node
        for node in walk(document)
        if isinstance(node, fixed) or (isinstance(node, nodes.title) and "fixed" in node)
    )


def _kept(root: nodes.document, name: str, find: Callable[[nodes.document], Iterable[Any]]) -> Sequence[Any]:
    """What is to be found in a document, found once: it is the same in every language."""
    if name not in root:
        root[name] = tuple(find(root))
    found: Sequence[Any] = root[name]
    return found


def _credits(document: nodes.document, translation: Translation) -> None:
    """The last section of a translated page: who translated it, and how much of it."""
    if isinstance(document.children[-1], nodes.section) and "TRANSLATION" in document.children[-1]["ids"]:
        document.children.pop()
    sentences = _translators(translation) + _incomplete(document, translation)
    if sentences:
        title = nodes.title("TRANSLATION", translation.words("TRANSLATION", ""))
        body = nodes.paragraph("", " ".join(sentences))
        _mark(title, english=translation.lacks("TRANSLATION"))
        _mark(body, english=translation.lacks(words.PARTLY if document["untranslated"][0] else words.CREDITS))
        document += nodes.section("", title, body, ids=["TRANSLATION"])


def _translators(translation: Translation) -> list[str]:
    if not translation.catalogues:
        return []
    header = translation.catalogues[0].header
    names = [match["name"] for comment in (header.comments if header else ()) if (match := _CREDIT(comment))]
    return [words.fill(translation.words(words.CREDITS, ""), {"names": ", ".join(names)})] if names else []


_CREDIT = re.compile(r"(?P<name>[^<>,:©()]+?)(?: <[^<>]*>)?, \d{4}(?:[-–, ]+\d{4})*\.?\Z").match
"""A line such as ``Name <mail>, 2026.``, by which translators sign their catalogue."""


def _incomplete(document: nodes.document, translation: Translation) -> list[str]:
    missing, total = document["untranslated"]
    if not missing:
        return []
    sentence = words.fill(translation.words(words.PARTLY, ""), {"missing": missing, "total": total})
    return [sentence, translation.words(words.STALE, "")]
