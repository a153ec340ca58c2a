"""Translations meet a new template: what ``msgmerge --previous`` does.

What is the same keeps its translation. What is similar gets one marked fuzzy, with the text that
it was made for. What is gone becomes obsolete, and returns when its text returns.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from manproof.catalogue import plurals
from manproof.catalogue.flags import DIRECTIVES, directives, in_order
from manproof.catalogue.header import with_field
from manproof.catalogue.model import Catalogue, Entry, Previous
from manproof.catalogue.similar import SimilarMessages

if TYPE_CHECKING:
    from collections.abc import Callable

_FROM_TEMPLATE = ("Report-Msgid-Bugs-To", "POT-Creation-Date")


def merge(
    old: Catalogue,
    template: Catalogue,
    *,
    harmless: Callable[[str, str], bool] | None = None,
) -> Catalogue:
    """The translations of ``old`` for the messages of ``template``, in the template's order.

    ``harmless`` is told the msgid that a translation was made for and the one that resembles it;
    if it says that the change cannot matter, the translation is kept as it is instead of being
    marked fuzzy. Merging a second time changes nothing.
    """
    return _Merge(old, template, harmless).result()


def same_but_dates_and_references(a: Catalogue, b: Catalogue) -> bool:
    """Whether two catalogues differ at most in POT-Creation-Date and in references (``#:``).

    A file in which nothing else would change need not be written.
    """
    return _undated(a.header) == _undated(b.header) and _without_places(a) == _without_places(b)


def _undated(header: Entry | None) -> Entry | None:
    if header is None:
        return None
    return replace(header, msgstr=with_field(header.msgstr, "POT-Creation-Date", ""), references=())


_CONTENT = attrgetter(*(f.name for f in fields(Entry) if f.compare and f.name != "references"))


def _without_places(catalogue: Catalogue) -> list[tuple[object, ...]]:
    """What the entries hold, those that are in use first."""
    return [_CONTENT(entry) for entry in sorted(catalogue.entries, key=attrgetter("obsolete"))]


class _Merge:
    """One merge: the old entries, and which of them were used."""

    def __init__(
        self, old: Catalogue, template: Catalogue, harmless: Callable[[str, str], bool] | None
    ) -> None:
        self._old = old
        self._template = template
        self._harmless = harmless
        self._used: set[int] = set()
        self._forms = plurals.count(old.fields.get("Plural-Forms", ""))

    @cached_property
    def _similar(self) -> SimilarMessages:
        return SimilarMessages(self._old.entries)

    def result(self) -> Catalogue:
        live = [self._merged(new) for new in self._template.entries if not new.obsolete]
        gone = [_obsolete(e) for e in self._old.entries if id(e) not in self._used and e.msgstr]
        header = _header(self._old.header, self._template)
        return Catalogue(header=header, entries=(*live, *gone), path=self._old.path)

    def _merged(self, new: Entry) -> Entry:
        found = self._old.by_key.get(new.key)
        similar = found is None
        if found is None:
            found = self._similar.best(new.msgid, new.context)
        if found is None:
            return self._untranslated(new)
        self._used.add(id(found))
        doubtful = similar and not self._is_harmless(found, new)
        return _taken(found, new, self._forms, doubtful=doubtful)

    def _is_harmless(self, found: Entry, new: Entry) -> bool:
        if self._harmless is None or (found.plural is None) != (new.plural is None):
            return False
        plural = found.plural is None or self._harmless(found.plural, new.plural or "")
        return plural and found.context == new.context and self._harmless(found.msgid, new.msgid)

    def _untranslated(self, new: Entry) -> Entry:
        """A new message; of a plural one all forms of the language are empty."""
        if new.plural is None or any(new.forms) or not self._forms:
            return new
        return replace(new, forms=("",) * self._forms)


def _taken(old: Entry, new: Entry, forms: int, *, doubtful: bool) -> Entry:
    """The translation of ``old`` for ``new``; ``forms`` is the number of the language's plurals."""
    texts = _forms_for(old, new, forms)
    fuzzy = old.fuzzy or doubtful or old.plural != new.plural or _loses_arguments(old, new)
    flags = [flag for flag in new.flags if flag != "fuzzy"]
    previous = old.previous if old.fuzzy else _as_previous(old)
    return Entry(
        msgid=new.msgid,
        msgstr=texts[0],
        context=new.context,
        plural=new.plural,
        forms=() if new.plural is None else texts,
        comments=old.comments,
        extracted=new.extracted,
        references=new.references,
        flags=in_order([*flags, "fuzzy"] if fuzzy else flags),
        unknown=old.unknown,
        previous=previous if fuzzy and texts[0] else None,
        path=old.path,
        msgid_line=old.msgid_line,
        msgstr_line=old.msgstr_line,
    )


def _forms_for(old: Entry, new: Entry, forms: int) -> tuple[str, ...]:
    """The translations of ``old`` where ``new`` may have a plural that ``old`` had not, or not."""
    if (old.plural is None) == (new.plural is None):
        return old.forms or (old.msgstr,)
    return (old.msgstr,) * (forms or 1) if old.plural is None else (old.msgstr,)


def _as_previous(entry: Entry) -> Previous:
    return Previous(msgid=entry.msgid, context=entry.context, plural=entry.plural)


def _loses_arguments(old: Entry, new: Entry) -> bool:
    """Whether a text became a format string whose directives the translation does not keep."""
    became = tuple(flag for flag in new.flags if flag in DIRECTIVES and flag not in old.flags)
    if not became or not old.msgstr:
        return False
    source, translation = (
        sorted(match[0] for match in directives(text, became)) for text in (new.msgid, old.msgstr)
    )
    return source != translation


def _obsolete(entry: Entry) -> Entry:
    return replace(entry, obsolete=True, extracted=(), references=())


def _header(old: Entry | None, template: Catalogue) -> Entry | None:
    """The old header with what the template knows better."""
    if old is None:
        return template.header
    text = old.msgstr
    for name in _FROM_TEMPLATE:
        if name in template.fields:
            text = with_field(text, name, template.fields[name])
    return replace(old, msgstr=text)
